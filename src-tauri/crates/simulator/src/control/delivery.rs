//! Where webhooks go, what became of them, and how they are written.
//!
//! | route | what it is for |
//! |---|---|
//! | `POST /_sim/webhook` | webhooks go to `url`; what waits is tried at once |
//! | `GET /_sim/webhooks?since=…` | what was told and whether it was answered, from that number on; the last 50,000 are remembered |
//! | `/_sim/apps` | `POST`: another app (`id`, `name`, `url`, `secret`) is subscribed to the account; `GET` lists them, `DELETE` forgets them |
//! | `/_sim/form` | `POST`: webhooks are written in another form: `form` ("2025" without user ids, or "2026"), `parent_ids`, `identity_key_hash`; what is not named stays. `GET` tells it |

use super::{Refusal, Since, read};
use crate::{
    courier::{OtherApp, Slot},
    form::{Form, FormYear},
    meta::Meta,
};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{Query, State},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// The body of `POST /_sim/webhook`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WebhookAddress {
    url: String,
}

/// The body of `POST /_sim/form`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormWanted {
    form: Option<FormYear>,
    parent_ids: Option<bool>,
    identity_key_hash: Option<bool>,
}

/// The routes.
pub(super) fn routes() -> Router<Arc<Meta>> {
    Router::new()
        .route("/_sim/webhook", post(webhook))
        .route("/_sim/webhooks", get(webhooks))
        .route("/_sim/apps", get(apps).post(add_app).delete(forget_apps))
        .route("/_sim/form", get(form).post(set_form))
}

async fn webhook(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let WebhookAddress { url } = read(&body)?;
    meta.courier.set_address(Slot::App, url);
    let problem = meta.courier.verify(&meta.config.verify_token).await.err();
    Ok(Json(json!({"verified": problem.is_none(), "problem": problem})))
}

async fn webhooks(State(meta): State<Arc<Meta>>, Query(Since { since }): Query<Since>) -> Json<Value> {
    Json(json!(meta.courier.told_since(since)))
}

async fn apps(State(meta): State<Arc<Meta>>) -> Json<Value> {
    Json(json!(meta.courier.other_apps()))
}

async fn add_app(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let app: OtherApp = read(&body)?;
    meta.courier.change_other_apps(|apps| apps.push(app));
    Ok(Json(json!({})))
}

async fn forget_apps(State(meta): State<Arc<Meta>>) -> Json<Value> {
    meta.courier.change_other_apps(Vec::clear);
    Json(json!({}))
}

async fn form(State(meta): State<Arc<Meta>>) -> Json<Form> {
    Json(meta.form())
}

async fn set_form(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Form>, Refusal> {
    let wanted: FormWanted = read(&body)?;
    let before = meta.form();
    let form = Form {
        year: wanted.form.unwrap_or(before.year),
        parent_ids: wanted.parent_ids.unwrap_or(before.parent_ids),
        identity_key_hash: wanted.identity_key_hash.unwrap_or(before.identity_key_hash),
    };
    meta.set_form(form);
    Ok(Json(form))
}
