//! Embedded signup by the login dialog: its address, what it comes back with, and the calls an app makes with its own
//! secret (Meta, "Manually build a login flow", Mar 2026; "Access tokens", Sep 2026).

use crate::answer::{LONGEST_ANSWER, answer};
use crate::graph::{builder, web_url};
use crate::{CallError, ClientError, Secret};
use serde::{Deserialize, de::DeserializeOwned};
use std::{fmt, time::Duration};
use twinbox_domain::Millis;

/// The permissions that sending, receiving and synchronizing take (Meta, "Embedded Signup version 4", 2025).
pub const PERMISSIONS: [&str; 2] = ["whatsapp_business_management", "whatsapp_business_messaging"];

/// What the app is to Meta.
#[derive(Clone, Debug)]
pub struct AppSettings {
    /// Meta's id of it.
    pub app_id: String,
    /// Its secret.
    pub app_secret: Secret,
    /// The Graph API without the version, for example `https://graph.facebook.com`.
    pub graph_url: String,
    /// For example `v25.0`.
    pub version: String,
    /// How long to wait for an answer.
    pub time_out: Duration,
}

/// A business token, as an exchange gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessToken {
    /// The token.
    pub token: Secret,
    /// How long it lives; `None`: for ever.
    pub expires_in: Option<Duration>,
}

impl BusinessToken {
    /// When it ends, if it was traded at `now`; `None`: never.
    pub fn expires_at(&self, now: Millis) -> Option<Millis> {
        self.expires_in
            .map(|life| now.plus_ms(i64::try_from(life.as_millis()).unwrap_or(i64::MAX)))
    }
}

/// What a token may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenInfo {
    /// Whether Meta takes it.
    pub is_valid: bool,
    /// The app it belongs to.
    pub app_id: String,
    /// When it ends; `None`: never.
    pub expires_at: Option<Millis>,
    /// The permissions it has.
    pub scopes: Vec<String>,
    /// The accounts it may see, newest first.
    pub wabas: Vec<String>,
}

/// Where a signup sends the browser.
pub struct Dialog<'a> {
    /// For example `https://www.facebook.com`.
    pub dialog_url: &'a str,
    /// For example `v25.0`.
    pub version: &'a str,
    /// Meta's id of the app.
    pub app_id: &'a str,
    /// Meta's id of the Login for Business configuration.
    pub config_id: &'a str,
    /// Where it comes back to; the exchange has to name the same, byte for byte.
    pub redirect_uri: &'a str,
    /// What proves that it comes back from there.
    pub state: &'a str,
}

impl Dialog<'_> {
    /// The address to open.
    ///
    /// # Errors
    /// When `dialog_url` is no http(s) address.
    pub fn address(&self) -> Result<String, ClientError> {
        let base = self.dialog_url.trim_end_matches('/');
        let extras = serde_json::json!({
            "setup": {},
            "featureType": "whatsapp_business_app_onboarding",
            "sessionInfoVersion": "3",
        });
        let address = reqwest::Url::parse_with_params(
            &format!("{base}/{}/dialog/oauth", self.version),
            [
                ("client_id", self.app_id),
                ("redirect_uri", self.redirect_uri),
                ("state", self.state),
                ("response_type", "code"),
                ("config_id", self.config_id),
                ("override_default_response_type", "true"),
                ("extras", &extras.to_string()),
            ],
        )
        .map_err(|_| ClientError::Address)?;
        Ok(web_url(address.as_str())?.into())
    }
}

/// An address as it is kept: scheme, host and port, without a path. `None` for anything but https, or http to this
/// machine itself.
pub fn web_address(text: &str) -> Option<String> {
    let address = reqwest::Url::parse(text.trim()).ok()?;
    let host = address.host_str().filter(|host| !host.is_empty())?;
    let is_own = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let is_fit = match address.scheme() {
        "https" => true,
        "http" => is_own,
        _ => false,
    };
    let is_bare = matches!(address.path(), "" | "/")
        && address.query().is_none()
        && address.fragment().is_none()
        && address.username().is_empty()
        && address.password().is_none();
    (is_fit && is_bare).then(|| address.as_str().trim_end_matches('/').to_owned())
}

