//! `/_sim/…`: makes customers write and things fail, from a shell, a script or the page at `/`.
//!
//! Here is who writes, and what became of it; [`acts`] lists what is done with messages and accounts, [`chats`] what is
//! shown, [`delivery`] where webhooks go and how they are written, [`signup`] the steps of a signup,
//! [`staging`](crate::staging) what Meta's side does by itself, [`faults`](crate::faults) what goes wrong,
//! [`call_quota`](crate::call_quota) how many calls are taken, and [`pages`](crate::pages) the media on their way to and
//! from the pages.
//!
//! | route | what it is for |
//! |---|---|
//! | `POST /_sim/customer` | a customer writes: `phone`, `name`, `user_id`, `username`; `type` with `text`, `caption`, `reply_to`, or any type with its `body` as in Meta's webhook; `ago_seconds`; `beside`, see [`Beside`] |
//! | `POST /_sim/customer/ghost` | a `message` (as above) comes as one the Cloud API cannot read (131060), and after `after_ms` with the same id as it is |
//! | `POST /_sim/phone` | someone writes on the phone `to` a customer: `type` with `text`, `caption`, `reply_to`, `body` or `beside` |
//! | `GET /_sim/ledger?since=…` | the sends that arrived, from that number on, and what became of them; the last 100,000 are remembered |
//! | `GET /_sim/state` | counts of everything |
//! | `/_sim/redirected` | where [`Fault::Redirect`](crate::Fault::Redirect) sends clients; who comes is counted |
//!
//! No token: the simulator listens on this computer only, and everything in it is made up.

mod acts;
mod chats;
mod delivery;
mod samples;
mod signup;

use crate::{
    beside::Beside,
    chats::Side,
    customer::{Customer, CustomerMessage},
    meta::Meta,
    numbering,
    webhook::PhoneAct,
};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{Query, State},
    http::StatusCode,
    routing::{any, get, post},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

/// What a bad request is answered: a plain sentence.
pub(crate) type Refusal = (StatusCode, String);

/// The body of `POST /_sim/customer`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CustomerWrites {
    #[serde(default)]
    phone: String,
    #[serde(default)]
    name: String,
    user_id: Option<String>,
    username: Option<String>,
    #[serde(rename = "type", default = "text_type")]
    kind: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    caption: String,
    reply_to: Option<String>,
    /// The body of any other type.
    body: Option<Value>,
    #[serde(default)]
    beside: Beside,
    #[serde(default)]
    ago_seconds: u64,
}

/// The body of `POST /_sim/phone`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhoneWrites {
    to: String,
    #[serde(rename = "type", default = "text_type")]
    kind: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    caption: String,
    /// The body of any other type.
    body: Option<Value>,
    reply_to: Option<String>,
    #[serde(default)]
    beside: Beside,
}

/// The body of `POST /_sim/customer/ghost`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ghost {
    message: CustomerWrites,
    #[serde(default = "ghost_ms")]
    after_ms: u64,
}

/// The query of what grows.
#[derive(Deserialize)]
struct Since {
    #[serde(default)]
    since: u64,
}

/// The control routes.
pub(crate) fn routes() -> Router<Arc<Meta>> {
    Router::new()
        .route("/_sim/customer", post(customer))
        .route("/_sim/customer/ghost", post(ghost))
        .route("/_sim/phone", post(phone))
        .route("/_sim/ledger", get(ledger))
        .route("/_sim/state", get(state))
        .route("/_sim/redirected", any(redirected))
        .merge(acts::routes())
        .merge(chats::routes())
        .merge(delivery::routes())
        .merge(signup::routes())
}

async fn customer(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let request: CustomerWrites = read(&body)?;
    let ago = Duration::from_secs(request.ago_seconds);
    let wamid = meta.customer_wrote_beside(&writer(&request)?, &message(&meta, &request)?, &request.beside, ago);
    Ok(Json(json!({"id": wamid})))
}

async fn ghost(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let Ghost {
        message: request,
        after_ms,
    } = read(&body)?;
    let (writer, message) = (writer(&request)?, message(&meta, &request)?);
    let wamid = meta.customer_ghosts(writer, message, request.beside, Duration::from_millis(after_ms));
    Ok(Json(json!({"id": wamid})))
}

fn writer(request: &CustomerWrites) -> Result<Customer, Refusal> {
    if request.phone.is_empty() && request.user_id.is_none() && request.username.is_none() {
        return Err(refusal("A customer needs a phone, a user_id or a username."));
    }
    Ok(Customer {
        phone: request.phone.clone(),
        name: request.name.clone(),
        user_id: request.user_id.clone(),
        username: request.username.clone(),
    })
}

