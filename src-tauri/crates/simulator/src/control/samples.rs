//! Message bodies of the types a script need not write out (Meta, "Messages webhook reference", 2026).

use crate::webhook;
use serde_json::{Value, json};

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
        _ => return None,
    };
    Some(sample)
}
