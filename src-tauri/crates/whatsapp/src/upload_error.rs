//! Everything that can go wrong while a file is handed to Meta, and what follows from it. One total function decides.

use crate::{
    CallError,
    send_error::{back_off_ms, is_refused_with_5xx},
};
use std::{io, time::Duration};
use twinbox_domain::{MetaErrorKind, Millis, meta_error_kind};

/// The longest wait between two attempts.
const LONGEST_WAIT: Duration = Duration::from_secs(5 * 60);

/// A file that Meta does not have.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// It cannot be read here.
    #[error("the file cannot be read")]
    File(#[source] io::Error),
    /// Meta did not take it.
    #[error(transparent)]
    Call(#[from] CallError),
}

/// What becomes of a file after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterUpload {
    /// It is tried again, not before this point.
    RetryAt(Millis),
    /// It waits: with this code Meta lets nothing be sent from the number until somebody helps.
    NumberPauses(i64),
    /// It is never tried again by itself.
    GiveUp,
}

impl UploadError {
    /// What follows, after `attempts` attempts in all.
    pub fn follow_up(&self, now: Millis, attempts: u32) -> AfterUpload {
        match self {
            Self::File(_) => return AfterUpload::GiveUp,
            Self::Call(CallError::Refused(refusal)) => match meta_error_kind(refusal.code) {
                // A refused token stops the number; the file waits for it.
                MetaErrorKind::RateLimit
                | MetaErrorKind::PairRateLimit
                | MetaErrorKind::Unclear
                | MetaErrorKind::Token => {}
                MetaErrorKind::Refused | MetaErrorKind::NumberBlocked
                    if refusal.http >= 500 && !is_refused_with_5xx(refusal.code) => {}
                MetaErrorKind::NumberBlocked => return AfterUpload::NumberPauses(refusal.code),
                MetaErrorKind::Refused => return AfterUpload::GiveUp,
            },
            Self::Call(CallError::Unreachable(_) | CallError::NoAnswer(_) | CallError::Unreadable { .. }) => {}
        }
        AfterUpload::RetryAt(now.plus_ms(back_off_ms(attempts, LONGEST_WAIT)))
    }

    /// Why, in a sentence for a person.
    pub fn sentence(&self) -> String {
        match self {
            Self::File(_) => "The file cannot be read on this computer. Attach it again.".to_owned(),
            Self::Call(CallError::Unreachable(_)) => "WhatsApp cannot be reached. Twinbox keeps trying.".to_owned(),
            Self::Call(CallError::NoAnswer(_) | CallError::Unreadable { .. }) => {
                "WhatsApp did not take the file. Twinbox keeps trying.".to_owned()
            }
            Self::Call(CallError::Refused(refusal)) => refusal.sentence(),
        }
    }

    /// Meta's code; `None` when Meta said nothing.
    pub fn code(&self) -> Option<i64> {
        match self {
            Self::File(_) => None,
            Self::Call(error) => error.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Refusal;

    const NOW: Millis = Millis(1_000_000);

    fn refused(http: u16, code: i64) -> UploadError {
        UploadError::Call(CallError::Refused(Refusal {
            http,
            code,
            message: "No".to_owned(),
        }))
    }

    #[test]
    fn only_what_cannot_become_better_by_itself_is_given_up() {
        for (http, code) in [(400, 131_053), (400, 100)] {
            assert_eq!(refused(http, code).follow_up(NOW, 1), AfterUpload::GiveUp, "{code}");
        }
        for (http, code) in [
            (400, 4),
            (400, 130_429),
            (500, 131_000),
            (503, 2),
            (500, 131_053),
            (400, 1),
            (401, 190),
            (403, 10),
            (500, 3),
            (500, 131_031),
        ] {
            let again = AfterUpload::RetryAt(NOW.plus_ms(2000));
            assert_eq!(refused(http, code).follow_up(NOW, 2), again, "{code}");
        }
        let html = UploadError::Call(CallError::Unreadable { http: 502 });
        assert_eq!(html.follow_up(NOW, 30), AfterUpload::RetryAt(NOW.plus_ms(300_000)));
        let lost = UploadError::File(io::ErrorKind::NotFound.into());
        assert_eq!(lost.follow_up(NOW, 1), AfterUpload::GiveUp);
    }

    #[test]
    fn what_stops_the_number_stops_its_files_as_it_stops_its_messages() {
        for (http, code) in [
            (400, 33),
            (403, 131_031),
            (500, 131_045),
            (400, 133_010),
            (500, 133_000),
        ] {
            assert_eq!(
                refused(http, code).follow_up(NOW, 1),
                AfterUpload::NumberPauses(code),
                "{code}"
            );
        }
    }

    #[test]
    fn a_refused_file_is_explained() {
        assert!(refused(400, 131_053).sentence().contains("type or size"));
    }
}
