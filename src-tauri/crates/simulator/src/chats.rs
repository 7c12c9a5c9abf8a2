//! The chats as people see them on their phones: what the page at `/` shows, and what edits, deletions and reactions
//! are checked against.
//!
//! In memory and bounded: the last [`MESSAGES_KEPT`] messages of the last [`CHATS_KEPT`] chats. It reads the same
//! message objects that webhooks carry, so a message written by a test or a living customer shows as any other. No
//! input or output; time is an argument.

mod message;

use crate::{send::text_at, webhook::StatusSubject};
pub(crate) use message::{ChatMessage, Side, Tick};
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};

/// So many messages of a chat are kept.
const MESSAGES_KEPT: usize = 300;

/// So many chats are kept; then the one that was quiet for longest goes.
const CHATS_KEPT: usize = 1000;

/// So many reactions are told from messages.
const REACTIONS_KEPT: usize = 1000;

/// All chats of the number.
#[derive(Debug, Default)]
pub(crate) struct Chats {
    revision: u64,
    by_user_id: HashMap<String, Chat>,
    user_id_of_wamid: HashMap<String, String>,
    /// The ids of the last reactions, which are no messages to react to.
    reactions: VecDeque<String>,
}

/// What was said with one customer.
#[derive(Debug, Default)]
struct Chat {
    revision: u64,
    messages: VecDeque<ChatMessage>,
    /// When the business last told that it types, in Unix seconds.
    typing_at: Option<u64>,
}

impl Chats {
    /// Counts every change of anything the page shows.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Notes that something about that customer changed which is not a message.
    pub fn touch(&mut self, user_id: &str) {
        self.revision += 1;
        let revision = self.revision;
        self.chat(user_id).revision = revision;
    }

    /// Takes in `item`, a message object as Meta writes it in webhooks and takes it for sends. Edits, deletions and
    /// reactions change the message they name; everything else becomes a message. `arrives`: nothing keeps it from
    /// the other side.
    pub fn take(&mut self, user_id: &str, side: Side, item: &Value, arrives: bool) {
        self.touch(user_id);
        let kind = text_at(item, "/type").unwrap_or("text");
        let named = |pointer: &str| text_at(item, pointer).map(str::to_owned);
        if side == Side::Api {
            self.chat(user_id).typing_at = None;
        }
        if kind == "reaction" {
            self.reactions.extend(named("/id"));
            self.reactions
                .drain(..self.reactions.len().saturating_sub(REACTIONS_KEPT));
        }
        let changed = match kind {
            "reaction" => named("/reaction/message_id").map(|id| {
                let emoji = text_at(item, "/reaction/emoji").filter(|emoji| !emoji.is_empty());
                (id, Change::Reaction(side, emoji.map(str::to_owned)))
            }),
            "edit" => named("/edit/original_message_id").map(|id| {
                let new = item.pointer("/edit/message").cloned().unwrap_or_default();
                (id, Change::Edit(new))
            }),
            "revoke" => named("/revoke/original_message_id").map(|id| (id, Change::Deletion)),
            _ => None,
        };
        match changed {
            Some((wamid, change)) => self.change(&wamid, |message| change.make(message)),
            None if matches!(kind, "reaction" | "edit" | "revoke") => {}
            None => self.append(user_id, ChatMessage::of(side, kind, item, arrives)),
        }
    }

    /// Remembers what the statuses of a sent message repeat.
    pub fn set_subject(&mut self, subject: &StatusSubject) {
        self.change(&subject.wamid, |message| message.subject = Some(subject.clone()));
    }

    /// A message came as far as `tick`. Whether that was news; of a message that is not kept, everything is.
    pub fn progress(&mut self, wamid: &str, tick: Tick) -> bool {
        if self.message(wamid).is_some_and(|message| message.tick >= tick) {
            return false;
        }
        self.change(wamid, |message| message.tick = tick);
        true
    }

