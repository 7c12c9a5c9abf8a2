//! Words for a number that messages cannot go out from.

use super::what_helps;
use std::borrow::Cow;
use twinbox_domain::{Millis, Standing, explain_meta_error, remedy};

/// In the status bar: what is the matter with a number; `None` while nothing is.
pub fn number_trouble(name: &str, standing: &Standing) -> Option<String> {
    let trouble = match standing {
        Standing::Connected => return None,
        Standing::Suspended { .. } => "paused, the phone was re-registered",
        Standing::Disconnected { .. } => "disconnected",
        Standing::Disabled { .. } => "disabled by WhatsApp",
        Standing::NoAccess { .. } => "Meta refuses Twinbox\u{2019}s access",
        Standing::Blocked { .. } => "paused, WhatsApp refuses it",
    };
    Some(format!("{name}: {trouble}"))
}

/// Above the reason on the page of numbers; `date` writes a day.
pub fn standing_title(standing: &Standing, date: fn(Millis) -> String) -> String {
    match standing {
        Standing::Connected => super::NOT_CONNECTED.to_owned(),
        Standing::Suspended { since } | Standing::Blocked { since, .. } => format!("Paused since {}", date(*since)),
        Standing::Disconnected { since, .. } | Standing::NoAccess { since } => {
            format!("Not connected since {}", date(*since))
        }
        Standing::Disabled { since } => format!("Disabled since {}", date(*since)),
    }
}

/// Above the composer: why nothing goes out, and what helps; `None` while messages go out.
pub fn why_paused(standing: &Standing) -> Option<Cow<'static, str>> {
    let why = match standing {
        Standing::Connected => return None,
        Standing::Suspended { .. } => {
            "Paused: the phone was re-registered; it goes on by itself once WhatsApp reconnects."
        }
        Standing::Disconnected { reason, .. } => disconnected(reason),
        Standing::Disabled { .. } => {
            "WhatsApp has disabled this account. Its owner can ask for a review in Meta Business Support."
        }
        Standing::NoAccess { .. } => {
            "Paused: Meta refuses Twinbox\u{2019}s access to this number. Connect the number again; nothing is lost meanwhile."
        }
        Standing::Blocked { code, .. } => {
            let why = explain_meta_error(*code).unwrap_or("WhatsApp refuses this number.");
            let helps = what_helps(remedy(*code)).unwrap_or_default();
            return Some(format!("Paused: {why} {helps}").into());
        }
    };
    Some(why.into())
}

/// Meta's words for the reason, and what brings the number back (Meta, webhook reference `account_update`, Apr 2026).
fn disconnected(reason: &str) -> &'static str {
    match reason {
        "PRIMARY_INACTIVITY" => {
            "Disconnected: the phone app was not opened for about 14 days. Open it there, then connect the number again."
        }
        "COMPANION_INACTIVITY" => {
            "Disconnected: the link to the phone was not used for about 30 days. Connect the number again."
        }
        "BUSINESS_DOWNGRADE" => {
            "Disconnected on the phone: the number moved to the personal WhatsApp app. Move it back to WhatsApp Business, then connect it again."
        }
        "CHANGE_NUMBER" => "Disconnected on the phone: it has another number now. Connect the new number.",
        "USER_RE_REGISTERED" => {
            "Disconnected on the phone: the app was set up again without reconnecting. Connect the number again."
        }
        "ACCOUNT_DISCONNECTED" => {
            "Disconnected: the WhatsApp account was deleted or closed. Ask WhatsApp's support on the phone."
        }
        "ACCOUNT_DELETED" => {
            "The WhatsApp account of this number was deleted. Connect the number again with a new one."
        }
        _ => "Disconnected on the phone: connect the number again to send from here.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_says_what_helps_and_one_that_is_not_known_as_well() {
        let since = Millis(0);
        for reason in ["", "FROM_THE_FUTURE", "PRIMARY_INACTIVITY", "CHANGE_NUMBER"] {
            let reason = reason.to_owned();
            let why = why_paused(&Standing::Disconnected { since, reason });
            assert!(
                why.as_deref().is_some_and(|why| why.contains("onnect the n")),
                "{why:?}"
            );
        }
        assert_eq!(why_paused(&Standing::Connected), None);
        for code in [33, 131_031, 999_999] {
            let why = why_paused(&Standing::Blocked { since, code });
            assert!(
                why.as_deref().is_some_and(
                    |why| why.starts_with("Paused: ") && (why.contains("again.") || why.contains("Support"))
                ),
                "{why:?}"
            );
        }
        let paused = number_trouble("Shop", &Standing::Suspended { since });
        assert_eq!(paused.as_deref(), Some("Shop: paused, the phone was re-registered"));
    }
}
