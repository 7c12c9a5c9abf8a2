//! Contacts and history of a phone that was just connected: asked for once each, within 24 hours. When the answer was lost,
//! nobody knows whether Meta took the request; then a person may ask again, as long as nothing has come.

use crate::{
    Engine,
    clients::Line,
    clock,
    requests::{Answer, conflict, internal},
};
use twinbox_domain::{Millis, NumberId};
use twinbox_protocol::{ApiError, ErrorCode, SyncRequest, SyncView};
use twinbox_store::{NumberConnection, StoreError, SyncAsked, SyncPart, SyncState};
use twinbox_whatsapp::{CallError, SyncKind};

/// Until then the phone can be asked (Meta, "Onboarding WhatsApp Business app users", 2026).
pub(super) const ASK_WITHIN_MS: i64 = 24 * 60 * 60 * 1000;
/// When nothing at all has come for so long after the history was asked for, there is none: new messages are shown.
const NOTHING_CAME_MS: i64 = 15 * 60 * 1000;
/// When nothing more has come for so long, the phone may be off: new messages are shown.
const STALLED_MS: i64 = 2 * 60 * 60 * 1000;

/// What the phone sends comes once, and would go elsewhere.
const NOT_SENT_HERE: &str = "Meta does not send what arrives for this number to Twinbox yet. Try again in a moment.";

/// Until when new messages wait: until the history is complete, but not for ever.
pub(crate) fn holds_until(connected_at: Millis, asked_at: Option<Millis>, last_piece_at: Option<Millis>) -> Millis {
    let deadline = connected_at.plus_ms(ASK_WITHIN_MS);
    match (asked_at, last_piece_at) {
        (_, Some(piece)) => deadline.min(piece.plus_ms(STALLED_MS)),
        (Some(asked), None) => deadline.min(asked.plus_ms(NOTHING_CAME_MS)),
        (None, None) => deadline,
    }
}

impl Engine {
    pub(crate) async fn sync(&self, number: NumberId) -> Answer<SyncView> {
        let store = &self.inner.store;
        let counts = store.sync_counts(number.clone()).await.map_err(internal)?;
        let history = store.history_progress(number.clone()).await.map_err(internal)?;
        let asked = async |part| store.sync_asked(number.clone(), part).await.map_err(internal);
        // Last: that the history is complete ends the holding, and not the other way round.
        let connection = self.connection_of(&number).await?;
        Ok(SyncView {
            connected_at: connection.connected_at,
            deadline: connection.connected_at.plus_ms(ASK_WITHIN_MS),
            contacts: request(asked(SyncPart::Contacts).await?),
            history: request(asked(SyncPart::History).await?),
            contact_count: counts.contacts,
            conversation_count: counts.conversations,
            message_count: counts.messages,
            phases: counts.phases,
            percent: history.percent,
            refused: history.refused,
            files_here: counts.files_here,
            files: counts.files,
            last_piece_at: connection.last_piece_at,
            is_holding: connection.is_holding,
            waiting: counts.waiting,
            number,
        })
    }

    pub(crate) async fn request_sync(&self, number: NumberId) -> Answer<SyncView> {
        // A request that is on its way looks like one whose answer was lost.
        let _turn = self.inner.connecting.turn.lock().await;
        let connection = self.connection_of(&number).await?;
        let Some(line) = self.inner.clients.of(&number) else {
            return Err(conflict("The token of this number cannot be opened."));
        };
        if !connection.is_subscribed {
            self.take_up_late(&number).await?;
            if !self.connection_of(&number).await?.is_subscribed {
                return Err(conflict(NOT_SENT_HERE));
            }
        }
        let is_in_time = clock::now() < connection.connected_at.plus_ms(ASK_WITHIN_MS);
        self.ask_phone(&number, &line, is_in_time).await.map_err(internal)?;
        self.sync(number).await
    }

    pub(crate) async fn show_waiting(&self, number: NumberId) -> Answer<SyncView> {
        self.connection_of(&number).await?;
        self.release(number.clone()).await.map_err(internal)?;
        self.sync(number).await
    }

    /// What waits is shown.
    pub(crate) async fn release(&self, number: NumberId) -> Result<(), StoreError> {
        let webhooks = self.inner.store.release_held(number.clone()).await?;
        self.released(&number, webhooks);
        Ok(())
    }

