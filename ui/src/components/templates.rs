//! Choosing a template and filling it in, in the composer's place.

mod field;
mod file_field;
mod fill;
mod list;

use super::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use fill::Fill;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use list::List;
use twinbox_domain::{ConversationId, NumberId};
use twinbox_protocol::TemplateView;

/// Escape goes back a step. `close` puts it away.
#[component]
pub fn Templates(conversation: ConversationId, number: NumberId, close: Callback<()>) -> impl IntoView {
    let session = Session::use_();
    let chosen = RwSignal::new(None::<TemplateView>);
    let trouble = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(true);
    let done = move |problem| {
        trouble.try_set(problem);
        is_busy.try_set(false);
    };
    session.load_templates(number.clone(), done);
    let of = number.clone();
    let templates = session.memo(Part::Templates, move |state| state.templates.get(&of).cloned());
    let refresh = move |_| {
        is_busy.set(true);
        session.refresh_templates(number.clone(), done);
    };
    let back = move || {
        if chosen.with_untracked(Option::is_some) {
            session.filled.forget(conversation);
            chosen.set(None);
        } else {
            close.run(());
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !keyboard::is_composing(&event) {
            event.prevent_default();
            event.stop_propagation();
            back();
        }
    };
    view! {
        <section class="templates" aria-label=text::TEMPLATES on:keydown=on_key>
            <header class="templates__head">
                <b class="grow">
                    {move || chosen.with(|chosen| chosen.as_ref().map_or(text::CHOOSE_TEMPLATE.to_owned(), |one| one.name.clone()))}
                </b>
                <button
                    class="icon-btn icon-btn--sm"
                    type="button"
                    aria-label=text::REFRESH_TEMPLATES
                    title=text::REFRESH_TEMPLATES
                    prop:disabled=move || is_busy.get()
                    on:click=refresh
                >
                    <Icon name=IconName::Refresh/>
                </button>
                <button class="icon-btn icon-btn--sm" type="button" aria-label=text::CLOSE title=text::CLOSE on:click=move |_| back()>
                    <Icon name=IconName::Close/>
                </button>
            </header>
            {move || trouble.get().map(|why| view! { <p class="templates__why sm" role="alert">{why}</p> })}
            {move || match chosen.get() {
                Some(template) => view! { <Fill conversation template close/> }.into_any(),
                None => view! { <List templates is_busy chosen/> }.into_any(),
            }}
        </section>
    }
}
