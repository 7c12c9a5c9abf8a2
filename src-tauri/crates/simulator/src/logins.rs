//! Codes and tokens of one app (Meta, "Access tokens" and "Embedded Signup: onboarding business app users", 2026).
//!
//! Pure: the present is an argument, in Unix seconds. Made-up secrets only, kept in memory.

use crate::{graph_error::GraphError, numbering};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A code can be redeemed for so long.
const CODE_SECONDS: u64 = 30;

/// What Meta answers as `expires_in` of a token of 60 days.
const SIXTY_DAYS_SECONDS: u64 = 5_183_944;

/// Data access ends so long after the token was made.
const DATA_ACCESS_SECONDS: u64 = 90 * 24 * 60 * 60;

/// Whom business tokens belong to. Meta's sample.
pub(crate) const SYSTEM_USER_ID: &str = "10222270944537964";

/// What an onboarded business has granted.
const SCOPES: [&str; 3] = [
    "whatsapp_business_management",
    "whatsapp_business_messaging",
    "public_profile",
];

/// How long the token lives that a code is redeemed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lifetime {
    /// Never expires.
    Endless,
    /// 60 days.
    SixtyDays,
}

/// A code as the login dialog would give it.
#[derive(Clone, Debug)]
pub(crate) struct NewCode {
    /// The dialog's `redirect_uri`; `None` for a code out of the popup.
    pub redirect_uri: Option<String>,
    /// Of the token to come.
    pub lifetime: Lifetime,
    /// The accounts the token to come may see, newest first.
    pub waba_ids: Vec<String>,
}

/// A token just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Granted {
    /// The token.
    pub access_token: String,
    /// Seconds; `None`: it never expires.
    pub expires_in: Option<u64>,
}

impl Granted {
    /// As `oauth/access_token` answers.
    pub fn answer(&self) -> Value {
        let mut answer = json!({"access_token": self.access_token, "token_type": "bearer"});
        if let (Some(seconds), Some(object)) = (self.expires_in, answer.as_object_mut()) {
            object.insert("expires_in".to_owned(), json!(seconds));
        }
        answer
    }
}

#[derive(Debug)]
struct Code {
    made_at: u64,
    is_used: bool,
    new: NewCode,
}

#[derive(Debug)]
struct Token {
    made_at: u64,
    /// `None`: never.
    expires_at: Option<u64>,
    is_revoked: bool,
    waba_ids: Vec<String>,
}

/// Every code and token there is.
#[derive(Debug, Default)]
pub(crate) struct Logins {
    codes: HashMap<String, Code>,
    tokens: HashMap<String, Token>,
    /// Given to the app for a business without a code.
    of_business: Option<String>,
    /// What tokens are not good for, besides.
    withheld: Option<String>,
    /// Whether only `debug_token` says when a token ends.
    hides_expiry: bool,
    /// Accounts of other portfolios that codes to come are good for as well.
    others: Vec<String>,
}

impl Logins {
    /// Makes `token` a business token that never expires.
    pub fn keep(&mut self, token: &str, waba_ids: Vec<String>, now: u64) {
        let token_state = Token {
            made_at: now,
            expires_at: None,
            is_revoked: false,
            waba_ids,
        };
        self.tokens.insert(token.to_owned(), token_state);
    }

    /// Every code and token there ever was, each with what it is.
    pub fn secrets(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let codes = self.codes.keys().map(|code| ("code", code));
        codes.chain(self.tokens.keys().map(|token| ("token", token)))
    }

    /// Makes a code; its 30 seconds begin at `now`.
    pub fn mint_code(&mut self, new: NewCode, now: u64) -> String {
        let code = format!("AQ{}", numbering::secret(48));
        let mut state = Code {
            made_at: now,
            is_used: false,
            new,
        };
        state.new.waba_ids.extend(self.others.iter().cloned());
        self.codes.insert(code.clone(), state);
        code
    }

    /// Trades a code for a token, once. `redirect_uri` must be the dialog's, byte for byte, or absent as it was there.
    pub fn redeem(&mut self, code: &str, redirect_uri: Option<&str>, now: u64) -> Result<Granted, GraphError> {
        let Some(state) = self.codes.get_mut(code) else {
            return Err(GraphError::oauth("Invalid verification code format.", None));
        };
        if state.is_used {
            return Err(GraphError::oauth(
                "This authorization code has been used.",
                Some(36_009),
            ));
        }
        if now >= state.made_at + CODE_SECONDS {
            return Err(GraphError::oauth("This authorization code has expired.", Some(36_007)));
        }
        if redirect_uri.unwrap_or_default() != state.new.redirect_uri.as_deref().unwrap_or_default() {
            return Err(GraphError::oauth(
                "Error validating verification code. Please make sure your redirect_uri is identical to the one you \
                 used in the OAuth dialog request",
                Some(36_008),
            ));
        }
        state.is_used = true;
        let NewCode { lifetime, waba_ids, .. } = state.new.clone();
        let mut granted = self.grant(lifetime, waba_ids, now);
        granted.expires_in = granted.expires_in.filter(|_| !self.hides_expiry);
        Ok(granted)
    }

    /// Trades a valid token for one of 60 days. The old one stays valid.
    pub fn exchange(&mut self, token: &str, now: u64) -> Result<Granted, GraphError> {
        let waba_ids = self.check(token, now)?.waba_ids.clone();
        Ok(self.grant(Lifetime::SixtyDays, waba_ids, now))
    }

    /// The token the app is given for a business without a code; the same one while it is valid.
    pub fn of_business(&mut self, waba_ids: Vec<String>, now: u64) -> String {
        if let Some(token) = self.of_business.clone().filter(|token| self.check(token, now).is_ok()) {
            return token;
        }
        let token = self.grant(Lifetime::Endless, waba_ids, now).access_token;
        self.of_business.insert(token).clone()
    }

