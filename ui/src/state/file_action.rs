//! What can happen to the files in the composer.

use super::{Attached, Upload};
use uuid::Uuid;

/// Something that happened to a file of a conversation's composer.
#[derive(Debug)]
pub enum FileAction {
    /// It was put there.
    Attached(Attached),
    /// It is on its way, or not any more.
    Uploaded(Uuid, Upload),
    /// It is to go as a document.
    AsDocument(Uuid),
    /// It was taken out.
    Removed(Uuid),
}
