//! What is written, by customers and on the phone, and who is told of it.

use crate::{
    beside::Beside,
    chats::Side,
    config::Throughput,
    customer::{Customer, CustomerMessage},
    meta::Meta,
    numbering,
    stream::Stream,
    webhook::PhoneAct,
};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::time;

/// Meta's code of a message the Cloud API cannot read.
const UNAVAILABLE: i64 = 131_060;

impl Meta {
    /// A customer wrote, `ago` before now: opens the window from then on and tells the business. Gives the message id.
    pub fn customer_wrote(&self, customer: &Customer, message: &CustomerMessage, ago: Duration) -> String {
        self.customer_wrote_beside(customer, message, &Beside::default(), ago)
    }

    /// Like [`Self::customer_wrote`], with siblings of the message's body.
    pub fn customer_wrote_beside(
        &self,
        customer: &Customer,
        message: &CustomerMessage,
        beside: &Beside,
        ago: Duration,
    ) -> String {
        let at = beside
            .timestamp
            .unwrap_or_else(|| numbering::unix_seconds().saturating_sub(ago.as_secs()));
        let (wamid, webhook) = {
            let mut world = self.world();
            if self.config.throughput == Throughput::SentAndReceived {
                world.count_received(self.now_micros());
            }
            let message = &world.library.delivered(message, numbering::unix_seconds());
            let opens_window = message.opens_window() && world.opens_windows(at);
            let person = world.meet(customer);
            if opens_window {
                person.last_wrote_at = person.last_wrote_at.max(Some(at));
            }
            let wamid = given_or_new(beside, &self.streams.received, person.wa_id.as_deref());
            let mut webhook = self.sender().customer_message(person, &wamid, message, at);
            beside.put_into(&mut webhook);
            let (user_id, is_elsewhere) = (person.user_id.clone(), person.is_with_another_app);
            if let Some(item) = webhook.pointer("/entry/0/changes/0/value/messages/0")
                && !is_ghost(item)
                && world.chats.find(&wamid).is_none()
            {
                world.chats.take(&user_id, Side::Customer, item, true);
            }
            redirect(&mut webhook, is_elsewhere);
            (wamid, webhook)
        };
        self.tell(&webhook);
        wamid
    }

    /// A message comes twice with one id: first as one the Cloud API cannot read, and `after` that as it is. Gives the
    /// id.
    pub fn customer_ghosts(
        self: &Arc<Self>,
        customer: Customer,
        message: CustomerMessage,
        beside: Beside,
        after: Duration,
    ) -> String {
        let ghost = CustomerMessage::Raw {
            type_name: "unsupported".to_owned(),
            body: json!({"type": "unavailable"}),
        };
        let only_id = Beside {
            id: beside.id.clone(),
            ..Beside::default()
        };
        let wamid = self.customer_wrote_beside(&customer, &ghost, &only_id, Duration::ZERO);
        let beside = Beside {
            id: Some(wamid.clone()),
            ..beside
        };
        let meta = Arc::clone(self);
        self.tracker.spawn(async move {
            if meta.cancel.run_until_cancelled(time::sleep(after)).await.is_some() {
                meta.customer_wrote_beside(&customer, &message, &beside, Duration::ZERO);
            }
        });
        wamid
    }

    /// Someone wrote on the phone, `ago` before now. Opens no window and has no statuses. Gives the message id.
    pub fn phone_wrote(&self, to: &Customer, text: &str, ago: Duration) -> String {
        let body = json!({"body": text});
        self.phone_did(
            to,
            &PhoneAct {
                kind: "text".to_owned(),
                body,
                quotes: None,
            },
            ago,
        )
    }

    /// Something was done on the phone in the chat with `to`, `ago` before now. Gives the id of the message or event.
    pub fn phone_did(&self, to: &Customer, act: &PhoneAct, ago: Duration) -> String {
        self.phone_did_beside(to, act, &Beside::default(), ago)
    }

    /// Like [`Self::phone_did`], with siblings of the message's body.
    pub fn phone_did_beside(&self, to: &Customer, act: &PhoneAct, beside: &Beside, ago: Duration) -> String {
        let at = beside
            .timestamp
            .unwrap_or_else(|| numbering::unix_seconds().saturating_sub(ago.as_secs()));
        let (wamid, webhook) = {
            let mut world = self.world();
            let completed = world.library.completed(&act.kind, &act.body, numbering::unix_seconds());
            let act = &PhoneAct {
                body: completed.unwrap_or_else(|| act.body.clone()),
                ..act.clone()
            };
            let person = world.meet(to);
            let wamid = given_or_new(beside, &self.streams.echoed, person.wa_id.as_deref());
            let mut webhook = self.sender().echo(person, &wamid, act, at);
            beside.put_into(&mut webhook);
            let (user_id, arrives) = (person.user_id.clone(), person.is_reachable());
            let is_elsewhere = person.is_with_another_app;
            if let Some(item) = webhook.pointer("/entry/0/changes/0/value/message_echoes/0")
                && world.chats.find(&wamid).is_none()
            {
                world.chats.take(&user_id, Side::Phone, item, arrives);
            }
            redirect(&mut webhook, is_elsewhere);
            (wamid, webhook)
        };
        self.tell(&webhook);
        wamid
    }

    /// Brings a webhook about messages, unless the number has left the Cloud API. Gives its number if it is told.
    pub fn tell(&self, webhook: &Value) -> Option<u64> {
        let is_up = self.world().connection.is_up();
        is_up.then(|| self.courier.deliver_numbered(webhook)).flatten()
    }
}

/// Puts what is told of a chat that another app has under the field `standby` (Meta, changelog of the Cloud API, Aug
/// 2026).
pub(crate) fn redirect(webhook: &mut Value, is_with_another_app: bool) {
    if let Some(field) = webhook
        .pointer_mut("/entry/0/changes/0/field")
        .filter(|_| is_with_another_app)
    {
        *field = json!("standby");
    }
}

fn given_or_new(beside: &Beside, stream: &Stream, wa_id: Option<&str>) -> String {
    beside.id.clone().unwrap_or_else(|| numbering::wamid(stream, wa_id))
}

/// Whether the message may still come as it is.
fn is_ghost(item: &Value) -> bool {
    item.pointer("/errors/0/code").and_then(Value::as_i64) == Some(UNAVAILABLE)
}
