//! The steps of embedded signup, for the dialog at `/vN.N/dialog/oauth`, for the phone's page and for scripts.
//!
//! | route | body | what happens |
//! |---|---|---|
//! | `POST /_sim/signup/number` | `number`; `obstacle`: `country`, `version`, `elsewhere`, `activity` | gives the `access_code` to show, or why not |
//! | `POST /_sim/phone/connect` | `code`, `share` | the phone confirms, with or without its chats |
//! | `POST /_sim/signup/cancel` | | the phone or the dialog ends it |
//! | `POST /_sim/signup/finish` | `redirect_uri`, `state`, `lifetime`: `endless` or `sixty_days` | onboards; gives the `code` and the `location` with it (null without `redirect_uri`, as in the popup and the hosted form) |
//! | `GET /_sim/signup` | | the `step`: `none`, `waits_for_phone`, `confirmed`, `cancelled`; the `access_code` while it is shown |
//! | `GET /_sim/signup/qr.svg` | | that code, for a camera |

use super::{Refusal, read};
use crate::{
    logins::Lifetime,
    meta::Meta,
    qr,
    signup::{Obstacle, SignupRefusal},
};
use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Number {
    number: String,
    obstacle: Option<Obstacle>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Connects {
    code: String,
    share: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Finish {
    redirect_uri: Option<String>,
    #[serde(default)]
    state: String,
    #[serde(default)]
    lifetime: TokenLifetime,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TokenLifetime {
    #[default]
    SixtyDays,
    Endless,
}

/// The routes.
pub(super) fn routes() -> Router<Arc<Meta>> {
    Router::new()
        .route("/_sim/signup", get(step))
        .route("/_sim/signup/qr.svg", get(qr_code))
        .route("/_sim/signup/number", post(number))
        .route("/_sim/signup/cancel", post(cancel))
        .route("/_sim/signup/finish", post(finish))
        .route("/_sim/phone/connect", post(connect))
}

async fn step(State(meta): State<Arc<Meta>>) -> Json<Value> {
    let world = meta.world();
    Json(json!({
        "step": world.signup.step,
        "access_code": world.signup.shown_code(),
        "app_id": meta.config.app_id,
        "waba_id": meta.config.waba_id,
        "display_phone_number": meta.config.display_phone_number,
    }))
}

async fn qr_code(State(meta): State<Arc<Meta>>) -> Response {
    let drawn = meta.world().signup.shown_code().and_then(qr::svg);
    let head = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    drawn.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |svg| (head, svg).into_response(),
    )
}

async fn number(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let Number { number, obstacle } = read(&body)?;
    let access_code = meta.signup_number(&number, obstacle).map_err(sentence)?;
    Ok(Json(json!({"access_code": access_code})))
}

async fn connect(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let Connects { code, share } = read(&body)?;
    meta.signup_confirm(&code, share).map_err(sentence)?;
    Ok(Json(json!({})))
}

async fn cancel(State(meta): State<Arc<Meta>>) -> Json<Value> {
    meta.signup_cancel();
    Json(json!({}))
}

async fn finish(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let Finish {
        redirect_uri,
        state,
        lifetime,
    } = read(&body)?;
    let lifetime = match lifetime {
        TokenLifetime::SixtyDays => Lifetime::SixtyDays,
        TokenLifetime::Endless => Lifetime::Endless,
    };
    let finished = meta
        .signup_finish(redirect_uri.as_deref(), &state, lifetime)
        .map_err(sentence)?;
    Ok(Json(json!(finished)))
}

fn sentence(reason: SignupRefusal) -> Refusal {
    (StatusCode::CONFLICT, format!("{reason}\n"))
}
