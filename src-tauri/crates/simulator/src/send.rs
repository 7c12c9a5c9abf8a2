//! The body of `POST /{phone_number_id}/messages`: what Meta checks before it looks at limits.
//!
//! Checks what a client can get wrong by itself (missing parts, lengths), not what only Meta can know (whether a medium
//! or template exists).

use crate::{graph_error::GraphError, interactive, numbering};
use serde_json::Value;

/// Longest text, in characters (Meta, "Text messages", 2026).
const TEXT_MAX_CHARS: usize = 4096;

/// Longest caption, in characters (Meta, "Image messages", 2026).
const CAPTION_MAX_CHARS: usize = 1024;

/// Longest `biz_opaque_callback_data`, in characters.
const CALLBACK_DATA_MAX_CHARS: usize = 512;

/// Whom a send names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// By phone number.
    Phone {
        /// As the client wrote it.
        input: String,
        /// Its digits, with country code.
        wa_id: String,
    },
    /// By business-scoped user id.
    UserId(String),
}

impl Target {
    /// What the ledger calls it.
    pub fn id(&self) -> &str {
        match self {
            Self::Phone { wa_id, .. } => wa_id,
            Self::UserId(user_id) => user_id,
        }
    }
}

/// A send whose form is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Send {
    /// Whom it is for.
    pub target: Target,
    /// Its `type`.
    pub kind: String,
    /// The text, caption, emoji or template name.
    pub text: String,
    /// Its `biz_opaque_callback_data`.
    pub callback_data: Option<String>,
}

impl Send {
    /// Checks the form of `body`. `own_number` is the business's, digits only; `is_known`: somebody has these digits.
    pub fn parse(body: &Value, own_number: &str, is_known: impl Fn(&str) -> bool) -> Result<Self, GraphError> {
        if text_at(body, "/messaging_product") != Some("whatsapp") {
            return Err(GraphError::required("messaging_product"));
        }
        let target = target(body, own_number, is_known)?;
        if target.id() == own_number {
            return Err(GraphError::own_number());
        }
        let callback_data = text_at(body, "/biz_opaque_callback_data");
        at_most(
            "biz_opaque_callback_data",
            callback_data.unwrap_or_default(),
            CALLBACK_DATA_MAX_CHARS,
        )?;
        let kind = kind(body);
        let Some(content) = body.get(kind) else {
            return Err(match kind {
                "text" | "image" | "document" | "video" | "audio" | "sticker" | "reaction" | "location"
                | "contacts" | "interactive" | "template" => GraphError::required(kind),
                _ => GraphError::unsupported_type(kind),
            });
        };
        check(kind, content)?;
        Ok(Self {
            target,
            kind: kind.to_owned(),
            text: summary(body),
            callback_data: callback_data.map(str::to_owned),
        })
    }

    /// Whether it may go to someone who has not written for 24 hours.
    pub fn is_template(&self) -> bool {
        self.kind == "template"
    }
}

/// The `type` of a body; Meta takes none for a text.
pub(crate) fn kind(body: &Value) -> &str {
    text_at(body, "/type").unwrap_or("text")
}

/// Whom a body names, in whatever state it is.
pub(crate) fn target(body: &Value, own_number: &str, is_known: impl Fn(&str) -> bool) -> Result<Target, GraphError> {
    let to = body.get("to").filter(|to| !to.is_null());
    if let Some(to) = to {
        // Graph takes a number for a text.
        let input = to.as_str().map_or_else(|| to.to_string(), str::to_owned);
        let wa_id = wa_id(&input, own_number, is_known);
        if !(7..=16).contains(&wa_id.len()) {
            return Err(GraphError::value("Recipient phone number is not valid"));
        }
        return Ok(Target::Phone { input, wa_id });
    }
    text_at(body, "/recipient")
        .map(|user_id| Target::UserId(user_id.to_owned()))
        .ok_or_else(|| GraphError::required("to"))
}

