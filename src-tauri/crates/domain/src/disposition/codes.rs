//! Meta's error codes: each has one kind, one sentence and one thing that helps (Meta, "Error codes", Feb 2026).

use super::{MetaErrorKind, Remedy};

/// What a code of Meta's means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetaError {
    /// What follows from it.
    pub kind: MetaErrorKind,
    /// Why, for a person. What helps is the remedy's to say.
    pub sentence: &'static str,
    /// What helps.
    pub remedy: Remedy,
}

/// What was asked about no longer exists, or this token may not see it.
pub const NODE_GONE: i64 = 33;

/// Something could not be handed over in time and is gone.
pub const WEBHOOK_LOST: i64 = 131_035;

/// The person wants no marketing messages.
pub const NO_MARKETING: i64 = 131_050;

/// What Meta's error `code` means; `None` for one that is not known.
#[allow(clippy::too_many_lines, reason = "a table")]
pub const fn meta_error(code: i64) -> Option<MetaError> {
    use MetaErrorKind::{NumberBlocked, PairRateLimit, RateLimit, Refused, Token, Unclear};
    use Remedy::{
        AskMeta, Change, CheckPerson, FixPayment, FixTemplate, None as Nothing, Reconnect, TryAgain, TryLater, Unblock,
        UseTemplate, Wait,
    };
    let (kind, remedy, sentence) = match code {
        // The whole number.
        0 | 190 => (Token, Reconnect, "Twinbox is no longer signed in to this number."),
        3 | 10 | 200..=299 | 131_005 => (
            Token,
            Reconnect,
            "Twinbox lacks the permission to send from this number.",
        ),
        NODE_GONE => (NumberBlocked, Reconnect, "This number no longer exists at Meta."),
        368 | 131_031 => (NumberBlocked, AskMeta, "WhatsApp has blocked this account."),
        131_037 => (
            NumberBlocked,
            AskMeta,
            "The number's display name needs approval first.",
        ),
        131_045 => (NumberBlocked, Reconnect, "This number is not registered correctly."),
        133_000 => (
            NumberBlocked,
            Reconnect,
            "This number was not fully disconnected on the phone.",
        ),
        133_006 => (NumberBlocked, Reconnect, "This number has to be verified again."),
        133_010 => (NumberBlocked, Reconnect, "This number is not registered."),
        133_015 => (
            NumberBlocked,
            Reconnect,
            "This number was removed less than 5 minutes ago.",
        ),
        4 | 80_007 | 130_429 => (RateLimit, Wait, "WhatsApp asks for a slower pace."),
        // One person.
        131_056 => (PairRateLimit, Wait, "Too many messages to this person in a short time."),
        130_403 => (Refused, Unblock, "You have blocked this person."),
        130_472 => (
            Refused,
            Nothing,
            "WhatsApp did not deliver this message because of an experiment with this person.",
        ),
        130_497 => (Refused, AskMeta, "This business may not send messages to that country."),
        131_021 => (Refused, CheckPerson, "A number cannot write to itself."),
        131_026 => (
            Refused,
            CheckPerson,
            "This person cannot receive the message. They may not be on WhatsApp.",
        ),
        131_036 => (
            Refused,
            TryAgain,
            "The message did not reach all of this person's devices.",
        ),
        131_047 => (
            Refused,
            UseTemplate,
            "More than 24 hours have passed since the customer wrote.",
        ),
        131_049 => (
            Refused,
            TryLater,
            "WhatsApp held this message back to protect the customer.",
        ),
        NO_MARKETING => (Refused, Nothing, "This person does not want marketing messages."),
        131_062 => (
            Refused,
            CheckPerson,
            "This message can only be sent to a phone number, and WhatsApp does not share this person's.",
        ),
        // Nobody knows.
        1 | 131_000 => (Unclear, TryAgain, "WhatsApp had an unknown fault."),
        2 | 131_016 | 133_004 => (Unclear, TryAgain, "WhatsApp was not available for a moment."),
        131_057 | 2_494_100 => (Unclear, TryAgain, "WhatsApp was working on this number for a moment."),
        134_101 => (
            Unclear,
            TryAgain,
            "WhatsApp is still preparing this template. It takes up to 10 minutes.",
        ),
        134_102 => (Unclear, FixTemplate, "This template cannot be used at the moment."),
        // The message.
        100 | 131_008 | 131_009 => (Refused, Change, "WhatsApp did not accept this message."),
        135_000 => (
            Refused,
            Change,
            "WhatsApp did not accept this message and does not say why.",
        ),
        131_051 => (Refused, Change, "WhatsApp does not support this type of message."),
        131_052 => (Refused, TryAgain, "The file could not be downloaded. Ask for it again."),
        131_053 => (
            Refused,
            Change,
            "The file could not be uploaded: its type or size does not fit.",
        ),
        WEBHOOK_LOST => (
            Refused,
            Nothing,
            "WhatsApp could not hand something over in time and deleted it. It may be on the phone.",
        ),
        131_060 => (Refused, Nothing, "WhatsApp shows this message only on the phone."),
        131_041 | 131_059 | 131_201 => (Refused, Nothing, "Twinbox cannot write to groups."),
        132_068 => (Refused, Change, "WhatsApp has blocked the form in this message."),
        132_069 => (
            Refused,
            TryLater,
            "The form in this message is limited to 10 messages an hour.",
        ),
        // The account's money and manners.
        131_042 => (
            Refused,
            FixPayment,
            "There is a problem with the payment method of this account.",
        ),
        134_011 => (Refused, AskMeta, "The terms of WhatsApp payments are not accepted yet."),
        131_048 => (
            Refused,
            AskMeta,
            "WhatsApp limits this number because people reported messages as spam.",
        ),
        131_063 => (
            Refused,
            AskMeta,
            "WhatsApp takes no marketing messages from this number.",
        ),
        // The template.
        131_055 | 134_100 => (Refused, FixTemplate, "Only marketing templates can be sent this way."),
        131_064 => (
            Refused,
            TryLater,
            "WhatsApp does not know yet what kind of template this is.",
        ),
        132_000 | 132_012 | 132_018 => (
            Refused,
            FixTemplate,
            "The template's blanks were not filled as it needs.",
        ),
        132_001 => (
            Refused,
            FixTemplate,
            "This template does not exist in that language, or is not approved.",
        ),
        132_005 => (Refused, FixTemplate, "The template is too long once filled."),
        132_007 => (Refused, FixTemplate, "The template breaks a WhatsApp rule."),
        132_015 => (Refused, FixTemplate, "WhatsApp has paused this template."),
        132_016 => (
            Refused,
            FixTemplate,
            "WhatsApp has switched this template off for good.",
        ),
        2_388_019 | 2_388_039 | 2_388_040 | 2_388_047 | 2_388_072 | 2_388_073 | 2_388_293 | 2_388_299 => {
            (Refused, FixTemplate, "WhatsApp did not accept this template.")
        }
        // What only other calls meet.
        133_005 | 133_008 | 133_009 => (Refused, TryLater, "WhatsApp did not accept the PIN of this number."),
        133_016 => (Refused, TryLater, "This number was connected too often within 3 days."),
        136_024 => (Refused, Nothing, "This number is verified already."),
        139_100 => (Refused, TryAgain, "Not everybody could be blocked or unblocked."),
        139_102 => (
            Refused,
            TryAgain,
            "Somebody else changed who is blocked at the same moment.",
        ),
        147_001..=147_005 => (Refused, Change, "WhatsApp did not accept this username."),
        1_752_041 => (Refused, Nothing, "This was asked for already."),
        2_388_001 | 2_388_012 | 2_388_091 | 2_388_093 | 2_388_103 => {
            (Refused, AskMeta, "The number cannot move to this account.")
        }
        2_494_164..=2_494_179 => (Refused, AskMeta, "WhatsApp did not accept this sign-up."),
        2_494_191 => (Refused, Nothing, "Another app answers in this chat."),
        2_593_107 => (Refused, Nothing, "The phone was already asked for its chats."),
        2_593_108 => (
            Refused,
            Reconnect,
            "More than 24 hours have passed since the number was connected.",
        ),
        2_593_109 => (Refused, Nothing, "The owner of the phone did not share its chats."),
        3_441_041 | 2_655_093 => (
            Refused,
            Nothing,
            "This number cannot be connected to its phone app yet.",
        ),
        _ => return None,
    };
    Some(MetaError { kind, sentence, remedy })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Meta's list, and the codes of coexistence that providers report.
    const LISTED: &[i64] = &[
        0, 190, 3, 10, 200, 250, 299, 131_005, 100, 33, 1, 2, 4, 80_007, 130_429, 131_056, 368, 130_403, 130_472,
        130_497, 131_000, 131_008, 131_009, 131_016, 131_021, 131_026, 131_031, 131_037, 131_042, 131_045, 131_047,
        131_048, 131_049, 131_050, 131_051, 131_052, 131_053, 131_055, 134_100, 131_057, 131_041, 131_059, 131_201,
        131_035, 131_036, 131_060, 131_062, 131_063, 131_064, 132_000, 132_012, 132_018, 132_001, 132_005, 132_007,
        132_015, 132_016, 132_068, 132_069, 133_000, 133_004, 133_005, 133_008, 133_009, 133_006, 133_010, 133_015,
        133_016, 134_011, 134_101, 134_102, 135_000, 136_024, 139_100, 139_102, 147_001, 147_002, 147_003, 147_004,
        147_005, 1_752_041, 2_388_001, 2_388_012, 2_388_091, 2_388_093, 2_388_103, 2_388_019, 2_388_039, 2_388_040,
        2_388_047, 2_388_072, 2_388_073, 2_388_293, 2_388_299, 2_494_100, 2_494_164, 2_494_179, 2_494_191, 2_593_107,
        2_593_108, 2_593_109, 3_441_041, 2_655_093,
    ];

    #[test]
    fn every_code_of_metas_list_has_one_kind_one_sentence_and_one_thing_that_helps() {
        for code in LISTED {
            let error = meta_error(*code).unwrap_or_else(|| panic!("{code} is not known"));
            assert!(error.sentence.ends_with('.') && error.sentence.len() < 120, "{code}");
            // Only what is tried again by itself needs nothing, and only that.
            let goes_again = matches!(error.kind, MetaErrorKind::RateLimit | MetaErrorKind::PairRateLimit);
            assert_eq!(error.remedy == Remedy::Wait, goes_again, "{code}");
        }
    }

    #[test]
    fn nothing_is_known_that_is_not_on_the_list() {
        let known = (0..4_000_000).filter(|code| meta_error(*code).is_some());
        let stray = known.filter(|code| {
            !LISTED.contains(code) && !(200..=299).contains(code) && !(2_494_164..=2_494_179).contains(code)
        });
        assert_eq!(stray.collect::<Vec<i64>>(), Vec::<i64>::new());
    }
}
