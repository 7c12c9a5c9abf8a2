//! Applying what webhooks say. Twice, or in any order, gives the same rows.

use crate::{
    Store, StoreError, change_log, connection, evidence, held, history, journal, media, message, number, person,
    receipt, revision, touched::Touched,
};
use rusqlite::Connection;
use twinbox_domain::{Change, Content, Fact, JournalId, MessageFact, Telling};

/// What applying a webhook came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Facts taken over, or known before.
    pub facts: usize,
    /// Parts that could not be read and are kept for later.
    pub not_understood: usize,
    /// Webhooks with messages that were held back until now and are pending again.
    pub released: u64,
}

impl Store {
    /// Applies the facts of one journaled webhook, all or none, in one transaction.
    ///
    /// # Errors
    /// When the write cannot be made durable; [`StoreError::is_about_the_input`] tells a webhook that will never apply.
    pub async fn apply(&self, id: JournalId, facts: Vec<Fact>) -> Result<Applied, StoreError> {
        self.connections
            .write(move |connection| apply(connection, id, &facts))
            .await
    }
}

fn apply(connection: &Connection, id: JournalId, facts: &[Fact]) -> Result<Applied, StoreError> {
    let mut applied = Applied {
        facts: 0,
        not_understood: 0,
        released: 0,
    };
    // First, because a message in it that was held back may be let go by what follows: then it is pending again.
    let arrival = journal::mark_applied(connection, id)?;
    evidence::take_down(connection, &arrival, facts)?;
    let mut touched = Touched::default();
    for (part, fact) in facts.iter().enumerate() {
        let unread = match fact {
            Fact::Number(fact) => {
                number::seen(connection, &fact.number, &fact.display_phone_number)?;
                None
            }
            Fact::Message(fact) if is_held(connection, fact, id)? => None,
            Fact::Message(fact) => {
                let placed = message::apply(connection, fact, &mut touched)?;
                if placed {
                    media::told(connection, id, &fact.number, &fact.wamid, &fact.content)?;
                }
                if placed && matches!(fact.content, Content::NotUnderstood { .. }) {
                    journal::note_shown_as_not_understood(connection, id, part)?;
                }
                (!placed).then_some(("messages", "the message names nobody"))
            }
            Fact::Edit(fact) => {
                revision::apply_edit(connection, fact)?;
                media::told(connection, id, &fact.number, &fact.wamid, &fact.content)?;
                None
            }
            Fact::Deletion(fact) => {
                revision::apply_deletion(connection, fact)?;
                None
            }
            Fact::Reaction(fact) => {
                revision::apply_reaction(connection, fact)?;
                None
            }
            Fact::Status(fact) => {
                receipt::apply(connection, fact)?;
                None
            }
            Fact::Contact(fact) => {
                person::name_contact(connection, fact)?;
                connection::piece_came(connection, &fact.number, id)?;
                None
            }
            Fact::IdsChanged(fact) => {
                message::apply_ids_changed(connection, fact, &mut touched)?;
                None
            }
            Fact::History(fact) => {
                let messages = facts.iter().filter(|fact| is_of_history(fact)).count();
                applied.released += history::apply(connection, fact, messages)?;
                connection::piece_came(connection, &fact.number, id)?;
                None
            }
            Fact::NotUnderstood(fact) => Some((fact.field.as_str(), fact.reason.as_str())),
        };
        match unread {
            None => applied.facts += 1,
            Some((field, reason)) => {
                journal::note_not_understood(connection, id, part, field, reason)?;
                applied.not_understood += 1;
            }
        }
    }
    touched.settle(connection)?;
    // When the last webhook arrived is shown, whatever it brought.
    change_log::log(connection, Change::Overview)?;
    Ok(applied)
}

fn is_held(connection: &Connection, fact: &MessageFact, id: JournalId) -> Result<bool, StoreError> {
    held::hold(connection, number::row_of(connection, &fact.number)?, fact, id)
}

fn is_of_history(fact: &Fact) -> bool {
    matches!(fact, Fact::Message(message) if message.telling == Telling::History)
}
