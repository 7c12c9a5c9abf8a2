//! Webhook bodies in Meta's 2026 form, with business-scoped user ids (Meta, "Webhooks reference: messages",
//! "smb_message_echoes" and "Business-scoped user IDs", 2026).

mod status;

use crate::{customer::CustomerMessage, form::Form, world::Person};
use serde_json::{Map, Value, json};
pub(crate) use status::{Status, StatusSubject};
use status::{conversation, failure, pricing};

/// The business number webhooks speak for.
pub(crate) struct Sender<'a> {
    /// The account.
    pub waba_id: &'a str,
    /// The number's Graph node.
    pub phone_number_id: &'a str,
    /// The number, digits only.
    pub display_phone_number: &'a str,
    /// How they are written.
    pub form: Form,
}

/// Something done on the business phone.
#[derive(Clone, Debug)]
pub(crate) struct PhoneAct {
    /// Its `type`.
    pub kind: String,
    /// What stands under that key.
    pub body: Value,
    /// The message it quotes.
    pub quotes: Option<String>,
}

impl Sender<'_> {
    /// A customer's message (field `messages`).
    pub fn customer_message(&self, person: &Person, wamid: &str, message: &CustomerMessage, at: u64) -> Value {
        let (kind, body) = type_and_body(message);
        let mut item = object(json!({"id": wamid, "timestamp": at.to_string(), "type": kind}));
        if let Some(wa_id) = self.visible(person) {
            item.insert("from".to_owned(), json!(wa_id));
        }
        item.insert("from_user_id".to_owned(), json!(person.user_id));
        if let CustomerMessage::Reply { to_wamid, .. } | CustomerMessage::Quoting { to_wamid, .. } = message {
            item.insert(
                "context".to_owned(),
                json!({"from": self.display_phone_number, "id": to_wamid}),
            );
        }
        if matches!(kind, "unsupported" | "unknown" | "ephemeral") {
            item.insert("errors".to_owned(), unsupported_errors(&body));
        }
        item.insert(kind.to_owned(), body);
        // System messages come without contacts (Meta, "System messages webhook", Aug 2026).
        let contacts = (kind != "system").then(|| json!([self.contact(person, true)]));
        self.envelope("messages", contacts, "messages", Value::Object(item))
    }

    /// Something done on the phone (field `smb_message_echoes`): a message, or the edit, deletion or reaction that
    /// `kind` names.
    pub fn echo(&self, person: &Person, wamid: &str, act: &PhoneAct, at: u64) -> Value {
        let kind = &act.kind;
        let mut item = object(json!({
            "from": self.display_phone_number, "to_user_id": person.user_id, "id": wamid,
            "timestamp": at.to_string(), "type": kind, kind: act.body,
        }));
        if let Some(wa_id) = self.visible(person) {
            item.insert("to".to_owned(), json!(wa_id));
        }
        if let Some(quoted) = &act.quotes {
            item.insert("context".to_owned(), json!({"id": quoted}));
        }
        self.envelope(
            "smb_message_echoes",
            Some(json!([self.echo_contact(person)])),
            "message_echoes",
            Value::Object(item),
        )
    }

    /// How far a sent message came (field `messages`).
    pub fn status(&self, person: &Person, subject: &StatusSubject, status: &Status, at: u64) -> Value {
        let mut item = object(json!({
            "id": subject.wamid, "status": status.name(), "timestamp": at.to_string(), "recipient_user_id": person.user_id,
        }));
        if let Some(wa_id) = self.visible(person) {
            item.insert("recipient_id".to_owned(), json!(wa_id));
        }
        if let Some(data) = &subject.callback_data {
            item.insert("biz_opaque_callback_data".to_owned(), json!(data));
        }
        // Meta prices with `sent` and one of the two after it, tells contacts except on `failed`, and usernames not
        // on `sent`.
        if matches!(status, Status::Sent | Status::Delivered) {
            item.insert("pricing".to_owned(), pricing(subject));
        }
        if self.form.is_old() && status.code().is_none() {
            item.insert("conversation".to_owned(), conversation(subject, status, at));
        }
        let contacts = match status {
            Status::Failed { code, title } => {
                item.insert("errors".to_owned(), failure(*code, title));
                None
            }
            _ => Some(json!([self.contact(person, !matches!(status, Status::Sent))])),
        };
        self.envelope("messages", contacts, "statuses", Value::Object(item))
    }

    /// Their number, unless the business may not see it. In 2025 it always did.
    fn visible<'p>(&self, person: &'p Person) -> Option<&'p str> {
        if self.form.is_old() {
            person.wa_id.as_deref()
        } else {
            person.visible_wa_id()
        }
    }

    fn contact(&self, person: &Person, with_username: bool) -> Value {
        let mut profile = Map::new();
        if !person.name.is_empty() {
            profile.insert("name".to_owned(), json!(person.name));
        }
        if let Some(username) = person.username.as_ref().filter(|_| with_username) {
            profile.insert("username".to_owned(), json!(username));
        }
        let mut contact = object(json!({"profile": profile, "user_id": person.user_id}));
        if let Some(wa_id) = self.visible(person) {
            contact.insert("wa_id".to_owned(), json!(wa_id));
        }
        Value::Object(contact)
    }

    /// As [`Self::contact`], but without the profile's name: of whom the phone writes to only the username is told, and
    /// without one there is no profile (Meta, "smb_message_echoes webhook" and "Business-scoped user IDs", Jun 2026).
    fn echo_contact(&self, person: &Person) -> Value {
        let mut contact = self.contact(person, true);
        if let Some(contact) = contact.as_object_mut() {
            let profile = person.username.as_ref().map(|username| json!({"username": username}));
            contact.remove("profile");
            contact.extend(profile.map(|profile| ("profile".to_owned(), profile)));
        }
        contact
    }

    fn envelope(&self, field: &str, contacts: Option<Value>, items: &str, item: Value) -> Value {
        let mut value = object(json!({
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": self.display_phone_number, "phone_number_id": self.phone_number_id},
        }));
        if let Some(contacts) = contacts {
            value.insert("contacts".to_owned(), contacts);
        }
        value.insert(items.to_owned(), json!([item]));
        let mut value = Value::Object(value);
        self.form.rewrite(&mut value);
        json!({
            "object": "whatsapp_business_account",
            "entry": [{"id": self.waba_id, "changes": [{"field": field, "value": value}]}],
        })
    }
}

