//! What people do with messages that exist, and with their accounts.
//!
//! | `POST` | body | what happens |
//! |---|---|---|
//! | `/_sim/phone/edit` | `id`, `text` | edits a message of the phone (≤ 15 min): echo `edit` |
//! | `/_sim/phone/delete` | `id` | deletes one for everyone (≤ 2 days): echo `revoke` |
//! | `/_sim/phone/react` | `id`, `emoji` (empty takes it back) | echo `reaction` |
//! | `/_sim/phone/read` | `customer` | reads a chat; no webhook |
//! | `/_sim/phone/contact` | `customer`, `name` (none takes it out) | `smb_app_state_sync` |
//! | `/_sim/phone/account` | `event`, see [`AccountEvent`] | `account_update`; messages stop or go on |
//! | `/_sim/customer/edit` | `id`, `text` | `edit` |
//! | `/_sim/customer/delete` | `id` | `revoke` |
//! | `/_sim/customer/react` | `id`, `emoji` | `reaction` |
//! | `/_sim/customer/tap` | `id`, `button` (its id or payload) | `button` or `interactive` |
//! | `/_sim/customer/read` | `customer` | `read` statuses of what the API sent |
//! | `/_sim/customer/number` | `customer`, `phone` | `system`: another number and user id |
//! | `/_sim/customer/settings` | `customer` and any of [`CustomerSettings`] | offline, blocked, username, … |
//! | `/_sim/customer/play` | `id` | `played` status of a voice message of the API |
//! | `/_sim/customer/marketing` | `customer`, `stops` | `user_preferences`; marketing templates to them are refused (131050) |
//! | `/_sim/customer/owner` | `customer`, `owner`: `app`, `another_app` or `ai_agent` | `messaging_handovers`; what is told of the chat comes under `standby` while another has it, until the app sends a service message |
//! | `/_sim/customer/meet` | `phone`, `name`, `user_id`, `username` | someone is known who has not written |
//!
//! `customer` is a phone number, a user id or `@username`. Answers are `{"id": …}` of the event if it has one. What the
//! app would not offer is answered 409 and a sentence; a body that is not understood, 400.

use super::{Refusal, read, refusal};
use crate::{
    account::AccountEvent,
    acts::{ActRefusal, Owner},
    customer::Customer,
    meta::Meta,
    world::CustomerSettings,
};
use axum::{Json, Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfMessage {
    id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reaction {
    id: String,
    #[serde(default)]
    emoji: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tap {
    id: String,
    button: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfCustomer {
    customer: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewNumber {
    customer: String,
    phone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contact {
    customer: String,
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marketing {
    customer: String,
    stops: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ownership {
    customer: String,
    owner: Owner,
}

#[derive(Deserialize)]
struct Settings {
    customer: String,
    /// Read after the customer is taken out, so that what is unknown is refused.
    #[serde(flatten)]
    settings: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stranger {
    #[serde(default)]
    phone: String,
    #[serde(default)]
    name: String,
    user_id: Option<String>,
    username: Option<String>,
}

/// The routes.
pub(super) fn routes() -> Router<Arc<Meta>> {
    Router::new()
        .route(
            "/_sim/phone/edit",
            act(|meta, it: Words| id(meta.phone_edits(&it.id, &it.text))),
        )
        .route(
            "/_sim/phone/delete",
            act(|meta, it: OfMessage| id(meta.phone_deletes(&it.id))),
        )
        .route(
            "/_sim/phone/react",
            act(|meta, it: Reaction| id(meta.phone_reacts(&it.id, &it.emoji))),
        )
        .route(
            "/_sim/phone/read",
            act(|meta, it: OfCustomer| done(meta.phone_reads(&it.customer))),
        )
        .route(
            "/_sim/phone/account",
            act(|meta, event: AccountEvent| done(meta.account_event(&event))),
        )
        .route(
            "/_sim/customer/edit",
            act(|meta, it: Words| id(meta.customer_edits(&it.id, &it.text))),
        )
        .route(
            "/_sim/customer/delete",
            act(|meta, it: OfMessage| id(meta.customer_deletes(&it.id))),
        )
        .route(
            "/_sim/customer/react",
            act(|meta, it: Reaction| id(meta.customer_reacts(&it.id, &it.emoji))),
        )
        .route(
            "/_sim/customer/tap",
            act(|meta, it: Tap| id(meta.customer_taps(&it.id, &it.button))),
        )
        .route(
            "/_sim/customer/read",
            act(|meta, it: OfCustomer| meta.customer_reads(&it.customer).map(|read| json!({"read": read}))),
        )
        .route(
            "/_sim/customer/number",
            act(|meta, it: NewNumber| id(meta.customer_changes_number(&it.customer, &it.phone))),
        )
        .route(
            "/_sim/customer/play",
            act(|meta, it: OfMessage| done(meta.customer_plays(&it.id))),
        )
        .route(
            "/_sim/customer/marketing",
            act(|meta, it: Marketing| done(meta.customer_stops_marketing(&it.customer, it.stops))),
        )
        .route(
            "/_sim/customer/owner",
            act(|meta, it: Ownership| done(meta.hand_over(&it.customer, it.owner))),
        )
        .route(
            "/_sim/phone/contact",
            act(|meta, it: Contact| {
                meta.phone_keeps_contact(&it.customer, it.name.as_deref());
                done(Ok(()))
            }),
        )
        .route("/_sim/customer/settings", post(settings))
        .route("/_sim/customer/meet", post(meet))
}

/// A route that reads its body and lets `act` happen.
fn act<Body, Act>(act: Act) -> axum::routing::MethodRouter<Arc<Meta>>
where
    Body: DeserializeOwned + 'static,
    Act: Fn(&Meta, Body) -> Result<Value, ActRefusal> + Clone + Send + Sync + 'static,
{
    post(move |State(meta): State<Arc<Meta>>, body: Bytes| async move {
        let body = read(&body)?;
        match act(&meta, body) {
            Ok(answer) => Ok(Json(answer)),
            Err(reason) => Err(conflict(reason)),
        }
    })
}

fn conflict(reason: ActRefusal) -> Refusal {
    (StatusCode::CONFLICT, format!("{reason}\n"))
}

fn id(happened: Result<String, ActRefusal>) -> Result<Value, ActRefusal> {
    happened.map(|id| json!({"id": id}))
}

fn done(happened: Result<(), ActRefusal>) -> Result<Value, ActRefusal> {
    happened.map(|()| json!({}))
}

async fn settings(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let Settings { customer, settings } = read(&body)?;
    let settings: CustomerSettings = read(Value::Object(settings).to_string().as_bytes())?;
    meta.customer_sets(&customer, settings).map_err(conflict)?;
    Ok(Json(json!({})))
}

async fn meet(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let Stranger {
        phone,
        name,
        user_id,
        username,
    } = read(&body)?;
    if phone.is_empty() && user_id.is_none() && username.is_none() {
        return Err(refusal("A customer needs a phone, a user_id or a username."));
    }
    let customer = Customer {
        phone,
        name,
        user_id,
        username,
    };
    let mut world = meta.world();
    let user_id = world.meet(&customer).user_id.clone();
    world.chats.touch(&user_id);
    Ok(Json(json!({"user_id": user_id})))
}
