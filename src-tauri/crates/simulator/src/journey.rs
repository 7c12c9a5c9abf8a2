//! The way of an accepted message to the customer, told by statuses (Meta, "Status messages webhook", 2026).

use crate::{
    chats::ChatMessage,
    fault::Fault,
    graph_error::codes,
    ledger::LedgerStep,
    meta::{Arrived, Meta},
    numbering,
    send::Send,
    templates::ACCEPTED,
    webhook::{Status, StatusSubject},
    world::Accepted,
    writing::redirect,
};
use std::{sync::Arc, time::Duration};
use tokio::time;

impl Meta {
    /// Lets an accepted message travel: its statuses follow, and a living customer may react. What Meta holds back for
    /// its template waits; what cannot arrive fails, as it does with [`Fault::FailLater`].
    pub fn send_on(self: &Arc<Self>, send: &Send, accepted: &Accepted, fault: Option<&Fault>) {
        if accepted.message_status.is_some_and(|status| status != ACCEPTED) {
            let released = Accepted {
                message_status: Some(ACCEPTED),
                ..accepted.clone()
            };
            self.world().hold(send.clone(), released);
            return;
        }
        if !send.is_template() {
            self.take_control(&accepted.user_id);
        }
        let steps = self.steps(send, accepted, fault);
        if !matches!(steps.first(), Some((_, Status::Failed { .. }))) {
            let arrived = Arrived {
                user_id: accepted.user_id.clone(),
                wamid: accepted.wamid.clone(),
            };
            // Full or closed: nobody reacts, see `new`.
            let _ = self.arrivals.try_send(arrived);
        }
        let subject = StatusSubject::of(send, accepted);
        let meta = Arc::clone(self);
        let user_id = accepted.user_id.clone();
        self.tracker.spawn(async move {
            meta.cancel
                .run_until_cancelled(meta.tell_statuses(&user_id, &subject, steps))
                .await;
        });
    }

    /// What is going to happen to it, each step so long after the one before.
    fn steps(&self, send: &Send, accepted: &Accepted, fault: Option<&Fault>) -> Vec<(Option<Duration>, Status)> {
        let delays = self.config.status_delays;
        let world = self.world();
        let person = world.person(&accepted.user_id);
        let is_blocked = person.is_some_and(|person| person.blocks_business);
        if let Some(failed) = failure(is_blocked, accepted, fault) {
            return vec![(delays.sent, failed)];
        }
        let mut steps = vec![(delays.sent, Status::Sent)];
        // Of a reaction only `sent` is ever told (Meta, "Reaction messages", 2026).
        if send.kind == "reaction" {
            return steps;
        }
        let read = delays
            .read
            .filter(|_| person.is_some_and(|person| person.shows_reading));
        if fault != Some(&Fault::SkipDelivered) {
            steps.push((delays.delivered, Status::Delivered));
        }
        steps.push((read, Status::Read));
        let is_voice = |(_, message): (&str, &ChatMessage)| message.is_voice();
        if world.chats.find(&accepted.wamid).is_some_and(is_voice) {
            steps.push((read, Status::Played));
        }
        steps
    }

    async fn tell_statuses(&self, user_id: &str, subject: &StatusSubject, steps: Vec<(Option<Duration>, Status)>) {
        for (delay, status) in steps {
            let Some(delay) = delay else {
                return;
            };
            time::sleep(delay).await;
            match status {
                Status::Delivered => self.until_online(user_id).await,
                Status::Read | Status::Played if !self.reads_alone(user_id) => return,
                Status::Read | Status::Played => self.until_online(user_id).await,
                Status::Sent | Status::Failed { .. } => {}
            }
            self.tell_status(user_id, subject, &status);
        }
    }

    /// Tells how far a message came, unless it is known to have come as far before.
    pub fn tell_status(&self, user_id: &str, subject: &StatusSubject, status: &Status) {
        let at = numbering::unix_seconds();
        let webhook = {
            let mut world = self.world();
            if !world.chats.progress(&subject.wamid, status.tick()) {
                return;
            }
            world.person(user_id).map(|person| {
                let mut webhook = self.sender().status(person, subject, status, at);
                redirect(&mut webhook, person.is_with_another_app);
                webhook
            })
        };
        let at_micros = self.now_micros();
        let told = webhook.and_then(|webhook| self.tell(&webhook));
        let step = LedgerStep {
            status: status.name(),
            code: status.code(),
            at_micros,
            webhook: told,
            answered_at_micros: None,
        };
        self.world().ledger.step(&subject.wamid, step);
    }

    /// Waits until that customer's phone is on.
    async fn until_online(&self, user_id: &str) {
        // Subscribed before looking, so that no change is missed.
        let mut presence = self.presence.subscribe();
        while self.world().person(user_id).is_some_and(|person| person.is_offline) {
            if presence.changed().await.is_err() {
                return;
            }
        }
    }

    fn reads_alone(&self, user_id: &str) -> bool {
        self.world().person(user_id).is_some_and(|person| person.reads_alone)
    }
}

/// Why an accepted message does not arrive.
fn failure(is_blocked: bool, accepted: &Accepted, fault: Option<&Fault>) -> Option<Status> {
    let (code, title) = match fault {
        _ if is_blocked => (131_026, ""),
        Some(Fault::FailLater { code, title }) => (*code, title.as_str()),
        _ => (accepted.failure?, ""),
    };
    let title = if title.is_empty() { codes::title(code) } else { title };
    Some(Status::Failed {
        code,
        title: title.to_owned(),
    })
}
