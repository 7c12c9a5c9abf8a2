//! The UI's program: mounts [`twinbox_ui`] into the page.

fn main() {
    twinbox_ui::mount();
}