fn type_and_body(message: &CustomerMessage) -> (&str, Value) {
    match message {
        CustomerMessage::Text(text) | CustomerMessage::Reply { text, .. } => ("text", json!({"body": text})),
        CustomerMessage::Image { caption } => ("image", captioned(caption)),
        CustomerMessage::Raw { type_name, body } | CustomerMessage::Quoting { type_name, body, .. } => {
            (type_name, body.clone())
        }
    }
}

/// The medium itself is made up by the library before.
pub(crate) fn captioned(caption: &str) -> Value {
    if caption.is_empty() {
        json!({})
    } else {
        json!({"caption": caption})
    }
}

/// What is told instead of a body (Meta, "Unsupported messages webhook", 2026).
fn unsupported_errors(body: &Value) -> Value {
    if body.get("type").and_then(Value::as_str) == Some("unavailable") {
        let title = "This message is currently unavailable";
        let details = "The message cannot be shown here. Open it on the phone.";
        return json!([{"code": 131_060, "title": title, "message": title, "error_data": {"details": details}}]);
    }
    json!([{
        "code": 131_051, "title": "Message type unknown", "message": "Message type unknown",
        "error_data": {"details": "Message type is currently not supported."},
    }])
}

fn object(json: Value) -> Map<String, Value> {
    match json {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
