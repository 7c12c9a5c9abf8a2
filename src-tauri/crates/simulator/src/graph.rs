//! `POST /vN.N/{phone_number_id}/messages` (Meta, "Send messages" and "Mark messages as read", 2026).

use crate::{
    call,
    fault::{self, Fault},
    faults::Asked,
    graph_error::GraphError,
    http::Arrival,
    ledger::Outcome,
    meta::Meta,
    nodes::is_version,
    send::{self, Send, Target},
    world::Accepted,
};
use axum::{
    Json, Router,
    body::{Body, to_bytes},
    extract::{Path, Request, State},
    http::{HeaderMap, Method, Uri},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Bodies beyond this are refused as unreadable.
const BODY_MAX_BYTES: usize = 1024 * 1024;

/// The Graph routes; they also answer every other path.
pub(crate) fn routes() -> Router<Arc<Meta>> {
    Router::new()
        .route("/{version}/{node}/messages", post(messages))
        .fallback(unknown)
}

async fn messages(
    State(meta): State<Arc<Meta>>,
    Path((version, phone_number_id)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    let at_micros = head
        .extensions
        .get()
        .map_or_else(|| meta.now_micros(), |Arrival(at_micros)| *at_micros);
    let body = body_json(body).await;
    if let Err(refusal) = check_call(&meta, &head.headers, &version, &phone_number_id) {
        meta.record(&body, at_micros, Outcome::Refused { code: refusal.code() });
        return refusal.into_response();
    }
    if send::text_at(&body, "/status") == Some("read") {
        let fault = meta.fault_of(head.uri.path(), Asked::Receipt);
        let receipt = async { mark_as_read(&meta, &body).into_response() };
        return fault::answered(fault.as_ref(), &meta, receipt).await;
    }
    let fault = meta.fault_of(head.uri.path(), Asked::Send);
    if let Some(fault) = fault.as_ref().filter(|fault| fault.comes_first()) {
        meta.record(&body, at_micros, fault.outcome());
    }
    let send = async { answer_send(&meta, &body, at_micros, fault.as_ref()) };
    fault::answered(fault.as_ref(), &meta, send).await
}

fn answer_send(meta: &Arc<Meta>, body: &Value, at_micros: u64, fault: Option<&Fault>) -> Response {
    match meta.judge(body, at_micros) {
        Ok((send, accepted)) => {
            meta.send_on(&send, &accepted, fault);
            Json(acceptance(&send, &accepted)).into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

fn acceptance(send: &Send, accepted: &Accepted) -> Value {
    let contact = match &send.target {
        Target::Phone { input, wa_id } => json!({"input": input, "wa_id": wa_id}),
        Target::UserId(user_id) => json!({"input": user_id, "user_id": user_id}),
    };
    let message = if send.is_template() {
        json!({"id": accepted.wamid, "message_status": "accepted"})
    } else {
        json!({"id": accepted.wamid})
    };
    json!({"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]})
}

fn mark_as_read(meta: &Meta, body: &Value) -> Result<Json<Value>, GraphError> {
    if send::text_at(body, "/messaging_product") != Some("whatsapp") {
        return Err(GraphError::required("messaging_product"));
    }
    let wamid = send::text_at(body, "/message_id").ok_or_else(|| GraphError::required("message_id"))?;
    if !wamid.starts_with("wamid.") {
        return Err(GraphError::value("Message id is not valid"));
    }
    if body.get("typing_indicator").is_some() && send::text_at(body, "/typing_indicator/type") != Some("text") {
        return Err(GraphError::parameter("typing_indicator.type must be text"));
    }
    let mut world = meta.world();
    world.read_receipts.push(wamid.to_owned());
    world.chats.read_up_to(wamid);
    Ok(Json(json!({"success": true})))
}

fn check_call(meta: &Meta, headers: &HeaderMap, version: &str, phone_number_id: &str) -> Result<(), GraphError> {
    if !is_version(version) {
        return Err(GraphError::unknown_path(&format!("/{version}")));
    }
    call::admit(meta, call::bearer(headers))?;
    if phone_number_id != meta.config.phone_number_id {
        return Err(GraphError::unknown_object("post", phone_number_id));
    }
    Ok(())
}

/// What is no JSON counts as an empty body: Graph then misses the parameters, too.
async fn body_json(body: Body) -> Value {
    let bytes = to_bytes(body, BODY_MAX_BYTES).await.unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or(Value::Null)
}

async fn unknown(State(meta): State<Arc<Meta>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let mut segments = uri.path().split('/').skip(1);
    let version = segments.next().unwrap_or_default();
    let object = segments.next().unwrap_or_default();
    match check_call(&meta, &headers, version, object) {
        Err(refusal) if refusal.code() != 100 => refusal.into_response(),
        _ => GraphError::unknown_object(&method.as_str().to_lowercase(), object).into_response(),
    }
}