/// The address of a website as it is kept: any page of a host that has a dot, with https where no scheme is told. `None` for
/// anything else.
pub fn web_page(text: &str) -> Option<String> {
    let text = text.trim();
    let with_scheme = match text.contains("://") {
        true => text.to_owned(),
        false => format!("https://{text}"),
    };
    let address = reqwest::Url::parse(&with_scheme).ok()?;
    let host = address.host_str().unwrap_or_default().trim_end_matches('.');
    let is_fit = matches!(address.scheme(), "https" | "http")
        && host.contains('.')
        && address.username().is_empty()
        && address.password().is_none();
    is_fit.then(|| address.as_str().trim_end_matches('/').to_owned())
}

/// What the dialog came back with. All of it is a claim.
#[derive(Debug, PartialEq, Eq)]
pub struct Returned {
    /// What is to be the state given to the dialog; empty when there is none.
    pub state: Secret,
    /// How it ended.
    pub end: ReturnedEnd,
}

/// How the dialog ended.
#[derive(Debug, PartialEq, Eq)]
pub enum ReturnedEnd {
    /// With a code to trade for a token.
    Code(Secret),
    /// Somebody said no.
    Denied,
    /// With an error, in Meta's words.
    Failed(String),
    /// With nothing that can be read.
    Nothing,
}

/// Most characters of Meta's words that are shown.
const LONGEST_SENTENCE: usize = 300;

/// Reads the query of the address the dialog came back to.
pub fn read_return(query: &str) -> Returned {
    let (mut state, mut code, mut error, mut sentence) = (String::new(), None, None, String::new());
    if let Ok(address) = reqwest::Url::parse("https://return.invalid/").map(|mut address| {
        address.set_query(Some(query.trim_start_matches('?')));
        address
    }) {
        for (name, value) in address.query_pairs() {
            match name.as_ref() {
                "state" => state = value.into_owned(),
                "code" if !value.is_empty() => code = Some(value.into_owned()),
                "error" | "error_code" => error = error.or(Some(value.into_owned())),
                "error_description" | "error_message" => sentence = value.chars().take(LONGEST_SENTENCE).collect(),
                _ => {}
            }
        }
    }
    let end = match (error, code) {
        (Some(error), _) if error == "access_denied" => ReturnedEnd::Denied,
        (Some(_), _) => ReturnedEnd::Failed(sentence),
        (None, Some(code)) => ReturnedEnd::Code(Secret::new(&code)),
        (None, None) => ReturnedEnd::Nothing,
    };
    Returned {
        state: Secret::new(&state),
        end,
    }
}

/// Calls with the app's own secret.
#[derive(Clone)]
pub struct AppClient {
    http: reqwest::Client,
    settings: AppSettings,
}

impl fmt::Debug for AppClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AppClient({})", self.settings.app_id)
    }
}

impl AppClient {
    /// Sets up a client; nothing is sent.
    ///
    /// # Errors
    /// When the address or the machine's TLS set-up cannot be used.
    pub fn new(settings: AppSettings) -> Result<Self, ClientError> {
        web_url(&settings.graph_url)?;
        let http = builder()
            .timeout(settings.time_out)
            .build()
            .map_err(ClientError::Http)?;
        Ok(Self { http, settings })
    }

