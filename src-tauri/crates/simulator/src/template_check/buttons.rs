//! The buttons of a template that is sent.

use super::{component, format_error};
use crate::{graph_error::GraphError, send::text_at, templates::Template};
use serde_json::Value;

/// Longest coupon code (Meta, "Coupon code templates", 2026).
const COUPON_MAX_CHARS: usize = 15;

/// Every button is given what it needs, and nothing is given for one that is not there.
pub(super) fn check_buttons(template: &Template, wanted: &Value) -> Result<(), GraphError> {
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
    buttons.iter().enumerate().try_for_each(|(place, button)| {
        let given = given.iter().find(|(index, _)| *index == place);
        check_button(place, button, given.map(|(_, button)| *button))
    })
}

/// A link with a variable needs its end, a code to copy its code, a one-time password its own (Meta, "Template
/// components" and OpenAPI of the Cloud API, 2026). A form has to be named, and goes without a token (seen at Meta,
/// Sep 2026: juspay/clairvoyance#1128).
fn check_button(place: usize, button: &Value, given: Option<&Value>) -> Result<(), GraphError> {
    let kind = text_at(button, "/type").unwrap_or_default();
    let is_open_link = text_at(button, "/url").is_some_and(|url| url.contains("{{"));
    let is_form = kind == "FLOW";
    // What it is sent as, where its parameter stands, and whether the parameter is needed.
    let (sub_type, parameter, is_needed) = match kind {
        "QUICK_REPLY" => ("quick_reply", "/parameters/0/payload", false),
        "URL" => ("url", "/parameters/0/text", is_open_link),
        "OTP" => ("url", "/parameters/0/text", true),
        "COPY_CODE" => ("copy_code", "/parameters/0/coupon_code", true),
        "FLOW" => ("flow", "/parameters/0/action", false),
        _ => return Ok(()),
    };
    if is_form && given.is_none() {
        return Err(GraphError::value(format!(
            "buttons: Button at index {place} of type {kind} is not named"
        )));
    }
    let received = given.and_then(|given| text_at(given, "/sub_type")).unwrap_or(sub_type);
    if !received.eq_ignore_ascii_case(sub_type) {
        return Err(format_error(format!(
            "buttons: Button at index {place} is of type {kind}, received {received}"
        )));
    }
    let value = given.and_then(|given| given.pointer(parameter));
    if value.is_none() && (is_needed || given.is_some() && !is_form) {
        return Err(GraphError::missing(format!(
            "buttons: Button at index {place} of type {kind} requires a parameter"
        )));
    }
    let is_too_long = |code: &str| code.chars().count() > COUPON_MAX_CHARS;
    if kind == "COPY_CODE" && value.and_then(Value::as_str).is_some_and(is_too_long) {
        return Err(format_error(format!(
            "buttons: coupon_code must be at most {COUPON_MAX_CHARS} characters long"
        )));
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
