//! shell
fn main() {
    twinbox_desktop::run()
}
