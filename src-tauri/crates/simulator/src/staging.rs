//! `/_sim/…` for what Meta's side does by itself.
//!
//! | `POST` | body | what happens |
//! |---|---|---|
//! | `/_sim/code` | `redirect_uri`, `expires` (60 days), `ago_seconds` | gives a `code` of the login dialog |
//! | `/_sim/token` | `token`, `do`: `expire` or `revoke` | the token ends |
//! | `/_sim/onboard` | `history`: `shared`, `declined` or `empty`; `chats`, `messages` of each, `chunk_messages` at most a webhook; `ago_seconds` | the number is onboarded anew |
//! | `/_sim/template` | `id` or `name` + `language`, `status`, `reason` | a template is approved, paused, … and it is told; `held` or `delivery_paused`: its sends wait, untold, for what comes next |
//! | `/_sim/webhook_event` | `field`, `value`, `entry_id` | any webhook; what it tells of the standing of the number or the account, or of a template's quality, holds from then on |
//! | `/_sim/event` | `kind`, one of [`KINDS`](crate::samples::KINDS) | Meta's sample of such a webhook, heeded just so |

use crate::{
    control::{Refusal, read, refusal},
    history::HistorySize,
    logins::Lifetime,
    meta::Meta,
    number_state::HistorySharing,
    numbering, samples, template_calls,
};
use axum::{Json, Router, body::Bytes, extract::State, routing::post};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

type Answer = Result<Json<Value>, Refusal>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeWanted {
    redirect_uri: Option<String>,
    #[serde(default)]
    expires: bool,
    #[serde(default)]
    ago_seconds: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenEnd {
    token: String,
    #[serde(rename = "do")]
    end: End,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum End {
    Expire,
    Revoke,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Onboarding {
    #[serde(default)]
    history: HistorySharing,
    chats: Option<u32>,
    messages: Option<u32>,
    chunk_messages: Option<u32>,
    #[serde(default)]
    ago_seconds: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    id: Option<String>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    language: String,
    status: String,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnyEvent {
    field: String,
    value: Value,
    entry_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleEvent {
    kind: String,
}

/// The routes.
pub(crate) fn routes() -> Router<Arc<Meta>> {
    Router::new()
        .route("/_sim/code", post(code))
        .route("/_sim/token", post(token))
        .route("/_sim/onboard", post(onboard))
        .route("/_sim/template", post(template))
        .route("/_sim/webhook_event", post(webhook_event))
        .route("/_sim/event", post(sample_event))
}

async fn code(State(meta): State<Arc<Meta>>, body: Bytes) -> Answer {
    let wanted: CodeWanted = read(&body)?;
    let lifetime = if wanted.expires {
        Lifetime::SixtyDays
    } else {
        Lifetime::Endless
    };
    let code = meta.mint_code(wanted.redirect_uri, lifetime, wanted.ago_seconds);
    Ok(Json(json!({"code": code})))
}

async fn token(State(meta): State<Arc<Meta>>, body: Bytes) -> Answer {
    let TokenEnd { token, end } = read(&body)?;
    let logins = &mut meta.world().logins;
    let is_known = match end {
        End::Expire => logins.expire(&token, numbering::unix_seconds()),
        End::Revoke => logins.revoke(&token),
    };
    if is_known {
        Ok(Json(json!({})))
    } else {
        Err(refusal("There is no such token."))
    }
}

async fn onboard(State(meta): State<Arc<Meta>>, body: Bytes) -> Answer {
    let wanted: Onboarding = read(&body)?;
    let mut world = meta.world();
    let at = numbering::unix_seconds().saturating_sub(wanted.ago_seconds);
    let history = world.number.history;
    let size = HistorySize {
        chats: wanted.chats.unwrap_or(history.chats),
        messages_each: wanted.messages.unwrap_or(history.messages_each),
        chunk_messages: wanted.chunk_messages.unwrap_or(history.chunk_messages),
    };
    size.check().map_err(|problem| refusal(&problem))?;
    world.onboard(at, wanted.history);
    world.number.history = size;
    Ok(Json(json!({"onboarded_at": at})))
}

async fn template(State(meta): State<Arc<Meta>>, body: Bytes) -> Answer {
    let wanted: Decision = read(&body)?;
    let named = || {
        let world = meta.world();
        let template = world.templates.named(&wanted.name, &wanted.language)?;
        Some(template.id.clone())
    };
    let id = wanted.id.clone().or_else(named);
    let reason = if wanted.reason.is_empty() {
        "NONE"
    } else {
        &wanted.reason
    };
    match id {
        Some(id) if template_calls::decide(&meta, &id, &wanted.status.to_uppercase(), reason) => {
            Ok(Json(json!({"id": id})))
        }
        _ => Err(refusal("There is no such template.")),
    }
}

async fn webhook_event(State(meta): State<Arc<Meta>>, body: Bytes) -> Answer {
    let AnyEvent { field, value, entry_id } = read(&body)?;
    let sender = meta.sender();
    let webhook = match entry_id {
        Some(entry_id) => sender.of_entry(&entry_id, &field, value),
        None => sender.of(&field, value),
    };
    meta.announce(&webhook);
    Ok(Json(json!({})))
}

async fn sample_event(State(meta): State<Arc<Meta>>, body: Bytes) -> Answer {
    let SampleEvent { kind } = read(&body)?;
    let webhook = samples::sample(&meta.sender(), &meta.streams, &kind).ok_or_else(|| {
        refusal(&format!(
            "There is no event of that kind, but {}.",
            samples::KINDS.join(", ")
        ))
    })?;
    meta.announce(&webhook);
    Ok(Json(json!({})))
}