    /// The message with that id and the customer it was said with, if it is kept.
    pub fn find(&self, wamid: &str) -> Option<(&str, &ChatMessage)> {
        let user_id = self.user_id_of_wamid.get(wamid)?;
        Some((user_id, self.message(wamid)?))
    }

    /// The ids of the messages of that chat for which `wanted` holds, oldest first.
    pub fn select(&self, user_id: &str, wanted: impl Fn(&ChatMessage) -> bool) -> Vec<String> {
        let messages = self.by_user_id.get(user_id).map(|chat| chat.messages.iter());
        let wanted = messages.into_iter().flatten().filter(|&message| wanted(message));
        wanted.map(|message| message.wamid.clone()).collect()
    }

    /// The business read that message of a customer, and with it the ones before.
    pub fn read_up_to(&mut self, wamid: &str) {
        let Some((user_id, message)) = self.find(wamid) else {
            return;
        };
        let at = message.at;
        let is_read =
            |message: &ChatMessage| message.side == Side::Customer && message.at <= at && message.tick < Tick::Read;
        for unread in self.select(user_id, is_read) {
            self.progress(&unread, Tick::Read);
        }
    }

    /// The business types an answer since `at`, in Unix seconds. People see it for 25 seconds or until the answer (Meta,
    /// "Typing indicators", 2026).
    pub fn set_typing(&mut self, user_id: &str, at: u64) {
        self.touch(user_id);
        self.chat(user_id).typing_at = Some(at);
    }

    /// When the business last told that customer that it types, in Unix seconds. `None`: never, or it has answered.
    pub fn typing_at(&self, user_id: &str) -> Option<u64> {
        self.by_user_id.get(user_id)?.typing_at
    }

    /// Whether `wamid` is a reaction rather than a message.
    pub fn is_reaction(&self, wamid: &str) -> bool {
        self.reactions.iter().any(|reaction| reaction == wamid)
    }

    /// The customer has another user id now. If there is a chat with that one, both become one.
    pub fn rename(&mut self, old: &str, new: &str) {
        let moved = self.by_user_id.remove(old).unwrap_or_default();
        self.touch(new);
        for message in moved.messages {
            self.append(new, message);
        }
    }

    /// The customers there are chats with, in no order.
    pub fn user_ids(&self) -> impl Iterator<Item = &str> {
        self.by_user_id.keys().map(String::as_str)
    }

    /// The customers of whom something changed after `revision`.
    pub fn changed_since(&self, revision: u64) -> Vec<&str> {
        let chats = self.by_user_id.iter().filter(|(_, chat)| chat.revision > revision);
        chats.map(|(user_id, _)| user_id.as_str()).collect()
    }

    /// What changed of that chat's messages after `revision`, oldest first.
    pub fn messages_since(&self, user_id: &str, revision: u64) -> Value {
        let messages = self.by_user_id.get(user_id).map(|chat| chat.messages.iter());
        let changed = messages
            .into_iter()
            .flatten()
            .filter(|message| message.revision > revision);
        json!(changed.map(ChatMessage::view).collect::<Vec<_>>())
    }

    fn chat(&mut self, user_id: &str) -> &mut Chat {
        if !self.by_user_id.contains_key(user_id) && self.by_user_id.len() >= CHATS_KEPT {
            self.forget_the_quietest();
        }
        self.by_user_id.entry(user_id.to_owned()).or_default()
    }

    fn forget_the_quietest(&mut self) {
        let quietest = self.by_user_id.iter().min_by_key(|(_, chat)| chat.revision);
        let Some(user_id) = quietest.map(|(user_id, _)| user_id.clone()) else {
            return;
        };
        for message in self.by_user_id.remove(&user_id).unwrap_or_default().messages {
            self.user_id_of_wamid.remove(&message.wamid);
        }
    }