/// The digits of `input` with country code. To a number without `+`, Meta puts the business's own (Meta, "Send
/// messages", 2026). Many clients send the `wa_id` of a webhook all the same, and it arrives, so digits are taken as they
/// are when somebody known has them, or when they begin with the business's calling code and are longer than its number
/// is without it.
fn wa_id(input: &str, own_number: &str, is_known: impl Fn(&str) -> bool) -> String {
    let digits = numbering::digits(input);
    let (calling_code, _) = numbering::country(own_number);
    let national_digits = own_number.len().saturating_sub(calling_code.len());
    let is_whole = digits.starts_with(calling_code) && digits.len() > national_digits;
    if input.trim_start().starts_with('+') || is_whole || is_known(&digits) {
        digits
    } else {
        format!("{calling_code}{digits}")
    }
}

/// The words a person would know the message by; empty if it has none.
pub(crate) fn summary(body: &Value) -> String {
    let kind = kind(body);
    let path = match kind {
        "text" => "/text/body".to_owned(),
        "reaction" => "/reaction/emoji".to_owned(),
        "template" => "/template/name".to_owned(),
        "interactive" => "/interactive/body/text".to_owned(),
        other => format!("/{other}/caption"),
    };
    text_at(body, &path).unwrap_or_default().to_owned()
}

/// The string at a JSON pointer.
pub(crate) fn text_at<'a>(json: &'a Value, pointer: &str) -> Option<&'a str> {
    json.pointer(pointer).and_then(Value::as_str)
}

fn check(kind: &str, content: &Value) -> Result<(), GraphError> {
    match kind {
        "text" => {
            let body = needed(content, "text", "/body")?;
            if body.is_empty() {
                return Err(GraphError::value("text.body cannot be empty"));
            }
            at_most("text['body']", body, TEXT_MAX_CHARS)
        }
        "image" | "document" | "video" | "audio" | "sticker" => {
            if text_at(content, "/id")
                .or(text_at(content, "/link"))
                .is_none_or(str::is_empty)
            {
                return Err(GraphError::missing(format!("{kind}.id or {kind}.link is required")));
            }
            if text_at(content, "/link").is_some_and(|link| !link.starts_with("http")) {
                return Err(GraphError::value(format!("{kind}.link is not a valid URL")));
            }
            if content.get("caption").is_some() && matches!(kind, "audio" | "sticker") {
                return Err(GraphError::parameter(format!(
                    "Unexpected key \"caption\" on param \"{kind}\"."
                )));
            }
            at_most(
                "caption",
                text_at(content, "/caption").unwrap_or_default(),
                CAPTION_MAX_CHARS,
            )
        }
        "reaction" => {
            let target = needed(content, kind, "/message_id")?;
            needed(content, kind, "/emoji")?;
            if target.starts_with("wamid.") {
                Ok(())
            } else {
                Err(GraphError::value("reaction.message_id is not valid"))
            }
        }
        "location" => {
            degrees(content, "latitude", 90.0)?;
            degrees(content, "longitude", 180.0)
        }
        "contacts" => {
            let contacts = content.as_array().filter(|contacts| !contacts.is_empty());
            let Some(contacts) = contacts else {
                return Err(GraphError::missing("contacts must name at least one contact"));
            };
            contacts
                .iter()
                .try_for_each(|contact| needed(contact, kind, "/name/formatted_name").map(|_| ()))
        }
        "interactive" => interactive::check(content),
        "template" => {
            needed(content, kind, "/name")?;
            needed(content, kind, "/language/code").map(|_| ())
        }
        other => Err(GraphError::unsupported_type(other)),
    }
}

/// A number, or one in a string, between `-max` and `max`.
fn degrees(content: &Value, name: &str, max: f64) -> Result<(), GraphError> {
    let Some(value) = content.get(name) else {
        return Err(GraphError::missing(format!("location.{name} is required")));
    };
    let degrees = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    if degrees.is_some_and(|degrees| degrees.abs() <= max) {
        Ok(())
    } else {
        Err(GraphError::value(format!("location.{name} is not valid")))
    }
}

