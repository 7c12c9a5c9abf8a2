//! The UI of Twinbox: a shared inbox, compiled to WebAssembly, in the desktop shell's window or in a browser.
//!
//! Data flows one way. [`session`] asks the engine through [`backend`] and listens to it; what comes back becomes an
//! action of [`state`], the only place that changes what is shown; views read parts of the state and call methods of
//! the session. [`clock`] is the only reader of the time, [`text`] holds every visible word. Nothing here decides
//! anything about a message: that is the engine's.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may panic")
)]

mod apart;
mod attempt;
mod backend;
mod clipboard;
mod clock;
mod commands;
mod components;
mod emoji;
mod file_kind;
mod file_url;
mod filled;
mod fixed;
mod keyboard;
mod locale;
mod lost_focus;
mod making;
mod pages;
mod place;
mod resize;
mod rich_text;
mod screen;
mod scroll;
mod session;
mod shortcut;
mod state;
mod text;
mod thread_scroll;
mod told;
mod writing;

/// Puts the UI into the page and connects it to the engine.
pub fn mount() {
    leptos::mount::mount_to_body(pages::App);
}
