//! Which pages the signup window shows.

use tauri::Url;

/// Meta's own sites. A page of `*.fbcdn.net` or another that Meta serves files from is never a page of the signup.
const SITES: [&str; 3] = ["facebook.com", "whatsapp.com", "meta.com"];

/// Where the dialog sends a window inside of an app when it is over (Meta, "Manually build a login flow", Mar 2026).
const RETURN_PATH: &str = "/connect/login_success.html";

/// As long as the listener takes from a browser.
const LONGEST_QUERY: usize = 4096;

/// Meta's sites, and the host of the dialog where it is another one: a simulated Meta on this computer.
#[derive(Clone, Debug)]
pub(super) struct Pages {
    dialog: Url,
}

/// What to do about an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Show it.
    Show,
    /// It is the end of the signup, with this query.
    CameBack(String),
    /// It does not belong here.
    Elsewhere,
}

impl Pages {
    /// For the dialog at this address, for example `https://www.facebook.com`. `None` when it is neither on the web by
    /// https nor on this computer.
    pub(super) fn of(dialog: &str) -> Option<Self> {
        let dialog = Url::parse(dialog).ok()?;
        (is_plain(&dialog) && (dialog.scheme() == "https" || is_this_computer(&dialog))).then_some(Self { dialog })
    }

    pub(super) fn judge(&self, url: &Url) -> Verdict {
        if matches!(url.as_str(), "about:blank" | "about:srcdoc") {
            return Verdict::Show;
        }
        let is_dialogs = is_plain(url) && url.origin() == self.dialog.origin();
        if is_dialogs && url.path() == self.return_path() {
            let query = url.query().unwrap_or_default();
            // Nothing of Meta's is that long; an empty one is refused by the engine, with a reason.
            let query = if query.len() > LONGEST_QUERY { "" } else { query };
            return Verdict::CameBack(query.to_owned());
        }
        if is_dialogs || is_metas(url) {
            Verdict::Show
        } else {
            Verdict::Elsewhere
        }
    }

    fn return_path(&self) -> String {
        format!("{}{RETURN_PATH}", self.dialog.path().trim_end_matches('/'))
    }
}

/// Without a name and password in it, which are there to deceive.
fn is_plain(url: &Url) -> bool {
    url.has_host() && url.username().is_empty() && url.password().is_none()
}

fn is_this_computer(url: &Url) -> bool {
    let is_loopback = match url.host_str() {
        Some("localhost" | "[::1]") => true,
        Some(host) => host.parse().is_ok_and(|host: std::net::Ipv4Addr| host.is_loopback()),
        None => false,
    };
    url.scheme() == "http" && is_loopback
}

