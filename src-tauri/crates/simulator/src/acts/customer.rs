//! What customers do.

use super::{ActRefusal, may_delete, may_edit, phone::reaction};
use crate::{
    chats::{ChatMessage, Side, Tick},
    customer::{Customer, CustomerMessage},
    meta::Meta,
    numbering,
    webhook::Status,
    world::{CustomerSettings, Person},
};
use serde_json::{Value, json};
use std::time::Duration;

/// Shorter than every phone number with its country code.
const NUMBER_MIN_DIGITS: usize = 7;

impl Meta {
    /// Edits one of the customer's messages. Gives the event's id.
    pub fn customer_edits(&self, wamid: &str, words: &str) -> Result<String, ActRefusal> {
        let (user_id, mut new) = self.with_message(wamid, |user_id, message| {
            may_edit(message, Side::Customer)?;
            Ok((user_id.to_owned(), message.with_words(words)))
        })?;
        if let Some(new) = new.as_object_mut() {
            // What Meta's samples carry, without a meaning.
            new.insert("context".to_owned(), json!({"id": "M0"}));
        }
        let body = json!({"original_message_id": wamid, "message": new});
        Ok(self.customer_act(user_id, raw("edit", body)))
    }

    /// Deletes one of the customer's messages for everyone. Gives the event's id.
    pub fn customer_deletes(&self, wamid: &str) -> Result<String, ActRefusal> {
        let user_id = self.with_message(wamid, |user_id, message| {
            may_delete(message, Side::Customer)?;
            Ok(user_id.to_owned())
        })?;
        Ok(self.customer_act(user_id, raw("revoke", json!({"original_message_id": wamid}))))
    }

    /// The customer reacts to a message; an empty `emoji` takes the reaction back. Gives the event's id.
    pub fn customer_reacts(&self, wamid: &str, emoji: &str) -> Result<String, ActRefusal> {
        let user_id = self.with_message(wamid, |user_id, _| Ok(user_id.to_owned()))?;
        Ok(self.customer_act(user_id, raw("reaction", reaction(wamid, emoji))))
    }

    /// The customer taps a button, or a row of a list, by its id or payload. Gives the message id.
    pub fn customer_taps(&self, wamid: &str, button: &str) -> Result<String, ActRefusal> {
        let (user_id, (type_name, body)) = self.with_message(wamid, |user_id, message| {
            let tap = tap(message, button).ok_or(ActRefusal::NoSuchButton)?;
            Ok((user_id.to_owned(), tap))
        })?;
        let message = CustomerMessage::Quoting {
            to_wamid: wamid.to_owned(),
            type_name: type_name.to_owned(),
            body,
        };
        Ok(self.customer_act(user_id, message))
    }

    /// The customer opens the chat and reads everything. Only what the API sent has statuses; they are not told of
    /// who hides them. Gives how many messages were read.
    pub fn customer_reads(&self, who: &str) -> Result<usize, ActRefusal> {
        let (user_id, told, read) = {
            let mut world = self.world();
            let user_id = world.find(who).ok_or(ActRefusal::UnknownPerson)?;
            let person = world.person(&user_id).ok_or(ActRefusal::UnknownPerson)?;
            if person.is_offline {
                return Err(ActRefusal::Offline);
            }
            if !person.shows_reading {
                return Ok(0);
            }
            let read = world.chats.select(&user_id, |message| {
                message.side != Side::Customer && message.tick >= Tick::Sent && message.tick < Tick::Read
            });
            let subject = |wamid: &String| world.chats.find(wamid)?.1.subject.clone();
            let told: Vec<_> = read.iter().filter_map(subject).collect();
            for wamid in read
                .iter()
                .filter(|wamid| !told.iter().any(|told| told.wamid == **wamid))
            {
                world.chats.progress(wamid, Tick::Read);
            }
            (user_id, told, read.len())
        };
        for subject in &told {
            self.tell_status(&user_id, subject, &Status::Read);
        }
        Ok(read)
    }

    /// The customer plays a voice message that the API sent.
    pub fn customer_plays(&self, wamid: &str) -> Result<(), ActRefusal> {
        let (user_id, subject) = self.with_message(wamid, |user_id, message| {
            let subject = message.subject.clone().filter(|_| message.is_voice());
            Ok((user_id.to_owned(), subject.ok_or(ActRefusal::NoVoice)?))
        })?;
        self.tell_status(&user_id, &subject, &Status::Played);
        Ok(())
    }

