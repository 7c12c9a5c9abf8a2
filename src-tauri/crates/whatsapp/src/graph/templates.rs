//! The templates of an account.

use super::{GraphClient, account::Paging};
use crate::CallError;
use serde::Deserialize;
use serde_json::Value;
use twinbox_domain::{TemplateButton, TemplateHeader, TemplateParts};

/// What is asked about a template.
const FIELDS: &str = "id,name,language,status,category,parameter_format,components,quality_score,rejected_reason";

/// Most pages that are read: an account has at most 6 000 templates (Meta, "Message templates", 2026).
const MOST_PAGES: usize = 70;

/// A template as its account lists it. Every word is Meta's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedTemplate {
    /// Meta's id of it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// For example `pt_BR`.
    pub language: String,
    /// For example `APPROVED`.
    pub status: String,
    /// Why it was rejected; empty when it was not.
    pub reason: String,
    /// `GREEN`, `YELLOW`, `RED` or `UNKNOWN`; empty when not told.
    pub quality: String,
    /// `MARKETING`, `UTILITY` or `AUTHENTICATION`.
    pub category: String,
    /// What it is made of.
    pub parts: TemplateParts,
}

impl GraphClient {
    /// Every template of an account.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn templates(&self, waba: &str) -> Result<Vec<ListedTemplate>, CallError> {
        let mut templates = Vec::new();
        let mut after = String::new();
        for _ in 0..MOST_PAGES {
            let page: Page = self.page(&format!("{waba}/message_templates"), FIELDS, &after).await?;
            templates.extend(page.data.iter().filter_map(read));
            match page.paging.and_then(Paging::after) {
                Some(next) => after = next,
                None => break,
            }
        }
        Ok(templates)
    }
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    data: Vec<Value>,
    paging: Option<Paging>,
}

/// `None` for a node without id, name or language, which nobody could send.
fn read(node: &Value) -> Option<ListedTemplate> {
    let word = |key: &str| text(node, key).to_owned();
    let needed = |key: &str| Some(word(key)).filter(|word| !word.is_empty());
    let reason = word("rejected_reason");
    Some(ListedTemplate {
        id: needed("id")?,
        name: needed("name")?,
        language: needed("language")?,
        status: word("status"),
        reason: if reason == "NONE" { String::new() } else { reason },
        quality: node
            .get("quality_score")
            .map(|score| text(score, "score").to_owned())
            .unwrap_or_default(),
        category: word("category"),
        parts: parts(node),
    })
}

fn parts(node: &Value) -> TemplateParts {
    let mut parts = TemplateParts {
        is_named: text(node, "parameter_format").eq_ignore_ascii_case("named"),
        ..TemplateParts::default()
    };
    for component in list(node, "components") {
        match text(component, "type").to_ascii_uppercase().as_str() {
            "HEADER" => match header(component) {
                Some(header) => parts.header = Some(header),
                None => parts.is_beyond = true,
            },
            "BODY" => text(component, "text").clone_into(&mut parts.body),
            "FOOTER" => text(component, "text").clone_into(&mut parts.footer),
            "BUTTONS" => {
                for node in list(component, "buttons") {
                    let (button, is_beyond) = button(node);
                    parts.buttons.push(button);
                    parts.is_beyond |= is_beyond;
                }
            }
            _ => parts.is_beyond = true,
        }
    }
    parts
}

fn header(component: &Value) -> Option<TemplateHeader> {
    Some(match text(component, "format").to_ascii_uppercase().as_str() {
        "TEXT" => TemplateHeader::Text {
            text: text(component, "text").to_owned(),
        },
        "IMAGE" => TemplateHeader::Image,
        "VIDEO" => TemplateHeader::Video,
        "DOCUMENT" => TemplateHeader::Document,
        "LOCATION" => TemplateHeader::Location,
        _ => return None,
    })
}

/// The button, and whether it needs what Twinbox does not give it.
fn button(node: &Value) -> (TemplateButton, bool) {
    let says = text(node, "text").to_owned();
    match text(node, "type").to_ascii_uppercase().as_str() {
        "URL" => {
            let url = text(node, "url").to_owned();
            (TemplateButton::Link { text: says, url }, false)
        }
        "COPY_CODE" => {
            let text = if says.is_empty() { "Copy code".to_owned() } else { says };
            (TemplateButton::CopyCode { text }, false)
        }
        "FLOW" => (TemplateButton::Form { text: says }, false),
        "QUICK_REPLY" | "PHONE_NUMBER" | "VOICE_CALL" | "REQUEST_CONTACT_INFO" => {
            (TemplateButton::Plain { text: says }, false)
        }
        _ => (TemplateButton::Plain { text: says }, true),
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Meta, "Message templates" and OpenAPI of the Cloud API (2026).
    #[test]
    fn what_a_template_is_made_of_is_read_and_what_is_unknown_marks_it() {
        let node = |components: Value| {
            json!({"id": "1", "name": "appointment", "language": "en_US", "status": "APPROVED",
                "category": "UTILITY", "parameter_format": "NAMED", "rejected_reason": "NONE",
                "quality_score": {"score": "GREEN"}, "components": components})
        };
        let usual = node(json!([
            {"type": "HEADER", "format": "TEXT", "text": "Your visit, {{name}}"},
            {"type": "BODY", "text": "On {{day}}"},
            {"type": "FOOTER", "text": "Reply STOP"},
            {"type": "BUTTONS", "buttons": [
                {"type": "URL", "text": "See", "url": "https://example.com/{{1}}"},
                {"type": "QUICK_REPLY", "text": "Yes"}, {"type": "COPY_CODE", "example": "BELL25"},
                {"type": "FLOW", "text": "Book", "flow_id": "1234567890123456"},
            ]},
        ]));
        let otp = node(json!([{"type": "BODY", "text": "{{1}}"}, {"type": "BUTTONS", "buttons": [{"type": "OTP"}]}]));
        let carousel = node(json!([{"type": "CAROUSEL", "cards": []}]));
        let read_all: Vec<Value> = [usual, otp, carousel, node(json!(7))]
            .iter()
            .filter_map(read)
            .map(|template| json!([template.name, template.reason, template.quality, template.parts]))
            .collect();
        insta::assert_json_snapshot!(read_all);
        assert!(read(&json!({"name": "x"})).is_none() && read(&json!("x")).is_none());
    }
}
