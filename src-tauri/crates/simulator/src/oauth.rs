//! `oauth/access_token`, `oauth/revoke` and `debug_token`, with or without a version before them (Meta, "Access
//! tokens", 2026).

use crate::{app, call::Call, graph_error::GraphError, meta::Meta, numbering};
use axum::{
    Json, Router,
    extract::{Request, State},
    routing::{any, get},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// What every call here answers.
type Answer = Result<Json<Value>, GraphError>;

/// The routes of a login.
pub(crate) fn routes() -> Router<Arc<Meta>> {
    Router::new()
        .route("/oauth/access_token", any(access_token))
        .route("/{version}/oauth/access_token", any(access_token))
        .route("/oauth/revoke", get(revoke))
        .route("/{version}/oauth/revoke", get(revoke))
        .route("/debug_token", get(debug_token))
        .route("/{version}/debug_token", get(debug_token))
}

async fn access_token(State(meta): State<Arc<Meta>>, request: Request) -> Answer {
    let call = Call::read(request).await;
    check_client(&meta, &call)?;
    let now = numbering::unix_seconds();
    let granted = match call.text("grant_type") {
        Some("client_credentials") => {
            return Ok(Json(json!({"access_token": app::token(&meta), "token_type": "bearer"})));
        }
        Some("fb_exchange_token") => {
            let token = call.required("fb_exchange_token")?;
            meta.world().logins.exchange(token, now)
        }
        None | Some("authorization_code") => {
            let code = call.required("code")?;
            meta.world().logins.redeem(code, call.text("redirect_uri"), now)
        }
        Some(other) => Err(GraphError::oauth(format!("Unsupported grant_type: {other}"), None)),
    }?;
    Ok(Json(granted.answer()))
}

async fn revoke(State(meta): State<Arc<Meta>>, request: Request) -> Answer {
    let call = Call::read(request).await;
    check_client(&meta, &call)?;
    call.admit(&meta)?;
    let token = call.required("revoke_token")?;
    let success = meta.world().logins.revoke(token);
    Ok(Json(json!({"success": success})))
}

async fn debug_token(State(meta): State<Arc<Meta>>, request: Request) -> Answer {
    let call = Call::read(request).await;
    let (app_id, app_token) = (&meta.config.app_id, app::token(&meta));
    if call.proven_token(&meta)? != app_token {
        call.admit(&meta)?;
    }
    let input = call.required("input_token")?;
    let now = numbering::unix_seconds();
    let described = meta.world().logins.describe(input, app_id, &app_token, now);
    Ok(Json(json!({"data": described})))
}

fn check_client(meta: &Meta, call: &Call) -> Result<(), GraphError> {
    if call.required("client_id")? != meta.config.app_id {
        return Err(GraphError::application());
    }
    if call.required("client_secret")? != meta.config.app_secret {
        return Err(GraphError::client_secret());
    }
    Ok(())
}
