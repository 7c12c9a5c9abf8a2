//! Calls about numbers and their account, with the business token.

use super::GraphClient;
use crate::{CallError, Secret, answer};
use serde::Deserialize;
use serde_json::json;
use std::fmt;
use twinbox_domain::NumberId;

/// What is asked about a number.
const FIELDS: &str = "id,display_phone_number,verified_name,platform_type,is_on_biz_app,status,quality_rating";
/// Most pages of numbers that are read; an account has at most a few dozen numbers.
const MOST_PAGES: usize = 10;

/// A number as its account lists it.
#[derive(Clone, PartialEq, Eq)]
pub struct ListedNumber {
    /// Meta's id of it.
    pub id: NumberId,
    /// Digits only.
    pub display_phone_number: String,
    /// The name WhatsApp shows; empty when not told.
    pub verified_name: String,
    /// Whether it lives in a phone app and in the Cloud API at once: `is_on_biz_app` and `platform_type` `CLOUD_API`
    /// (Meta, "Onboarding WhatsApp Business app users", 2026).
    pub is_coexistence: bool,
    /// Whether people do not like what it sends: a `quality_rating` of `RED` or a `status` of `FLAGGED`; `None`: not told.
    pub is_flagged: Option<bool>,
}

/// Never the phone number or the name: they do not belong in logs.
impl fmt::Debug for ListedNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListedNumber({})", self.id)
    }
}

/// One of the two things a phone can be asked for, once each, within 24 hours of connecting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncKind {
    /// The contacts; first.
    Contacts,
    /// The messages.
    History,
}

impl SyncKind {
    const fn sync_type(self) -> &'static str {
        match self {
            Self::Contacts => "smb_app_state_sync",
            Self::History => "history",
        }
    }
}

impl GraphClient {
    /// The numbers of an account.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn phone_numbers(&self, waba: &str) -> Result<Vec<ListedNumber>, CallError> {
        let mut numbers = Vec::new();
        let mut after = String::new();
        for _ in 0..MOST_PAGES {
            let page: NumberPage = self.page(&format!("{waba}/phone_numbers"), FIELDS, &after).await?;
            numbers.extend(page.data.into_iter().map(ListedNumber::from));
            match page.paging.and_then(Paging::after) {
                Some(next) => after = next,
                None => break,
            }
        }
        Ok(numbers)
    }

    /// The number itself.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn number(&self, number: &NumberId) -> Result<ListedNumber, CallError> {
        let number: NumberNode = self
            .get(number.as_str(), &[("fields", FIELDS)], answer::LONGEST_ANSWER)
            .await?;
        Ok(number.into())
    }

    /// Has the account's webhooks sent to the app, to `address` when there is one (at most 200 characters; Meta checks it
    /// with `verify_token` at once).
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn subscribe(&self, waba: &str, address: Option<(&str, &Secret)>) -> Result<(), CallError> {
        let body = match address {
            Some((address, verify_token)) => json!({
                "override_callback_uri": address,
                "verify_token": verify_token.expose(),
            }),
            None => json!({}),
        };
        let done: Done = self.post(&format!("{waba}/subscribed_apps"), &body).await?;
        done.check()
    }

    /// Asks the phone for its contacts or its messages; gives Meta's id of the request. Each can be asked once.
    ///
    /// # Errors
    /// See [`CallError`]; codes 2593107: asked before, 2593108: too late.
    pub async fn request_sync(&self, number: &NumberId, kind: SyncKind) -> Result<String, CallError> {
        let body = json!({ "messaging_product": "whatsapp", "sync_type": kind.sync_type() });
        let requested: SyncRequested = self.post(&format!("{number}/smb_app_data"), &body).await?;
        Ok(requested.request_id)
    }

    /// A page of a list, after the one that ended at `after`.
    pub(super) async fn page<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        fields: &str,
        after: &str,
    ) -> Result<T, CallError> {
        let mut parameters = vec![("fields", fields), ("limit", "100")];
        if !after.is_empty() {
            parameters.push(("after", after));
        }
        self.get(path, &parameters, answer::LONGEST_PAGE).await
    }

    async fn get<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        parameters: &[(&str, &str)],
        longest: usize,
    ) -> Result<T, CallError> {
        let Ok(address) = reqwest::Url::parse_with_params(&self.address(path), parameters) else {
            return Err(CallError::Unreadable { http: 0 });
        };
        let request = self.http.get(address).bearer_auth(self.settings.access_token.expose());
        answer::answer(request, longest).await
    }

    async fn post<T: serde::de::DeserializeOwned>(&self, path: &str, body: &serde_json::Value) -> Result<T, CallError> {
        let request = self
            .http
            .post(self.address(path))
            .bearer_auth(self.settings.access_token.expose())
            .json(body);
        answer::answer(request, answer::LONGEST_ANSWER).await
    }
}

