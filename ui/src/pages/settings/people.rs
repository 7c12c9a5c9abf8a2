//! The open chat: exporting it, and erasing the person in it.

use super::row::Row;
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::html::Button;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// What can be done with the open chat, or that none is open.
#[component]
pub fn OpenPerson() -> impl IntoView {
    let session = Session::use_();
    let open = Memo::new(move |_| {
        session.track(Part::Open);
        session.peek(|state| Some((state.open?, state.name_of(&state.open_row()?.person))))
    });
    let sets_up = session.memo(Part::Connection, |state| state.sets_up());
    let body = move || match open.get() {
        None => view! { <p class="sm muted">{text::OPEN_A_CHAT_FIRST}</p> }.into_any(),
        Some((conversation, name)) => {
            let erase = sets_up.get().then(|| view! { <Erase conversation name=name.clone()/> });
            view! {
                <div class="box set__box">
                    <Row label=text::export_chat(&name) hint=text::EXPORT_HINT>
                        <button class="btn btn--sm btn--line" type="button" on:click=move |_| session.export(conversation)>{text::EXPORT}</button>
                    </Row>
                    {erase}
                </div>
            }
            .into_any()
        }
    };
    view! {
        <h3 class="settings__sub">{text::OPEN_CHAT}</h3>
        {body}
    }
}

/// Asks once more: it cannot be taken back.
#[component]
fn Erase(conversation: ConversationId, name: String) -> impl IntoView {
    let session = Session::use_();
    let asks = RwSignal::new(false);
    let opener = NodeRef::<Button>::new();
    let cancel = move |_| {
        keyboard::focus_on(opener.get_untracked().map(Into::into));
        asks.set(false);
    };
    let question = text::erase_question(&name);
    let sure = move || {
        let question = question.clone();
        asks.get().then(move || {
            view! {
                <div class="set__form" role="group" aria-label=question.clone()>
                    <p>{question.clone()}</p>
                    <p class="sm muted">{text::ERASE_EXPLAINED}</p>
                    <div class="hstack">
                        <button class="btn btn--danger-line" type="button" on:click=move |_| session.erase(conversation)>{text::ERASE_FOR_GOOD}</button>
                        <button class="btn" type="button" on:click=cancel>{text::CANCEL}</button>
                    </div>
                </div>
            }
        })
    };
    view! {
        <Row label=text::erase_person(&name) hint=text::ERASE_HINT>
            <button class="btn btn--sm btn--danger-line" type="button" node_ref=opener aria-expanded=move || asks.get().to_string() on:click=move |_| asks.update(|asks| *asks = !*asks)>
                {text::ERASE}
            </button>
        </Row>
        {sure}
    }
}
