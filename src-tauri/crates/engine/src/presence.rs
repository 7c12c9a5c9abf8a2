//! Who is writing a reply where: told to colleagues, kept in memory alone, and over by itself.

use crate::{Engine, clock};
use tokio::sync::watch;
use twinbox_domain::ConversationId;
use twinbox_protocol::{Caller, ReplyingView};

/// As long as the sign of typing lasts for the customer; whoever goes on writing tells it again before.
const LASTS_MS: i64 = 25_000;

/// Everybody who is writing now. The newest of all states is what counts, so nothing is queued.
pub(crate) type Presence = watch::Sender<Vec<ReplyingView>>;

impl Engine {
    /// This person is writing a reply.
    pub(crate) fn replies(&self, caller: &Caller, conversation: ConversationId) {
        let now = clock::now();
        self.inner.presence.send_modify(|all| {
            all.retain(|it| it.until > now && !(it.conversation == conversation && it.user == caller.user));
            all.push(ReplyingView {
                conversation,
                user: caller.user.clone(),
                until: now.plus_ms(LASTS_MS),
            });
        });
    }

    /// The reply is sent.
    pub(crate) fn replied(&self, caller: &Caller, conversation: ConversationId) {
        self.inner.presence.send_if_modified(|all| {
            let before = all.len();
            all.retain(|it| !(it.conversation == conversation && it.user == caller.user));
            all.len() != before
        });
    }
}
