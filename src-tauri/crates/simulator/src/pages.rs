//! What people see in a browser.
//!
//! | address | what it is |
//! |---|---|
//! | `/phone` | the WhatsApp Business app on the business phone |
//! | `/customers` | the phones of its customers |
//! | `/` | both, side by side |
//! | `/vN.N/dialog/oauth` | the dialog of embedded signup, with a redirect or as a popup (Meta, "Manually build a login flow", Mar 2026) |
//! | `/messaging/whatsapp/onboard` | its hosted form, a plain link (Meta, "Hosted Embedded Signup", Nov 2025) |
//! | `/sdk.js`, `/en_US/sdk.js` | the part of Meta's JavaScript SDK that opens the popup |
//! | `/_sim/embed` | a page of some business tool that has it |
//!
//! Static files. Everything the pages do goes through the control routes, so a test can do it as well; they ask
//! `GET /_sim/chats` for news. They show other people's words as text only, and their policy lets nothing else run.

mod files;

use crate::{meta::Meta, signup::LOGIN_SUCCESS};
use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use std::sync::Arc;

/// Nothing but the simulator's own files and routes.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

const SIGNUP: &str = include_str!("pages/signup.html");
const DEVICES: &str = include_str!("pages/devices.html");

/// What the dialog says to another app.
const UNKNOWN_APP: &str = "Invalid App ID: The provided app ID does not look like a valid app ID.";

/// What the dialog is asked with.
#[derive(Default, Deserialize)]
#[serde(default)]
struct DialogQuery {
    client_id: String,
    /// The hosted form's name for `client_id`; the JavaScript SDK sends both.
    app_id: String,
    redirect_uri: String,
    response_type: String,
    /// "popup": the JavaScript SDK opened it, and there is no redirect.
    display: String,
}

/// The pages and their parts.
pub(crate) fn routes() -> Router<Arc<Meta>> {
    Router::new()
        .route("/", get(|| async { file(HTML, DEVICES) }))
        .route("/phone", get(|| async { file(HTML, DEVICES) }))
        .route("/customers", get(|| async { file(HTML, DEVICES) }))
        .route(
            "/_sim/embed",
            get(|| async { file(HTML, include_str!("pages/embed.html")) }),
        )
        .route("/_sim/pages/{name}", get(part))
        .route("/sdk.js", get(sdk))
        .route("/{locale}/sdk.js", get(sdk))
        .route("/dialog/oauth", get(dialog))
        .route("/{version}/dialog/oauth", get(dialog))
        .route("/messaging/whatsapp/onboard", get(hosted))
        .route("/messaging/whatsapp/onboard/", get(hosted))
        .route(LOGIN_SUCCESS, get(|| async { sentence("Success") }))
        .merge(files::routes())
}

/// A script or style of a page.
async fn part(Path(name): Path<String>) -> Response {
    let (content_type, text) = match name.as_str() {
        "base.css" => (STYLE, include_str!("pages/base.css")),
        "devices.css" => (STYLE, include_str!("pages/devices.css")),
        "signup.css" => (STYLE, include_str!("pages/signup.css")),
        "parts.js" => (SCRIPT, include_str!("pages/parts.js")),
        "overlays.js" => (SCRIPT, include_str!("pages/overlays.js")),
        "feed.js" => (SCRIPT, include_str!("pages/feed.js")),
        "words.js" => (SCRIPT, include_str!("pages/words.js")),
        "bubble.js" => (SCRIPT, include_str!("pages/bubble.js")),
        "attachments.js" => (SCRIPT, include_str!("pages/attachments.js")),
        "device.js" => (SCRIPT, include_str!("pages/device.js")),
        "business.js" => (SCRIPT, include_str!("pages/business.js")),
        "customers.js" => (SCRIPT, include_str!("pages/customers.js")),
        "devices.js" => (SCRIPT, include_str!("pages/devices.js")),
        "signup.js" => (SCRIPT, include_str!("pages/signup.js")),
        "screens.js" => (SCRIPT, include_str!("pages/screens.js")),
        "embed.js" => (SCRIPT, include_str!("pages/embed.js")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    file(content_type, text)
}

/// Other people's pages load it, most of them with `crossorigin="anonymous"` as Meta's sample has it.
async fn sdk() -> Response {
    let mut response = file(SCRIPT, include_str!("pages/sdk.js"));
    let anyone = HeaderValue::from_static("*");
    response
        .headers_mut()
        .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, anyone);
    response
}

/// The hosted form, a plain link: its result is told by webhook.
async fn hosted(State(meta): State<Arc<Meta>>, Query(query): Query<DialogQuery>) -> Response {
    let has_redirect = !query.redirect_uri.is_empty();
    signup_page(&meta, &query, has_redirect)
}

/// The dialog with a redirect, or the popup, which has none.
async fn dialog(State(meta): State<Arc<Meta>>, Query(query): Query<DialogQuery>) -> Response {
    let has_redirect = query.display != "popup" || !query.redirect_uri.is_empty();
    signup_page(&meta, &query, has_redirect)
}

/// Asks what Meta asks before it shows anything.
fn signup_page(meta: &Meta, query: &DialogQuery, has_redirect: bool) -> Response {
    let app_id = &meta.config.app_id;
    let problem = if query.client_id != *app_id && query.app_id != *app_id {
        UNKNOWN_APP.to_owned()
    } else if let Some(refusal) = has_redirect
        .then(|| meta.check_redirect(&query.redirect_uri).err())
        .flatten()
    {
        refusal.to_string()
    } else if !matches!(query.response_type.as_str(), "" | "code") {
        "Invalid response_type: only code is given to business logins. In the JavaScript SDK, set response_type to code \
         and override_default_response_type to true."
            .to_owned()
    } else {
        return file(HTML, SIGNUP);
    };
    (StatusCode::BAD_REQUEST, sentence(&problem)).into_response()
}

/// A page that says one thing, in words of the simulator's own.
fn sentence(sentence: &str) -> Html<String> {
    Html(format!(
        "<!DOCTYPE html><meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"data:,\"><title>{sentence}</title><p>{sentence}</p>\n"
    ))
}

fn file(content_type: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, text).into_response()
}
