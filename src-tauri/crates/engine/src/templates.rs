//! The templates of the accounts: listed when a number is connected, when webhooks tell of one, every few hours, and when a
//! person asks.

use crate::{
    Engine, clock,
    requests::{Answer, internal, invalid},
};
use std::{error::Error, time::Duration};
use tokio_util::sync::CancellationToken;
use twinbox_domain::{NumberId, WabaId};
use twinbox_protocol::{ApiError, TemplateView, TemplatesView};
use twinbox_store::{Store, StoreError, TemplateItem};
use twinbox_whatsapp::{CallError, GraphClient};

use crate::clients::Clients;

/// Webhooks about templates come in bursts; Meta allows 200 such calls an hour (Meta, "About the platform", 2026).
const BETWEEN: Duration = Duration::from_secs(2);
/// Whether a list has grown old is looked at so often.
const LOOK: Duration = Duration::from_secs(15 * 60);
/// After Meta did not answer.
const AFTER_FAULT: Duration = Duration::from_secs(60);

/// Lists what is not listed yet, or not any more, until the stop.
pub(crate) async fn keep_listed(store: Store, clients: Clients, stop: CancellationToken) {
    let mut changed = store.last_seq();
    let mut connected = clients.changes();
    loop {
        changed.mark_unchanged();
        connected.mark_unchanged();
        let pause = match list_stale(&store, &clients).await {
            Ok(Listed::Nothing) => None,
            Ok(Listed::Some) => Some(BETWEEN),
            Ok(Listed::NotAll) => Some(AFTER_FAULT),
            Err(StoreError::Stopped) => return,
            Err(error) => {
                tracing::error!(error = &error as &dyn Error, "the templates to list cannot be read");
                Some(AFTER_FAULT)
            }
        };
        let next = async {
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => tokio::select! {
                    _ = changed.changed() => {}
                    _ = connected.changed() => {}
                    () = tokio::time::sleep(LOOK) => {}
                },
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = next => {}
        }
    }
}

enum Listed {
    Nothing,
    Some,
    NotAll,
}

async fn list_stale(store: &Store, clients: &Clients) -> Result<Listed, StoreError> {
    let mut listed = Listed::Nothing;
    for stale in store.stale_templates(clients.numbers(), clock::now()).await? {
        let Some(line) = clients.of(&stale.number) else {
            continue;
        };
        match list(store, &line.graph, stale.waba, stale.told).await {
            Ok(()) if matches!(listed, Listed::Nothing) => listed = Listed::Some,
            Ok(()) => {}
            Err(ListError::Store(error)) => return Err(error),
            Err(ListError::Call(error)) => {
                tracing::warn!(%error, number = %stale.number, "the templates of number {} are not listed", stale.number);
                listed = Listed::NotAll;
            }
        }
    }
    Ok(listed)
}

enum ListError {
    Store(StoreError),
    Call(CallError),
}

async fn list(store: &Store, graph: &GraphClient, waba: WabaId, told: i64) -> Result<(), ListError> {
    let asked_at = clock::now();
    let templates = graph.templates(waba.as_str()).await.map_err(ListError::Call)?;
    let templates = templates
        .into_iter()
        .map(|listed| TemplateItem {
            id: listed.id,
            name: listed.name,
            language: listed.language,
            status: listed.status,
            reason: listed.reason,
            quality: listed.quality,
            category: listed.category,
            parts: listed.parts,
        })
        .collect();
    let set = store.set_templates(waba, templates, asked_at, told).await;
    set.map_err(ListError::Store)
}

impl Engine {
    pub(crate) async fn templates(&self, number: NumberId) -> Answer<TemplatesView> {
        let list = self.inner.store.template_list(number).await.map_err(internal)?;
        Ok(TemplatesView {
            templates: list.templates.into_iter().map(view).collect(),
            listed_at: list.listed_at,
        })
    }

    pub(crate) async fn refresh_templates(&self, number: NumberId) -> Answer<TemplatesView> {
        let store = &self.inner.store;
        let account = store.account_of(number.clone()).await.map_err(internal)?;
        let (Some(waba), Some(line)) = (account, self.inner.clients.of(&number)) else {
            return Err(invalid("Twinbox cannot send from this number. Connect it first."));
        };
        match list(store, &line.graph, waba, 0).await {
            Ok(()) => self.templates(number).await,
            Err(ListError::Store(error)) => Err(internal(error)),
            Err(ListError::Call(error)) => {
                tracing::warn!(%error, %number, "the templates of number {number} are not listed");
                Err(ApiError::unavailable(
                    "Meta did not give the list of templates. Try again in a minute.",
                ))
            }
        }
    }
}

/// A template of an account that can be sent now.
pub(crate) async fn sendable(store: &Store, number: NumberId, name: &str, language: &str) -> Answer<TemplateItem> {
    let list = store.template_list(number).await.map_err(internal)?;
    let mut templates = list.templates.into_iter();
    let found = templates.find(|template| template.name == name && template.language == language);
    let template = found.ok_or_else(|| invalid("This template does not exist any more."))?;
    match blocked(&template) {
        None => Ok(template),
        Some(why) => Err(invalid(why)),
    }
}

fn view(template: TemplateItem) -> TemplateView {
    let blocked = blocked(&template).map(str::to_owned);
    TemplateView {
        name: template.name,
        language: template.language,
        category: template.category,
        status: template.status,
        parts: template.parts,
        blocked,
    }
}

/// Why a template cannot be sent now.
fn blocked(template: &TemplateItem) -> Option<&'static str> {
    match template.status.as_str() {
        "APPROVED" if template.parts.is_beyond => Some("Twinbox cannot send this kind of template yet."),
        "APPROVED" => None,
        "PENDING" | "IN_APPEAL" => Some("WhatsApp has not approved this template yet."),
        "PAUSED" => Some("WhatsApp has paused this template because of low quality."),
        "DISABLED" => Some("WhatsApp has disabled this template."),
        "REJECTED" => Some("WhatsApp has rejected this template."),
        _ => Some("This template cannot be sent now."),
    }
}