async fn phone(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let PhoneWrites {
        to,
        kind,
        text,
        caption,
        body,
        reply_to,
        beside,
    } = read(&body)?;
    let (kind, body) = written(&kind, &text, &caption, body)?;
    let known = meta.world().find(&to);
    let customer = known.map_or_else(|| Customer::new(to, ""), Customer::known);
    let act = PhoneAct {
        kind,
        body,
        quotes: reply_to,
    };
    let wamid = meta.phone_did_beside(&customer, &act, &beside, Duration::ZERO);
    Ok(Json(json!({"id": wamid})))
}

async fn ledger(State(meta): State<Arc<Meta>>, Query(Since { since }): Query<Since>) -> Json<Value> {
    Json(json!(meta.ledger_since(since)))
}

async fn state(State(meta): State<Arc<Meta>>) -> Json<Value> {
    let world = meta.world();
    Json(json!({
        "graph_url": meta.graph_url,
        "now_micros": meta.now_micros(),
        "webhook_url": meta.courier.address(),
        "undelivered_webhooks": meta.courier.undelivered(),
        "given_up_webhooks": meta.courier.given_up(),
        "subscribed": meta.courier.is_subscribed(),
        "people": world.people_count(),
        "sends_accepted": world.ledger.accepted(),
        "sends_not_accepted": world.ledger.not_accepted(),
        "uploads": world.library.uploads,
        "read_receipts": world.read_receipts.len(),
        "faults_waiting": world.faults.count(),
        "redirects_followed": world.redirects_followed,
        "register_calls": world.number.register_calls,
    }))
}

async fn redirected(State(meta): State<Arc<Meta>>) -> StatusCode {
    meta.world().redirects_followed += 1;
    StatusCode::NO_CONTENT
}

fn message(meta: &Meta, request: &CustomerWrites) -> Result<CustomerMessage, Refusal> {
    let (type_name, body) = written(&request.kind, &request.text, &request.caption, request.body.clone())?;
    // A tap always quotes what was tapped (Meta, webhook references `messages/button` and `messages/interactive`).
    let is_tap = matches!(type_name.as_str(), "button" | "interactive");
    let tapped = || is_tap.then(|| last_sent(meta, request));
    Ok(match request.reply_to.clone().or_else(tapped) {
        Some(to_wamid) => CustomerMessage::Quoting {
            to_wamid,
            type_name,
            body,
        },
        None => CustomerMessage::Raw { type_name, body },
    })
}

/// The last message the business sent in the customer's chat; one that nobody remembers if there is none.
fn last_sent(meta: &Meta, request: &CustomerWrites) -> String {
    let mut world = meta.world();
    let username = request.username.as_ref().map(|username| format!("@{username}"));
    let who = request
        .user_id
        .clone()
        .or(username)
        .unwrap_or_else(|| request.phone.clone());
    let user_id = world.find(&who).unwrap_or_default();
    let sent = world.chats.select(&user_id, |message| message.side != Side::Customer);
    sent.last()
        .cloned()
        .unwrap_or_else(|| numbering::wamid(&meta.streams.sent, Some(&request.phone)))
}

/// The type and body of a message: as given, or from its words, or the sample of its type.
fn written(kind: &str, text: &str, caption: &str, body: Option<Value>) -> Result<(String, Value), Refusal> {
    match (kind, body) {
        (_, Some(body)) => Ok((kind.to_owned(), body)),
        ("text", None) if text.is_empty() => Err(refusal("A text message needs a text.")),
        ("text", None) => Ok((kind.to_owned(), json!({"body": text}))),
        (_, None) => sample(kind, caption),
    }
}

fn sample(kind: &str, caption: &str) -> Result<(String, Value), Refusal> {
    let (type_name, body) = samples::body(kind, caption)
        .ok_or_else(|| refusal(&format!("A message of type {kind} needs a body, as in Meta's webhook.")))?;
    Ok((type_name.to_owned(), body))
}

/// The body of a request.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| refusal(&format!("This is not understood: {error}.")))
}

/// The answer to a bad request.
pub(crate) fn refusal(sentence: &str) -> Refusal {
    (StatusCode::BAD_REQUEST, format!("{sentence}\n"))
}

fn text_type() -> String {
    "text".to_owned()
}

/// About as long as it was seen with Meta.
fn ghost_ms() -> u64 {
    200
}