fn is_metas(url: &Url) -> bool {
    let is_site = |host: &str| {
        SITES.iter().any(|site| {
            host.strip_suffix(site)
                .is_some_and(|before| before.is_empty() || before.ends_with('.'))
        })
    };
    is_plain(url) && url.scheme() == "https" && url.port().is_none() && url.host_str().is_some_and(is_site)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn judge(dialog: &str, url: &str) -> Verdict {
        Pages::of(dialog).unwrap().judge(&Url::parse(url).unwrap())
    }

    #[test]
    fn metas_pages_are_shown() {
        for url in [
            "https://www.facebook.com/v25.0/dialog/oauth?client_id=1",
            "https://facebook.com/",
            "https://business.facebook.com:443/messaging",
            "https://m.facebook.com/login",
            "https://web.whatsapp.com/",
            "https://accountscenter.meta.com/",
            "HTTPS://WWW.FACEBOOK.COM/",
            "about:blank",
            "about:srcdoc",
        ] {
            assert_eq!(judge("https://www.facebook.com", url), Verdict::Show, "{url}");
        }
    }

    #[test]
    fn nothing_that_only_looks_like_meta_is_shown() {
        let long = format!("https://{}.evil.com/", "facebook.com.".repeat(15));
        let endless = format!("https://evil.com/?{}", "https://www.facebook.com/".repeat(400));
        for url in [
            "http://www.facebook.com/",
            "https://evilfacebook.com/",
            "https://facebook.com.evil.com/",
            "https://facebook.com@evil.com/",
            "https://www.facebook.com:secret@evil.com/",
            "https://evil.com@www.facebook.com/",
            "https://www.facebook.com:8443/",
            "https://www.facebook.com./",
            "https://fаcebook.com/", // a Cyrillic letter
            "https://facebook.com%2eevil.com/",
            "https://evil.com/https://www.facebook.com/",
            "https://evil.com/?https://www.facebook.com/",
            "https://evil.com/#https://www.facebook.com/",
            "https://evil.com\\@www.facebook.com/",
            "https://evil.com//www.facebook.com/",
            "https:////evil.com/facebook.com",
            "https://static.xx.fbcdn.net/",
            "https://127.0.0.1/",
            "http://localhost:8787/api/call",
            "https://meta.com.br/",
            "https://xn--fcebook-8va.com/",
            "ftp://www.facebook.com/",
            "wss://www.facebook.com/",
            "file://www.facebook.com/etc/passwd",
            "tauri://localhost/",
            "http://tauri.localhost/",
            "ipc://localhost/call",
            "media://localhost/1",
            "twinbox://signup/callback?code=1",
            "javascript:alert(1)",
            "data:text/html,hello",
            "blob:https://www.facebook.com/0f0a",
            "about:blank#blocked",
            "view-source:https://www.facebook.com/",
            &long,
            &endless,
        ] {
            assert_eq!(judge("https://www.facebook.com", url), Verdict::Elsewhere, "{url:.80}");
        }
    }

    #[test]
    fn the_end_is_known_by_its_whole_address() {
        let dialog = "https://www.facebook.com";
        let back = |query: &str| Verdict::CameBack(query.to_owned());
        for (url, verdict) in [
            (
                "https://www.facebook.com/connect/login_success.html?code=1&state=2#_=_",
                back("code=1&state=2"),
            ),
            ("https://www.facebook.com/connect/login_success.html", back("")),
            (
                "https://www.facebook.com/x/../connect/login_success.html?code=1",
                back("code=1"),
            ),
            (
                "https://m.facebook.com/connect/login_success.html?code=1",
                Verdict::Show,
            ),
            (
                "https://www.facebook.com/connect/login_success.html/?code=1",
                Verdict::Show,
            ),
            (
                "https://www.facebook.com//connect/login_success.html?code=1",
                Verdict::Show,
            ),
            (
                "https://a:b@www.facebook.com/connect/login_success.html?code=1",
                Verdict::Elsewhere,
            ),
            (
                "http://www.facebook.com/connect/login_success.html?code=1",
                Verdict::Elsewhere,
            ),
            ("https://evil.com/connect/login_success.html?code=1", Verdict::Elsewhere),
        ] {
            assert_eq!(judge(dialog, url), verdict, "{url}");
        }
        let long = format!("{dialog}/connect/login_success.html?code={}", "a".repeat(10_000));
        assert_eq!(judge(dialog, &long), back(""));
    }

    #[test]
    fn a_simulated_meta_is_shown_at_its_own_host_and_port_alone() {
        let dialog = "http://127.0.0.1:9100/meta/";
        let end = "http://127.0.0.1:9100/meta/connect/login_success.html?code=1";
        assert_eq!(judge(dialog, end), Verdict::CameBack("code=1".to_owned()));
        assert_eq!(judge(dialog, "http://127.0.0.1:9100/x"), Verdict::Show);
        for url in [
            "http://127.0.0.1:9101/",
            "http://localhost:9100/",
            "https://127.0.0.1:9100/",
        ] {
            assert_eq!(judge(dialog, url), Verdict::Elsewhere, "{url}");
        }
    }

    #[test]
    fn a_dialog_elsewhere_than_on_the_web_by_https_or_here_is_no_dialog() {
        for dialog in [
            "",
            "www.facebook.com",
            "http://www.facebook.com",
            "http://127.0.0.1.evil.com",
            "http://10.0.0.1",
            "https://a@www.facebook.com",
            "file:///etc",
            "tauri://localhost",
        ] {
            assert!(Pages::of(dialog).is_none(), "{dialog}");
        }
        for dialog in [
            "https://www.facebook.com",
            "http://localhost:1",
            "http://[::1]:1",
            "http://127.0.0.2:1",
        ] {
            assert!(Pages::of(dialog).is_some(), "{dialog}");
        }
    }
}
