//! `POST /{phone_number_id}/messages`: sends, and receipts of what was read (Meta, "Send messages" and "Mark messages
//! as read", 2026).

use crate::{
    call::Call,
    call_quota::{self, Purpose},
    fault::Fault,
    graph_error::GraphError,
    http::HangUp,
    ledger::Outcome,
    meta::Meta,
    nodes::{success, unsupported},
    numbering,
    send::{self, Send, Target},
    world::Accepted,
};
use axum::{
    Json,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde_json::{Value, json};
use std::{future, sync::Arc};

/// Answers a call of the edge, or leaves it without an answer if a fault has it so.
pub(crate) async fn messages(meta: &Arc<Meta>, call: &Call, node: &str) -> Response {
    let (body, at_micros) = (&call.json, call.arrived_micros);
    if let Err(refusal) = check_call(meta, call, node) {
        meta.record(body, at_micros, Outcome::Refused { code: refusal.code() });
        return refusal.into_response();
    }
    if send::text_at(body, "/status") == Some("read") {
        return mark_as_read(meta, body).into_response();
    }
    let fault = meta.world().faults.pop_front();
    answer_send(meta, body, at_micros, fault).await
}

fn check_call(meta: &Meta, call: &Call, node: &str) -> Result<(), GraphError> {
    call.admit(meta)?;
    call_quota::count(meta, Purpose::Other)?;
    if node != meta.config.phone_number_id {
        return Err(unsupported(call, node));
    }
    Ok(())
}

async fn answer_send(meta: &Arc<Meta>, body: &Value, at_micros: u64, fault: Option<Fault>) -> Response {
    let lost = |fault: &Fault| meta.record(body, at_micros, Outcome::Lost { fault: fault.name() });
    match &fault {
        Some(fault @ Fault::Hang) => {
            lost(fault);
            return future::pending().await;
        }
        Some(fault @ Fault::Html) => {
            lost(fault);
            return Html("<!DOCTYPE html><title>Welcome</title><p>Sign in to use this network.</p>").into_response();
        }
        Some(fault @ Fault::Redirect) => {
            lost(fault);
            let elsewhere = format!("{}/_sim/redirected", meta.graph_url);
            return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, elsewhere)]).into_response();
        }
        Some(Fault::Error { http, code, message }) => {
            meta.record(body, at_micros, Outcome::Refused { code: *code });
            return GraphError::made_up(*http, *code, message).into_response();
        }
        Some(Fault::AcceptThenHang | Fault::AcceptThenDrop | Fault::AcceptThen500 | Fault::FailLater { .. }) | None => {
        }
    }
    let (send, accepted) = match meta.judge(body, at_micros) {
        Ok(verdict) => verdict,
        Err(refusal) => return refusal.into_response(),
    };
    meta.send_on(&send, &accepted, fault.as_ref());
    match fault {
        Some(Fault::AcceptThenHang) => future::pending().await,
        Some(Fault::AcceptThenDrop) => {
            let mut response = Response::default();
            response.extensions_mut().insert(HangUp);
            response
        }
        Some(Fault::AcceptThen500) => GraphError::internal().into_response(),
        _ => Json(acceptance(&send, &accepted)).into_response(),
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
