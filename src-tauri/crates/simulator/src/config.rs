//! How one simulated Meta is set up.

use crate::{courier::Delivery, history::HistorySize};
use std::{net::SocketAddr, ops::RangeInclusive, time::Duration};

/// Meta's sample number id, used by default.
pub(crate) const SAMPLE_PHONE_NUMBER_ID: &str = "106540352242922";

/// Meta's sample number, used by default.
pub(crate) const SAMPLE_DISPLAY_PHONE_NUMBER: &str = "15550783881";

/// Meta's sample WhatsApp Business Account id, used by default.
pub(crate) const SAMPLE_WABA_ID: &str = "102290129340398";

/// Meta's sample app id, used by default.
pub(crate) const SAMPLE_APP_ID: &str = "670843887433847";

/// Everything a [`Simulator`](crate::Simulator) needs to start. Holds secrets (made up ones), hence no `Debug`.
#[derive(Clone)]
pub struct Config {
    /// Where Graph and the control routes listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where webhooks are posted (`http` only). Empty: they wait until one is set.
    pub webhook_url: String,
    /// Signs the webhooks.
    pub app_secret: String,
    /// Sent with the challenge when a webhook address is verified.
    pub verify_token: String,
    /// The app's id.
    pub app_id: String,
    /// Where the login dialog may send browsers, byte by byte, as in Meta's strict mode. Empty: anywhere on the web.
    /// `…/connect/login_success.html`, for windows inside of an app, is always allowed.
    pub redirect_uris: Vec<String>,
    /// A business token that never expires. Others are made by `oauth/access_token`.
    pub access_token: String,
    /// The business number's Graph node.
    pub phone_number_id: String,
    /// The business number, digits only.
    pub display_phone_number: String,
    /// The account the number belongs to; the `entry[].id` of every webhook.
    pub waba_id: String,
    /// Which business portfolio the account is in, 0 to 7: each has its own user ids.
    pub portfolio: u8,
    /// Whether the number is connected from the start; if not, somebody has to sign up first.
    pub is_connected: bool,
    /// Most messages in any sliding second.
    pub mps: u32,
    /// Which messages count for [`Self::mps`].
    pub throughput: Throughput,
    /// How many different people can be written to outside of the window in any 24 hours. `None`: any number.
    pub new_people_a_day: Option<u32>,
    /// How many living customers write by themselves; 0 for a quiet number.
    pub people: u32,
    /// The past that `smb_app_data` tells, unless `POST /_sim/onboard` wants another one.
    pub history: HistorySize,
    /// Makes a run repeatable: the same acts get the same ids, codes and delays. Only secrets of logins differ.
    pub seed: u64,
    /// How long Graph requests and answers travel.
    pub latency: Latency,
    /// How fast messages reach customers.
    pub status_delays: StatusDelays,
    /// Pause before a refused webhook is posted again; it doubles every time, see [`Delivery`].
    pub webhook_retry: Duration,
    /// How webhooks are delivered besides.
    pub delivery: Delivery,
}

impl Config {
    /// A quiet, fast Meta for tests: a free port, secrets "app-secret", "verify-token" and "access-token", 5 messages
    /// a second, no latency, no living customers, every status 10 ms after the one before it, webhooks repeated after
    /// 50 ms.
    pub fn for_tests(webhook_url: impl Into<String>) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            webhook_url: webhook_url.into(),
            app_secret: "app-secret".to_owned(),
            verify_token: "verify-token".to_owned(),
            app_id: SAMPLE_APP_ID.to_owned(),
            redirect_uris: Vec::new(),
            access_token: "access-token".to_owned(),
            phone_number_id: SAMPLE_PHONE_NUMBER_ID.to_owned(),
            display_phone_number: SAMPLE_DISPLAY_PHONE_NUMBER.to_owned(),
            waba_id: SAMPLE_WABA_ID.to_owned(),
            portfolio: 0,
            is_connected: true,
            mps: 5,
            throughput: Throughput::Sent,
            new_people_a_day: None,
            people: 0,
            history: HistorySize::SMALL,
            seed: 1,
            latency: Latency::ZERO,
            status_delays: StatusDelays::every(Duration::from_millis(10)),
            webhook_retry: Duration::from_millis(50),
            delivery: Delivery::default(),
        }
    }
}

/// How long a Graph call travels. A request arrives (and is stamped in the ledger) after the way there; its answer
/// leaves after the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latency {
    /// The way to Meta.
    pub there: RangeInclusive<Duration>,
    /// The way back.
    pub back: RangeInclusive<Duration>,
}

impl Latency {
    /// No delay: a request arrives when its head does.
    pub const ZERO: Self = Self {
        there: Duration::ZERO..=Duration::ZERO,
        back: Duration::ZERO..=Duration::ZERO,
    };

    /// `min` to `max` for the round trip, half of it each way.
    pub fn round_trip(min: Duration, max: Duration) -> Self {
        let one_way = (min / 2)..=(max.max(min) / 2);
        Self {
            there: one_way.clone(),
            back: one_way,
        }
    }
}

/// Which messages use up the number's throughput.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Throughput {
    /// Those the business sends.
    Sent,
    /// Those it receives, too, as Meta documents for numbers in coexistence ("Throughput", Nov 2025).
    SentAndReceived,
}

/// How long after the step before it each status of an accepted message comes. `None`: it does not come, nor does
/// any after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusDelays {
    /// From the answer to `sent` (or to `failed`).
    pub sent: Option<Duration>,
    /// From `sent` to `delivered`.
    pub delivered: Option<Duration>,
    /// From `delivered` to `read`. `None`: customers do not read by themselves.
    pub read: Option<Duration>,
}

impl StatusDelays {
    /// The same delay before every status.
    pub const fn every(delay: Duration) -> Self {
        Self {
            sent: Some(delay),
            delivered: Some(delay),
            read: Some(delay),
        }
    }
}
