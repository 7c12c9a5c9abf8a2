//! What is done on the business phone. Everything is echoed, except that somebody reads.

use super::{ActRefusal, may_delete, may_edit};
use crate::{
    chats::{Side, Tick},
    customer::Customer,
    meta::Meta,
    webhook::PhoneAct,
};
use serde_json::json;
use std::time::Duration;

impl Meta {
    /// Edits a message written on the phone. Gives the event's id.
    pub fn phone_edits(&self, wamid: &str, words: &str) -> Result<String, ActRefusal> {
        let (user_id, new) = self.with_message(wamid, |user_id, message| {
            may_edit(message, Side::Phone)?;
            Ok((user_id.to_owned(), message.with_words(words)))
        })?;
        let body = json!({"original_message_id": wamid, "message": new});
        Ok(self.phone_act(user_id, "edit", body))
    }

    /// Deletes a message written on the phone for everyone. Gives the event's id.
    pub fn phone_deletes(&self, wamid: &str) -> Result<String, ActRefusal> {
        let user_id = self.with_message(wamid, |user_id, message| {
            may_delete(message, Side::Phone)?;
            Ok(user_id.to_owned())
        })?;
        Ok(self.phone_act(user_id, "revoke", json!({"original_message_id": wamid})))
    }

    /// Reacts to a message; an empty `emoji` takes the reaction back. Gives the event's id.
    pub fn phone_reacts(&self, wamid: &str, emoji: &str) -> Result<String, ActRefusal> {
        let user_id = self.with_message(wamid, |user_id, _| Ok(user_id.to_owned()))?;
        Ok(self.phone_act(user_id, "reaction", reaction(wamid, emoji)))
    }

    /// Somebody at the phone reads what that customer wrote. No webhook tells it.
    pub fn phone_reads(&self, who: &str) -> Result<(), ActRefusal> {
        let mut world = self.world();
        let user_id = world.find(who).ok_or(ActRefusal::UnknownPerson)?;
        let unread = world.chats.select(&user_id, |message| {
            message.side == Side::Customer && message.tick < Tick::Read
        });
        for wamid in unread {
            world.chats.progress(&wamid, Tick::Read);
        }
        Ok(())
    }

    fn phone_act(&self, user_id: String, kind: &str, body: serde_json::Value) -> String {
        let customer = Customer::known(user_id);
        let act = PhoneAct {
            kind: kind.to_owned(),
            body,
            quotes: None,
        };
        self.phone_did(&customer, &act, Duration::ZERO)
    }
}

/// The body of a reaction: without an emoji when it is taken back (Meta, "Reaction messages webhook", 2026).
pub(super) fn reaction(wamid: &str, emoji: &str) -> serde_json::Value {
    if emoji.is_empty() {
        json!({"message_id": wamid})
    } else {
        json!({"message_id": wamid, "emoji": emoji})
    }
}
