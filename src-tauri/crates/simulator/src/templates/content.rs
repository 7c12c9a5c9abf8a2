//! What stands in a template as it is written.

use crate::{graph_error::GraphError, send::text_at};
use serde_json::{Value, json};

/// The category a body asks for.
pub(super) fn category(body: &Value) -> Result<Option<String>, GraphError> {
    let Some(category) = text_at(body, "/category") else {
        return Ok(None);
    };
    let category = category.to_uppercase();
    if ["MARKETING", "UTILITY", "AUTHENTICATION"].contains(&category.as_str()) {
        return Ok(Some(category));
    }
    Err(GraphError::parameter(
        "Param category must be one of {AUTHENTICATION, MARKETING, UTILITY}.",
    ))
}

/// The components with their types and formats in capitals, as Meta gives them back, and the words that Meta writes
/// itself for one-time passwords (Meta, "Authentication templates", 2026).
pub(super) fn checked(components: &Value, category: &str) -> Result<Value, GraphError> {
    let Some(list) = components.as_array() else {
        return Err(GraphError::parameter("Param components must be an array."));
    };
    let mut list = list.clone();
    for component in &mut list {
        capitals(component, &["type", "format"]);
        for button in component
            .get_mut("buttons")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            capitals(button, &["type"]);
        }
        let is_wordless = text_at(component, "/type") == Some("BODY") && text_at(component, "/text").is_none();
        if is_wordless && category == "AUTHENTICATION" {
            set_text(component, "*{{1}}* is your verification code.");
        } else if is_wordless {
            return Err(GraphError::template_content(2_388_047, "Message body text is required"));
        }
    }
    if !list.iter().any(|component| text_at(component, "/type") == Some("BODY")) {
        return Err(GraphError::template_content(2_388_047, "Message body text is required"));
    }
    Ok(Value::Array(list))
}

fn capitals(object: &mut Value, keys: &[&str]) {
    for key in keys {
        if let Some(Value::String(text)) = object.get_mut(key) {
            *text = text.to_uppercase();
        }
    }
}

fn set_text(component: &mut Value, text: &str) {
    if let Some(component) = component.as_object_mut() {
        component.insert("text".to_owned(), json!(text));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn only_the_words_around_a_one_time_password_are_metas_own() {
        let wordless = json!([{"type": "body", "add_security_recommendation": true}]);
        let components = checked(&wordless, "AUTHENTICATION").unwrap();
        assert!(text_at(&components, "/0/text").unwrap().contains("{{1}}"));
        assert!(checked(&wordless, "UTILITY").is_err());
    }
}
