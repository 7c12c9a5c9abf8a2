//! What Meta checks in an interactive message (Meta, "Interactive reply buttons", "Interactive lists", "Interactive
//! call-to-action URL", "Location request" and OpenAPI of the Cloud API, 2026). Pure.

use crate::{
    graph_error::GraphError,
    send::{at_most, needed, text_at},
};
use serde_json::Value;
use std::collections::HashSet;

/// Longest header text and footer.
const EDGE_MAX_CHARS: usize = 60;

/// Longest body of a list; the other types have [`BODY_MAX_CHARS`].
const LIST_BODY_MAX_CHARS: usize = 4096;

const BODY_MAX_CHARS: usize = 1024;
const BUTTONS_MAX: usize = 3;
const BUTTON_TITLE_MAX_CHARS: usize = 20;
const BUTTON_ID_MAX_CHARS: usize = 256;
const SECTIONS_MAX: usize = 10;
const ROWS_MAX: usize = 10;
const LABEL_MAX_CHARS: usize = 24;
const ROW_ID_MAX_CHARS: usize = 200;
const ROW_DESCRIPTION_MAX_CHARS: usize = 72;
const FLOW_LABEL_MAX_CHARS: usize = 30;

/// Checks the `interactive` of a send.
pub(crate) fn check(content: &Value) -> Result<(), GraphError> {
    let kind = needed(content, "interactive", "/type")?;
    let Some(action) = content.get("action") else {
        return Err(GraphError::missing("interactive.action is required"));
    };
    let body_max = if kind == "list" {
        LIST_BODY_MAX_CHARS
    } else {
        BODY_MAX_CHARS
    };
    let body = needed(content, "interactive", "/body/text")?;
    length("interactive['body']['text']", body, 1, body_max)?;
    optional(content, "/header/text", EDGE_MAX_CHARS)?;
    optional(content, "/footer/text", EDGE_MAX_CHARS)?;
    check_header(content, kind)?;
    match kind {
        "button" => check_buttons(action),
        "list" => check_list(action),
        "cta_url" => {
            named(action, "cta_url")?;
            let label = needed(action, "action", "/parameters/display_text")?;
            length("display_text", label, 1, BUTTON_TITLE_MAX_CHARS)?;
            let url = needed(action, "action", "/parameters/url")?;
            if url.starts_with("https://") || url.starts_with("http://") {
                Ok(())
            } else {
                Err(GraphError::value("action.parameters.url is not a valid URL"))
            }
        }
        "flow" => {
            named(action, "flow")?;
            let label = needed(action, "action", "/parameters/flow_cta")?;
            length("flow_cta", label, 1, FLOW_LABEL_MAX_CHARS)?;
            needed(action, "action", "/parameters/flow_id")
                .or_else(|_| needed(action, "action", "/parameters/flow_name"))
                .map(|_| ())
        }
        "location_request_message" => named(action, "send_location"),
        "request_contact_info"
        | "call_permission_request"
        | "address_message"
        | "product"
        | "product_list"
        | "catalog_message"
        | "voice_call"
        | "carousel" => Ok(()),
        other => Err(GraphError::value(format!("interactive.type {other} is not valid"))),
    }
}

fn check_header(content: &Value, kind: &str) -> Result<(), GraphError> {
    let Some(header) = content.get("header") else {
        return Ok(());
    };
    let format = needed(header, "header", "/type")?;
    let is_known = match kind {
        "list" => format == "text",
        _ => ["text", "image", "video", "document"].contains(&format),
    };
    if !is_known {
        return Err(GraphError::value(format!(
            "header.type {format} is not valid for {kind}"
        )));
    }
    if header.get(format).is_none() {
        return Err(GraphError::missing(format!("header.{format} is required")));
    }
    Ok(())
}

fn check_buttons(action: &Value) -> Result<(), GraphError> {
    let buttons = list(action, "buttons")?;
    count("buttons", buttons.len(), BUTTONS_MAX)?;
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    for button in buttons {
        if text_at(button, "/type").is_some_and(|kind| kind != "reply") {
            return Err(GraphError::value("buttons.type must be reply"));
        }
        let id = needed(button, "button", "/reply/id")?;
        let title = needed(button, "button", "/reply/title")?;
        length("button['reply']['id']", id, 1, BUTTON_ID_MAX_CHARS)?;
        length("button['reply']['title']", title, 1, BUTTON_TITLE_MAX_CHARS)?;
        if !ids.insert(id) || !titles.insert(title) {
            return Err(GraphError::value("Buttons must have unique ids and titles"));
        }
    }
    Ok(())
}

