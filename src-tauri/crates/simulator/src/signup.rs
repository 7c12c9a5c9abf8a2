//! Embedded signup of a number that stays in the app: what happens between the dialog on the computer and the phone
//! (Meta, "Onboarding WhatsApp Business app users", Jun 2026).
//!
//! The dialog asks for the number and shows an access code; on the phone somebody connects, shares chats or not, and
//! types the code; the dialog then finishes with a code for `oauth/access_token`. One at a time. Called by the pages and
//! by scripts, see `control::signup`.

use crate::{
    account::Connection,
    logins::{Lifetime, NewCode},
    meta::Meta,
    number_state::HistorySharing,
    numbering, wire,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Letters and digits that nobody mistakes for others.
const CODE_LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// So many of them are an access code.
const CODE_LENGTH: usize = 8;

/// Why a number cannot be connected. Also part of the body of `POST /_sim/signup/number`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Obstacle {
    /// Numbers of that country cannot be connected.
    Country,
    /// The app on the phone is older than 2.24.17.
    Version,
    /// Another account has the number.
    Elsewhere,
    /// The number was hardly used in the app.
    Activity,
}

/// Why signup does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignupRefusal {
    /// The number has an obstacle.
    Obstacle(Obstacle),
    /// The simulated phone has another number.
    OtherNumber,
    /// Nobody is signing up, or not so far.
    NotThere,
    /// Not the code that is shown.
    WrongCode,
    /// Not an address a browser can be sent to.
    Redirect,
}

/// How far a signup is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SignupStep {
    /// Nobody is signing up.
    #[default]
    None,
    /// The code is shown; the phone has not confirmed.
    WaitsForPhone,
    /// The phone confirmed.
    Confirmed,
    /// Somebody pressed Cancel on the phone.
    Cancelled,
}

/// The signup that goes on, if one does.
#[derive(Debug, Default)]
pub(crate) struct Signup {
    /// How far it is.
    pub step: SignupStep,
    access_code: String,
    shares_chats: bool,
}

/// What a signup leaves.
#[derive(Debug, Serialize)]
pub(crate) struct Finished {
    /// Where the browser goes, with the code; `None`: it goes nowhere.
    pub location: Option<String>,
    /// For `oauth/access_token`.
    pub code: String,
}

impl Meta {
    /// The dialog asks for a number. Gives the access code to show.
    pub fn signup_number(&self, number: &str, obstacle: Option<Obstacle>) -> Result<String, SignupRefusal> {
        if let Some(obstacle) = obstacle {
            return Err(SignupRefusal::Obstacle(obstacle));
        }
        if numbering::digits(number) != self.config.display_phone_number {
            return Err(SignupRefusal::OtherNumber);
        }
        let mut random = self.streams.access_codes.draw();
        let letter = |_| random.choice(CODE_LETTERS).copied().map_or('A', char::from);
        let access_code: String = (0..CODE_LENGTH).map(letter).collect();
        self.world().signup = Signup {
            step: SignupStep::WaitsForPhone,
            access_code: access_code.clone(),
            shares_chats: false,
        };
        Ok(access_code)
    }

    /// On the phone: the code is typed, and chats are shared or not.
    pub fn signup_confirm(&self, access_code: &str, shares_chats: bool) -> Result<(), SignupRefusal> {
        let mut world = self.world();
        if world.signup.step != SignupStep::WaitsForPhone {
            return Err(SignupRefusal::NotThere);
        }
        let is_letter = |letter: &char| letter.is_ascii_alphanumeric();
        let typed: String = access_code.to_uppercase().chars().filter(is_letter).collect();
        if typed != world.signup.access_code {
            return Err(SignupRefusal::WrongCode);
        }
        world.signup.step = SignupStep::Confirmed;
        world.signup.shares_chats = shares_chats;
        Ok(())
    }

    /// Ends the signup without a result.
    pub fn signup_cancel(&self) {
        let signup = &mut self.world().signup;
        signup.step = match signup.step {
            SignupStep::None => SignupStep::None,
            _ => SignupStep::Cancelled,
        };
    }

    /// The dialog is confirmed: the number is onboarded. Without a `redirect_uri` the code is one of the popup.
    pub fn signup_finish(
        &self,
        redirect_uri: Option<&str>,
        state: &str,
        lifetime: Lifetime,
    ) -> Result<Finished, SignupRefusal> {
        let is_web = |address: &str| address.starts_with("https://") || address.starts_with("http://");
        if redirect_uri.is_some_and(|address| !is_web(address)) {
            return Err(SignupRefusal::Redirect);
        }
        let now = numbering::unix_seconds();
        let code = {
            let mut world = self.world();
            if world.signup.step != SignupStep::Confirmed {
                return Err(SignupRefusal::NotThere);
            }
            let sharing = if world.signup.shares_chats {
                HistorySharing::Shared
            } else {
                HistorySharing::Declined
            };
            world.signup = Signup::default();
            world.set_connection(Connection::Connected);
            world.number.onboard(now, sharing);
            let new = NewCode {
                redirect_uri: redirect_uri.map(str::to_owned),
                lifetime,
                waba_ids: vec![self.config.waba_id.clone()],
            };
            world.logins.mint_code(new, now)
        };
        self.tell_partner_added();
        let query = format!("code={code}&state={}", wire::percent_encoded(state));
        let location = redirect_uri.map(|address| with_query(address, &query));
        Ok(Finished { location, code })
    }
}

/// `address` with more in its query.
fn with_query(address: &str, query: &str) -> String {
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}{query}")
}

impl fmt::Display for SignupRefusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Obstacle(Obstacle::Country) => "Numbers of this country cannot be connected yet.",
            Self::Obstacle(Obstacle::Version) => {
                "Update the WhatsApp Business app on the phone to version 2.24.17 or newer, then try again."
            }
            Self::Obstacle(Obstacle::Elsewhere) => {
                "This number is connected to another WhatsApp Business account. Disconnect it there first."
            }
            Self::Obstacle(Obstacle::Activity) => {
                "This number is not eligible yet. Use it in the WhatsApp Business app for some days first."
            }
            Self::OtherNumber => "This number is not in use in the WhatsApp Business app.",
            Self::NotThere => "Signup is not so far.",
            Self::WrongCode => "That is not the code shown on the computer.",
            Self::Redirect => "The redirect address must begin with https:// or http://.",
        })
    }
}

impl std::error::Error for SignupRefusal {}