    /// Whether Meta knows the app by this secret: a token of the app itself is asked for, and thrown away.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn check(&self) -> Result<(), CallError> {
        let settings = &self.settings;
        let parameters = [
            ("client_id", settings.app_id.as_str()),
            ("client_secret", settings.app_secret.expose()),
            ("grant_type", "client_credentials"),
        ];
        let granted: Granted = self.get("oauth/access_token", &parameters, None).await?;
        drop(granted);
        Ok(())
    }

    /// Trades a code for a business token. A code lives 30 seconds and works once: never ask again with it.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn exchange(&self, code: &Secret, redirect_uri: &str) -> Result<BusinessToken, CallError> {
        let settings = &self.settings;
        let parameters = [
            ("client_id", settings.app_id.as_str()),
            ("client_secret", settings.app_secret.expose()),
            ("redirect_uri", redirect_uri),
            ("code", code.expose()),
        ];
        let granted: Granted = self.get("oauth/access_token", &parameters, None).await?;
        Ok(granted.into())
    }

    /// Trades a token of 60 days for one that lives 60 days from now.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn extend(&self, token: &Secret) -> Result<BusinessToken, CallError> {
        let settings = &self.settings;
        let parameters = [
            ("grant_type", "fb_exchange_token"),
            ("client_id", settings.app_id.as_str()),
            ("client_secret", settings.app_secret.expose()),
            ("set_token_expires_in_60_days", "true"),
            ("fb_exchange_token", token.expose()),
        ];
        let granted: Granted = self.get("oauth/access_token", &parameters, None).await?;
        Ok(granted.into())
    }

    /// What a token may do, from Meta and not from whoever brought it.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn inspect(&self, token: &Secret) -> Result<TokenInfo, CallError> {
        let described: Described = self
            .get("debug_token", &[("input_token", token.expose())], Some(&self.token()))
            .await?;
        Ok(described.data.into())
    }

    /// What Meta tells the app itself of accounts, and where.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn subscription(&self) -> Result<AppSubscription, CallError> {
        let settings = &self.settings;
        let path = format!("{}/subscriptions", settings.app_id);
        let page: Subscriptions = self.get(&path, &[], Some(&self.token())).await?;
        Ok(page.into())
    }

    /// The token of the app itself.
    fn token(&self) -> Secret {
        Secret::new(&format!(
            "{}|{}",
            self.settings.app_id,
            self.settings.app_secret.expose()
        ))
    }

    async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        parameters: &[(&str, &str)],
        bearer: Option<&Secret>,
    ) -> Result<T, CallError> {
        let base = self.settings.graph_url.trim_end_matches('/');
        let address = format!("{base}/{}/{path}", self.settings.version);
        let Ok(address) = reqwest::Url::parse_with_params(&address, parameters) else {
            return Err(CallError::Unreadable { http: 0 });
        };
        let mut request = self.http.get(address);
        if let Some(bearer) = bearer {
            request = request.bearer_auth(bearer.expose());
        }
        answer(request, LONGEST_ANSWER).await
    }
}

/// What Meta tells the app itself of accounts (Meta, "Webhook overrides", Jun 2026: what is about an account or its
/// templates goes to the app's own address and follows no other).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppSubscription {
    /// The webhook fields.
    pub fields: Vec<String>,
    /// Where they go, unless a number or an account has an address of its own; empty when nowhere.
    pub callback_url: String,
}

#[derive(Deserialize)]
struct Subscriptions {
    #[serde(default)]
    data: Vec<Subscription>,
}

#[derive(Deserialize)]
struct Subscription {
    #[serde(default)]
    object: String,
    #[serde(default)]
    callback_url: String,
    #[serde(default)]
    fields: Vec<SubscribedField>,
}

#[derive(Deserialize)]
struct SubscribedField {
    name: String,
}

impl From<Subscriptions> for AppSubscription {
    fn from(page: Subscriptions) -> Self {
        let mut told = Self::default();
        for of in page.data {
            if of.object == "whatsapp_business_account" {
                told.fields.extend(of.fields.into_iter().map(|field| field.name));
                told.callback_url = of.callback_url;
            }
        }
        told
    }
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    expires_in: Option<u64>,
}

impl From<Granted> for BusinessToken {
    fn from(granted: Granted) -> Self {
        Self {
            token: Secret::new(&granted.access_token),
            // Some answers say 0 for a token that never ends.
            expires_in: granted
                .expires_in
                .filter(|seconds| *seconds > 0)
                .map(Duration::from_secs),
        }
    }
}

