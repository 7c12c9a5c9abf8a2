//! Applying what webhooks say. Twice, or in any order, gives the same rows.

use crate::{
    Store, StoreError, account, change_log, connection, erase, evidence, held, history, journal, media, message,
    person, preference, receipt, revision, template, touched::Touched,
};
use rusqlite::Connection;
use std::collections::HashSet;
use twinbox_domain::{Change, Content, Fact, JournalId, Telling};

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
    // Whose contacts or history this webhook brought, thousands of facts perhaps.
    let mut pieces = HashSet::new();
    let erased_some = erase::has_some(connection)?;
    for (part, fact) in facts.iter().enumerate() {
        if erased_some && erase::covers(connection, fact)? {
            applied.facts += 1;
            continue;
        }
        let unread = match fact {
            Fact::Number(fact) => {
                account::seen(connection, fact)?;
                None
            }
            Fact::Message(fact) if held::hold(connection, fact, id)? => None,
            Fact::Message(fact) => {
                let placed = message::apply(connection, fact, &mut touched)?;
                if placed {
                    message::arrived(connection, id, fact)?;
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
                pieces.insert(&fact.number);
                None
            }
            Fact::IdsChanged(fact) => {
                message::apply_ids_changed(connection, fact, &mut touched)?;
                None
            }
            Fact::History(fact) => {
                let messages = facts.iter().filter(|fact| is_of_history(fact)).count();
                applied.released += history::apply(connection, fact, messages)?;
                pieces.insert(&fact.number);
                None
            }
            Fact::Account(fact) => {
                account::apply(connection, id, part, fact)?;
                None
            }
            Fact::Template(fact) => {
                template::apply(connection, id, fact)?;
                None
            }
            Fact::Preference(fact) => {
                let known = preference::apply(connection, id, fact)?;
                (!known).then_some(("user_preferences", "it names nobody"))
            }
            Fact::Handover(fact) => {
                let placed = message::apply_handover(connection, fact, &mut touched)?;
                (!placed).then_some(("messaging_handovers", "it names nobody"))
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
    for number in pieces {
        connection::piece_came(connection, number, id)?;
    }
    touched.settle(connection)?;
    // When the last webhook arrived is shown, whatever it brought.
    change_log::log(connection, Change::Overview)?;
    Ok(applied)
}

fn is_of_history(fact: &Fact) -> bool {
    matches!(fact, Fact::Message(message) if message.telling == Telling::History)
}
