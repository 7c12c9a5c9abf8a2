//! A message that is sent as it was filled in, not from the composer's text.

use crate::session::Session;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, OutboxId};
use twinbox_protocol::{ErrorCode, ToSend};
use uuid::Uuid;

/// How far it is. A handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Attempt {
    /// Kept until the engine surely has it or surely does not, so that nothing goes out twice.
    id: StoredValue<OutboxId>,
    /// Whether the engine is being told.
    pub is_under_way: RwSignal<bool>,
    /// What is in the way.
    pub problem: RwSignal<Option<String>>,
}

impl Attempt {
    /// Nothing was tried yet.
    pub fn new() -> Self {
        Self {
            id: StoredValue::new(OutboxId(Uuid::now_v7())),
            is_under_way: RwSignal::new(false),
            problem: RwSignal::new(None),
        }
    }

    /// Hands it over; `close` is called once the engine has it.
    pub fn send(self, session: Session, conversation: ConversationId, message: ToSend, close: Callback<()>) {
        self.is_under_way.set(true);
        // Filled in once more by itself it might go out twice.
        session.filled.forget(conversation);
        session.send_at_once(self.id.get_value(), conversation, message, move |answer| {
            // Another conversation may be open by now.
            self.is_under_way.try_set(false);
            match answer {
                Ok(()) => drop(close.try_run(())),
                Err(error) => {
                    if !matches!(error.code, ErrorCode::Unavailable | ErrorCode::Internal) {
                        self.id.try_set_value(OutboxId(Uuid::now_v7()));
                    }
                    self.problem.try_set(Some(error.message));
                }
            }
        });
    }
}
