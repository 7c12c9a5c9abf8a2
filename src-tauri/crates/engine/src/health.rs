//! How a number is, by evidence, and what the team sets for it.

use crate::{
    Engine, clock,
    requests::{Answer, internal},
};
use twinbox_domain::{Millis, NumberId, delay_quantile_ms};
use twinbox_protocol::{
    ApiError, ArrivalsView, DelayView, ErrorCode, HIGHEST_CAP, HealthView, LONGEST_NUMBER_NAME, NoticeView, SetNumber,
};
use twinbox_store::{Arrivals, Evidence, Notice, NumberSetup};

/// The newest of what WhatsApp told: what is older has passed.
const NOTICES: u32 = 10;

impl Engine {
    pub(crate) async fn health(&self, number: NumberId) -> Answer<HealthView> {
        let store = &self.inner.store;
        let numbers = store.numbers().await.map_err(internal)?;
        if !numbers.iter().any(|known| known.id == number) {
            return Err(no_number());
        }
        let evidence = store.evidence(number.clone(), clock::now()).await.map_err(internal)?;
        let refused_signatures = store.counts().await.map_err(internal)?.refused_signatures;
        let answered = store.probe(number.clone()).await.map_err(internal)?;
        let connection = store.number_connection(number.clone()).await.map_err(internal)?;
        let notices = store.notices(number.clone(), NOTICES).await.map_err(internal)?;
        let callback_is_elsewhere = self.is_callback_elsewhere().await?;
        let last = evidence.last;
        Ok(HealthView {
            number,
            from: evidence.from,
            messages: arrivals(last.message_at, &evidence.messages),
            phone: arrivals(last.phone_at, &evidence.phone),
            statuses: arrivals(last.status_at, &evidence.statuses),
            delay: delay(&evidence),
            refused_signatures,
            token_is_valid: answered.as_ref().map(|answered| answered.probe.token_is_valid),
            token_expires_at: connection.and_then(|connection| connection.token_expires_at),
            asked_at: answered.as_ref().map(|answered| answered.probe.asked_at),
            missing_fields: answered.and_then(|answered| answered.missing_fields),
            callback_is_elsewhere,
            notices: notices.into_iter().map(notice).collect(),
        })
    }

    pub(crate) async fn set_number(&self, call: SetNumber) -> Answer<()> {
        let name = call.name.trim().to_owned();
        if name.chars().count() > LONGEST_NUMBER_NAME {
            let message = format!("The name of a number has at most {LONGEST_NUMBER_NAME} characters.");
            return Err(ApiError::new(ErrorCode::Invalid, message));
        }
        if name.chars().any(char::is_control) {
            return Err(ApiError::new(ErrorCode::Invalid, "The name of a number is one line."));
        }
        if !(1..=HIGHEST_CAP).contains(&call.cap_per_second) {
            let message = format!("A number sends 1 to {HIGHEST_CAP} messages a second.");
            return Err(ApiError::new(ErrorCode::Invalid, message));
        }
        // Its sender asks for the cap with each message.
        let store = &self.inner.store;
        let setup = NumberSetup {
            name,
            cap_per_second: call.cap_per_second,
            counts_received: call.counts_received,
            tells_read: call.tells_read,
        };
        let known = store.set_up_number(call.number, setup).await;
        if known.map_err(internal)? {
            Ok(())
        } else {
            Err(no_number())
        }
    }
}

fn notice(Notice { at, told, .. }: Notice) -> NoticeView {
    NoticeView { at, told }
}

fn arrivals(last_at: Option<Millis>, slots: &Arrivals) -> ArrivalsView {
    ArrivalsView {
        last_at,
        slots: slots.to_vec(),
    }
}

fn delay(evidence: &Evidence) -> Option<DelayView> {
    let worst_ms = evidence.longest.iter().copied().flatten().max()?;
    // What is told of a bucket may be longer than all that is in it.
    let quantile = |share| Some(delay_quantile_ms(&evidence.delays, share)?.min(worst_ms));
    Some(DelayView {
        median_ms: quantile(0.5)?,
        p95_ms: quantile(0.95)?,
        worst_ms,
        worst_slots: evidence.longest.to_vec(),
    })
}

fn no_number() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "This number is not known here.")
}
