//! What stands in the composer's place: the templates, or the form for a place, contacts, buttons or a list.

use super::faster::faster;
use super::{Instead, replying};
use crate::apart::{Page, page};
use crate::components::making::making;
use crate::keyboard;
use crate::session::Session;
use crate::state::{Action, Faster, TeamAction};
use leptos::prelude::*;
use twinbox_domain::ConversationId;
use twinbox_protocol::ConversationRow;

/// The one that was chosen, below who else is answering.
pub fn forms(
    session: Session,
    conversation: Memo<ConversationId>,
    row: Memo<Option<ConversationRow>>,
    instead: RwSignal<Option<Instead>>,
    was_faster: Memo<Option<Faster>>,
) -> AnyView {
    let number = Memo::new(move |_| row.with(|row| Some(row.as_ref()?.number.clone())));
    let fills_in = move |there| session.dispatch(Action::Team(TeamAction::FillsIn(there)));
    Effect::new(move |_| fills_in(instead.get().map(|_| conversation.get())));
    on_cleanup(move || fills_in(None));
    let put_away = Callback::new(move |()| {
        session.filled.forget(conversation.get_untracked());
        instead.set(None);
        // It is hidden until then.
        request_animation_frame(keyboard::focus_composer);
    });
    let form = move |form: AnyView| {
        view! {
            <div class="composer">
                <div class="composer__others">
                    {replying(session, conversation)}
                    {faster(session, conversation, was_faster, put_away)}
                </div>
                {form}
            </div>
        }
        .into_any()
    };
    let picker = move || {
        let number = number.get()?;
        (instead.get() == Some(Instead::Templates)).then(|| {
            form(page(Page::Templates(
                conversation.get(),
                StoredValue::new(number),
                put_away,
            )))
        })
    };
    let maker =
        move || (instead.get() == Some(Instead::Making)).then(|| form(making(session, conversation.get(), put_away)));
    view! {
        {picker}
        {maker}
    }
    .into_any()
}
