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

impl UploadError {
    /// When to try again at the earliest, after `attempts` attempts in all; `None`: never by itself.
    pub fn retry_at(&self, now: Millis, attempts: u32) -> Option<Millis> {
        match self {
            Self::File(_) => return None,
            // As messages do, it waits until the number is back.
            Self::Call(error) if error.is_about_a_loss() => {}
            Self::Call(CallError::Refused(refusal)) => match meta_error_kind(refusal.code) {
                // A refused token stops the number; the file waits for it.
                MetaErrorKind::RateLimit
                | MetaErrorKind::PairRateLimit
                | MetaErrorKind::Unclear
                | MetaErrorKind::Token => {}
                MetaErrorKind::Refused | MetaErrorKind::NumberBlocked
                    if refusal.http < 500 || is_refused_with_5xx(refusal.code) =>
                {
                    return None;
                }
                MetaErrorKind::Refused | MetaErrorKind::NumberBlocked => {}
            },
            Self::Call(CallError::Unreachable(_) | CallError::NoAnswer(_) | CallError::Unreadable { .. }) => {}
        }
        Some(now.plus_ms(back_off_ms(attempts, LONGEST_WAIT)))
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
        for (http, code) in [(400, 131_053), (400, 100), (403, 131_031)] {
            assert_eq!(refused(http, code).retry_at(NOW, 1), None, "{code}");
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
            (400, 33),
        ] {
            assert_eq!(refused(http, code).retry_at(NOW, 2), Some(NOW.plus_ms(2000)), "{code}");
        }
        let html = UploadError::Call(CallError::Unreadable { http: 502 });
        assert_eq!(html.retry_at(NOW, 30), Some(NOW.plus_ms(300_000)));
        assert_eq!(UploadError::File(io::ErrorKind::NotFound.into()).retry_at(NOW, 1), None);
    }

    #[test]
    fn a_refused_file_is_explained() {
        assert!(refused(400, 131_053).sentence().contains("type or size"));
    }
}
