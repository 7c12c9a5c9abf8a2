//! Words for what WhatsApp told of a number or its account.

use super::{Words, said, say};
use twinbox_domain::{AccountTold, Millis, explain_meta_error, people_a_day};

pub const NOTICES: Words = Words("notices");
pub const IS_FLAGGED: Words = Words("notice-flagged");

/// In a sentence; `date` writes a day. What is not known is said to be so.
pub fn notice(told: &AccountTold, date: fn(Millis) -> String) -> String {
    let words = match told {
        AccountTold::PartnerRemoved { .. } => Words("notice-removed"),
        AccountTold::Offboarded => Words("notice-offboarded"),
        AccountTold::Reconnected => Words("notice-reconnected"),
        AccountTold::PartnerAdded => Words("notice-added"),
        AccountTold::Deleted => Words("notice-deleted"),
        AccountTold::Ban { state, date } => match (state.as_str(), date.as_str()) {
            ("DISABLE", _) => Words("notice-disabled"),
            ("REINSTATE", _) => Words("notice-reinstated"),
            ("SCHEDULE_FOR_DISABLE", "") => Words("notice-will-be-disabled"),
            ("SCHEDULE_FOR_DISABLE", day) => return say!("notice-will-be-disabled-on", day = day),
            _ => Words("notice-other"),
        },
        AccountTold::Quality { word } => match word.as_str() {
            "FLAGGED" => IS_FLAGGED,
            "UNFLAGGED" => Words("notice-unflagged"),
            "THROUGHPUT_UPGRADE" => Words("notice-faster"),
            _ => Words("notice-other"),
        },
        AccountTold::Tier { tier } => match people_a_day(tier) {
            Some(people) => return say!("notice-people", people = people),
            None => Words("notice-people-other"),
        },
        AccountTold::Name {
            decision, requested, ..
        } => return name(decision, requested),
        AccountTold::Restriction { kinds, until, remedy } => {
            return with_remedy(restriction(kinds, until.map(date)), remedy);
        }
        AccountTold::Violation { remedy, .. } => return with_remedy(Words("notice-violation").to_owned(), remedy),
        AccountTold::Review { decision } => match decision.as_str() {
            "APPROVED" => Words("notice-review-approved"),
            "REJECTED" => Words("notice-review-rejected"),
            _ => Words("notice-review"),
        },
        AccountTold::Alert { description, .. } if description.is_empty() => Words("notice-alert"),
        AccountTold::Alert { description, .. } => return say!("notice-alert-says", what = description),
        AccountTold::App { is_installed: true, .. } => Words("notice-app"),
        AccountTold::App { .. } => Words("notice-app-gone"),
        AccountTold::Error { code, .. } => match explain_meta_error(*code) {
            Some(sentence) => return said(sentence),
            None => return say!("notice-error", code = &code.to_string()),
        },
        AccountTold::Other { word } => match word.as_str() {
            "PIN_RESET_REQUEST" => Words("notice-pin-asked"),
            "PIN_CHANGED" | "PIN_RESET_SUCCESS" => Words("notice-pin-changed"),
            _ => Words("notice-other"),
        },
    };
    words.to_owned()
}

fn name(decision: &str, requested: &str) -> String {
    match (decision, requested) {
        ("APPROVED", "") => Words("notice-name-approved").to_owned(),
        ("APPROVED", name) => say!("notice-this-name-approved", name = name),
        ("DECLINED", "") => Words("notice-name-declined").to_owned(),
        ("DECLINED", name) => say!("notice-this-name-declined", name = name),
        _ => Words("notice-name").to_owned(),
    }
}

/// What helps is shown as Meta wrote it.
fn with_remedy(notice: String, remedy: &str) -> String {
    match remedy {
        "" => notice,
        _ => say!("notice-and-remedy", notice = &notice, remedy = remedy),
    }
}

/// What is forbidden, in words (Meta, webhook reference `account_update`, Apr 2026).
fn restriction(kinds: &[String], until: Option<String>) -> String {
    let mut what: Vec<String> = Vec::new();
    for kind in kinds {
        let words = match kind.as_str() {
            "RESTRICTED_BIZ_INITIATED_MESSAGING" => Words("restricted-first"),
            "RESTRICTED_CUSTOMER_INITIATED_MESSAGING" => Words("restricted-answers"),
            "RESTRICTED_UTILITY_TEMPLATES" | "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES" => Words("restricted-utility"),
            "RESTRICTED_ADD_PHONE_NUMBER_ACTION" => Words("restricted-numbers"),
            kind if kind.contains("CALL") => Words("restricted-calls"),
            _ => Words("restricted-other"),
        };
        let words = words.to_owned();
        if !what.contains(&words) {
            what.push(words);
        }
    }
    let what = if what.is_empty() {
        Words("restricted-other").to_owned()
    } else {
        super::in_a_row(&what)
    };
    match until {
        Some(day) => say!("notice-restricted-until", day = &day, what = &what),
        None => say!("notice-restricted", what = &what),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(told: &AccountTold) -> String {
        notice(told, |_| "May 1, 2026".to_owned())
    }

    #[test]
    fn what_is_forbidden_is_said_once_and_until_when() {
        let kinds = [
            "RESTRICTED_BIZ_INITIATED_MESSAGING",
            "RESTRICTED_USER_INITIATED_CALLING",
            "RESTRICTED_BUSINESS_INITIATED_CALLING",
        ];
        let told = AccountTold::Restriction {
            kinds: kinds.map(str::to_owned).to_vec(),
            until: Some(Millis(1)),
            remedy: "Answer your calls.".to_owned(),
        };
        assert_eq!(
            says(&told),
            "WhatsApp restricts the account until May 1, 2026: no messages to people who have not written, no calls. \
             What WhatsApp says helps: Answer your calls."
        );
    }

    #[test]
    fn a_date_that_meta_wrote_is_told_as_it_is() {
        let told = AccountTold::Ban {
            state: "SCHEDULE_FOR_DISABLE".to_owned(),
            date: "April 17, 2025".to_owned(),
        };
        assert_eq!(says(&told), "WhatsApp will disable the account: April 17, 2025.");
    }

    #[test]
    fn what_is_not_known_is_said_to_be_so_and_never_in_metas_words() {
        let other = |word: &str| AccountTold::Other { word: word.to_owned() };
        assert!(says(&other("PIN_RESET_REQUEST")).starts_with("Somebody asked"));
        for word in ["VERIFIED_ACCOUNT", "FROM_THE_FUTURE"] {
            assert!(!says(&other(word)).contains(word));
        }
        let lost = AccountTold::Error {
            code: 131_035,
            title: "Webhook".to_owned(),
        };
        assert!(says(&lost).contains("deleted it"));
        let unknown = AccountTold::Error {
            code: 999_999,
            title: "Webhook".to_owned(),
        };
        assert!(says(&unknown).contains("999999"), "{}", says(&unknown));
    }
}
