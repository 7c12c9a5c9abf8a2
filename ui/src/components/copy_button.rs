//! A button that puts a text on the clipboard, and says so.

use super::{Icon, IconName};
use crate::{backend, clipboard, text};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// So long it says that it was copied.
const SAID: Duration = Duration::from_secs(2);

/// `label` is what it says before.
#[component]
pub fn CopyButton(
    #[prop(into)] copied: Signal<String>,
    #[prop(default = text::COPY)] label: text::Words,
) -> impl IntoView {
    let is_copied = RwSignal::new(false);
    let copy = move |_| {
        spawn_local(async move {
            if clipboard::copy(&copied.get_untracked()).await {
                is_copied.try_set(true);
                backend::sleep(SAID).await;
                // The page may have gone meanwhile.
                is_copied.try_set(false);
            }
        });
    };
    let icon = move || {
        let name = if is_copied.get() {
            IconName::Tick
        } else {
            IconName::Copy
        };
        view! { <Icon name size=14/> }
    };
    view! {
        <button class="btn btn--sm btn--line" type="button" on:click=copy>
            {icon}
            <span aria-live="polite">{move || if is_copied.get() { text::COPIED } else { label }}</span>
        </button>
    }
}
