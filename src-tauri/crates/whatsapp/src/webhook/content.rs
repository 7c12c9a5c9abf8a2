//! What a message says: the object under its type (Meta, webhook references `messages/<type>`, Feb to Aug 2026).

use super::{integer, items, text, word};
use serde_json::Value;
use twinbox_domain::{ContactCard, Content, Mark, Media, Millis, OrderItem};

/// Most fields of a form that are shown; a flow has at most 50 (Meta, "Flows", 2026), forms are still told by others.
const MOST_ANSWERS: usize = 100;

/// The content of a message with what stands above it. What cannot be shown itself is told plainly: it waits for a version
/// that can, and gets its marks then.
pub(super) fn marked(message: &Value) -> Content {
    let content = content(message);
    if matches!(content, Content::NotUnderstood { .. } | Content::Placeholder) {
        return content;
    }
    let marks = [forwarded(message), product(message), ad(message)];
    marks.into_iter().flatten().fold(content, Content::marked)
}

fn forwarded(message: &Value) -> Option<Mark> {
    let context = message.get("context")?;
    let is = |key| context.get(key).and_then(Value::as_bool) == Some(true);
    let is_often = is("frequently_forwarded");
    (is_often || is("forwarded")).then_some(Mark::Forwarded { is_often })
}

fn product(message: &Value) -> Option<Mark> {
    let product = message.get("context")?.get("referred_product")?;
    word(product, "product_retailer_id").map(|id| Mark::Product { id })
}

fn ad(message: &Value) -> Option<Mark> {
    let referral = message.get("referral").filter(|referral| referral.is_object())?;
    // Only what can be opened is an address.
    let url = text(referral, "source_url").filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    Some(Mark::Ad {
        headline: owned(referral, "headline"),
        body: owned(referral, "body"),
        url: url.unwrap_or_default().to_owned(),
    })
}

/// The content of a message, or of what it was edited to.
pub(super) fn content(message: &Value) -> Content {
    let kind = text(message, "type").unwrap_or("unknown");
    if kind == "media_placeholder" {
        return Content::Placeholder;
    }
    let body = message.get(kind);
    body.and_then(|body| known(kind, body))
        .unwrap_or_else(|| Content::NotUnderstood {
            // These say in themselves what they are.
            type_name: body
                .and_then(|body| text(body, "type"))
                .filter(|_| matches!(kind, "unsupported" | "system" | "interactive"))
                .unwrap_or(kind)
                .to_owned(),
            // For example of a film that is too large: it has no file then (Meta, "Error codes", 131052, Feb 2026).
            code: items(message, "errors")
                .first()
                .and_then(|error| integer(error, "code")),
        })
}

/// What a message was edited to: of a file perhaps the caption alone.
pub(super) fn edited(message: &Value) -> Content {
    let told = content(message);
    let caption = || {
        let kind = text(message, "type")?;
        let body = message.get(kind)?;
        let media = Media {
            caption: body.get("caption")?.as_str()?.to_owned(),
            ..Media::default()
        };
        Some(match kind {
            "image" => Content::Image(media),
            "video" => Content::Video(media),
            "document" => Content::Document {
                media,
                filename: String::new(),
            },
            _ => return None,
        })
    };
    match told {
        Content::NotUnderstood { .. } => caption().unwrap_or(told),
        told => told,
    }
}

fn known(kind: &str, body: &Value) -> Option<Content> {
    Some(match kind {
        "text" => Content::Text {
            body: body.get("body")?.as_str()?.to_owned(),
        },
        "image" => Content::Image(media(body)?),
        "video" => Content::Video(media(body)?),
        "sticker" => Content::Sticker(media(body)?),
        "audio" => Content::Audio {
            media: media(body)?,
            is_voice: body.get("voice").and_then(Value::as_bool).unwrap_or(false),
        },
        "document" => Content::Document {
            media: media(body)?,
            filename: owned(body, "filename"),
        },
        "location" => Content::Location {
            latitude_e6: millionths(body.get("latitude")?, 90.0)?,
            longitude_e6: millionths(body.get("longitude")?, 180.0)?,
            name: owned(body, "name"),
            address: owned(body, "address"),
        },
        "contacts" => contacts(body)?,
        "button" => Content::Choice {
            title: text(body, "text")?.to_owned(),
            description: String::new(),
        },
        "interactive" => interactive(body)?,
        "order" => order(body)?,
        _ => return None,
    })
}

fn media(body: &Value) -> Option<Media> {
    Some(Media {
        media_id: text(body, "id")?.to_owned(),
        mime_type: owned(body, "mime_type"),
        sha256: owned(body, "sha256"),
        caption: owned(body, "caption"),
    })
}

