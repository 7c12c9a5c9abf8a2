//! What becomes of a send and of a read receipt: the checks in Meta's order, and what fails only after it was accepted.

use super::{Accepted, WINDOW_SECONDS, World};
use crate::{
    account::Connection,
    chats::Side,
    customer::Customer,
    graph_error::GraphError,
    media, numbering,
    send::{Send, Target, text_at},
    template_check,
    templates::Template,
    webhook::StatusSubject,
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Older messages can neither be marked as read nor reacted to (Meta, "Mark messages as read" and "Reaction messages",
/// 2026).
const OLDEST_SECONDS: u64 = 30 * 24 * 60 * 60;

/// What counts against a send: the business's own number, and the moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment<'a> {
    /// The business's number, digits only.
    pub own_number: &'a str,
    /// When the send arrived, in microseconds since the start.
    pub at_micros: u64,
    /// Unix seconds.
    pub now: u64,
    /// Most messages in any second.
    pub mps: u32,
}

impl World {
    /// Takes in the body of a send, or refuses it.
    pub fn send(&mut self, body: &Value, moment: Moment<'_>) -> Result<(Send, Accepted), GraphError> {
        let send = Send::parse(body, moment.own_number, |digits| self.is_known(digits))?;
        self.check_connected()?;
        let template = match body.get("template").filter(|_| send.is_template()) {
            Some(wanted) => Some(self.check_template(&send, wanted)?),
            None => None,
        };
        let message_status = template.map(|template| template.message_status);
        let template_category = template.map(|template| template.category.to_lowercase());
        let media_failure = self.check_media(body, moment.now)?;
        if self.blocks(&send.target) {
            return Err(GraphError::blocked());
        }
        if template_category.as_deref() == Some("marketing") && self.stops_marketing(send.target.id()) {
            return Err(GraphError::known(
                131_050,
                "Message was not sent: this user has chosen to stop marketing messages from this business.",
            ));
        }
        let mut accepted = self.judge(&send, moment.at_micros, moment.now, moment.mps)?;
        accepted.message_status = message_status;
        accepted.template_category = template_category;
        accepted.failure = media_failure.or_else(|| self.reaction_failure(body, &accepted.user_id, moment.now));
        if send.kind != "reaction" || accepted.failure.is_none() {
            let mut item = body.clone();
            if let Some(item) = item.as_object_mut() {
                item.insert("id".to_owned(), json!(accepted.wamid));
                item.insert("timestamp".to_owned(), json!(moment.now.to_string()));
            }
            self.chats.take(&accepted.user_id, Side::Api, &item, false);
            self.chats.set_subject(&StatusSubject::of(&send, &accepted));
        }
        Ok((send, accepted))
    }

    /// Judges a send whose form is right: throughput first, then the pair, then the window. Only an accepted send
    /// uses quota.
    pub fn judge(&mut self, send: &Send, at_micros: u64, now: u64, mps: u32) -> Result<Accepted, GraphError> {
        if !self.throughput.has_room(at_micros, mps) {
            return Err(GraphError::throughput());
        }
        let user_id = match &send.target {
            Target::UserId(user_id) => user_id.clone(),
            Target::Phone { wa_id, .. } => self.meet(&Customer::new(wa_id.as_str(), "")).user_id.clone(),
        };
        if self.is_of_the_past(&user_id) {
            self.meet(&Customer::known(user_id.as_str()));
        }
        let Some(person) = self.people.get_mut(&user_id) else {
            return Err(GraphError::value("Recipient user id is not valid"));
        };
        if !person.quota.has_room(at_micros) {
            return Err(GraphError::pair());
        }
        let window_is_open = person
            .last_wrote_at
            .is_some_and(|at| now < at.saturating_add(WINDOW_SECONDS));
        if !window_is_open && !send.is_template() {
            return Err(GraphError::window());
        }
        self.number.standing.check(window_is_open, now)?;
        if !window_is_open {
            count_new_person(&mut self.written_outside_at, &user_id, now, self.new_people_a_day)?;
        }
        person.quota.count(at_micros);
        self.throughput.count(at_micros);
        let wamid = numbering::wamid(&self.streams.sent, person.wa_id.as_deref());
        let service_send = if send.is_template() {
            0
        } else {
            self.service_sends += 1;
            self.service_sends
        };
        Ok(Accepted {
            wamid,
            user_id,
            service_send,
            template_category: None,
            message_status: None,
            failure: None,
        })
    }

    /// The business read that message of a customer and those before it, and `is_typing` an answer.
    pub fn mark_as_read(&mut self, wamid: &str, is_typing: bool, now: u64) -> Result<(), GraphError> {
        self.check_connected()?;
        let unknown = || GraphError::value("Message id is not valid");
        let user_id = match self.chats.find(wamid) {
            Some((_, message)) if message.side != Side::Customer => return Err(unknown()),
            Some((_, message)) if now > message.at.saturating_add(OLDEST_SECONDS) => {
                return Err(GraphError::value("The message is older than 30 days"));
            }
            Some((user_id, _)) => user_id.to_owned(),
            None => self.addressee(wamid).ok_or_else(unknown)?,
        };
        self.read_receipts.push(wamid.to_owned());
        self.chats.read_up_to(wamid);
        if is_typing {
            self.chats.set_typing(&user_id, now);
        }
        Ok(())
    }

    /// Whether the number has the Cloud API; an error if it left.
    pub fn check_connected(&self) -> Result<(), GraphError> {
        match self.connection {
            Connection::Connected => Ok(()),
            Connection::Offboarded | Connection::Disconnected => Err(GraphError::not_registered()),
        }
    }

    /// The template that is sent, if that one can be.
    fn check_template(&self, send: &Send, wanted: &Value) -> Result<&Template, GraphError> {
        let template = template_check::check(&self.templates, wanted)?;
        if template.category == "AUTHENTICATION" && matches!(send.target, Target::UserId(_)) {
            return Err(GraphError::known(
                131_062,
                "Authentication templates can only be sent to a phone number.",
            ));
        }
        Ok(template)
    }

    /// Media that are not there are refused at once; one of another kind than the message fails later with 131053
    /// (Meta, "Media" and "Error codes", 2026).
    fn check_media(&self, body: &Value, now: u64) -> Result<Option<i64>, GraphError> {
        let mut failure = None;
        for (kind, content, id) in attachments(body) {
            let medium = self.library.medium(id, now).ok_or_else(|| GraphError::medium(kind))?;
            let is_voice = content.get("voice") == Some(&Value::Bool(true));
            if !media::fits(kind, is_voice, &medium) {
                failure = Some(131_053);
            }
        }
        Ok(failure)
    }

    /// A reaction to what cannot be reacted to fails later (Meta, "Reaction messages", 2026).
    fn reaction_failure(&self, body: &Value, user_id: &str, now: u64) -> Option<i64> {
        let wamid = text_at(body, "/reaction/message_id")?;
        let fails = match self.chats.find(wamid) {
            Some((of, message)) => {
                of != user_id || message.is_deleted || now > message.at.saturating_add(OLDEST_SECONDS)
            }
            None => self.chats.is_reaction(wamid) || self.addressee(wamid).as_deref() != Some(user_id),
        };
        fails.then_some(131_009)
    }

    /// Whose number is packed into a message id, for messages that the chats do not keep.
    fn addressee(&self, wamid: &str) -> Option<String> {
        self.known_with(&numbering::phone_in(wamid)?)
    }

    /// Whether somebody has that number.
    pub fn is_known(&self, digits: &str) -> bool {
        self.known_with(digits).is_some()
    }
}

/// The media that a body names by id: kind, content and id.
fn attachments(body: &Value) -> Vec<(&'static str, &Value, &str)> {
    const KINDS: [&str; 5] = ["image", "video", "audio", "document", "sticker"];
    let components = body.pointer("/template/components").and_then(Value::as_array);
    let parameters = components
        .into_iter()
        .flatten()
        .filter_map(|component| component.get("parameters")?.as_array())
        .flatten();
    let holders = [Some(body), body.pointer("/interactive/header")].into_iter().flatten();
    holders
        .chain(parameters)
        .flat_map(|holder| KINDS.map(|kind| (kind, holder.get(kind))))
        .filter_map(|(kind, content)| {
            let content = content?;
            Some((kind, content, text_at(content, "/id")?))
        })
        .collect()
}

/// At most `max` different people are written to outside of the window within any day (Meta, "Messaging limits", Oct
/// 2025).
fn count_new_person(
    written_at: &mut HashMap<String, u64>,
    user_id: &str,
    now: u64,
    max: Option<u32>,
) -> Result<(), GraphError> {
    let Some(max) = max else {
        return Ok(());
    };
    written_at.retain(|_, at| now < at.saturating_add(WINDOW_SECONDS));
    let is_full = usize::try_from(max).is_ok_and(|max| written_at.len() >= max);
    if is_full && !written_at.contains_key(user_id) {
        return Err(GraphError::known(
            131_048,
            "Message failed to send because the messaging limit of this business portfolio is reached: too many \
             different people in 24 hours.",
        ));
    }
    written_at.insert(user_id.to_owned(), now);
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::{
        history::{Acquaintance, HistorySize},
        stream::Stream,
    };

    const DAY: u64 = 24 * 60 * 60;

    fn alice() -> Customer {
        Customer::new("+1 650 555 1234", "Alice")
    }

    fn send_to(wa_id: &str, kind: &str) -> Send {
        let target = Target::Phone {
            input: format!("+{wa_id}"),
            wa_id: wa_id.to_owned(),
        };
        Send {
            target,
            kind: kind.to_owned(),
            text: String::new(),
            callback_data: None,
        }
    }

    #[test]
    fn the_window_closes_a_day_after_the_customer_wrote_but_not_for_templates() {
        let mut world = World::default();
        world.meet(&alice()).last_wrote_at = Some(1000);
        let text = send_to("16505551234", "text");
        assert!(world.judge(&text, 0, 999 + DAY, 5).is_ok());
        assert_eq!(world.judge(&text, 1, 1000 + DAY, 5), Err(GraphError::window()));
        assert!(
            world
                .judge(&send_to("16505551234", "template"), 2, 1000 + DAY, 5)
                .is_ok()
        );
    }

    #[test]
    fn a_refused_send_uses_no_throughput() {
        let mut world = World::default();
        let stranger = send_to("16505550000", "text");
        (0..9).for_each(|at| assert_eq!(world.judge(&stranger, at, 0, 1), Err(GraphError::window())));
        assert!(world.judge(&send_to("16505550000", "template"), 9, 0, 1).is_ok());
        assert_eq!(
            world.judge(&send_to("16505550000", "template"), 10, 0, 1),
            Err(GraphError::throughput())
        );
    }

    #[test]
    fn a_phone_number_and_a_given_user_id_are_one_person() {
        let mut world = World::default();
        world
            .meet(&Customer {
                user_id: Some("US.7".to_owned()),
                ..alice()
            })
            .last_wrote_at = Some(0);
        assert_eq!(world.meet(&alice()).user_id, "US.7");
        assert_eq!(
            world.judge(&send_to("16505551234", "text"), 0, 1, 5).unwrap().user_id,
            "US.7"
        );
    }

    #[test]
    fn a_message_that_is_not_kept_is_judged_by_the_number_in_its_id() {
        let mut world = World::default();
        world.number.history = HistorySize::SMALL;
        world.meet(&alice());
        let past = Acquaintance::nth(0, 0).wa_id.unwrap();
        let mut read = |phone: &str| {
            let wamid = numbering::wamid(&Stream::of(1, 1), Some(phone));
            world.mark_as_read(&wamid, false, 0).is_ok()
        };
        assert!(read("16505551234") && read(&past));
        assert!(!read("16505550000"));
    }
}