#[derive(Deserialize)]
struct NumberPage {
    #[serde(default)]
    data: Vec<NumberNode>,
    paging: Option<Paging>,
}

#[derive(Deserialize)]
pub(super) struct Paging {
    cursors: Option<Cursors>,
    next: Option<String>,
}

impl Paging {
    /// Where the next page begins; `None` on the last.
    pub(super) fn after(self) -> Option<String> {
        let cursors = self.next.and(self.cursors)?;
        Some(cursors.after).filter(|after| !after.is_empty())
    }
}

#[derive(Deserialize)]
struct Cursors {
    #[serde(default)]
    after: String,
}

#[derive(Deserialize)]
struct NumberNode {
    id: String,
    #[serde(default)]
    display_phone_number: String,
    #[serde(default)]
    verified_name: String,
    #[serde(default)]
    platform_type: String,
    #[serde(default)]
    is_on_biz_app: bool,
    #[serde(default)]
    status: String,
    #[serde(default)]
    quality_rating: String,
}

impl From<NumberNode> for ListedNumber {
    fn from(node: NumberNode) -> Self {
        Self {
            id: NumberId(node.id),
            display_phone_number: node.display_phone_number.chars().filter(char::is_ascii_digit).collect(),
            verified_name: node.verified_name,
            is_coexistence: node.is_on_biz_app && node.platform_type == "CLOUD_API",
            is_flagged: match (node.status.as_str(), node.quality_rating.as_str()) {
                ("FLAGGED", _) | (_, "RED") => Some(true),
                (_, "GREEN" | "YELLOW") => Some(false),
                _ => None,
            },
        }
    }
}

#[derive(Deserialize)]
struct Done {
    success: bool,
}

impl Done {
    fn check(self) -> Result<(), CallError> {
        if self.success {
            Ok(())
        } else {
            Err(CallError::Unreadable { http: 200 })
        }
    }
}

#[derive(Deserialize)]
struct SyncRequested {
    request_id: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Meta, "Hosted Embedded Signup" (Nov 2025) and "Onboarding WhatsApp Business app users" (Sep 2026).
    #[test]
    fn a_number_is_in_coexistence_only_when_both_fields_say_so() {
        let read = |json: &str| {
            let page: NumberPage = answer::understand(200, json.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
            page.data.into_iter().map(ListedNumber::from).collect::<Vec<_>>()
        };
        let numbers = read(
            r#"{"data":[
                {"id":"106540352242922","display_phone_number":"+1 555-078-3881","verified_name":"Lucky Shrub",
                 "platform_type":"CLOUD_API","is_on_biz_app":true,"throughput":{"level":"STANDARD"}},
                {"id":"2","platform_type":"ON_PREMISE","is_on_biz_app":true},
                {"id":"3","platform_type":"CLOUD_API"}],
              "paging":{"cursors":{"before":"a","after":"b"}}}"#,
        );
        assert_eq!(
            numbers.iter().map(|number| number.is_coexistence).collect::<Vec<_>>(),
            [true, false, false]
        );
        assert_eq!(
            numbers.first().map(|number| number.display_phone_number.as_str()),
            Some("15550783881")
        );
    }
}
