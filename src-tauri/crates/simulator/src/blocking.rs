//! `block_users` (Meta, "Block users", 2026).

use crate::{
    call::Call,
    customer::Customer,
    fields,
    graph_error::GraphError,
    meta::Meta,
    nodes::{Answer, unsupported},
    numbering,
    send::text_at,
    world::{WINDOW_SECONDS, World},
};
use axum::http::Method;
use serde_json::{Value, json};

/// `GET`, `POST` and `DELETE /{phone_number_id}/block_users`.
pub(crate) fn block_users(meta: &Meta, call: &Call) -> Answer {
    match call.method {
        Method::GET => {
            let mut world = meta.world();
            if call.text("after").is_none() {
                world.number.is_blocked_list_stale = false;
            } else if world.number.is_blocked_list_stale {
                return Err(GraphError::known(
                    139_102,
                    "The list was changed while it was read. Read it from its beginning.",
                ));
            }
            fields::page(call, blocked(&world))
        }
        Method::POST => change(&mut meta.world(), call, Change::Block),
        Method::DELETE => change(&mut meta.world(), call, Change::Unblock),
        _ => Err(unsupported(call, &meta.config.phone_number_id)),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Block,
    Unblock,
}

fn blocked(world: &World) -> Vec<Value> {
    world
        .number
        .blocked
        .iter()
        .filter_map(|user_id| world.person(user_id))
        .map(|person| {
            let input = person.wa_id.as_ref().unwrap_or(&person.user_id);
            let user_id = &person.user_id;
            json!({"messaging_product": "whatsapp", "input": input, "wa_id": person.wa_id, "user_id": user_id})
        })
        .collect()
}

/// Works for each one by itself; if it did not for some, the answer is an error that lists both (same page).
fn change(world: &mut World, call: &Call, change: Change) -> Answer {
    if call.text("messaging_product") != Some("whatsapp") {
        return Err(GraphError::required("messaging_product"));
    }
    let Some(users) = call.json.get("block_users").and_then(Value::as_array) else {
        return Err(GraphError::required("block_users"));
    };
    let now = numbering::unix_seconds();
    world.number.is_blocked_list_stale = true;
    let mut done = Vec::new();
    let mut failed = Vec::new();
    for user in users {
        match change_one(world, user, change, now) {
            Ok(user) => done.push(user),
            Err(user) => failed.push(user),
        }
    }
    let name = match change {
        Change::Block => "added_users",
        Change::Unblock => "removed_users",
    };
    let mut lists = json!({name: done});
    if failed.is_empty() {
        return Ok(json!({"messaging_product": "whatsapp", "block_users": lists}));
    }
    if let Some(lists) = lists.as_object_mut() {
        lists.insert("failed_users".to_owned(), json!(failed));
    }
    let refusal = GraphError::known(139_100, "Some users could not be changed; see failed_users.");
    Err(refusal.beside(json!({"messaging_product": "whatsapp", "block_users": lists})))
}

/// The user as the answer lists them, done or failed.
fn change_one(world: &mut World, user: &Value, change: Change, now: u64) -> Result<Value, Value> {
    let input = text_at(user, "/user")
        .or_else(|| text_at(user, "/user_id"))
        .unwrap_or_default()
        .to_owned();
    let user_id = if text_at(user, "/user").is_some() {
        world.meet(&Customer::new(input.as_str(), "")).user_id.clone()
    } else {
        input.clone()
    };
    let person = world.person(&user_id);
    let wa_id = person.and_then(|person| person.wa_id.clone());
    let wrote_lately = person
        .and_then(|person| person.last_wrote_at)
        .is_some_and(|at| now < at.saturating_add(WINDOW_SECONDS));
    let mut listed = json!({"input": input, "wa_id": wa_id, "user_id": user_id});
    match change {
        Change::Block if !wrote_lately => {
            let errors = json!([{
                "message": "Re-engagement required", "code": 131_047,
                "error_data": {"details": "Only users who wrote within the last 24 hours can be blocked."},
            }]);
            if let Some(listed) = listed.as_object_mut() {
                listed.insert("errors".to_owned(), errors);
            }
            return Err(listed);
        }
        Change::Block if world.number.blocked.contains(&user_id) => {}
        Change::Block => world.number.blocked.push(user_id),
        Change::Unblock => {
            // They may have been blocked under an id they had before.
            let mut blocked = std::mem::take(&mut world.number.blocked);
            blocked.retain(|other| world.latest_user_id(other) != user_id);
            world.number.blocked = blocked;
        }
    }
    Ok(listed)
}
