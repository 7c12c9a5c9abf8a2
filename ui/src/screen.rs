//! What this window is like: its width, its theme, whether someone looks at it.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};

/// Where the chosen theme is kept. `boot.js` reads it as well, before the first paint.
const THEME: &str = "twinbox.theme";

/// A handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Screen {
    /// Too narrow for rows with text: the list keeps faces only.
    pub narrow: ReadSignal<bool>,
    /// Wide enough for all panes side by side.
    wide: ReadSignal<bool>,
    /// Whether the details pane is shown.
    pub details: RwSignal<bool>,
    /// Whether the dark theme is on.
    pub dark: RwSignal<bool>,
    /// Whether this window has the focus.
    pub focused: ReadSignal<bool>,
}

impl Screen {
    /// Made once.
    pub fn new() -> Self {
        let (wide, on_wide) = signal(false);
        let (narrow, on_narrow) = signal(false);
        let (system_dark, on_system_dark) = signal(false);
        watch("(min-width: 1280px)", on_wide);
        watch("(max-width: 999px)", on_narrow);
        watch("(prefers-color-scheme: dark)", on_system_dark);

        let details = RwSignal::new(false);
        Effect::new(move |_| details.set(wide.get()));

        let dark = RwSignal::new(false);
        Effect::new(move |_| dark.set(chosen_theme().unwrap_or_else(|| system_dark.get())));
        Effect::new(move |_| {
            if let Some(root) = document().document_element() {
                // The attribute's name is valid, so this cannot fail.
                let _ = root.set_attribute("data-theme", name(dark.get()));
            }
        });

        let (focused, on_focus) = signal(document().has_focus().unwrap_or(true));
        // Both live as long as the window.
        std::mem::forget(window_event_listener(leptos::ev::focus, move |_| on_focus.set(true)));
        std::mem::forget(window_event_listener(leptos::ev::blur, move |_| on_focus.set(false)));

        Self {
            narrow,
            wide,
            details,
            dark,
            focused,
        }
    }

    /// The screen of the running app.
    pub fn use_() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Whether the details pane lies over the thread, as a layer that Escape closes.
    pub fn details_cover_thread(self) -> bool {
        self.details.get_untracked() && !self.wide.get_untracked()
    }

    /// Changes between light and dark, and stays with it.
    pub fn switch_theme(self) {
        let dark = !self.dark.get_untracked();
        self.dark.set(dark);
        if let Ok(Some(storage)) = window().local_storage() {
            // Without storage the choice ends with the window.
            let _ = storage.set_item(THEME, name(dark));
        }
    }
}

fn name(dark: bool) -> &'static str {
    if dark { "dark" } else { "light" }
}

fn chosen_theme() -> Option<bool> {
    let chosen = window().local_storage().ok()??.get_item(THEME).ok()??;
    Some(chosen == name(true))
}

/// Keeps `signal` at whether a media query holds.
fn watch(query: &str, signal: WriteSignal<bool>) {
    let Ok(Some(media)) = window().match_media(query) else {
        return;
    };
    signal.set(media.matches());
    let watched = media.clone();
    let on_change = Closure::<dyn Fn()>::new(move || signal.set(watched.matches()));
    media.set_onchange(Some(on_change.into_js_value().unchecked_ref()));
    // The query must outlive this call, or it stops reporting.
    std::mem::forget(media);
}

/// Notes in the page's performance timeline that something is on screen now, under this name: for benchmarks.
pub fn mark_painted(name: &'static str) {
    // What was changed before a frame is on screen when the next one begins.
    request_animation_frame(move || {
        request_animation_frame(move || {
            if let Some(performance) = window().performance() {
                // The name is valid, so this cannot fail.
                let _ = performance.mark(name);
            }
        });
    });
}
