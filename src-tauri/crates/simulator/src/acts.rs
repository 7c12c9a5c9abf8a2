//! What people do with messages that exist: edit, delete, react, tap, read. Called by the routes under
//! `/_sim/customer/…` and `/_sim/phone/…` and by the library's callers.
//!
//! Refuses what the app would not offer. What is told about an act has a message id of its own (Meta, "messages
//! webhook: edit, revoke" and "smb_message_echoes", Jun 2026).

mod account;
mod customer;
mod phone;

pub(crate) use account::Owner;

use crate::{
    chats::{ChatMessage, Side},
    meta::Meta,
    numbering,
};
use std::fmt;

/// A message can be edited for so long (Meta, "Onboarding WhatsApp Business app users", Jun 2026).
const EDIT_SECONDS: u64 = 15 * 60;

/// A message can be deleted for everyone for so long (same page).
const DELETE_SECONDS: u64 = 2 * 24 * 60 * 60;

/// Why the app would not let somebody do that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActRefusal {
    /// Nobody is known by that number, user id or username.
    UnknownPerson,
    /// No such message is remembered.
    UnknownMessage,
    /// The message is the other side's, or was sent by the API.
    NotTheirs,
    /// Edits end 15 minutes after sending, deletions 2 days after.
    TooLate,
    /// The message is deleted.
    Deleted,
    /// The message has no text or caption.
    NoWords,
    /// The message has no such button.
    NoSuchButton,
    /// The message is no voice message of the API.
    NoVoice,
    /// The customer's phone is off.
    Offline,
    /// The number is somebody's, or too short for one.
    NumberTaken,
    /// The bond between the number and the Cloud API is in no state for that.
    NotNow,
}

impl fmt::Display for ActRefusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::UnknownPerson => "Nobody is known by that number, user id or username.",
            Self::UnknownMessage => "No such message is remembered.",
            Self::NotTheirs => "The message is not theirs.",
            Self::TooLate => "It is too late: edits end after 15 minutes, deletions after 2 days.",
            Self::Deleted => "The message is deleted.",
            Self::NoWords => "The message has no text or caption.",
            Self::NoVoice => "The message is no voice message that the API sent.",
            Self::NoSuchButton => "The message has no such button.",
            Self::Offline => "Their phone is off.",
            Self::NumberTaken => "That number is somebody's, or is none.",
            Self::NotNow => "The number is not connected in a way that allows that.",
        })
    }
}

impl std::error::Error for ActRefusal {}

impl Meta {
    /// Looks at the message `wamid` with `look`, which gets the user id of the chat, too.
    fn with_message<T>(
        &self,
        wamid: &str,
        look: impl FnOnce(&str, &ChatMessage) -> Result<T, ActRefusal>,
    ) -> Result<T, ActRefusal> {
        let world = self.world();
        let (user_id, message) = world.chats.find(wamid).ok_or(ActRefusal::UnknownMessage)?;
        if message.is_deleted {
            return Err(ActRefusal::Deleted);
        }
        look(user_id, message)
    }
}

/// Whether `side` may still edit the message.
fn may_edit(message: &ChatMessage, side: Side) -> Result<(), ActRefusal> {
    if !message.has_words() {
        return Err(ActRefusal::NoWords);
    }
    is_theirs_and_young(message, side, EDIT_SECONDS)
}

/// Whether `side` may still delete the message.
fn may_delete(message: &ChatMessage, side: Side) -> Result<(), ActRefusal> {
    is_theirs_and_young(message, side, DELETE_SECONDS)
}

fn is_theirs_and_young(message: &ChatMessage, side: Side, seconds: u64) -> Result<(), ActRefusal> {
    if message.side != side || message.kind == "system" {
        return Err(ActRefusal::NotTheirs);
    }
    if numbering::unix_seconds() > message.at.saturating_add(seconds) {
        return Err(ActRefusal::TooLate);
    }
    Ok(())
}
