//! The front door of Graph: `/{node}` and `/{node}/{edge}`, with or without a version before them. Decides which node
//! an id names and hands the call on. Everything that has no route of its own ends here, in Graph's envelope.

use crate::{
    app, blocking,
    call::Call,
    call_quota::{self, Purpose},
    graph,
    graph_error::GraphError,
    media,
    meta::Meta,
    number, subscription, sync, template_calls,
};
use axum::{
    Json, Router,
    extract::{Request, State},
    http::Method,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// What a call answers.
pub(crate) type Answer = Result<Value, GraphError>;

/// The routes of nodes and edges; they also answer every other path.
pub(crate) fn routes() -> Router<Arc<Meta>> {
    Router::new().merge(call_quota::routes()).fallback(front_door)
}

/// What Graph answers where it only says that it worked.
pub(crate) fn success() -> Value {
    json!({"success": true})
}

/// A call's method is none of the node's or edge's.
pub(crate) fn unsupported(call: &Call, id: &str) -> GraphError {
    GraphError::unknown_object(&call.method.as_str().to_lowercase(), id)
}

async fn front_door(State(meta): State<Arc<Meta>>, request: Request) -> Response {
    let call = Call::read(request).await;
    let path = call.path.clone();
    let answer = match segments(&path).as_slice() {
        // Its faults can do more than answer.
        [id, "messages"] if call.method == Method::POST => return graph::messages(&meta, &call, id).await,
        ["me"] => call.admit(&meta).and_then(|()| app::me(&call)),
        [id] if is_id(id) => node(&meta, &call, id).await,
        [id, edge_name] if is_id(id) => edge(&meta, &call, id, edge_name).await,
        _ => Err(GraphError::unknown_path(&path)),
    };
    match answer {
        Ok(json) => Json(json).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// The parts of a path, without the version before them.
pub(crate) fn segments(path: &str) -> Vec<&str> {
    let mut segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    if segments.first().is_some_and(|segment| is_version(segment)) {
        segments.remove(0);
    }
    segments
}

/// Whether a path begins like `v25.0`.
fn is_version(segment: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    segment
        .strip_prefix('v')
        .and_then(|numbers| numbers.split_once('.'))
        .is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

/// Every node here is named by a number.
fn is_id(segment: &str) -> bool {
    segment.bytes().all(|byte| byte.is_ascii_digit())
}

async fn node(meta: &Arc<Meta>, call: &Call, id: &str) -> Answer {
    call.admit(meta)?;
    if meta.world().library.holds(id) {
        call_quota::count(meta, Purpose::Other)?;
        return media::medium_call(meta, call, id);
    }
    call_quota::count(meta, Purpose::Management)?;
    if id == meta.config.phone_number_id {
        number::number_call(meta, call).await
    } else if id == meta.config.waba_id {
        number::account_call(meta, call)
    } else if meta.world().templates.holds(id) {
        template_calls::template_call(meta, call, id)
    } else if app::is_business(id) {
        app::business_call(call, id)
    } else {
        Err(unsupported(call, id))
    }
}

async fn edge(meta: &Arc<Meta>, call: &Call, id: &str, edge: &str) -> Answer {
    if id == meta.config.app_id && edge == "subscriptions" {
        return app::subscriptions(meta, call).await;
    }
    call.admit(meta)?;
    let kind = match edge {
        "media" => Purpose::Other,
        _ => Purpose::Management,
    };
    call_quota::count(meta, kind)?;
    if id == meta.config.phone_number_id {
        edge_of_number(meta, call, edge)
    } else if id == meta.config.waba_id {
        match edge {
            "phone_numbers" if call.method == Method::GET => number::phone_numbers(meta, call, None),
            "subscribed_apps" => subscription::subscribed_apps(meta, call).await,
            "message_templates" => template_calls::message_templates(meta, call),
            _ => Err(unsupported(call, id)),
        }
    } else if edge == "phone_numbers" && meta.world().number.accounts_beside.contains_key(id) {
        number::phone_numbers(meta, call, Some(id))
    } else if app::is_business(id) {
        app::business_edge(meta, call, id, edge)
    } else {
        Err(unsupported(call, id))
    }
}

fn edge_of_number(meta: &Arc<Meta>, call: &Call, edge: &str) -> Answer {
    match edge {
        "smb_app_data" => {
            meta.world().check_connected()?;
            sync::smb_app_data(meta, call)
        }
        "register" => number::register(meta, call),
        "deregister" => number::deregister(call),
        "whatsapp_business_profile" => number::profile(call),
        "settings" => number::settings(meta, call),
        "block_users" => blocking::block_users(meta, call),
        "media" => media::upload(meta, call),
        _ => Err(unsupported(call, &meta.config.phone_number_id)),
    }
}
