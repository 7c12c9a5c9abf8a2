//! `GET /signup/callback`: where Meta's dialog sends the system's browser when a signup is over.
//!
//! Beside a desktop app it answers with a page that hands over to the app by its link; elsewhere it tells the engine
//! itself. Who asks is not known, so the query is a claim: the engine compares its `state`. Nothing of it is shown.

use crate::{catalog::Catalog, router::App};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use fluent_bundle::FluentArgs;
use std::sync::LazyLock;
use twinbox_protocol::{Caller, ConnectionView, FinishSignup, Role, SignupProblem};

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

/// Words by their place in the catalog.
#[derive(Clone, Copy)]
struct Words(&'static str);

/// The first one is for a browser that asks for none of them.
static CATALOGS: LazyLock<[Catalog; 2]> = LazyLock::new(|| {
    let english = include_str!("../../../../assets/locales/en/signup-return.ftl");
    let arabic = include_str!("../../../../assets/locales/ar/signup-return.ftl");
    [Catalog::new("en", english), Catalog::new("ar", arabic)]
});

/// Takes the browser's return.
pub(crate) async fn come_back(
    State(app): State<App>,
    method: Method,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    // A look at the headers alone must not use the signup up.
    if method != Method::GET {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let accepted = headers.get(header::ACCEPT_LANGUAGE);
    let catalog = asked_for(accepted.and_then(|accepted| accepted.to_str().ok()).unwrap_or_default());
    let page = |status, title, sentence, link| page(catalog, status, title, sentence, link);
    let Some(query) = query.filter(|query| is_query(query)) else {
        return page(
            StatusCode::BAD_REQUEST,
            Words("signup-return-nothing"),
            Words("signup-return-nothing-why"),
            None,
        );
    };
    if app.returns_to_app {
        return page(
            StatusCode::OK,
            Words("signup-return-to-app"),
            Words("signup-return-to-app-why"),
            Some(format!("{APP_LINK}?{query}")),
        );
    }
    let caller = Caller {
        user: app.door.owner().to_owned(),
        role: Role::Admin,
        client: "http".to_owned(),
    };
    let finished = app.engine.dispatch(&caller, FinishSignup { query }.into()).await;
    let (status, title, sentence) = match finished.map(|reply| problem(&reply)) {
        Ok(Ok(None)) => (
            StatusCode::OK,
            Words("signup-return-done"),
            Words("signup-return-done-why"),
        ),
        Ok(Ok(Some(problem))) => (StatusCode::OK, Words("signup-return-failed"), sentence(&problem)),
        Ok(Err(_)) | Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            Words("signup-return-failed"),
            Words("signup-return-unknown"),
        ),
    };
    page(status, title, sentence, None)
}

/// In the language of `Accept-Language` that comes first; browsers write them in that order (RFC 9110, 12.5.4).
fn asked_for(accepted: &str) -> &'static Catalog {
    let [usual, ..] = &*CATALOGS;
    let mut tags = accepted
        .split(',')
        .map(|range| range.split(';').next().unwrap_or_default().trim());
    tags.find_map(|tag| CATALOGS.iter().find(|catalog| catalog.is_of(tag)))
        .unwrap_or(usual)
}

/// Nothing but characters of a query (RFC 3986, 3.4), and not too many.
fn is_query(query: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte);
    !query.is_empty() && query.len() <= LONGEST_QUERY && query.bytes().all(allowed)
}

fn problem(reply: &[u8]) -> serde_json::Result<Option<SignupProblem>> {
    let view: ConnectionView = serde_json::from_slice(reply)?;
    Ok(view.signup.and_then(|signup| signup.problem))
}

/// What a person in the browser has to know; Twinbox says the rest.
fn sentence(problem: &SignupProblem) -> Words {
    match problem {
        SignupProblem::Closed | SignupProblem::Cancelled => Words("signup-return-stopped"),
        SignupProblem::Expired | SignupProblem::CodeRefused => Words("signup-return-too-long"),
        SignupProblem::Unreachable => Words("signup-return-unreachable"),
        SignupProblem::Failed { .. }
        | SignupProblem::AppRefused
        | SignupProblem::PermissionMissing { .. }
        | SignupProblem::NoNumber
        | SignupProblem::NotOnPhone
        | SignupProblem::Refused { .. } => Words("signup-return-see-twinbox"),
    }
}

/// A page without a script. With a `link` it goes there by itself, and offers it for browsers that ask for a click.
fn page(catalog: &Catalog, status: StatusCode, title: Words, sentence: Words, link: Option<String>) -> Response {
    let say = |words: Words| escaped(&catalog.say(words.0, &FluentArgs::new()));
    let (title, sentence) = (say(title), say(sentence));
    let link = link.as_deref().map(escaped);
    let go = link.as_ref().map_or_else(String::new, |link| {
        format!("<meta http-equiv=\"refresh\" content=\"0;url={link}\">")
    });
    let offer = link.as_ref().map_or_else(String::new, |link| {
        format!("<p><a href=\"{link}\">{}</a></p>", say(Words("signup-return-open")))
    });
    let language = catalog.language();
    let html = format!(
        "<!doctype html><html lang=\"{language}\" dir=\"auto\"><head><meta charset=\"utf-8\"><title>{title}</title>{go}\
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
    fn the_page_speaks_the_first_language_of_the_browser_that_there_is() {
        for (accepted, language) in [
            ("ar-EG,ar;q=0.9,en;q=0.8", "ar"),
            ("fr;q=0.9, AR ;q=0.8", "ar"),
            ("en-GB,ar;q=0.5", "en"),
            ("de", "en"),
            ("*", "en"),
            ("", "en"),
        ] {
            assert_eq!(asked_for(accepted).language(), language, "{accepted}");
        }
    }

    #[test]
    fn nothing_breaks_out_of_the_page() {
        assert_eq!(escaped("a'b\"&<i>"), "a&#39;b&quot;&amp;&lt;i&gt;");
    }
}