    fn released(&self, number: &NumberId, webhooks: u64) {
        tracing::info!(%number, webhooks, "number {number}: {webhooks} webhooks with new messages are applied now");
        self.inner.journal_grew.tell_both();
    }

    /// Asks for what was not asked for yet: the contacts first. The intent is on disk before each call. `again` also asks for
    /// what may have been asked for, and did not come.
    pub(crate) async fn ask_phone(&self, number: &NumberId, line: &Line, again: bool) -> Result<(), StoreError> {
        for (part, kind) in [
            (SyncPart::Contacts, SyncKind::Contacts),
            (SyncPart::History, SyncKind::History),
        ] {
            let store = &self.inner.store;
            let was_lost = store.sync_asked(number.clone(), part).await?.is_some();
            let again = again && self.is_to_be_asked(number, part).await?;
            if !store.begin_sync(number.clone(), part, again, clock::now()).await? {
                continue;
            }
            let state = match line.graph.request_sync(&line.called, kind).await {
                Ok(request_id) => {
                    tracing::info!(%number, request_id, "number {number}: {part:?} requested");
                    Some(SyncState::Made(request_id))
                }
                Err(error) => {
                    tracing::warn!(%number, %error, "number {number}: {part:?} not requested");
                    after(&error, was_lost)
                }
            };
            let left = state.is_some();
            let released = store.finish_sync(number.clone(), part, state).await?;
            if released > 0 {
                self.released(number, released);
            }
            if !left {
                break;
            }
        }
        Ok(())
    }

    /// Whether a part is still to be asked for: it was not, or the answer was lost and nothing has come.
    pub(super) async fn is_to_be_asked(&self, number: &NumberId, part: SyncPart) -> Result<bool, StoreError> {
        let store = &self.inner.store;
        Ok(match (store.sync_asked(number.clone(), part).await?, part) {
            (None, _) => true,
            (Some(asked), _) if asked.state != SyncState::Maybe => false,
            (Some(_), SyncPart::Contacts) => store.sync_counts(number.clone()).await?.contacts == 0,
            (Some(_), SyncPart::History) => {
                let history = store.history_progress(number.clone()).await?;
                history.percent.is_none() && history.refused.is_none()
            }
        })
    }

    async fn connection_of(&self, number: &NumberId) -> Answer<NumberConnection> {
        self.inner
            .store
            .number_connection(number.clone())
            .await
            .map_err(internal)?
            .ok_or_else(|| ApiError::new(ErrorCode::NotFound, "This number was not connected here."))
    }
}

/// What an error leaves of a request; `None`: nothing, it can be made again. `was_lost`: the answer to an earlier one was.
fn after(error: &CallError, was_lost: bool) -> Option<SyncState> {
    match error {
        _ if error.may_have_happened() => Some(SyncState::Maybe),
        // Meta took the earlier one.
        CallError::Refused(refusal) if refusal.code == 2_593_107 && was_lost => Some(SyncState::Made(String::new())),
        CallError::Refused(refusal) if matches!(refusal.code, 2_593_107 | 2_593_108) => {
            Some(SyncState::Refused(refusal.code))
        }
        // A token or a limit: it was not used up.
        CallError::Refused(_) | CallError::Unreachable(_) | CallError::NoAnswer(_) | CallError::Unreadable { .. } => {
            was_lost.then_some(SyncState::Maybe)
        }
    }
}

fn request(asked: Option<SyncAsked>) -> SyncRequest {
    match asked {
        None => SyncRequest::NotMade,
        Some(SyncAsked { at, state }) => match state {
            SyncState::Maybe => SyncRequest::MaybeMade { at },
            SyncState::Made(_) => SyncRequest::Made { at },
            SyncState::Refused(code) => SyncRequest::Refused { at, code },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_messages_do_not_wait_for_ever() {
        let minute = |minutes: i64| Millis(minutes * 60_000);
        assert_eq!(holds_until(minute(0), None, None), minute(24 * 60));
        assert_eq!(holds_until(minute(0), Some(minute(1)), None), minute(16));
        assert_eq!(holds_until(minute(0), Some(minute(1)), Some(minute(30))), minute(150));
        // Never longer than the phone may be asked.
        assert_eq!(
            holds_until(minute(0), Some(minute(1)), Some(minute(1439))),
            minute(1440)
        );
    }
}
