//! Words for a number that messages cannot go out from.

use super::{Words, said, say, what_helps};
use twinbox_domain::{Millis, Standing, explain_meta_error, remedy};
use twinbox_protocol::NumberView;

/// In the status bar: what is the matter with a number; `None` while nothing is.
pub fn number_trouble(name: &str, standing: &Standing) -> Option<String> {
    Some(match standing {
        Standing::Connected => return None,
        Standing::Suspended { .. } => say!("trouble-suspended", name = name),
        Standing::Disconnected { .. } => say!("trouble-disconnected", name = name),
        Standing::Disabled { .. } => say!("trouble-disabled", name = name),
        Standing::NoAccess { .. } => say!("trouble-no-access", name = name),
        Standing::Blocked { .. } => say!("trouble-blocked", name = name),
    })
}

/// Above the reason on the page of numbers; `date` writes a day.
pub fn standing_title(number: &NumberView, date: fn(Millis) -> String) -> String {
    match &number.standing {
        Standing::Connected if number.is_locked => super::SECRETS_LOCKED.to_owned(),
        Standing::Connected => super::NOT_CONNECTED.to_owned(),
        Standing::Suspended { since } | Standing::Blocked { since, .. } => {
            say!("paused-since", day = &date(*since))
        }
        Standing::Disconnected { since, .. } | Standing::NoAccess { since } => {
            say!("not-connected-since", day = &date(*since))
        }
        Standing::Disabled { since } => say!("disabled-since", day = &date(*since)),
    }
}

/// Above the composer: why nothing goes out, and what helps; `None` while messages go out.
pub fn why_paused(number: &NumberView) -> Option<String> {
    let why = match &number.standing {
        Standing::Connected if number.is_locked => super::SECRETS_LOCKED_HINT,
        Standing::Connected => return None,
        Standing::Suspended { .. } => Words("why-suspended"),
        Standing::Disconnected { reason, .. } => disconnected(reason),
        Standing::Disabled { .. } => Words("why-disabled"),
        Standing::NoAccess { .. } => Words("why-no-access"),
        Standing::Blocked { code, .. } => {
            let why = explain_meta_error(*code).map_or_else(|| Words("why-blocked").to_owned(), said);
            let helps = what_helps(remedy(*code)).map_or("", Words::get);
            return Some(say!("paused-because", why = &why, helps = helps));
        }
    };
    Some(why.to_owned())
}

/// Meta's words for the reason, and what brings the number back (Meta, webhook reference `account_update`, Apr 2026).
fn disconnected(reason: &str) -> Words {
    match reason {
        "PRIMARY_INACTIVITY" => Words("disconnected-primary-inactivity"),
        "COMPANION_INACTIVITY" => Words("disconnected-companion-inactivity"),
        "BUSINESS_DOWNGRADE" => Words("disconnected-business-downgrade"),
        "CHANGE_NUMBER" => Words("disconnected-change-number"),
        "USER_RE_REGISTERED" => Words("disconnected-user-re-registered"),
        "ACCOUNT_DISCONNECTED" => Words("disconnected-account-disconnected"),
        "ACCOUNT_DELETED" => Words("disconnected-account-deleted"),
        _ => Words("disconnected-other"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::fixtures::number;

    fn why(standing: Standing) -> Option<String> {
        why_paused(&NumberView {
            standing,
            ..number("1")
        })
    }

    #[test]
    fn every_reason_says_what_helps_and_one_that_is_not_known_as_well() {
        let since = Millis(0);
        for reason in ["", "FROM_THE_FUTURE", "PRIMARY_INACTIVITY", "CHANGE_NUMBER"] {
            let reason = reason.to_owned();
            let told = why(Standing::Disconnected { since, reason });
            assert!(
                told.as_deref().is_some_and(|why| why.contains("onnect the n")),
                "{told:?}"
            );
        }
        assert_eq!(why(Standing::Connected), None);
        for code in [33, 131_031, 999_999] {
            let told = why(Standing::Blocked { since, code });
            assert!(
                told.as_deref().is_some_and(
                    |why| why.starts_with("Paused: ") && (why.contains("again.") || why.contains("Support"))
                ),
                "{told:?}"
            );
        }
        let paused = number_trouble("Shop", &Standing::Suspended { since });
        assert_eq!(paused.as_deref(), Some("Shop: paused, the phone was re-registered"));
    }
}