/// The string at `pointer` of a part named `kind`.
pub(crate) fn needed<'a>(content: &'a Value, kind: &str, pointer: &str) -> Result<&'a str, GraphError> {
    text_at(content, pointer)
        .ok_or_else(|| GraphError::missing(format!("{kind}{} is required", pointer.replace('/', "."))))
}

/// Refuses longer texts.
pub(crate) fn at_most(parameter: &str, text: &str, max_chars: usize) -> Result<(), GraphError> {
    if text.chars().count() <= max_chars {
        return Ok(());
    }
    Err(GraphError::parameter(format!(
        "Param {parameter} must be at most {max_chars} characters long."
    )))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;
    use serde_json::json;

    const OWN: &str = "15550783881";

    const BOB: &str = "4915112345678";

    fn parse(body: &Value) -> Result<Send, GraphError> {
        Send::parse(body, OWN, |digits| digits == BOB)
    }

    fn code_of(body: Value) -> i64 {
        parse(&body).unwrap_err().code()
    }

    fn to_alice(kind: &str, content: Value) -> Value {
        json!({"messaging_product": "whatsapp", "to": "+16505551234", "type": kind, kind: content})
    }

    #[test]
    fn a_number_without_plus_gets_the_business_country_code_unless_it_is_whole() {
        let mut body = to_alice("text", json!({"body": "hi"}));
        for (to, wa_id) in [
            (json!("+16505551234"), "16505551234"),
            (json!("(650) 555-1234"), "16505551234"),
            (json!("16505551234"), "16505551234"),
            (json!(16_505_551_234_u64), "16505551234"),
            (json!(BOB), BOB),
            (json!("4915187654321"), "14915187654321"),
        ] {
            body["to"] = to.clone();
            assert_eq!(parse(&body).unwrap().target.id(), wa_id, "{to}");
        }
    }

    #[test]
    fn to_wins_over_recipient() {
        let mut body = to_alice("text", json!({"body": "hi"}));
        body["recipient"] = json!("US.1");
        assert_eq!(parse(&body).unwrap().target.id(), "16505551234");
        body.as_object_mut().unwrap().remove("to");
        assert_eq!(parse(&body).unwrap().target, Target::UserId("US.1".to_owned()));
    }

    #[test]
    fn a_text_has_1_to_4096_characters() {
        assert!(parse(&to_alice("text", json!({"body": "ë".repeat(4096)}))).is_ok());
        assert_eq!(code_of(to_alice("text", json!({"body": "e".repeat(4097)}))), 100);
        assert_eq!(code_of(to_alice("text", json!({"body": ""}))), 131_009);
        assert_eq!(code_of(to_alice("text", json!({}))), 131_008);
    }

    #[test]
    fn every_type_is_checked_for_what_it_cannot_do_without() {
        assert!(parse(&to_alice("image", json!({"link": "https://a/b.jpg", "caption": "c"})),).is_ok());
        assert!(parse(&to_alice("template", json!({"name": "n", "language": {"code": "en"}})),).is_ok());
        assert!(parse(&to_alice("reaction", json!({"message_id": "wamid.X", "emoji": ""})),).is_ok());
        assert!(parse(&to_alice("location", json!({"latitude": "1", "longitude": "2"}))).is_ok());
        for kind in ["image", "template", "reaction", "location", "contacts", "interactive"] {
            assert_eq!(code_of(to_alice(kind, json!({}))), 131_008, "{kind}");
        }
        assert_eq!(code_of(to_alice("poll", json!({}))), 131_051);
    }

    #[test]
    fn product_and_recipient_are_required_and_not_the_number_itself() {
        assert_eq!(code_of(json!({"to": "+16505551234", "text": {"body": "hi"}})), 100);
        assert_eq!(
            code_of(json!({"messaging_product": "whatsapp", "text": {"body": "hi"}})),
            100
        );
        let to_itself = json!({"messaging_product": "whatsapp", "to": "+15550783881", "text": {"body": "hi"}});
        assert_eq!(code_of(to_itself), 131_021);
    }
}
