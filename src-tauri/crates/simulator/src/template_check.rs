//! Whether a template can be sent as a body asks: it exists in that language, is approved, and gets the parameters it
//! has (Meta, "Template messages" and "Error codes", 2026).

mod buttons;

use crate::{
    graph_error::GraphError,
    send::text_at,
    templates::{Template, Templates},
};
use buttons::check_buttons;
use serde_json::Value;

/// Longest body once its parameters stand in it, and longest header (Meta, "Templates", 2026).
const BODY_MAX_CHARS: usize = 1024;
const HEADER_MAX_CHARS: usize = 60;

/// Checks `wanted`, the `template` of a send. Gives the template it names.
pub(crate) fn check<'a>(templates: &'a Templates, wanted: &Value) -> Result<&'a Template, GraphError> {
    let name = text_at(wanted, "/name").unwrap_or_default();
    let language = text_at(wanted, "/language/code").unwrap_or_default();
    let missing = |details: String| Err(GraphError::template_missing(details));
    let Some(template) = templates.named(name, language) else {
        return missing(format!("template name ({name}) does not exist in {language}"));
    };
    match template.status.as_str() {
        "APPROVED" => {}
        "PAUSED" => {
            return Err(GraphError::known(
                132_015,
                format!("Template {name} is paused due to low quality"),
            ));
        }
        "DISABLED" => {
            return Err(GraphError::known(
                132_016,
                format!("Template {name} was paused too often and is now disabled"),
            ));
        }
        _ => return missing(format!("template name ({name}) is not approved in {language}")),
    }
    check_texts(template, wanted, "HEADER")?;
    check_texts(template, wanted, "BODY")?;
    check_header(template, wanted)?;
    check_buttons(template, wanted)?;
    Ok(template)
}

/// The variables of a text, in order, each once: `{{1}}` or `{{name}}`.
fn variables(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for piece in text.split("{{").skip(1) {
        if let Some((variable, _)) = piece.split_once("}}")
            && !found.contains(&variable.trim())
        {
            found.push(variable.trim());
        }
    }
    found
}

fn component<'a>(list: Option<&'a Value>, kind: &str) -> Option<&'a Value> {
    list?
        .as_array()?
        .iter()
        .find(|component| text_at(component, "/type").is_some_and(|other| other.eq_ignore_ascii_case(kind)))
}

fn parameters<'a>(wanted: &'a Value, kind: &str) -> &'a [Value] {
    component(wanted.get("components"), kind)
        .and_then(|component| component.get("parameters"))
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn check_texts(template: &Template, wanted: &Value, kind: &str) -> Result<(), GraphError> {
    let text = component(Some(&template.components), kind)
        .and_then(|component| text_at(component, "/text"))
        .unwrap_or_default();
    let is_medium = component(Some(&template.components), kind)
        .and_then(|component| text_at(component, "/format"))
        .is_some_and(|format| format != "TEXT");
    if is_medium {
        return Ok(());
    }
    let expected = variables(text);
    let given = parameters(wanted, kind);
    if given.len() != expected.len() {
        return Err(GraphError::known(
            132_000,
            format!(
                "{}: number of localizable_params ({}) does not match the expected number of params ({})",
                kind.to_lowercase(),
                given.len(),
                expected.len()
            ),
        ));
    }
    let placeholders: usize = expected
        .iter()
        .map(|variable| variable.chars().count() + "{{}}".len())
        .sum();
    let mut length = text.chars().count().saturating_sub(placeholders);
    for parameter in given {
        if template.is_named && !text_at(parameter, "/parameter_name").is_some_and(|name| expected.contains(&name)) {
            return Err(format_error(
                "Parameter name is missing or empty, or not one of the template's",
            ));
        }
        length += text_of(parameter, kind)?.chars().count();
    }
    let max = if kind == "BODY" {
        BODY_MAX_CHARS
    } else {
        HEADER_MAX_CHARS
    };
    if length > max {
        let part = kind.to_lowercase();
        return Err(GraphError::known(
            132_005,
            format!("{part}: the text with its parameters has {length} characters; at most {max} are allowed"),
        ));
    }
    Ok(())
}

/// What a parameter puts into a text.
fn text_of<'a>(parameter: &'a Value, kind: &str) -> Result<&'a str, GraphError> {
    let value = match text_at(parameter, "/type") {
        Some("text") => text_at(parameter, "/text"),
        Some("currency") => text_at(parameter, "/currency/fallback_value"),
        Some("date_time") => text_at(parameter, "/date_time/fallback_value"),
        other => {
            let other = other.unwrap_or_default();
            return Err(format_error(format!(
                "{kind}: format mismatch, expected TEXT, received {other}"
            )));
        }
    };
    match value {
        None | Some("") => Err(GraphError::missing("Parameter of type text is missing text value")),
        Some(value) if value.contains(['\n', '\t']) || value.contains("     ") => Err(GraphError::known(
            132_018,
            "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
        )),
        Some(value) => Ok(value),
    }
}

