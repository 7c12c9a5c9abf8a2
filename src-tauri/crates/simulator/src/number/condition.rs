//! In what condition the number and its account are, as their nodes tell it.

use crate::{graph_error::codes, meta::Meta, number::BUSINESS_ID, numbering, world::World};
use serde_json::{Value, json};

/// Where a number is shown; the words for its status differ (Meta, OpenAPI of the Cloud API, 2026).
#[derive(Clone, Copy)]
pub(super) enum View {
    /// At its own node.
    Node,
    /// In the list of its account.
    List,
}

/// The number's `status`.
pub(super) fn status(world: &World, view: View) -> &'static str {
    let standing = &world.number.standing;
    match view {
        View::Node if !world.connection.is_up() => "DISCONNECTED",
        View::List if !world.connection.is_up() => "UNLINKED",
        _ if standing.is_locked() => "BANNED",
        _ if standing.is_restricted(numbering::unix_seconds()) => "RESTRICTED",
        View::Node if standing.quality() == "RED" => "FLAGGED",
        View::Node => "CONNECTED",
        View::List => "LINKED",
    }
}

/// The account's `status`.
pub(super) fn account_status(world: &World) -> &'static str {
    if world.number.standing.is_locked() {
        "DISABLED"
    } else {
        "ACTIVE"
    }
}

/// Whether the number and its account can send, and what keeps each from it (Meta, "Messaging health status", 2026).
pub(super) fn health(meta: &Meta, world: &World) -> Value {
    let healthy = |kind: &str, id: &str| json!({"entity_type": kind, "id": id, "can_send_message": "AVAILABLE"});
    let ill = |kind: &str, id: &str, can: &str, code: i64, solution: &str| {
        let error = json!({
            "error_code": code, "error_description": codes::title(code), "possible_solution": solution,
        });
        json!({"entity_type": kind, "id": id, "can_send_message": can, "errors": [error]})
    };
    let standing = &world.number.standing;
    let (number_id, account_id) = (&meta.config.phone_number_id, &meta.config.waba_id);
    let number = if world.connection.is_up() {
        healthy("PHONE_NUMBER", number_id)
    } else {
        let solution = "Connect the number on the phone again.";
        ill("PHONE_NUMBER", number_id, "BLOCKED", 133_010, solution)
    };
    let account = if standing.is_locked() {
        ill(
            "WABA",
            account_id,
            "BLOCKED",
            131_031,
            "Ask for a review of the decision.",
        )
    } else if standing.is_restricted(numbering::unix_seconds()) {
        ill("WABA", account_id, "LIMITED", 368, "Wait until the restriction ends.")
    } else {
        healthy("WABA", account_id)
    };
    let entities = [
        number,
        account,
        healthy("BUSINESS", BUSINESS_ID),
        healthy("APP", &meta.config.app_id),
    ];
    let is_any = |can: &str| {
        entities
            .iter()
            .any(|entity| entity.get("can_send_message") == Some(&json!(can)))
    };
    let worst = ["BLOCKED", "LIMITED"].into_iter().find(|can| is_any(can));
    json!({"can_send_message": worst.unwrap_or("AVAILABLE"), "entities": entities})
}
