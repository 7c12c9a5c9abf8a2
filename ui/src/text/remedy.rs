//! What helps against a failed message; the sentence before it says why it failed.

use super::not_delivered;
use twinbox_domain::{Remedy, remedy};

/// Why a message failed and what helps; `code` is Meta's.
pub fn failed_and_what_helps(reason: &str, code: Option<i64>) -> String {
    let why = not_delivered(reason);
    match code.map(remedy).and_then(what_helps) {
        Some(helps) => format!("{why} {helps}"),
        None => why,
    }
}

/// Whether sending the same again may ever help.
pub fn may_be_tried_again(code: Option<i64>) -> bool {
    code.map(remedy) != Some(Remedy::None)
}

/// In a sentence; `None` where nothing does, or nothing needs to.
pub const fn what_helps(remedy: Remedy) -> Option<&'static str> {
    Some(match remedy {
        Remedy::Wait | Remedy::None => return None,
        Remedy::TryAgain => "Send it again.",
        Remedy::TryLater => "Send it again in a day or later.",
        Remedy::Change => "Change it and send it anew.",
        Remedy::UseTemplate => "Send a template instead.",
        Remedy::FixTemplate => "Mend the template at Meta, or choose another one.",
        Remedy::CheckPerson => "Check the phone number, or reach them another way.",
        Remedy::Unblock => "Unblock them, then send it again.",
        Remedy::Reconnect => "Connect the number again.",
        Remedy::FixPayment => "See the account\u{2019}s billing at Meta, then send it again.",
        Remedy::AskMeta => "See Meta Business Support.",
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
    fn what_meta_said_nothing_of_can_be_tried_again() {
        let said = failed_and_what_helps("The file cannot be read on this computer. Attach it again.", None);
        assert!(said.ends_with("Attach it again."), "{said}");
        assert!(may_be_tried_again(None));
    }
}
