//! Embedded signup of a number that stays in the app: what happens between the dialog on the computer and the phone
//! (Meta, "Onboarding WhatsApp Business app users", Jun 2026).
//!
//! The dialog asks for the number and shows an access code; on the phone somebody connects, shares chats or not, and
//! types the code; the dialog then finishes with a code for `oauth/access_token`. One at a time. Called by the pages and
//! by scripts, see `control::signup`.

use crate::{
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

/// The page of a window inside of an app, from whose address the app reads the code (Meta, "Manually build a login
/// flow", Mar 2026).
pub(crate) const LOGIN_SUCCESS: &str = "/connect/login_success.html";

/// That page on Meta's own host.
const FIXED_REDIRECT: &str = "https://www.facebook.com/connect/login_success.html";

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
    /// None of the app's redirect addresses.
    RedirectNotRegistered,
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

impl Signup {
    /// What the computer shows, and the phone types or scans; `None` while no phone is waited for.
    pub fn shown_code(&self) -> Option<&str> {
        (self.step == SignupStep::WaitsForPhone).then_some(self.access_code.as_str())
    }
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

    /// Whether the dialog may send browsers to `address` (Meta, "Facebook Login security: strict mode", 2026).
    pub fn check_redirect(&self, address: &str) -> Result<(), SignupRefusal> {
        if !(address.starts_with("https://") || address.starts_with("http://")) {
            return Err(SignupRefusal::Redirect);
        }
        let registered = &self.config.redirect_uris;
        let is_fixed = FIXED_REDIRECT == address || format!("{}{LOGIN_SUCCESS}", self.graph_url) == address;
        if registered.is_empty() || is_fixed || registered.iter().any(|known| known == address) {
            Ok(())
        } else {
            Err(SignupRefusal::RedirectNotRegistered)
        }
    }

    /// The dialog is confirmed: the number is onboarded. Without a `redirect_uri` the code is one of the popup.
    pub fn signup_finish(
        &self,
        redirect_uri: Option<&str>,
        state: &str,
        lifetime: Lifetime,
    ) -> Result<Finished, SignupRefusal> {
        if let Some(address) = redirect_uri {
            self.check_redirect(address)?;
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
            world.onboard(now, sharing);
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
            Self::Redirect => "Invalid redirect_uri: The address must begin with https:// or http://.",
            Self::RedirectNotRegistered => {
                "URL blocked: This redirect_uri is not one of the valid OAuth redirect URIs of the app."
            }
        })
    }
}

impl std::error::Error for SignupRefusal {}