    /// Changes what `settings` names. Back online, the customer gets what waited.
    pub fn customer_sets(&self, who: &str, settings: CustomerSettings) -> Result<(), ActRefusal> {
        {
            let mut world = self.world();
            let user_id = world.find(who).ok_or(ActRefusal::UnknownPerson)?;
            world.change_settings(&user_id, settings);
            if world.person(&user_id).is_some_and(Person::is_reachable) {
                let waiting = world.chats.select(&user_id, |message| {
                    message.side == Side::Phone && message.tick < Tick::Delivered
                });
                for wamid in waiting {
                    world.chats.progress(&wamid, Tick::Delivered);
                }
            }
        }
        self.presence.send_replace(());
        Ok(())
    }

    /// The customer gets another phone number, and with it another user id (Meta, "System messages webhook", Aug
    /// 2026). Gives the event's id.
    pub fn customer_changes_number(&self, who: &str, phone: &str) -> Result<String, ActRefusal> {
        let wa_id = numbering::digits(phone);
        if wa_id.len() < NUMBER_MIN_DIGITS || wa_id == self.config.display_phone_number {
            return Err(ActRefusal::NumberTaken);
        }
        let event_wamid = numbering::wamid(&self.streams.received, Some(&wa_id));
        let webhook = {
            let mut world = self.world();
            let old_user_id = world.find(who).ok_or(ActRefusal::UnknownPerson)?;
            let person = world.person(&old_user_id).ok_or(ActRefusal::UnknownPerson)?;
            let hides_phone = person.hides_phone;
            let old_wa_id = person.wa_id.clone().unwrap_or_default();
            let person = world
                .change_number(&old_user_id, &wa_id)
                .ok_or(ActRefusal::NumberTaken)?;
            let user_id = person.user_id.clone();
            let (old, new) = if hides_phone {
                (&old_user_id, &user_id)
            } else {
                (&old_wa_id, &wa_id)
            };
            let mut body = json!({
                "type": if hides_phone { "user_changed_user_id" } else { "user_changed_number" },
                "body": format!("User {} changed from {old} to {new}", person.name),
                "user_id": user_id, "previous_user_id": old_user_id,
            });
            let message = {
                if let Some(body) = body.as_object_mut().filter(|_| !hides_phone) {
                    body.insert("wa_id".to_owned(), json!(wa_id));
                }
                raw("system", body)
            };
            let at = numbering::unix_seconds();
            let mut webhook = self.sender().customer_message(person, &event_wamid, &message, at);
            // It comes from who they were.
            if let Some(Value::Object(item)) = webhook.pointer_mut("/entry/0/changes/0/value/messages/0") {
                if item.contains_key("from") {
                    item.insert("from".to_owned(), json!(old_wa_id));
                }
                item.insert("from_user_id".to_owned(), json!(old_user_id));
                let item = Value::Object(item.clone());
                world.chats.take(&user_id, Side::Customer, &item, true);
            }
            webhook
        };
        self.tell(&webhook);
        Ok(event_wamid)
    }

    /// A customer named by number as they are known by now, with another number if they changed it.
    pub fn known_now(&self, customer: &Customer) -> Customer {
        let wa_id = numbering::digits(&customer.phone);
        let first = numbering::user_id(self.config.portfolio, Some(&wa_id), None);
        let world = self.world();
        match world.latest_user_id(&first) {
            latest if latest == first => customer.clone(),
            latest => Customer::known(latest),
        }
    }

    fn customer_act(&self, user_id: String, message: CustomerMessage) -> String {
        self.customer_wrote(&Customer::known(user_id), &message, Duration::ZERO)
    }
}

fn raw(type_name: &str, body: Value) -> CustomerMessage {
    CustomerMessage::Raw {
        type_name: type_name.to_owned(),
        body,
    }
}

/// The type and body of what tapping `button` sends (Meta, "Button messages webhook" and "Interactive messages
/// webhook", 2026). The simulator does not know the words on a template's buttons, so the payload stands for them.
fn tap(message: &ChatMessage, button: &str) -> Option<(&'static str, Value)> {
    let list = |pointer: &str| message.body.pointer(pointer).and_then(Value::as_array);
    let is_it = |pointer: &str, part: &Value| part.pointer(pointer).and_then(Value::as_str) == Some(button);
    if message.kind == "template" {
        let parameters = list("/components")?
            .iter()
            .filter_map(|component| component.get("parameters")?.as_array());
        let payload = parameters.flatten().find(|parameter| is_it("/payload", parameter))?;
        let payload = payload.get("payload")?;
        return Some(("button", json!({"payload": payload, "text": payload})));
    }
    if let Some(buttons) = list("/action/buttons") {
        let reply = buttons.iter().find(|part| is_it("/reply/id", part))?.get("reply")?;
        return Some(("interactive", json!({"type": "button_reply", "button_reply": reply})));
    }
    let rows = list("/action/sections")?
        .iter()
        .filter_map(|section| section.get("rows")?.as_array());
    let row = rows.flatten().find(|row| is_it("/id", row))?;
    Some(("interactive", json!({"type": "list_reply", "list_reply": row})))
}