    fn append(&mut self, user_id: &str, mut message: ChatMessage) {
        message.revision = self.revision;
        self.user_id_of_wamid.insert(message.wamid.clone(), user_id.to_owned());
        let messages = &mut self.chat(user_id).messages;
        // A message may be told late, with its true time.
        let place = messages.partition_point(|other| other.at <= message.at);
        messages.insert(place, message);
        if messages.len() > MESSAGES_KEPT
            && let Some(oldest) = messages.pop_front()
        {
            self.user_id_of_wamid.remove(&oldest.wamid);
        }
    }

    fn message(&self, wamid: &str) -> Option<&ChatMessage> {
        let chat = self.by_user_id.get(self.user_id_of_wamid.get(wamid)?)?;
        // Almost always asked for a young one.
        chat.messages.iter().rev().find(|message| message.wamid == wamid)
    }

    fn change(&mut self, wamid: &str, change: impl FnOnce(&mut ChatMessage)) {
        let Some(user_id) = self.user_id_of_wamid.get(wamid).cloned() else {
            return;
        };
        self.touch(&user_id);
        let revision = self.revision;
        let messages = &mut self.chat(&user_id).messages;
        if let Some(message) = messages.iter_mut().rev().find(|message| message.wamid == wamid) {
            change(message);
            message.revision = revision;
        }
    }
}

/// What an edit, a deletion or a reaction does to the message it names.
enum Change {
    Reaction(Side, Option<String>),
    Edit(Value),
    Deletion,
}

impl Change {
    fn make(self, message: &mut ChatMessage) {
        match self {
            Self::Reaction(Side::Customer, emoji) => message.customer_reaction = emoji,
            Self::Reaction(Side::Phone | Side::Api, emoji) => message.business_reaction = emoji,
            Self::Edit(new) => {
                let kind = text_at(&new, "/type").unwrap_or(&message.kind).to_owned();
                if let Some(body) = new.get(&kind) {
                    message.body = body.clone();
                    message.is_edited = true;
                }
            }
            Self::Deletion => {
                message.body = Value::Null;
                message.is_deleted = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(id: &str, at: u64) -> Value {
        json!({"id": id, "timestamp": at.to_string(), "type": "text", "text": {"body": id}})
    }

    #[test]
    fn only_the_last_messages_of_the_last_chats_are_kept() {
        let mut chats = Chats::default();
        for at in 0..=MESSAGES_KEPT as u64 {
            chats.take("US.1", Side::Customer, &text(&format!("wamid.{at}"), at), true);
        }
        assert!(chats.find("wamid.0").is_none());
        assert!(chats.find("wamid.1").is_some());
        for number in 2..=CHATS_KEPT + 1 {
            chats.touch(&format!("US.{number}"));
        }
        assert!(chats.find("wamid.1").is_none());
        assert!(chats.user_id_of_wamid.is_empty());
    }

    #[test]
    fn two_chats_of_one_customer_become_one_in_the_order_of_their_messages() {
        let mut chats = Chats::default();
        for (user_id, at) in [("US.1", 1), ("US.2", 2), ("US.1", 3)] {
            chats.take(user_id, Side::Customer, &text(&format!("wamid.{at}"), at), true);
        }
        let before = chats.revision();
        chats.rename("US.1", "US.2");
        assert_eq!(chats.user_ids().collect::<Vec<_>>(), ["US.2"]);
        assert_eq!(chats.select("US.2", |_| true), ["wamid.1", "wamid.2", "wamid.3"]);
        assert_eq!(chats.find("wamid.1").map(|(user_id, _)| user_id), Some("US.2"));
        assert_eq!(
            chats.messages_since("US.2", before).as_array().map(Vec::len),
            Some(2),
            "the moved ones are news"
        );
    }

    #[test]
    fn a_tick_never_goes_back() {
        let mut chats = Chats::default();
        chats.take("US.1", Side::Api, &text("wamid.1", 1), true);
        assert!(chats.progress("wamid.1", Tick::Read));
        assert!(!chats.progress("wamid.1", Tick::Delivered));
        assert!(chats.progress("wamid.unknown", Tick::Delivered));
    }
}