    /// Tokens are not good for `scope`.
    pub fn withhold(&mut self, scope: &str) {
        self.withheld = Some(scope.to_owned());
    }

    /// An exchange does not say when its token ends.
    pub fn hide_expiry(&mut self) {
        self.hides_expiry = true;
    }

    /// Codes to come are good for this account as well.
    pub fn add_account(&mut self, waba_id: &str) {
        self.others.push(waba_id.to_owned());
    }

    /// Ends a token. Gives whether there was one.
    pub fn revoke(&mut self, token: &str) -> bool {
        self.tokens
            .get_mut(token)
            .map(|state| state.is_revoked = true)
            .is_some()
    }

    /// Lets a token expire at `now`. Gives whether there was one.
    pub fn expire(&mut self, token: &str, now: u64) -> bool {
        self.tokens
            .get_mut(token)
            .map(|state| state.expires_at = Some(now))
            .is_some()
    }

    /// Whether a call with `token` is let in.
    pub fn admit(&self, token: &str, now: u64) -> Result<(), GraphError> {
        self.check(token, now).map(|_| ())
    }

    /// What `debug_token` answers under `data`. The app's own token is described as such.
    pub fn describe(&self, token: &str, app_id: &str, app_token: &str, now: u64) -> Value {
        if token == app_token {
            return json!({"app_id": app_id, "type": "APP", "application": "Twinbox", "is_valid": true, "scopes": []});
        }
        let Some(state) = self.tokens.get(token) else {
            let error = json!({"code": 190, "message": "Invalid OAuth access token."});
            return json!({"error": error, "is_valid": false, "scopes": []});
        };
        let is_granted = |scope: &&&str| self.withheld.as_deref() != Some(**scope);
        let scopes: Vec<&str> = SCOPES.iter().filter(is_granted).copied().collect();
        let granular: Vec<Value> = scopes
            .iter()
            .filter(|scope| scope.starts_with("whatsapp"))
            .map(|scope| json!({"scope": scope, "target_ids": state.waba_ids}))
            .collect();
        let mut described = json!({
            "app_id": app_id, "type": "SYSTEM_USER", "application": "Twinbox", "user_id": SYSTEM_USER_ID,
            "issued_at": state.made_at, "expires_at": state.expires_at.unwrap_or(0),
            "data_access_expires_at": state.made_at + DATA_ACCESS_SECONDS,
            "is_valid": true, "scopes": scopes, "granular_scopes": granular,
        });
        if let (Err(refusal), Some(object)) = (self.check(token, now), described.as_object_mut()) {
            object.insert("is_valid".to_owned(), json!(false));
            object.insert("error".to_owned(), refusal.short());
        }
        described
    }

    fn grant(&mut self, lifetime: Lifetime, waba_ids: Vec<String>, now: u64) -> Granted {
        let access_token = format!("EAA{}", numbering::secret(60));
        let expires_in = (lifetime == Lifetime::SixtyDays).then_some(SIXTY_DAYS_SECONDS);
        let state = Token {
            made_at: now,
            expires_at: expires_in.map(|seconds| now + seconds),
            is_revoked: false,
            waba_ids,
        };
        self.tokens.insert(access_token.clone(), state);
        Granted {
            access_token,
            expires_in,
        }
    }

    fn check(&self, token: &str, now: u64) -> Result<&Token, GraphError> {
        let state = self.tokens.get(token).ok_or_else(GraphError::token)?;
        if state.is_revoked {
            return Err(GraphError::session("The user has not authorized application.", 458));
        }
        if state.expires_at.is_some_and(|at| now >= at) {
            return Err(GraphError::session("Session has expired.", 463));
        }
        Ok(state)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn with_code(redirect_uri: Option<&str>, lifetime: Lifetime) -> (Logins, String) {
        let mut logins = Logins::default();
        let new = NewCode {
            redirect_uri: redirect_uri.map(str::to_owned),
            lifetime,
            waba_ids: vec!["2".to_owned(), "1".to_owned()],
        };
        let code = logins.mint_code(new, 1000);
        (logins, code)
    }

    #[test]
    fn a_code_is_redeemed_once_within_thirty_seconds_and_with_its_own_redirect() {
        let (mut logins, code) = with_code(Some("https://a.example/cb/"), Lifetime::SixtyDays);
        assert!(logins.redeem(&code, Some("https://a.example/cb"), 1001).is_err());
        assert!(logins.redeem(&code, None, 1001).is_err());
        assert!(logins.redeem(&code, Some("https://a.example/cb/"), 1030).is_err());
        let granted = logins.redeem(&code, Some("https://a.example/cb/"), 1029).unwrap();
        assert_eq!(granted.expires_in, Some(SIXTY_DAYS_SECONDS));
        assert!(logins.redeem(&code, Some("https://a.example/cb/"), 1029).is_err());
    }

    #[test]
    fn a_token_ends_when_it_expires_or_is_revoked() {
        let (mut logins, code) = with_code(None, Lifetime::Endless);
        let first = logins.redeem(&code, None, 1000).unwrap();
        assert_eq!(first.expires_in, None);
        let second = logins.exchange(&first.access_token, 1000).unwrap();
        assert!(logins.admit(&second.access_token, 1000 + SIXTY_DAYS_SECONDS).is_err());
        assert!(logins.admit(&first.access_token, u64::MAX).is_ok());
        assert!(logins.revoke(&first.access_token));
        assert_eq!(logins.admit(&first.access_token, 1000).unwrap_err().code(), 190);
        assert!(!logins.revoke("unknown"));
    }
}