fn check_list(action: &Value) -> Result<(), GraphError> {
    let label = needed(action, "action", "/button")?;
    length("action['button']", label, 1, BUTTON_TITLE_MAX_CHARS)?;
    let sections = list(action, "sections")?;
    count("sections", sections.len(), SECTIONS_MAX)?;
    let mut ids = HashSet::new();
    let mut rows_count = 0;
    for section in sections {
        match text_at(section, "/title") {
            None if sections.len() > 1 => return Err(GraphError::missing("section.title is required")),
            title => at_most("section['title']", title.unwrap_or_default(), LABEL_MAX_CHARS)?,
        }
        for row in list(section, "rows")? {
            rows_count += 1;
            let id = needed(row, "row", "/id")?;
            length("row['id']", id, 1, ROW_ID_MAX_CHARS)?;
            length("row['title']", needed(row, "row", "/title")?, 1, LABEL_MAX_CHARS)?;
            optional(row, "/description", ROW_DESCRIPTION_MAX_CHARS)?;
            if !ids.insert(id) {
                return Err(GraphError::value("Duplicated row id in sections"));
            }
        }
    }
    count("rows", rows_count, ROWS_MAX)
}

fn named(action: &Value, name: &str) -> Result<(), GraphError> {
    if needed(action, "action", "/name")? == name {
        return Ok(());
    }
    Err(GraphError::value(format!("action.name must be {name}")))
}

fn list<'a>(parent: &'a Value, name: &str) -> Result<&'a [Value], GraphError> {
    parent
        .get(name)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .ok_or_else(|| GraphError::missing(format!("{name} is required")))
}

fn count(name: &str, count: usize, max: usize) -> Result<(), GraphError> {
    if (1..=max).contains(&count) {
        return Ok(());
    }
    Err(GraphError::value(format!(
        "{name}: min allowed count: 1, max allowed count: {max}"
    )))
}

fn length(parameter: &str, text: &str, min_chars: usize, max_chars: usize) -> Result<(), GraphError> {
    if text.chars().count() < min_chars {
        return Err(GraphError::value(format!("{parameter} cannot be empty")));
    }
    at_most(parameter, text, max_chars)
}

fn optional(parent: &Value, pointer: &str, max_chars: usize) -> Result<(), GraphError> {
    at_most(pointer, text_at(parent, pointer).unwrap_or_default(), max_chars)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]

    use super::*;
    use serde_json::json;

    fn code(kind: &str, action: Value) -> i64 {
        let content = json!({"type": kind, "body": {"text": "which?"}, "action": action});
        check(&content).map_or_else(|refusal| refusal.code(), |()| 0)
    }

    fn buttons(titles: &[&str]) -> Value {
        let buttons: Vec<Value> = titles
            .iter()
            .enumerate()
            .map(|(place, title)| json!({"type": "reply", "reply": {"id": place.to_string(), "title": title}}))
            .collect();
        json!({"buttons": buttons})
    }

    fn rows(count: usize, title: &str) -> Value {
        let rows: Vec<Value> = (0..count)
            .map(|row| json!({"id": row.to_string(), "title": title}))
            .collect();
        json!({"button": "Open", "sections": [{"rows": rows}]})
    }

    #[test]
    fn every_part_has_its_limits() {
        let long = "x".repeat(25);
        let cases = [
            (0, "button", buttons(&["Yes", "No", "Later"])),
            (131_009, "button", buttons(&["1", "2", "3", "4"])),
            (131_009, "button", buttons(&[])),
            (131_009, "button", buttons(&["Same", "Same"])),
            (100, "button", buttons(&["More than twenty chars"])),
            (0, "list", rows(10, "a row")),
            (131_009, "list", rows(11, "a row")),
            (100, "list", rows(1, &long)),
            (131_008, "list", json!({"button": "Open"})),
            (131_009, "list", json!({"button": "Open", "sections": []})),
            (
                0,
                "cta_url",
                json!({"name": "cta_url", "parameters": {"display_text": "Go", "url": "https://a.example"}}),
            ),
            (
                131_009,
                "cta_url",
                json!({"name": "cta_url", "parameters": {"display_text": "Go", "url": "a"}}),
            ),
            (
                131_008,
                "cta_url",
                json!({"parameters": {"display_text": "Go", "url": "https://a.example"}}),
            ),
            (
                131_008,
                "flow",
                json!({"name": "flow", "parameters": {"flow_cta": "Go"}}),
            ),
            (0, "location_request_message", json!({"name": "send_location"})),
            (131_009, "location_request_message", json!({"name": "send"})),
            (131_009, "poll", json!({})),
        ];
        for (expected, kind, action) in cases {
            assert_eq!(code(kind, action.clone()), expected, "{kind} {action}");
        }
    }

    #[test]
    fn edges_have_sixty_characters_and_a_list_only_text_above() {
        let mut content = json!({"type": "button", "body": {"text": "?"}, "action": buttons(&["Yes"])});
        content["footer"] = json!({"text": "f".repeat(61)});
        assert_eq!(check(&content).map_err(|refusal| refusal.code()), Err(100));
        content["footer"] = json!({"text": "f".repeat(60)});
        content["header"] = json!({"type": "image", "image": {"id": "1"}});
        assert!(check(&content).is_ok());
        content["type"] = json!("list");
        content["action"] = rows(1, "a row");
        assert_eq!(check(&content).map_err(|refusal| refusal.code()), Err(131_009));
    }
}
