//! A picture as large as the window.

use super::save_button::SaveButton;
use crate::components::{Icon, IconName};
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::html::Dialog;
use leptos::prelude::*;
use twinbox_domain::MessageId;

/// Shown while `open`; Escape, a click and its button close it.
#[component]
pub fn Viewer(
    message: MessageId,
    save_as: String,
    label: String,
    #[prop(into)] src: Signal<Option<String>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get().filter(|dialog| open.get() && !dialog.open()) {
            // It is open already at worst.
            let _ = dialog.show_modal();
        }
    });
    let inside = move || {
        let src = src.get().filter(|_| open.get())?;
        Some(view! {
            <div class="viewer__bar">
                <SaveButton message save_as=save_as.clone()/>
                <button
                    class="icon-btn icon-btn--sm"
                    type="button"
                    aria-label=text::CLOSE
                    title=text::CLOSE
                    on:click=move |_| close()
                >
                    <Icon name=IconName::Close/>
                </button>
            </div>
            <img class="viewer__img" src=src alt=label.clone() on:click=move |_| close()/>
        })
    };
    // The keys of the thread behind are not meant.
    let keep = |event: KeyboardEvent| event.stop_propagation();
    view! {
        <dialog class="viewer" node_ref=dialog aria-label=text::PHOTO on:close=move |_| open.set(false) on:keydown=keep>
            {inside}
        </dialog>
    }
}
