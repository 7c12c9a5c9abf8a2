//! What helps against a failed message; the sentence before it says why it failed.

use super::{Words, not_delivered, said, say};
use twinbox_domain::{Remedy, remedy};

/// Why a message failed and what helps; `code` is Meta's.
pub fn failed_and_what_helps(reason: &str, code: Option<i64>) -> String {
    match code.map(remedy).and_then(what_helps) {
        Some(helps) => say!("failed-and-what-helps", reason = &said(reason), helps = helps),
        None => not_delivered(reason),
    }
}

/// Whether sending the same again may ever help.
pub fn may_be_tried_again(code: Option<i64>) -> bool {
    code.map(remedy) != Some(Remedy::None)
}

/// In a sentence; `None` where nothing does. What failed after it was accepted does not go on by itself, whatever it met.
pub const fn what_helps(remedy: Remedy) -> Option<Words> {
    Some(match remedy {
        Remedy::None => return None,
        Remedy::Wait | Remedy::TryAgain => Words("what-helps-try-again"),
        Remedy::TryLater => Words("what-helps-try-later"),
        Remedy::Change => Words("what-helps-change"),
        Remedy::UseTemplate => Words("what-helps-use-template"),
        Remedy::FixTemplate => Words("what-helps-fix-template"),
        Remedy::CheckPerson => Words("what-helps-check-person"),
        Remedy::Unblock => Words("what-helps-unblock"),
        Remedy::Reconnect => Words("what-helps-reconnect"),
        Remedy::FixPayment => Words("what-helps-fix-payment"),
        Remedy::AskMeta => Words("what-helps-ask-meta"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_why_and_what_helps() {
        let said = failed_and_what_helps(
            "More than 24 hours have passed since the customer wrote.",
            Some(131_047),
        );
        assert!(
            said.ends_with("since the customer wrote. Send a template instead."),
            "{said}"
        );
        assert!(may_be_tried_again(Some(131_047)));
    }

    #[test]
    fn where_nothing_helps_nothing_is_offered() {
        let said = failed_and_what_helps("This person does not want marketing messages.", Some(131_050));
        assert!(said.ends_with("marketing messages."), "{said}");
        assert!(!may_be_tried_again(Some(131_050)));
    }

    #[test]
    fn what_failed_later_because_of_a_rate_limit_can_be_tried_again() {
        let said = failed_and_what_helps("WhatsApp asks for a slower pace.", Some(130_429));
        assert!(said.ends_with("slower pace. Send it again."), "{said}");
    }

    #[test]
    fn what_meta_said_nothing_of_can_be_tried_again() {
        let said = failed_and_what_helps("The file cannot be read on this computer. Attach it again.", None);
        assert!(said.ends_with("Attach it again."), "{said}");
        assert!(may_be_tried_again(None));
    }
}
