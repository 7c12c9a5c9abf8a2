//! Somebody else has answered meanwhile.

use crate::clock;
use crate::components::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::state::{Action, Faster, Part, TeamAction};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, Origin};

/// Who was faster here; `None`: nobody.
pub fn faster_here(session: Session, conversation: Memo<ConversationId>) -> Memo<Option<Faster>> {
    session.memo(Part::Faster, move |state| state.faster_in(conversation.get()).cloned())
}

/// Who answered, and the choice: nothing is sent before it is made. `discard` throws away what was to be said.
pub fn faster(
    session: Session,
    conversation: Memo<ConversationId>,
    faster: Memo<Option<Faster>>,
    discard: Callback<()>,
) -> AnyView {
    let seen = move || {
        session.dispatch(Action::Team(TeamAction::FasterSeen(conversation.get_untracked())));
        keyboard::focus_thread();
    };
    (move || {
        faster.get().map(|faster| {
            let (origin, author) = (faster.origin, faster.author);
            let is_you = origin == Origin::Agent && session.peek(|state| state.me() == author);
            let discard = move || {
                discard.run(());
                seen();
            };
            let words = move || text::was_faster(origin, &author, is_you, clock::now().ms_since(faster.at));
            // Said once, not with each second.
            let said = words();
            let words = move || {
                session.track(Part::Second);
                words()
            };
            view! {
                <div class="faster">
                    <Icon name=IconName::Users size=16/>
                    <span class="grow" aria-hidden="true">{words}</span>
                    <span class="vh" role="alert">{said}</span>
                    <button class="btn btn--sm btn--line" type="button" on:click=move |_| discard()>{text::DISCARD}</button>
                    <button class="btn btn--sm btn--line" type="button" on:click=move |_| seen()>{text::WRITE_ANYWAY}</button>
                </div>
            }
        })
    })
    .into_any()
}
