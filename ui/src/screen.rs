//! What this window is like: its width, its theme, whether someone looks at it.

use leptos::prelude::*;
use std::time::Duration;
use twinbox_protocol::{Density, Theme, UserSettings};
use wasm_bindgen::{JsCast, closure::Closure};

/// Where what the first paint needs is kept. `boot.js` reads it as well.
const THEME: &str = "twinbox.theme";
const DENSITY: &str = "twinbox.density";
const TEXT: &str = "twinbox.text";
const LANGUAGE: &str = "twinbox.language";

/// What was drawn is painted by then, and what is not on the screen yet can be drawn.
pub const PAINTS_WITHIN: Duration = Duration::from_millis(100);

/// Above and below a list, in pixels, as the head of its pane, the tabs and the status bar take.
const AROUND_LIST: f64 = 160.0;
/// Of a window that does not tell how high it is.
const LIST_HEIGHT: f64 = 800.0;

/// A part of the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Section {
    #[default]
    Appearance,
    Notifications,
    Shortcuts,
    Team,
    Storage,
    Costs,
    Privacy,
    About,
}

impl Section {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Appearance,
        Self::Notifications,
        Self::Shortcuts,
        Self::Team,
        Self::Storage,
        Self::Costs,
        Self::Privacy,
        Self::About,
    ];
}

/// A handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Screen {
    /// Too narrow for rows with text: the list keeps faces only.
    pub narrow: ReadSignal<bool>,
    /// Wide enough for all panes side by side.
    pub wide: ReadSignal<bool>,
    /// Whether the details pane is shown.
    pub details: RwSignal<bool>,
    /// Whether the list is shown.
    pub list: RwSignal<bool>,
    /// Light, dark, or as the system is.
    theme: RwSignal<Theme>,
    /// Whether the dark theme is on.
    pub dark: Memo<bool>,
    /// Whether rows take less room.
    pub compact: RwSignal<bool>,
    /// The text size of this person; 1.0 is the usual one.
    pub scale: RwSignal<f64>,
    /// Whether the list of shortcuts is shown.
    pub shortcuts: RwSignal<bool>,
    /// Whether a picture covers the page, and says itself what the page would say at its bottom.
    pub picture: RwSignal<bool>,
    /// Which part of the settings is shown.
    pub section: RwSignal<Section>,
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

        let theme = RwSignal::new(kept_theme());
        let dark = Memo::new(move |_| match theme.get() {
            Theme::System => system_dark.get(),
            Theme::Light => false,
            Theme::Dark => true,
        });
        Effect::new(move |_| set_on_root("data-theme", if dark.get() { "dark" } else { "light" }));
        let percent: f64 = kept(TEXT).and_then(|percent| percent.parse().ok()).unwrap_or(100.0);
        let compact = RwSignal::new(kept(DENSITY).as_deref() == Some("compact"));

        let (focused, on_focus) = signal(document().has_focus().unwrap_or(true));
        // Both live as long as the window.
        std::mem::forget(window_event_listener(leptos::ev::focus, move |_| on_focus.set(true)));
        std::mem::forget(window_event_listener(leptos::ev::blur, move |_| on_focus.set(false)));

        Self {
            narrow,
            wide,
            details,
            list: RwSignal::new(true),
            theme,
            dark,
            compact,
            scale: RwSignal::new(percent / 100.0),
            shortcuts: RwSignal::new(false),
            picture: RwSignal::new(false),
            section: RwSignal::new(Section::default()),
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

    /// Looks as this person has set, also at the next start. In another language it starts at once.
    pub fn follow(self, settings: &UserSettings) {
        self.theme.set(settings.theme);
        self.scale.set(f64::from(settings.text_percent) / 100.0);
        self.compact.set(settings.density == Density::Compact);
        let theme = match settings.theme {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let density = if settings.density == Density::Compact {
            "compact"
        } else {
            "comfortable"
        };
        let percent = settings.text_percent.to_string();
        keep(THEME, theme);
        keep(DENSITY, density);
        keep(TEXT, &percent);
        follow_language(&settings.language);
        set_on_root("data-density", density);
        set_on_root("data-text", &percent);
    }
}

fn follow_language(language: &str) {
    if kept(LANGUAGE).unwrap_or_default() == language {
        return;
    }
    keep(LANGUAGE, language);
    // Without storage it would never stop.
    if kept(LANGUAGE).as_deref() == Some(language) {
        // The page is there, so this cannot fail.
        let _ = window().location().reload();
    }
}

fn set_on_root(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // The attribute's name is valid, so this cannot fail.
        let _ = root.set_attribute(name, value);
    }
}

/// Keeps something on this device.
pub fn keep(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Without storage everything is as at the first start.
        let _ = storage.set_item(name, value);
    }
}

/// What was kept on this device.
pub fn kept(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

fn kept_theme() -> Theme {
    match kept(THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
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

/// How high a list is before it was measured, in pixels: what its head and the status bar leave of the window.
pub fn list_height() -> f64 {
    let height = window().inner_height().ok().and_then(|height| height.as_f64());
    height.map_or(LIST_HEIGHT, |height| height - AROUND_LIST)
}

/// Runs something when what was drawn just now is painted.
pub fn after_paint(run: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(run, PAINTS_WITHIN));
}

/// Follows a value shortly after what else changed with it is painted, so that it does not hold that up.
pub fn once_painted<T>(now: Memo<T>) -> Memo<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let painted = RwSignal::new(now.get_untracked());
    Effect::new(move |_| {
        now.track();
        let follow = move || {
            if let Some(now) = now.try_get_untracked() {
                painted.try_set(now);
            }
        };
        after_paint(follow);
    });
    Memo::new(move |_| painted.get())
}
