//! Message bodies of the types a script need not write out (Meta, "Messages webhook reference", 2026): `image`, `video`,
//! `document`, `audio`, `voice`, `sticker`, `location`, `contacts`, and those of [`rarer`].

use crate::webhook;
use serde_json::{Value, json};

/// The types a script asks for by another name than the message has, most of them answers to what a business sends.
fn rarer(kind: &str) -> Option<(&'static str, Value)> {
    let answer = |form: &str, body: Value| ("interactive", json!({"type": form, form: body}));
    Some(match kind {
        "button_reply" => answer("button_reply", json!({"id": "cancel-button", "title": "Cancel"})),
        "list_reply" => answer(
            "list_reply",
            json!({"id": "priority_express", "title": "Priority Mail Express", "description": "Next Day to 2 Days"}),
        ),
        "flow_reply" => answer(
            "nfm_reply",
            json!({"name": "flow", "body": "Sent", "response_json": "{\"flow_token\":\"t1\",\"size\":\"M\"}"}),
        ),
        "address_reply" => answer(
            "nfm_reply",
            json!({
                "name": "address_message", "body": "Canal Street 4",
                "response_json": "{\"saved_address_id\":\"address1\",\"values\":{\"city\":\"Berlin\"}}",
            }),
        ),
        "call_permission_reply" => answer(
            "call_permission_reply",
            json!({"response": "accept", "expiration_timestamp": "1776699789", "response_source": "user_action"}),
        ),
        "empty_interactive" => ("interactive", json!({})),
        "button" => ("button", json!({"payload": "Unsubscribe", "text": "Unsubscribe"})),
        "order" => (
            "order",
            json!({
                "catalog_id": "194836987003835", "text": "Love these!", "product_items": [
                    {"product_retailer_id": "di9ozbzfi4", "quantity": 2, "item_price": 30, "currency": "USD"},
                ],
            }),
        ),
        "shared_contact" => (
            "contacts",
            json!([{
                "origin": "contact_request", "name": {"formatted_name": "Rosa Field", "first_name": "Rosa"},
                "phones": [{"phone": "+1 (650) 555-0829", "wa_id": "16505550829", "type": "MOBILE"}],
            }]),
        ),
        "identity_changed" => (
            "system",
            json!({"type": "customer_identity_changed", "body": "The security code of this chat changed"}),
        ),
        "poll_creation" => ("unsupported", json!({"type": "poll_creation"})),
        "unsupported" => ("unsupported", json!({"type": "unknown"})),
        "unavailable" => ("unsupported", json!({"type": "unavailable"})),
        "request_welcome" => ("request_welcome", json!({})),
        "ephemeral" => ("ephemeral", json!({})),
        "unknown" => ("unknown", json!({})),
        _ => return None,
    })
}

/// The body of a message of that type. `None`: there is no sample of it.
pub(super) fn body(kind: &str, caption: &str) -> Option<(&'static str, Value)> {
    let sample = match kind {
        // The medium itself is made up by the library.
        "image" => ("image", webhook::captioned(caption)),
        "video" => ("video", webhook::captioned(caption)),
        "document" => ("document", webhook::captioned(caption)),
        "audio" | "voice" => ("audio", json!({"voice": true})),
        "sticker" => ("sticker", json!({"animated": false})),
        "location" => (
            "location",
            json!({
                "latitude": 52.5163, "longitude": 13.3777, "name": "Tandem & Oak", "address": "Canal Street 4",
            }),
        ),
        "contacts" => (
            "contacts",
            json!([{
                "name": {"formatted_name": "Rosa Field", "first_name": "Rosa", "last_name": "Field"},
                "phones": [{"phone": "+1 (650) 555-0829", "wa_id": "16505550829", "type": "MOBILE"}],
            }]),
        ),
        _ => return rarer(kind),
    };
    Some(sample)
}
