//! `POST /{phone_number_id}/messages`: sends, and receipts of what was read (Meta, "Send messages" and "Mark messages
//! as read", 2026).

use crate::{
    call::Call,
    call_quota::{self, Purpose},
    fault::{self, Fault},
    faults::Asked,
    graph_error::GraphError,
    ledger::Outcome,
    meta::Meta,
    nodes::{success, unsupported},
    numbering,
    send::{self, Send, Target},
    world::Accepted,
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Answers a call of the edge, or leaves it without an answer if a fault has it so.
pub(crate) async fn messages(meta: &Arc<Meta>, call: &Call, node: &str) -> Response {
    let (body, at_micros) = (&call.json, call.arrived_micros);
    if let Err(refusal) = check_call(meta, call, node) {
        meta.record(body, at_micros, Outcome::Refused { code: refusal.code() });
        return refusal.into_response();
    }
    if send::text_at(body, "/status") == Some("read") {
        let fault = meta.fault_of(&call.path, Asked::Receipt);
        let receipt = async { mark_as_read(meta, body).into_response() };
        return fault::answered(fault.as_ref(), meta, receipt).await;
    }
    let fault = meta.fault_of(&call.path, Asked::Send);
    if let Some(fault) = fault.as_ref().filter(|fault| fault.comes_first()) {
        meta.record(body, at_micros, fault.outcome());
    }
    let send = async { answer_send(meta, body, at_micros, fault.as_ref()) };
    fault::answered(fault.as_ref(), meta, send).await
}

fn check_call(meta: &Meta, call: &Call, node: &str) -> Result<(), GraphError> {
    call.admit(meta)?;
    call_quota::count(meta, Purpose::Other)?;
    if node != meta.config.phone_number_id {
        return Err(unsupported(call, node));
    }
    Ok(())
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
    let message = match accepted.message_status {
        Some(status) => json!({"id": accepted.wamid, "message_status": status}),
        None => json!({"id": accepted.wamid}),
    };
    json!({"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]})
}

fn mark_as_read(meta: &Meta, body: &Value) -> Result<Json<Value>, GraphError> {
    if send::text_at(body, "/messaging_product") != Some("whatsapp") {
        return Err(GraphError::required("messaging_product"));
    }
    let wamid = send::text_at(body, "/message_id").ok_or_else(|| GraphError::required("message_id"))?;
    let is_typing = body.get("typing_indicator").is_some();
    if is_typing && send::text_at(body, "/typing_indicator/type") != Some("text") {
        return Err(GraphError::parameter("typing_indicator.type must be text"));
    }
    meta.world().mark_as_read(wamid, is_typing, numbering::unix_seconds())?;
    Ok(Json(success()))
}
