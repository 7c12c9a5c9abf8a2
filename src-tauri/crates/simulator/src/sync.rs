//! `POST /{phone_number_id}/smb_app_data`: asks the phone for its contacts or its chats (Meta, "Onboarding business
//! app users", 2026). The answer comes in webhooks.

use crate::{
    call::Call,
    graph_error::GraphError,
    history::History,
    meta::Meta,
    nodes::{Answer, unsupported},
    number_state::HistorySharing,
    numbering,
};
use axum::http::Method;
use serde_json::{Value, json};
use std::{mem, sync::Arc, time::Duration};
use tokio::time;

/// So many people are in one webhook of contacts; they have about 0.2 MB.
const CONTACTS_A_POST: usize = 1000;

/// So many webhooks of a sync are on their way at once; more wait, so that a large one needs little memory.
const ON_THEIR_WAY: usize = 16;

/// Answers at once and brings the webhooks in the background.
pub(crate) fn smb_app_data(meta: &Arc<Meta>, call: &Call) -> Answer {
    if call.method != Method::POST {
        return Err(unsupported(call, &meta.config.phone_number_id));
    }
    if call.text("messaging_product") != Some("whatsapp") {
        return Err(GraphError::required("messaging_product"));
    }
    let sync_type = call.required("sync_type")?;
    if !["smb_app_state_sync", "history"].contains(&sync_type) {
        return Err(GraphError::parameter(
            "Param sync_type must be one of {SMB_APP_STATE_SYNC, HISTORY}.",
        ));
    }
    let (history, sharing) = {
        let mut world = meta.world();
        world.number.use_sync(sync_type, numbering::unix_seconds())?;
        (History::of(&meta.config, &world.number), world.number.sharing)
    };
    if sync_type == "history" {
        match sharing {
            HistorySharing::Empty => {}
            HistorySharing::Declined => meta
                .courier
                .deliver(&meta.sender().of_number("history", json!({"history": [declined()]}))),
            HistorySharing::Shared => {
                meta.world().recall(&history);
                in_background(meta, tell_chats(Arc::clone(meta), history));
            }
        }
    } else {
        in_background(meta, tell_contacts(Arc::clone(meta), history));
    }
    let request_id = numbering::request_id(&meta.streams.requests);
    Ok(json!({"messaging_product": "whatsapp", "request_id": request_id}))
}

/// Does `work` until it is done or the simulator stops.
fn in_background(meta: &Meta, work: impl Future<Output = ()> + Send + 'static) {
    let cancel = meta.cancel.clone();
    meta.tracker
        .spawn(async move { cancel.run_until_cancelled(work).await });
}

async fn tell_chats(meta: Arc<Meta>, history: History) {
    for chunk in history.chunks() {
        let told = history.tell(chunk);
        for value in told.before.into_iter().chain([told.chunk]).chain(told.after) {
            bring(&meta, "history", value).await;
        }
    }
}

async fn tell_contacts(meta: Arc<Meta>, history: History) {
    let mut items = history.known_contacts(&meta.world());
    for place in 0..history.people() {
        items.extend(history.contact(place, &meta.world()));
        if items.len() >= CONTACTS_A_POST {
            bring_contacts(&meta, &mut items).await;
        }
    }
    while !items.is_empty() {
        bring_contacts(&meta, &mut items).await;
    }
}

/// Brings the first of `items`, as many as go into one webhook.
async fn bring_contacts(meta: &Meta, items: &mut Vec<Value>) {
    let rest = items.split_off(items.len().min(CONTACTS_A_POST));
    let first = mem::replace(items, rest);
    bring(meta, "smb_app_state_sync", json!({"state_sync": first})).await;
}

/// Brings a webhook once not too many are on their way, wherever they go.
async fn bring(meta: &Meta, field: &str, value: Value) {
    while meta.courier.undelivered() >= ON_THEIR_WAY {
        time::sleep(Duration::from_millis(2)).await;
    }
    meta.courier.deliver(&meta.sender().of_number(field, value));
}

fn declined() -> Value {
    let title = "History sync is turned off by the business from the WhatsApp Business App";
    json!({"errors": [{
        "code": 2_593_109, "title": title, "message": title,
        "error_data": {"details": "History sharing is turned off by the business"},
    }]})
}
