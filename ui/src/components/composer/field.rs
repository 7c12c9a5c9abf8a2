//! Where the text is typed.

use super::Draft;
use super::attach::paste;
use super::fit::fit;
use super::shut::SHUT_ID;
use super::suggest::{LIST_ID, Suggest};
use crate::keyboard::COMPOSER_ID;
use crate::session::Session;
use crate::state::{Action, Part};
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::html::Textarea;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// The text field of one conversation. Made anew for each: it would undo what was written in another one.
#[component]
pub fn Field(
    conversation: ConversationId,
    draft: Draft,
    name: Memo<String>,
    closed: Memo<bool>,
    suggest: Suggest,
    on_key: Callback<KeyboardEvent>,
) -> impl IntoView {
    let session = Session::use_();
    let Draft { text, is_note } = draft;
    let field = NodeRef::<Textarea>::new();
    Effect::new(move |_| {
        let kept = session.read(Part::Draft(conversation), |state| {
            state.drafts.get(&conversation).cloned()
        });
        text.set(kept.unwrap_or_default());
    });
    Effect::new(move |_| {
        let text = text.read();
        if let Some(field) = field.get() {
            // Setting it anew would move the cursor.
            if field.value() != *text {
                field.set_value(&text);
            }
            fit(&field);
        }
    });
    let on_input = move |event| {
        let typed = event_target_value(&event);
        if !typed.trim().is_empty() && !is_note.get_untracked() {
            session.tell_typing(conversation);
        }
        session.dispatch(Action::Typed(conversation, typed.clone()));
        text.set(typed);
    };
    view! {
        <textarea
            id=COMPOSER_ID
            class="composer__input scroll"
            class:is-empty=move || text.with(String::is_empty)
            aria-label=text::MESSAGE
            rows="1"
            dir="auto"
            placeholder=move || match (is_note.get(), closed.get()) {
                (true, _) => text::NOTE_PLACEHOLDER.to_owned(),
                (_, true) => text::WINDOW_OVER.to_owned(),
                _ => text::write_to(&name.get()),
            }
            node_ref=field
            prop:readOnly=move || closed.get()
            aria-autocomplete="list"
            aria-haspopup=move || suggest.is_open().then_some("listbox")
            aria-controls=move || suggest.is_open().then_some(LIST_ID)
            aria-activedescendant=move || suggest.active()
            aria-describedby=move || closed.get().then_some(SHUT_ID)
            on:input=on_input
            on:keydown=move |event| on_key.run(event)
            on:paste=move |event| paste(session, conversation, &event)
        ></textarea>
    }
}
