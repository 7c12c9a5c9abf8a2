//! What Twinbox is compared with in `cargo xtask bench`: `search [MESSAGES]` and `send`.

mod search;
mod send;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("search") => search::run(arguments.next().map_or(Ok(1_000_000), |size| size.parse())?),
        Some("send") => send::run(),
        _ => anyhow::bail!("say search or send"),
    }
}
