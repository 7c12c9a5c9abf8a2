//! The desktop app. Everything is in the library, where the build script's needs do not reach.

// A release build on Windows opens no console.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> anyhow::Result<()> {
    twinbox_desktop::run()
}
