//! The `fields` parameter and pages of lists (Meta, "Graph API: field expansion" and "Paginated results", 2026).

use crate::{call::Call, graph_error::GraphError};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};

/// A list's page, where the call asks for none.
const PAGE_ITEMS: usize = 25;

/// The fields of `node` that a call asks for, its `id` always; `usual` if it names none.
pub(crate) fn chosen(call: &Call, node: &Value, kind: &str, usual: &[&str]) -> Result<Value, GraphError> {
    let asked = call.text("fields").map(names);
    let names = asked.unwrap_or_else(|| usual.iter().map(|name| (*name).to_owned()).collect());
    let mut view = Map::new();
    for name in names {
        match node.get(&name) {
            Some(Value::Null) => {}
            Some(value) => {
                view.insert(name, value.clone());
            }
            None => return Err(GraphError::unknown_field(&name, kind)),
        }
    }
    if let Some(id) = node.get("id") {
        view.insert("id".to_owned(), id.clone());
    }
    Ok(Value::Object(view))
}

/// `node` with fields that exist and are not set.
pub(crate) fn with_unset(mut node: Value, names: &[&str]) -> Value {
    if let Some(node) = node.as_object_mut() {
        for name in names {
            node.entry(*name).or_insert(Value::Null);
        }
    }
    node
}

/// Some fields of `node`.
pub(crate) fn named(node: &Value, names: &[&str]) -> Value {
    names
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), node.get(name)?.clone())))
        .collect::<Map<String, Value>>()
        .into()
}

/// One page of `items`, after the cursor `after` and no longer than `limit`.
pub(crate) fn page(call: &Call, items: Vec<Value>) -> Result<Value, GraphError> {
    let limit = call.number("limit").unwrap_or(PAGE_ITEMS).max(1);
    let begin = match call.text("after") {
        Some(cursor) => place(cursor).ok_or_else(|| GraphError::parameter("Invalid cursor in after"))?,
        None => 0,
    };
    let total = items.len();
    let data: Vec<Value> = items.into_iter().skip(begin).take(limit).collect();
    let end = begin + data.len();
    let mut page = json!({"data": data});
    if end > begin {
        let mut paging = json!({"cursors": {"before": cursor(begin), "after": cursor(end)}});
        if end < total
            && let Some(paging) = paging.as_object_mut()
        {
            paging.insert("next".to_owned(), json!(next_page(call, end, limit)));
        }
        if let Some(page) = page.as_object_mut() {
            page.insert("paging".to_owned(), paging);
        }
    }
    Ok(page)
}

fn next_page(call: &Call, end: usize, limit: usize) -> String {
    let mut address = format!("{}?limit={limit}&after={}", call.address(), cursor(end));
    for name in ["fields", "name", "status", "category", "language", "summary"] {
        if let Some(value) = call.text(name) {
            address.push_str(&format!("&{name}={}", crate::wire::percent_encoded(value)));
        }
    }
    address
}

/// `throughput{level},id` names throughput and id.
fn names(fields: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0_u32;
    for character in fields.chars() {
        match character {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => names.push(String::new()),
            other if depth == 0 && !other.is_whitespace() => {
                if let Some(name) = names.last_mut() {
                    name.push(other);
                }
            }
            _ => {}
        }
    }
    names
        .iter()
        .map(|name| name.split('.').next().unwrap_or_default().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

fn cursor(place: usize) -> String {
    STANDARD.encode(format!("cursor:{place}")).replace('=', "")
}

fn place(text: &str) -> Option<usize> {
    let padding = "=".repeat((4 - text.len() % 4) % 4);
    let bytes = STANDARD.decode(format!("{text}{padding}")).ok()?;
    String::from_utf8(bytes).ok()?.strip_prefix("cursor:")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_split_outside_of_braces_only() {
        assert_eq!(
            names("id, throughput{level,x},health_status.limit(3) ,"),
            ["id", "throughput", "health_status"]
        );
    }

    #[test]
    fn a_cursor_is_read_back() {
        assert_eq!(place(&cursor(1234)), Some(1234));
        assert_eq!(place("nonsense"), None);
    }
}
