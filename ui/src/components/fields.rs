//! What the team keeps about a person.

use super::{Icon, IconName};
use crate::session::Session;
use crate::text;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use twinbox_domain::ConversationId;
use twinbox_protocol::FieldView;

/// Empties a field whose text was taken, unless somebody typed on meanwhile; its view may have gone.
pub fn empty(field: RwSignal<String>, taken: &str) {
    if field.try_with_untracked(|text| text == taken) == Some(true) {
        field.set(String::new());
    }
}

/// Names and values, a button that takes each away, and a line that adds one.
pub fn fields(session: Session, conversation: Memo<ConversationId>) -> AnyView {
    let details = session.details(conversation);
    let all = Memo::new(move |_| {
        details.with(|details| {
            details
                .as_ref()
                .map(|details| details.fields.clone())
                .unwrap_or_default()
        })
    });
    let (name, value) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // What was begun for one person is not saved to another.
    Effect::new(move |_| {
        conversation.track();
        name.set(String::new());
        value.set(String::new());
    });
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let field = FieldView {
            name: name.get_untracked(),
            value: value.get_untracked(),
        };
        if !field.name.trim().is_empty() && !field.value.trim().is_empty() {
            session.set_field(conversation.get_untracked(), field.clone(), move || {
                empty(name, &field.name);
                empty(value, &field.value);
            });
        }
    };
    let line = move |field: FieldView| {
        let gone = field.clone();
        let label = text::remove(&field.name);
        view! {
            <dt class="truncate" dir="auto">{field.name}</dt>
            <dd class="field__value">
                <span class="selectable" dir="auto">{field.value}</span>
                <button class="icon-btn icon-btn--xs" type="button" aria-label=label.clone() title=label on:click=move |_| session.remove_field(conversation.get_untracked(), gone.clone())>
                    <Icon name=IconName::Close size=12/>
                </button>
            </dd>
        }
        .into_any()
    };
    view! {
        <dl class="kv">{move || all.get().into_iter().map(line).collect::<Vec<_>>()}</dl>
        <form class="fields__new" on:submit=save>
            <span class="field"><input aria-label=text::FIELD_NAME placeholder=text::FIELD_NAME maxlength="40" bind:value=name/></span>
            <span class="field"><input aria-label=text::FIELD_VALUE placeholder=text::FIELD_VALUE maxlength="1000" dir="auto" bind:value=value/></span>
            <button class="icon-btn icon-btn--sm" type="submit" aria-label=text::ADD_FIELD title=text::ADD_FIELD><Icon name=IconName::Plus size=16/></button>
        </form>
    }
    .into_any()
}
