//! A message that is sent as it was filled in, not from the composer's text.

use crate::session::Session;
use crate::state::Action;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, OutboxId};
use twinbox_protocol::{ApiError, ErrorCode, ToSend};
use uuid::Uuid;

/// How far it is. A handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Attempt {
    /// Kept until the engine surely has it or surely does not, so that nothing goes out twice.
    id: StoredValue<OutboxId>,
    /// Which form was filled in.
    form: StoredValue<String>,
    /// Whether the engine is being told.
    pub is_under_way: RwSignal<bool>,
    /// What is in the way.
    pub problem: RwSignal<Option<String>>,
}

/// What was handed over. Its form may be gone before the answer comes: another conversation was opened.
struct Tried {
    id: OutboxId,
    conversation: ConversationId,
    form: String,
    typed: Vec<String>,
}

impl Attempt {
    /// Fills in what was typed into this form here before. Where nobody knows what came of it, it goes on under its id, unless it
    /// is seen to have gone.
    pub fn begin(session: Session, conversation: ConversationId, form: String, fields: Vec<RwSignal<String>>) -> Self {
        let filled = session.filled;
        let tried = filled.id_of(conversation, &form);
        let id = tried.filter(|id| session.peek(|state| !state.has_sent(conversation, *id)));
        if id != tried {
            filled.forget(conversation);
        }
        filled.follow(conversation, form.clone(), fields);
        Self::new(id.unwrap_or_else(new_id), form)
    }

    fn new(id: OutboxId, form: String) -> Self {
        Self {
            id: StoredValue::new(id),
            form: StoredValue::new(form),
            is_under_way: RwSignal::new(false),
            problem: RwSignal::new(None),
        }
    }

    /// Hands it over; `close` is called once the engine has it.
    pub fn send(self, session: Session, conversation: ConversationId, message: ToSend, close: Callback<()>) {
        self.is_under_way.set(true);
        let tried = self.tried(session, conversation);
        session.send_at_once(tried.id, conversation, message, move |answer| {
            self.answered(session, tried, answer, close);
        });
    }

    fn tried(self, session: Session, conversation: ConversationId) -> Tried {
        let form = self.form.get_value();
        Tried {
            id: self.id.get_value(),
            conversation,
            typed: session.filled.take(conversation, &form),
            form,
        }
    }

    /// What did not go is said, at the bottom of the window when the form is gone, and is there when it is opened again.
    fn answered(self, session: Session, tried: Tried, answer: Result<(), ApiError>, close: Callback<()>) {
        self.is_under_way.try_set(false);
        let Err(ApiError { code, message, .. }) = answer else {
            close.try_run(());
            return;
        };
        let Tried {
            id,
            conversation,
            form,
            typed,
        } = tried;
        let is_refused = !matches!(code, ErrorCode::Unavailable | ErrorCode::Internal);
        if is_refused {
            self.id.try_set_value(new_id());
        }
        session
            .filled
            .put_back(conversation, form, typed, (!is_refused).then_some(id));
        if let Some(message) = self.problem.try_set(Some(message)).flatten() {
            let words = session.peek(|state| state.about(&[conversation], message));
            session.dispatch(Action::Notice(words));
        }
    }
}

fn new_id() -> OutboxId {
    OutboxId(Uuid::now_v7())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Backend;

    const ALICE: ConversationId = ConversationId(1);

    /// What is said after a greeting was sent to Alice and answered like this, and under which id it goes on.
    fn said(session: Session, is_gone: bool, code: ErrorCode) -> (Option<String>, OutboxId, Option<OutboxId>) {
        session.dispatch(Action::NoticeSeen);
        session.filled.forget(ALICE);
        session
            .filled
            .put_back(ALICE, "greeting".to_owned(), vec!["Alice".to_owned()], None);
        let form = Owner::new();
        form.with(|| {
            let attempt = Attempt::new(new_id(), "greeting".to_owned());
            let tried = attempt.tried(session, ALICE);
            assert!(session.filled.of(ALICE, "greeting").is_empty(), "it is on its way");
            let id = tried.id;
            if is_gone {
                form.cleanup();
            }
            let close = Callback::new(|()| {});
            attempt.answered(session, tried, Err(ApiError::new(code, "No.")), close);
            assert_eq!(session.filled.of(ALICE, "greeting"), ["Alice"]);
            let said = session.peek(|state| state.notice.as_ref().map(|notice| notice.words.clone()));
            let in_place = attempt.problem.try_get_untracked().flatten();
            assert_eq!(in_place.is_some(), !is_gone);
            (said, id, session.filled.id_of(ALICE, "greeting"))
        })
    }

    #[test]
    fn what_did_not_go_is_said_and_is_there_again_when_its_form_was_gone_before_the_answer() {
        let _owner = Owner::new_root(None);
        let session = Session::with(Backend::Http);
        let (words, _, goes_on) = said(session, true, ErrorCode::WindowClosed);
        assert_eq!((words.as_deref(), goes_on), (Some("No."), None));
        let (words, id, goes_on) = said(session, true, ErrorCode::Unavailable);
        assert_eq!((words.as_deref(), goes_on), (Some("No."), Some(id)));

        let (words, _, goes_on) = said(session, false, ErrorCode::WindowClosed);
        assert_eq!((words, goes_on), (None, None), "the form says it");
    }
}
