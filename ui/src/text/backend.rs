//! Words for an engine that does not answer as it should.

use super::{Words, say};

pub const SIGN_IN_AGAIN: Words = Words("sign-in-again");
pub const SERVER_UNREACHABLE: Words = Words("server-unreachable");
pub const NO_ANSWER: Words = Words("no-answer");
pub const FILE_UNREADABLE: Words = Words("file-unreadable");
pub const FILE_UNREADABLE_NOW: Words = Words("file-unreadable-now");
pub const FILE_NOT_SAVED: Words = Words("file-not-saved");

/// The desktop app saved a file.
pub fn file_was_saved(name: &str) -> String {
    say!("file-was-saved", name = name)
}

/// It did not.
pub fn file_was_not_saved(name: &str) -> String {
    say!("file-was-not-saved", name = name)
}

/// An answer that is none of the engine's.
pub fn server_answered(status: u16) -> String {
    say!("server-answered", status = &status.to_string())
}

/// The shell is in trouble; `sentence` is its own.
pub fn app_did_not_answer(sentence: &str) -> String {
    say!("app-did-not-answer", sentence = sentence)
}

/// An answer that cannot be read.
pub fn versions_differ(error: &str) -> String {
    say!("versions-differ", error = error)
}
