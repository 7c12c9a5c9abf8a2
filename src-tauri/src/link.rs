//! Links of the scheme `twinbox`, which anybody can write: a mail, a page, another program.
//!
//! They wait in one queue, from before the engine runs, and each is followed once. What is no link of ours is dropped.

use crate::{desk::Desk, signup_window, window::bring_forward};
use tauri::{AppHandle, Manager, Runtime, Url};
use tauri_plugin_deep_link::DeepLinkExt;
use tokio::sync::mpsc;
use twinbox_domain::ConversationId;
use twinbox_protocol::FinishSignup;

const SCHEME: &str = "twinbox";

/// As long as the listener takes from Meta, and a little for what stands before it.
const LONGEST: usize = 4096 + 64;

/// Nobody clicks as many before the app is up.
const MOST_WAITING: usize = 16;

/// Where a link leads.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Link {
    /// `twinbox://conversation/<id>`
    Conversation(ConversationId),
    /// `twinbox://signup/callback?code=…&state=…`: the browser came back from Meta. What it says is a claim.
    SignupReturn(String),
}

impl Link {
    /// What a URL means to us, if anything.
    pub(crate) fn read(url: &Url) -> Option<Self> {
        let is_plain = url.as_str().len() <= LONGEST
            && url.scheme() == SCHEME
            && url.username().is_empty()
            && url.password().is_none()
            && url.port().is_none()
            && url.fragment().is_none();
        if !is_plain {
            return None;
        }
        match (url.host_str()?, url.path(), url.query()) {
            ("conversation", path, None) => {
                let id = path.strip_prefix('/')?;
                let is_id = id.bytes().all(|byte| byte.is_ascii_digit()) && !id.starts_with('0');
                id.parse().ok().filter(|_| is_id).map(Self::Conversation)
            }
            ("signup", "/callback", Some(query)) => Some(Self::SignupReturn(query.to_owned())),
            _ => None,
        }
    }
}

/// Links that were clicked and not followed yet.
pub(crate) struct Links(mpsc::Receiver<Link>);

impl Links {
    /// Listens from now on; what the app was started with is the first.
    pub(crate) fn listen<R: Runtime>(app: &AppHandle<R>) -> Self {
        let (clicked, links) = mpsc::channel(MOST_WAITING);
        let take = move |urls: Vec<Url>| {
            for url in urls {
                // Never what it says: it may carry a code.
                match Link::read(&url).map(|link| clicked.try_send(link)) {
                    Some(Ok(())) => {}
                    Some(Err(_)) => tracing::warn!("a link was dropped: too many wait"),
                    None => tracing::warn!("a link was ignored: it is none of ours"),
                }
            }
        };
        match app.deep_link().get_current() {
            Ok(urls) => take(urls.unwrap_or_default()),
            Err(error) => tracing::warn!(%error, "the link Twinbox was started with cannot be read"),
        }
        app.deep_link().on_open_url(move |event| take(event.urls()));
        Self(links)
    }

    /// Follows each of them, as long as the app runs.
    pub(crate) async fn follow<R: Runtime>(mut self, app: AppHandle<R>) {
        while let Some(link) = self.0.recv().await {
            // Before anything that Meta may take its time for.
            bring_forward(&app);
            match link {
                Link::Conversation(conversation) => app.state::<Desk>().show(conversation),
                Link::SignupReturn(query) => {
                    signup_window::tell(&app, FinishSignup { query }).await;
                }
            }
        }
    }
}

/// Makes this program the one that links are handed to, where no installer did.
pub(crate) fn register<R: Runtime>(app: &AppHandle<R>) {
    if !cfg!(debug_assertions) && app.env().appimage.is_none() {
        return;
    }
    let app = app.clone();
    // It waits for programs of the desktop.
    std::thread::spawn(move || {
        if let Err(error) = app.deep_link().register_all() {
            tracing::warn!(%error, "links to Twinbox will not be opened");
        }
    });
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn read(url: &str) -> Option<Link> {
        Link::read(&Url::parse(url).ok()?)
    }

    #[test]
    fn our_links_are_understood() {
        assert!(read("twinbox://conversation/17") == Some(Link::Conversation(ConversationId(17))));
        let query = "code=AQD_x-y&state=0af";
        assert!(read(&format!("twinbox://signup/callback?{query}")) == Some(Link::SignupReturn(query.to_owned())));
    }

    #[test]
    fn everything_else_is_ignored() {
        let long = format!("twinbox://signup/callback?code={}", "a".repeat(10_000));
        for url in [
            "twinbox:",
            "twinbox://",
            "twinbox:conversation/17",
            "twinbox:///conversation/17",
            "twinbox:////conversation/17",
            "twinbox://conversation",
            "twinbox://conversation/",
            "twinbox://conversation//17",
            "twinbox://conversation/17/",
            "twinbox://conversation/17/18",
            "twinbox://conversation/-17",
            "twinbox://conversation/+17",
            "twinbox://conversation/017",
            "twinbox://conversation/0",
            "twinbox://conversation/17%00",
            "twinbox://conversation/%31%37",
            "twinbox://conversation/١٧",
            "twinbox://conversation/99999999999999999999",
            "twinbox://conversation/17?x=1",
            "twinbox://conversation/17#x",
            "twinbox://conversation:80/17",
            "twinbox://a@conversation/17",
            "twinbox://a:b@conversation/17",
            "twinbox://conversation.evil.com/17",
            "twinbox://conversation\0/17",
            "twinbox://CONVERSATION/17",
            "twinbox://evil/conversation/17",
            "twinbox://signup/callback",
            "twinbox://signup/callback/?code=1",
            "twinbox://signup/callback/../other?code=1",
            "twinbox://signup/%63allback?code=1",
            "twinbox://signup//callback?code=1",
            "twinbox://signup@evil/callback?code=1",
            "twinbox://evil/signup/callback?code=1",
            "twinbox://signup/callback?code=1#_=_",
            "https://signup/callback?code=1",
            "twinboxes://conversation/17",
            "file:///etc/passwd",
            &long,
        ] {
            assert!(read(url).is_none(), "{url:.80}");
        }
    }
}
