//! Every Graph call but sends: `/{version}/{node}` and `/{version}/{node}/{edge}`. Decides which node an id names and
//! hands the call on.

use crate::{
    blocking, call::Call, graph_error::GraphError, media, meta::Meta, number, subscription, sync, template_calls,
};
use axum::{
    Json, Router,
    extract::{Path, Request, State},
    http::Method,
    response::{IntoResponse, Response},
    routing::any,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// What a call answers.
pub(crate) type Answer = Result<Value, GraphError>;

/// The routes of nodes and edges.
pub(crate) fn routes() -> Router<Arc<Meta>> {
    Router::new()
        .route("/{version}/{node}", any(node))
        .route("/{version}/{node}/{edge}", any(edge))
}

/// Whether a path begins like `v25.0`.
pub(crate) fn is_version(segment: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    segment
        .strip_prefix('v')
        .and_then(|numbers| numbers.split_once('.'))
        .is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

/// What Graph answers where it only says that it worked.
pub(crate) fn success() -> Value {
    json!({"success": true})
}

/// A call's method is none of the node's or edge's.
pub(crate) fn unsupported(call: &Call, id: &str) -> GraphError {
    GraphError::unknown_object(&call.method.as_str().to_lowercase(), id)
}

async fn node(
    State(meta): State<Arc<Meta>>,
    Path((version, id)): Path<(String, String)>,
    request: Request,
) -> Response {
    let call = match admitted(&meta, &version, request).await {
        Ok(call) => call,
        Err(refusal) => return refusal.into_response(),
    };
    let answer = if id == meta.config.phone_number_id {
        number::number_call(&meta, &call).await
    } else if id == meta.config.waba_id {
        number::account_call(&meta, &call)
    } else if meta.world().library.holds(&id) {
        media::medium_call(&meta, &call, &id)
    } else if meta.world().templates.holds(&id) {
        template_calls::template_call(&meta, &call, &id)
    } else {
        Err(unsupported(&call, &id))
    };
    answered(answer)
}

async fn edge(
    State(meta): State<Arc<Meta>>,
    Path((version, id, edge)): Path<(String, String, String)>,
    request: Request,
) -> Response {
    let call = match admitted(&meta, &version, request).await {
        Ok(call) => call,
        Err(refusal) => return refusal.into_response(),
    };
    let answer = if id == meta.config.phone_number_id {
        match edge.as_str() {
            "smb_app_data" => sync::smb_app_data(&meta, &call),
            "register" => number::register(&meta, &call),
            "deregister" => number::deregister(&call),
            "whatsapp_business_profile" => number::profile(&call),
            "settings" => number::settings(&meta, &call),
            "block_users" => blocking::block_users(&meta, &call),
            "media" => media::upload(&meta, &call),
            _ => Err(unsupported(&call, &id)),
        }
    } else if id == meta.config.waba_id {
        match edge.as_str() {
            "phone_numbers" if call.method == Method::GET => number::phone_numbers(&meta, &call),
            "subscribed_apps" => subscription::subscribed_apps(&meta, &call).await,
            "message_templates" => template_calls::message_templates(&meta, &call),
            _ => Err(unsupported(&call, &id)),
        }
    } else {
        Err(unsupported(&call, &id))
    };
    answered(answer)
}

async fn admitted(meta: &Meta, version: &str, request: Request) -> Result<Call, GraphError> {
    if !is_version(version) {
        return Err(GraphError::unknown_path(&format!("/{version}")));
    }
    let (head, body) = request.into_parts();
    let call = Call::read(head, body).await;
    call.admit(meta)?;
    Ok(call)
}

fn answered(answer: Answer) -> Response {
    match answer {
        Ok(json) => Json(json).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}
