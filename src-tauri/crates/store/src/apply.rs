//! Applying what webhooks say. Twice, in pieces, or in any order, gives the same rows.

use crate::{
    Store, StoreError, account, change_log, connection, connections::Waiting, erase, evidence, held, history, journal,
    media, message, number, person, preference, receipt, retention, revision, template, touched::Touched,
};
use rusqlite::Connection;
use std::{collections::HashSet, ops::AddAssign, vec::IntoIter};
use twinbox_domain::{About, AccountTold, Change, Content, Fact, JournalId, Telling};

/// Messages of a history, or contacts, that are applied before others may write; while nobody waits, so many [`PIECES`]
/// share a commit.
const PIECE: usize = 250;
const PIECES: usize = 8;

/// What applying a webhook came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Facts taken over, or known before.
    pub facts: usize,
    /// Parts that could not be read and are kept for later.
    pub not_understood: usize,
    /// Webhooks with messages that were held back until now and are pending again.
    pub released: u64,
    /// Whether it told of a number and the Cloud API that they belong together, or do not.
    pub is_about_links: bool,
}

impl AddAssign for Applied {
    fn add_assign(&mut self, more: Self) {
        self.facts += more.facts;
        self.not_understood += more.not_understood;
        self.released += more.released;
        self.is_about_links |= more.is_about_links;
    }
}

impl Store {
    /// Applies the facts of one journaled webhook, all or none, in one transaction; but the messages of a long history and
    /// all the phone's contacts in pieces before it, so that others can write in between. It is pending until all is applied.
    ///
    /// # Errors
    /// When the write cannot be made durable; [`StoreError::is_about_the_input`] tells a webhook that will never apply.
    pub async fn apply(&self, id: JournalId, facts: Vec<Fact>) -> Result<Applied, StoreError> {
        if facts.iter().filter(|fact| comes_in_pieces(fact)).count() <= PIECE {
            return self
                .connections
                .write(move |connection| finish(connection, id, recognized(connection, facts)?))
                .await;
        }
        let facts = self
            .connections
            .write(move |connection| recognized(connection, facts))
            .await?;
        let (many, rest): (Vec<_>, Vec<_>) = facts.into_iter().partition(|(_, fact)| comes_in_pieces(fact));
        let mut many = many.into_iter();
        let mut applied = Applied::default();
        while many.len() > 0 {
            let waiting = self.connections.waiting();
            let (done, rest) = self
                .connections
                .write(move |connection| apply_pieces(connection, id, many, &waiting))
                .await?;
            many = rest;
            applied += done;
        }
        applied += self
            .connections
            .write(move |connection| finish(connection, id, rest))
            .await?;
        Ok(applied)
    }
}

/// A fact and its place among those of its webhook.
type Part = (usize, Fact);

/// Each with its number as it is known here.
fn recognized(connection: &Connection, mut facts: Vec<Fact>) -> Result<Vec<Part>, StoreError> {
    number::recognize_all(connection, &mut facts)?;
    Ok(facts.into_iter().enumerate().collect())
}

/// Applies as many of these facts as others have patience for; what is left comes back.
fn apply_pieces(
    connection: &Connection,
    id: JournalId,
    mut many: IntoIter<Part>,
    waiting: &Waiting,
) -> Result<(Applied, IntoIter<Part>), StoreError> {
    let arrival = journal::arrival(connection, id)?;
    let mut applied = Applied::default();
    for _ in 0..PIECES {
        let piece: Vec<_> = many.by_ref().take(PIECE).collect();
        evidence::take_down(connection, &arrival, piece.iter().map(|(_, fact)| fact))?;
        applied += apply(connection, id, &piece)?;
        if many.len() == 0 || waiting.some() {
            break;
        }
    }
    Ok((applied, many))
}

/// Applies the last facts of a webhook; then it is applied.
fn finish(connection: &Connection, id: JournalId, facts: Vec<Part>) -> Result<Applied, StoreError> {
    // First, because a message in it that was held back may be let go by what follows: then it is pending again.
    let arrival = journal::mark_applied(connection, id)?;
    evidence::take_down(connection, &arrival, facts.iter().map(|(_, fact)| fact))?;
    let applied = apply(connection, id, &facts)?;
    // When the last webhook arrived is shown, whatever it brought.
    change_log::log(connection, Change::Overview)?;
    Ok(applied)
}

fn apply(connection: &Connection, id: JournalId, facts: &[Part]) -> Result<Applied, StoreError> {
    let mut applied = Applied::default();
    let mut touched = Touched::default();
    // Whose contacts or history this webhook brought, thousands of facts perhaps.
    let mut pieces = HashSet::new();
    let erased_some = erase::has_some(connection)?;
    let kept_since = retention::kept_since(connection)?;
    for (part, fact) in facts {
        let is_of_erased = erased_some && erase::covers(connection, id, fact)?;
        if is_of_erased {
            erase::pass_over(connection, id, fact)?;
        }
        if is_of_erased || retention::is_over(fact, kept_since) {
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
                    journal::note_shown_as_not_understood(connection, id, *part)?;
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
                preference::told_by_failure(connection, id, fact)?;
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
                applied.released += history::apply(connection, fact)?;
                pieces.insert(&fact.number);
                None
            }
            Fact::Account(fact) => {
                account::apply(connection, id, *part, fact)?;
                applied.is_about_links |=
                    fact.told.about() == About::Link || matches!(fact.told, AccountTold::App { .. });
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
                journal::note_not_understood(connection, id, *part, field, reason)?;
                applied.not_understood += 1;
            }
        }
    }
    for number in pieces {
        connection::piece_came(connection, number, id)?;
    }
    touched.settle(connection)?;
    Ok(applied)
}

fn comes_in_pieces(fact: &Fact) -> bool {
    matches!(fact, Fact::Contact(_)) || is_of_history(fact)
}

fn is_of_history(fact: &Fact) -> bool {
    matches!(fact, Fact::Message(message) if message.telling == Telling::History)
}
