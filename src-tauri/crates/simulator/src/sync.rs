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
use std::{sync::Arc, time::Duration};
use tokio::time;

/// So many webhooks of a history are on their way at once; more wait, so that a large history needs little memory.
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
    meta.world().number.use_sync(sync_type, numbering::unix_seconds())?;
    let history = History::of(meta);
    if sync_type == "history" {
        tell_history(meta, history);
    } else {
        let contacts = history.contacts(&meta.world());
        if !contacts.is_empty() {
            meta.courier.deliver(
                &meta
                    .sender()
                    .of_number("smb_app_state_sync", json!({"state_sync": contacts})),
            );
        }
    }
    let request_id = numbering::secret(32);
    Ok(json!({"messaging_product": "whatsapp", "request_id": request_id}))
}

fn tell_history(meta: &Arc<Meta>, history: History) {
    let sharing = meta.world().number.sharing;
    match sharing {
        HistorySharing::Empty => {}
        HistorySharing::Declined => meta
            .courier
            .deliver(&meta.sender().of_number("history", json!({"history": [declined()]}))),
        HistorySharing::Shared => {
            let meta = Arc::clone(meta);
            meta.tracker.clone().spawn(async move {
                let cancel = meta.cancel.clone();
                cancel.run_until_cancelled(tell_chats(&meta, &history)).await;
            });
        }
    }
}

async fn tell_chats(meta: &Meta, history: &History) {
    for chunk in history.chunks() {
        let told = history.tell(chunk, &mut meta.world());
        for value in told.before.into_iter().chain([told.chunk]).chain(told.after) {
            meta.courier.deliver(&meta.sender().of_number("history", value));
        }
        while meta.courier.undelivered() >= ON_THEIR_WAY && !meta.courier.address().is_empty() {
            time::sleep(Duration::from_millis(2)).await;
        }
    }
}

fn declined() -> Value {
    let title = "History sync is turned off by the business from the WhatsApp Business App";
    json!({"errors": [{
        "code": 2_593_109, "title": title, "message": title,
        "error_data": {"details": "History sharing is turned off by the business"},
    }]})
}
