//! Several webhooks as one body (Meta, "Webhooks overview", 2026: at most 1000 updates a POST, of any mixture).

use serde_json::{Value, json};

/// The lists of a `value` that can hold several.
const LISTS: [&str; 4] = ["messages", "statuses", "message_echoes", "state_sync"];

/// One body of all of `webhooks`: two changes an entry where both are of the same account and have no time. With
/// `in_one_value`, changes of the same field and number become one.
pub(super) fn batched(webhooks: &[&Value], in_one_value: bool) -> Value {
    let mut entries: Vec<Value> = Vec::new();
    let all = webhooks
        .iter()
        .filter_map(|webhook| webhook.get("entry").and_then(Value::as_array))
        .flatten();
    for entry in all {
        if in_one_value && entries.iter_mut().any(|other| joins_value(other, entry)) {
            continue;
        }
        let room = entries
            .last_mut()
            .filter(|last| has_room(last, entry))
            .and_then(changes);
        match (room, entry.get("changes").and_then(Value::as_array)) {
            (Some(changes), Some(more)) => changes.extend(more.iter().cloned()),
            _ => entries.push(entry.clone()),
        }
    }
    json!({"object": "whatsapp_business_account", "entry": entries})
}

fn has_room(last: &Value, entry: &Value) -> bool {
    last.get("id") == entry.get("id")
        && last.get("time").is_none()
        && entry.get("time").is_none()
        && last.get("changes").and_then(Value::as_array).map(Vec::len) == Some(1)
}

fn changes(entry: &mut Value) -> Option<&mut Vec<Value>> {
    entry.get_mut("changes").and_then(Value::as_array_mut)
}

/// Puts the items of `entry` into a value of `other` if one is of the same field, number and kind. Gives whether.
fn joins_value(other: &mut Value, entry: &Value) -> bool {
    if other.get("id") != entry.get("id") {
        return false;
    }
    let Some([change]) = entry.get("changes").and_then(Value::as_array).map(Vec::as_slice) else {
        return false;
    };
    let same = |host: &&mut Value| {
        let lists = |change: &Value| LISTS.map(|list| change.pointer(&format!("/value/{list}")).is_some());
        host.get("field") == change.get("field")
            && host.pointer("/value/metadata") == change.pointer("/value/metadata")
            && lists(host) == lists(change)
            && lists(change).contains(&true)
    };
    let Some(host) = changes(other).and_then(|changes| changes.iter_mut().find(same)) else {
        return false;
    };
    for list in LISTS.into_iter().chain(["contacts"]) {
        let more = change.pointer(&format!("/value/{list}")).and_then(Value::as_array);
        let Some(more) = more else { continue };
        match host
            .pointer_mut(&format!("/value/{list}"))
            .and_then(Value::as_array_mut)
        {
            Some(items) => {
                // Everyone is introduced once.
                let new = more.iter().filter(|item| list != "contacts" || !items.contains(item));
                let new: Vec<Value> = new.cloned().collect();
                items.extend(new);
            }
            None => {
                if let Some(value) = host.get_mut("value").and_then(Value::as_object_mut) {
                    value.insert(list.to_owned(), json!(more));
                }
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_one_kind_share_a_value_and_everyone_is_introduced_once() {
        let webhook = |list: &str, id: &str, user: &str| {
            let value = json!({"metadata": {"phone_number_id": "1"}, "contacts": [{"user_id": user}], list: [id]});
            json!({"entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]})
        };
        let all = [
            webhook("messages", "m1", "a"),
            webhook("statuses", "s1", "b"),
            webhook("messages", "m2", "a"),
            webhook("statuses", "s2", "c"),
        ];
        let body = batched(&all.iter().collect::<Vec<_>>(), true);
        let value = |number: usize, list: &str| {
            body.pointer(&format!("/entry/0/changes/{number}/value/{list}"))
                .cloned()
        };
        assert_eq!(value(0, "messages"), Some(json!(["m1", "m2"])));
        assert_eq!(value(0, "contacts"), Some(json!([{"user_id": "a"}])));
        assert_eq!(value(1, "statuses"), Some(json!(["s1", "s2"])));
        assert_eq!(value(1, "contacts"), Some(json!([{"user_id": "b"}, {"user_id": "c"}])));
    }
}