#[derive(Deserialize)]
struct Described {
    data: DescribedToken,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DescribedToken {
    is_valid: bool,
    app_id: String,
    expires_at: i64,
    scopes: Vec<String>,
    granular_scopes: Vec<GranularScope>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct GranularScope {
    scope: String,
    target_ids: Vec<String>,
}

impl From<DescribedToken> for TokenInfo {
    fn from(token: DescribedToken) -> Self {
        let mut wabas: Vec<String> = Vec::new();
        for granted in token.granular_scopes {
            if granted.scope.starts_with("whatsapp_business_") {
                for id in granted.target_ids {
                    if !wabas.contains(&id) {
                        wabas.push(id);
                    }
                }
            }
        }
        Self {
            is_valid: token.is_valid,
            app_id: token.app_id,
            expires_at: (token.expires_at > 0).then(|| Millis(token.expires_at.saturating_mul(1000))),
            scopes: token.scopes,
            wabas,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::understand;

    #[test]
    fn the_dialogs_address_is_the_one_meta_documents() {
        let dialog = Dialog {
            dialog_url: "https://www.facebook.com/",
            version: "v25.0",
            app_id: "670843887433847",
            config_id: "1234",
            redirect_uri: "https://www.facebook.com/connect/login_success.html",
            state: "s&t",
        };
        insta::assert_snapshot!(dialog.address().unwrap_or_default(), @"https://www.facebook.com/v25.0/dialog/oauth?client_id=670843887433847&redirect_uri=https%3A%2F%2Fwww.facebook.com%2Fconnect%2Flogin_success.html&state=s%26t&response_type=code&config_id=1234&override_default_response_type=true&extras=%7B%22featureType%22%3A%22whatsapp_business_app_onboarding%22%2C%22sessionInfoVersion%22%3A%223%22%2C%22setup%22%3A%7B%7D%7D");
        for dialog_url in ["", "javascript:alert(1)", "ftp://www.facebook.com"] {
            assert!(Dialog { dialog_url, ..dialog }.address().is_err(), "{dialog_url}");
        }
    }

    #[test]
    fn what_the_dialog_comes_back_with_is_read_whatever_it_is() {
        let end = |query: &str| read_return(query).end;
        assert_eq!(
            read_return("?code=AQD%2B1&state=s%26t"),
            Returned {
                state: Secret::new("s&t"),
                end: ReturnedEnd::Code(Secret::new("AQD+1")),
            }
        );
        let denied = "error=access_denied&error_code=200&error_description=Permissions+error&error_reason=user_denied";
        assert_eq!(end(denied), ReturnedEnd::Denied);
        // An error wins over a code beside it.
        assert_eq!(
            end("code=AQD&error=server_error&error_description=No"),
            ReturnedEnd::Failed("No".to_owned())
        );
        for nothing in ["", "code=", "&&&", "%", "code", "state=s", "\0\0", "#code=AQD"] {
            assert_eq!(end(nothing), ReturnedEnd::Nothing, "{nothing:?}");
        }
        let ReturnedEnd::Failed(sentence) = end(&format!("error=x&error_description={}", "é".repeat(10_000))) else {
            panic!("failed")
        };
        assert_eq!(sentence.chars().count(), LONGEST_SENTENCE);
    }

    #[test]
    fn an_address_is_a_host_and_nothing_else() {
        for (text, kept) in [
            (" https://Inbox.Example/ ", Some("https://inbox.example")),
            ("https://inbox.example:8443", Some("https://inbox.example:8443")),
            ("http://127.0.0.1:4700", Some("http://127.0.0.1:4700")),
            ("http://inbox.example", None),
            ("https://inbox.example/path", None),
            ("https://user:word@inbox.example", None),
            ("https://inbox.example?a", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(web_address(text).as_deref(), kept, "{text}");
        }
    }

    #[test]
    fn a_website_is_any_page_of_a_host_with_a_dot() {
        for (text, kept) in [
            (" Example.com ", Some("https://example.com")),
            ("https://instagram.com/shop", Some("https://instagram.com/shop")),
            ("http://example.com", Some("http://example.com")),
            ("example.com/shop?a=1", Some("https://example.com/shop?a=1")),
            ("example", None),
            ("https://", None),
            (".", None),
            ("https://user:word@example.com", None),
            ("ftp://example.com", None),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            assert_eq!(web_page(text).as_deref(), kept, "{text}");
        }
    }

    /// Meta, "Manage accounts" (2026).
    #[test]
    fn a_tokens_accounts_are_those_of_its_granular_scopes() {
        let described: Described = understand(
            200,
            br#"{"data":{"app_id":"670843887433847","type":"SYSTEM_USER","expires_at":0,"is_valid":true,
                "scopes":["whatsapp_business_management","whatsapp_business_messaging","public_profile"],
                "granular_scopes":[{"scope":"whatsapp_business_management","target_ids":["2","1"]},
                {"scope":"whatsapp_business_messaging","target_ids":["2","3"]},{"scope":"pages_messaging"}]}}"#,
        )
        .unwrap_or_else(|error| panic!("{error}"));
        let info = TokenInfo::from(described.data);
        assert_eq!(info.wabas, ["2", "1", "3"]);
        assert_eq!(info.expires_at, None);
        assert!(info.is_valid);
    }

    #[test]
    fn what_is_no_token_is_no_answer() {
        for (http, bytes) in [(200, &b"<html>"[..]), (200, b"{}"), (404, b"{\"access_token\":\"x\"}")] {
            assert!(matches!(
                understand::<Granted>(http, bytes),
                Err(CallError::Unreadable { .. })
            ));
        }
    }
}
