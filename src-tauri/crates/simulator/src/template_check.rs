//! Whether a template can be sent as a body asks: it exists in that language, is approved, and gets the parameters it
//! has (Meta, "Template messages" and "Error codes", 2026).

use crate::{
    graph_error::GraphError,
    send::text_at,
    templates::{Template, Templates},
};
use serde_json::Value;

/// Checks `wanted`, the `template` of a send.
pub(crate) fn check(templates: &Templates, wanted: &Value) -> Result<(), GraphError> {
    let name = text_at(wanted, "/name").unwrap_or_default();
    let language = text_at(wanted, "/language/code").unwrap_or_default();
    let missing = |details: String| Err(GraphError::template_missing(details));
    let Some(template) = templates.named(name, language) else {
        return missing(format!("template name ({name}) does not exist in {language}"));
    };
    match template.status.as_str() {
        "APPROVED" => {}
        "PAUSED" => {
            return Err(GraphError::coded(
                132_015,
                "Template is Paused",
                format!("Template {name} is paused due to low quality"),
            ));
        }
        "DISABLED" => {
            return Err(GraphError::coded(
                132_016,
                "Template is Disabled",
                format!("Template {name} was paused too often and is now disabled"),
            ));
        }
        _ => return missing(format!("template name ({name}) is not approved in {language}")),
    }
    check_texts(template, wanted, "HEADER")?;
    check_texts(template, wanted, "BODY")?;
    check_header(template, wanted)?;
    check_buttons(template, wanted)
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
        return Err(GraphError::coded(
            132_000,
            "Number of parameters does not match the expected number of params",
            format!(
                "{}: number of localizable_params ({}) does not match the expected number of params ({})",
                kind.to_lowercase(),
                given.len(),
                expected.len()
            ),
        ));
    }
    for parameter in given {
        let name = text_at(parameter, "/parameter_name");
        if template.is_named && !name.is_some_and(|name| expected.contains(&name)) {
            return Err(format_error(
                "Parameter name is missing or empty, or not one of the template's",
            ));
        }
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
        let value = value.ok_or_else(|| GraphError::missing("Parameter of type text is missing text value"))?;
        if value.is_empty() {
            return Err(GraphError::missing("Parameter of type text is missing text value"));
        }
        if value.contains(['\n', '\t']) || value.contains("     ") {
            return Err(GraphError::coded(
                132_018,
                "There's an issue with the parameters in your template",
                "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
            ));
        }
    }
    Ok(())
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

/// A link with a variable needs its end; nothing may be given for a button that is not there.
fn check_buttons(template: &Template, wanted: &Value) -> Result<(), GraphError> {
    let empty = Vec::new();
    let buttons = component(Some(&template.components), "BUTTONS")
        .and_then(|component| component.get("buttons"))
        .and_then(Value::as_array)
        .unwrap_or(&empty);
    let given = wanted.get("components").and_then(Value::as_array).unwrap_or(&empty);
    let given: Vec<(usize, &Value)> = given
        .iter()
        .filter(|component| text_at(component, "/type").is_some_and(|kind| kind.eq_ignore_ascii_case("button")))
        .map(|button| (index(button), button))
        .collect();
    if given.iter().any(|(index, _)| *index >= buttons.len()) {
        return Err(format_error("Button index is beyond the buttons of the template"));
    }
    for (place, button) in buttons.iter().enumerate() {
        let is_open_link = text_at(button, "/url").is_some_and(|url| url.contains("{{"));
        let has_end = given
            .iter()
            .any(|(index, button)| *index == place && text_at(button, "/parameters/0/text").is_some());
        if is_open_link && !has_end {
            return Err(GraphError::missing(format!(
                "buttons: Button at index {place} of type Url requires a parameter"
            )));
        }
    }
    Ok(())
}

fn index(button: &Value) -> usize {
    match button.get("index") {
        Some(Value::String(text)) => text.parse().unwrap_or(usize::MAX),
        Some(number) => number
            .as_u64()
            .and_then(|number| usize::try_from(number).ok())
            .unwrap_or(usize::MAX),
        None => 0,
    }
}

fn format_error(details: impl Into<String>) -> GraphError {
    GraphError::coded(
        132_012,
        "Parameter format does not match format in the created template",
        details,
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use serde_json::json;

    fn code(name: &str, language: &str, components: Value) -> i64 {
        let wanted = json!({"name": name, "language": {"code": language}, "components": components});
        check(&Templates::of_the_shop(Default::default()), &wanted).map_or_else(|refusal| refusal.code(), |()| 0)
    }

    fn body(texts: &[&str]) -> Value {
        let parameters: Vec<Value> = texts.iter().map(|text| json!({"type": "text", "text": text})).collect();
        json!({"type": "body", "parameters": parameters})
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
