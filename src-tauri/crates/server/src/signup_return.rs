//! `GET /signup/callback`: where Meta's dialog sends the system's browser when a signup is over.
//!
//! Beside a desktop app it answers with a page that hands over to the app by its link; elsewhere it tells the engine
//! itself. Who asks is not known, so the query is a claim: the engine compares its `state`. Nothing of it is shown.

use crate::router::App;
use axum::{
    extract::{RawQuery, State},
    http::{Method, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use twinbox_protocol::{ApiError, Caller, ConnectionView, FinishSignup, Role, SignupProblem};

/// The path that is registered at Meta.
pub(crate) const PATH: &str = "/signup/callback";

/// The link that the desktop app listens to.
const APP_LINK: &str = "twinbox://signup/callback";

/// A code, a state and a sentence are far shorter.
const LONGEST_QUERY: usize = 4096;

const STYLE: &str = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem;\
                     color-scheme:light dark}";

/// The hash is that of [`STYLE`].
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; \
    style-src 'sha256-t9zFSkwVjcaJmlLVxGWWbzHlL7raPjUx5APs1dc8xM4='; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// Takes the browser's return.
pub(crate) async fn come_back(State(app): State<App>, method: Method, RawQuery(query): RawQuery) -> Response {
    // A look at the headers alone must not use the signup up.
    if method != Method::GET {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let Some(query) = query.filter(|query| is_query(query)) else {
        let sentence = "This address is only for Meta's page at the end of a signup.";
        return page(StatusCode::BAD_REQUEST, "Nothing to do here", sentence, None);
    };
    if app.returns_to_app {
        let link = format!("{APP_LINK}?{query}");
        return page(
            StatusCode::OK,
            "Back to Twinbox",
            "The signup goes on there.",
            Some(&link),
        );
    }
    let caller = Caller {
        user: app.user.clone(),
        role: Role::Admin,
        client: "http".to_owned(),
    };
    let finished = app.engine.dispatch(&caller, FinishSignup { query }.into()).await;
    match finished.and_then(|reply| problem(&reply)) {
        Ok(None) => page(StatusCode::OK, "Done", "Go back to Twinbox: it goes on there.", None),
        Ok(Some(problem)) => page(StatusCode::OK, "That did not work", sentence(&problem), None),
        Err(error) => page(
            StatusCode::SERVICE_UNAVAILABLE,
            "That did not work",
            &error.message,
            None,
        ),
    }
}

/// Nothing but characters of a query (RFC 3986, 3.4), and not too many.
fn is_query(query: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte);
    !query.is_empty() && query.len() <= LONGEST_QUERY && query.bytes().all(allowed)
}

fn problem(reply: &[u8]) -> Result<Option<SignupProblem>, ApiError> {
    let view: ConnectionView = serde_json::from_slice(reply)
        .map_err(|_| ApiError::unavailable("Go back to Twinbox and look how the signup stands."))?;
    Ok(view.signup.and_then(|signup| signup.problem))
}

/// What a person in the browser has to know; Twinbox says the rest.
fn sentence(problem: &SignupProblem) -> &'static str {
    match problem {
        SignupProblem::Closed | SignupProblem::Cancelled => {
            "The signup was stopped. Go back to Twinbox to begin again."
        }
        SignupProblem::Expired | SignupProblem::CodeRefused => "That took too long. Begin again in Twinbox.",
        SignupProblem::Unreachable => "Meta cannot be reached just now. Go on in Twinbox.",
        SignupProblem::Failed { .. }
        | SignupProblem::AppRefused
        | SignupProblem::PermissionMissing { .. }
        | SignupProblem::NoNumber
        | SignupProblem::NotOnPhone
        | SignupProblem::Refused { .. } => "Go back to Twinbox: it says why, and what to do.",
    }
}

/// A page without a script. With a `link` it goes there by itself, and offers it for browsers that ask for a click.
fn page(status: StatusCode, title: &str, sentence: &str, link: Option<&str>) -> Response {
    let (title, sentence) = (escaped(title), escaped(sentence));
    let link = link.map(escaped);
    let go = link.as_ref().map_or_else(String::new, |link| {
        format!("<meta http-equiv=\"refresh\" content=\"0;url={link}\">")
    });
    let offer = link.as_ref().map_or_else(String::new, |link| {
        format!("<p><a href=\"{link}\">Open Twinbox</a></p>")
    });
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>{go}\
         <style>{STYLE}</style></head><body><h1>{title}</h1><p>{sentence}</p>{offer}</body></html>"
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, Html(html)).into_response()
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_policy_allows_the_pages_own_style_and_nothing_else() {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(STYLE));
        assert!(
            CONTENT_SECURITY_POLICY.contains(&format!("style-src 'sha256-{hash}'")),
            "{hash}"
        );
    }

    #[test]
    fn only_what_can_be_a_query_is_taken() {
        for taken in [
            "code=AQD-x_y&state=0a",
            "error=access_denied&error_description=no+thanks%21",
        ] {
            assert!(is_query(taken), "{taken}");
        }
        let long = "a".repeat(LONGEST_QUERY + 1);
        for refused in ["", "a=\"><script>", "a=b c", "a=\0", "a=é", "a=b#c", "a=\\", &long] {
            assert!(!is_query(refused), "{refused}");
        }
    }

    #[test]
    fn nothing_breaks_out_of_the_page() {
        assert_eq!(escaped("a'b\"&<i>"), "a&#39;b&quot;&amp;&lt;i&gt;");
    }
}