/// A header that is a medium or a place needs one.
fn check_header(template: &Template, wanted: &Value) -> Result<(), GraphError> {
    let Some(format) = component(Some(&template.components), "HEADER")
        .and_then(|component| text_at(component, "/format"))
        .filter(|format| *format != "TEXT")
    else {
        return Ok(());
    };
    let expected = format.to_lowercase();
    let given = parameters(wanted, "HEADER");
    let received = given.first().and_then(|parameter| text_at(parameter, "/type"));
    if received != Some(expected.as_str()) {
        let received = received.unwrap_or("UNKNOWN").to_uppercase();
        return Err(format_error(format!(
            "header: Format mismatch, expected {format}, received {received}"
        )));
    }
    if given.first().is_none_or(|parameter| parameter.get(&expected).is_none()) {
        return Err(GraphError::missing(format!("header: {expected} is required")));
    }
    Ok(())
}

fn format_error(details: impl Into<String>) -> GraphError {
    GraphError::known(132_012, details)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use serde_json::json;
    use std::sync::Arc;

    fn code(name: &str, language: &str, components: Value) -> i64 {
        let wanted = json!({"name": name, "language": {"code": language}, "components": components});
        check(&Templates::of_the_shop(Arc::default(), true), &wanted).map_or_else(|refusal| refusal.code(), |_| 0)
    }

    fn body(texts: &[&str]) -> Value {
        let parameters: Vec<Value> = texts.iter().map(|text| json!({"type": "text", "text": text})).collect();
        json!({"type": "body", "parameters": parameters})
    }

    fn button(sub_type: &str, index: u32, parameter: Value) -> Value {
        json!({"type": "button", "sub_type": sub_type, "index": index, "parameters": [parameter]})
    }

    #[test]
    fn a_template_is_sent_in_its_language_with_its_parameters_once_it_is_approved() {
        let day = json!({"type": "text", "parameter_name": "day", "text": "Friday"});
        let time = json!({"type": "text", "parameter_name": "time", "text": "10:30"});
        let unknown = json!({"type": "text", "parameter_name": "hour", "text": "10"});
        let name = json!({"type": "header", "parameters": [{"type": "text", "parameter_name": "name", "text": "A"}]});
        let image = json!({"type": "header", "parameters": [{"type": "image", "image": {"id": "1"}}]});
        let video = json!({"type": "header", "parameters": [{"type": "video", "video": {"id": "1"}}]});
        let link = json!({"type": "button", "sub_type": "url", "index": "0", "parameters": [
            {"type": "text", "text": "bells"},
        ]});
        let cases = [
            (0, "pickup", "en", json!([])),
            (132_001, "pickup", "en_US", json!([])),
            (132_001, "unheard_of", "en", json!([])),
            (132_015, "winter_promo", "en_US", json!([])),
            (132_016, "flash_promo", "en_US", json!([])),
            (0, "order_ready", "de", json!([body(&["Ada", "17"])])),
            (132_000, "order_ready", "de", json!([body(&["Ada"])])),
            (132_000, "pickup", "en", json!([body(&["Ada"])])),
            (132_018, "order_ready", "de", json!([body(&["Ada", "1\n7"])])),
            (
                0,
                "appointment",
                "en_US",
                json!([name, {"type": "body", "parameters": [time, day]}]),
            ),
            (
                132_012,
                "appointment",
                "en_US",
                json!([name, {"type": "body", "parameters": [time, unknown]}]),
            ),
            (
                132_012,
                "appointment",
                "en_US",
                json!([name, body(&["Friday", "10:30"])]),
            ),
            (0, "spring_promo", "en_US", json!([image, body(&["5 %"]), link])),
            (132_012, "spring_promo", "en_US", json!([video, body(&["5 %"]), link])),
            (131_008, "spring_promo", "en_US", json!([image, body(&["5 %"])])),
            (132_005, "order_ready", "de", json!([body(&["Ada", &"7".repeat(1024)])])),
            (
                0,
                "coupon",
                "en_US",
                json!([button("copy_code", 0, json!({"coupon_code": "BELL25"}))]),
            ),
            (131_008, "coupon", "en_US", json!([])),
            (
                132_012,
                "coupon",
                "en_US",
                json!([button("copy_code", 0, json!({"coupon_code": "x".repeat(16)}))]),
            ),
            (
                132_012,
                "coupon",
                "en_US",
                json!([button("quick_reply", 0, json!({"payload": "x"}))]),
            ),
            (
                132_012,
                "coupon",
                "en_US",
                json!([button("copy_code", 2, json!({"coupon_code": "BELL25"}))]),
            ),
            (131_009, "survey", "en_US", json!([])),
            (
                0,
                "survey",
                "en_US",
                json!([{"type": "button", "sub_type": "flow", "index": "0"}]),
            ),
            (
                0,
                "survey",
                "en_US",
                json!([button("flow", 0, json!({"action": {"flow_token": "t"}}))]),
            ),
        ];
        for (expected, name, language, components) in cases {
            assert_eq!(
                code(name, language, components.clone()),
                expected,
                "{name} {language} {components}"
            );
        }
    }
}