/// A coordinate, given as a number or as text, in millionths of a degree; `None` outside the globe.
fn millionths(degrees: &Value, most: f64) -> Option<i64> {
    let degrees = degrees.as_f64().or_else(|| degrees.as_str()?.trim().parse().ok())?;
    #[allow(clippy::cast_possible_truncation, reason = "within the globe")]
    (degrees.abs() <= most).then(|| (degrees * 1e6).round() as i64)
}

fn contacts(body: &Value) -> Option<Content> {
    let cards: Vec<ContactCard> = body.as_array()?.iter().map(card).collect();
    (!cards.is_empty()).then_some(Content::Contacts { cards })
}

fn card(card: &Value) -> ContactCard {
    let all = |list: &str, key: &str| -> Vec<String> {
        items(card, list)
            .iter()
            .filter_map(|item| text(item, key))
            .map(str::to_owned)
            .collect()
    };
    let inner = |object: &str, key: &str| card.get(object).map(|object| owned(object, key)).unwrap_or_default();
    let joined = |parts: Vec<String>| {
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    };
    let position = joined(vec![inner("org", "title"), inner("org", "department")]);
    let addresses = items(card, "addresses").iter().map(|address| {
        let parts = ["street", "city", "state", "zip", "country"];
        joined(parts.map(|part| owned(address, part)).to_vec())
    });
    let mut details = vec![position];
    details.extend(addresses);
    details.extend(all("urls", "url"));
    details.push(owned(card, "birthday"));
    details.retain(|detail| !detail.is_empty());
    ContactCard {
        name: inner("name", "formatted_name"),
        phones: all("phones", "phone"),
        emails: all("emails", "email"),
        organization: inner("org", "company"),
        details,
    }
}

fn interactive(body: &Value) -> Option<Content> {
    let kind = text(body, "type")?;
    let inner = body.get(kind)?;
    match kind {
        "button_reply" | "list_reply" => Some(Content::Choice {
            title: text(inner, "title")?.to_owned(),
            description: owned(inner, "description"),
        }),
        "nfm_reply" => Some(Content::Form {
            name: owned(inner, "name"),
            body: owned(inner, "body"),
            answers: answers(inner),
        }),
        "call_permission_reply" => call_permission(inner),
        _ => None,
    }
}

fn call_permission(reply: &Value) -> Option<Content> {
    let is_granted = match text(reply, "response")? {
        "accept" => true,
        "reject" => false,
        _ => return None,
    };
    let until = integer(reply, "expiration_timestamp").filter(|seconds| is_granted && *seconds > 0);
    Some(Content::CallPermission {
        is_granted,
        until: until.map(Millis::from_unix_seconds),
    })
}

/// What was filled in: a JSON object written as text. The token of a flow is the business's own and nothing of the person.
fn answers(form: &Value) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    let told = form.get("response_json").and_then(|told| match told {
        Value::String(text) => serde_json::from_str(text).ok(),
        other => Some(other.clone()),
    });
    if let Some(Value::Object(fields)) = told {
        for (name, value) in fields.iter().filter(|(name, _)| *name != "flow_token") {
            answer(name, value, 0, &mut answers);
        }
    }
    answers
}

/// Fields within fields are told one after the other.
fn answer(name: &str, value: &Value, depth: usize, answers: &mut Vec<(String, String)>) {
    if answers.len() == MOST_ANSWERS || depth > 4 {
        return;
    }
    let said = match value {
        Value::Null => return,
        Value::Object(fields) => {
            return fields
                .iter()
                .for_each(|(name, value)| answer(name, value, depth + 1, answers));
        }
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let words = items.iter().map(|item| match item {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            words.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    if !said.is_empty() {
        answers.push((name.to_owned(), said));
    }
}

fn order(body: &Value) -> Option<Content> {
    let items: Vec<OrderItem> = items(body, "product_items")
        .iter()
        .map(|item| OrderItem {
            product_id: owned(item, "product_retailer_id"),
            quantity: number(item, "quantity"),
            price: number(item, "item_price"),
            currency: owned(item, "currency"),
        })
        .collect();
    (!items.is_empty()).then(|| Content::Order {
        text: owned(body, "text"),
        items,
    })
}

/// A number as Meta writes it, which is as text in older payloads.
fn number(value: &Value, key: &str) -> String {
    match value.get(key) {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(number)) => number.clone(),
        _ => String::new(),
    }
}

/// The string under `key`; empty when there is none.
fn owned(value: &Value, key: &str) -> String {
    text(value, key).unwrap_or_default().to_owned()
}
