//! What a person sends: a text, or a file that was handed over before, checked before anything is queued.

use crate::{Engine, media::pixels, requests::Answer};
use futures_util::{Stream, StreamExt};
use std::{io, pin::pin};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt, SeekFrom},
};
use twinbox_domain::{
    Content, ContentHash, FileKind, FileProblem, HEAD_BYTES, LARGEST_MEDIA_BYTES, LONGEST_CAPTION, OutgoingFile,
};
use twinbox_protocol::{ApiError, ErrorCode, FileToSend, UploadedFile};
use twinbox_store::{KeptFile, NewFile, Store};

/// Most characters of a text (Meta, "Text messages", Feb 2026).
const LONGEST_TEXT: usize = 4096;

impl Engine {
    /// Takes a file in that is to be sent, as its bytes come. It is on disk when this returns, and in no message yet.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] for one beyond what WhatsApp takes at all, [`ErrorCode::Unavailable`] when the bytes break
    /// off or the disk takes no more. Nothing is kept then.
    pub async fn take_file<B: AsRef<[u8]>, E>(&self, bytes: impl Stream<Item = Result<B, E>>) -> Answer<UploadedFile> {
        let mut bytes = pin!(bytes);
        let mut incoming = self.inner.store.receive_file().await.map_err(|error| no_disk(&error))?;
        let mut size_bytes = 0_u64;
        while let Some(piece) = bytes.next().await {
            let piece = piece.map_err(|_| ApiError::unavailable("The file did not arrive whole."))?;
            size_bytes = size_bytes.saturating_add(u64::try_from(piece.as_ref().len()).unwrap_or(u64::MAX));
            if size_bytes > LARGEST_MEDIA_BYTES {
                let problem = FileProblem::TooLarge(FileKind::Document);
                return Err(ApiError::new(ErrorCode::Invalid, problem.sentence()));
            }
            incoming.write(piece.as_ref()).await.map_err(|error| no_disk(&error))?;
        }
        let kept = incoming.keep().await.map_err(|error| no_disk(&error))?;
        let looks = look(&self.inner.store, kept.hash).await?;
        let checked = looks.check("", false);
        Ok(UploadedFile {
            hash: kept.hash,
            size_bytes,
            kind: checked.map_or(FileKind::Document, |file| file.kind),
            problem: checked.err(),
        })
    }
}

/// What a message is to say, with the file it carries; [`ErrorCode::Invalid`] for what WhatsApp does not take.
pub(crate) async fn content(
    store: &Store,
    text: String,
    file: Option<FileToSend>,
) -> Answer<(Content, Option<NewFile>)> {
    let invalid = |sentence: String| Err(ApiError::new(ErrorCode::Invalid, sentence));
    let characters = text.chars().count();
    let Some(FileToSend {
        hash,
        name,
        as_document,
    }) = file
    else {
        return match (text.trim().is_empty(), characters > LONGEST_TEXT) {
            (true, _) => invalid("There is nothing to send.".to_owned()),
            (_, true) => invalid(format!("A message has at most {LONGEST_TEXT} characters.")),
            _ => Ok((Content::Text { body: text }, None)),
        };
    };
    let looks = look(store, hash).await?;
    let checked = match looks.check(&name, as_document) {
        Ok(checked) => checked,
        Err(problem) => return invalid(problem.sentence().to_owned()),
    };
    let caption = if text.trim().is_empty() { String::new() } else { text };
    if !caption.is_empty() && !checked.kind.takes_caption() {
        return invalid("WhatsApp shows no text with audio and stickers. Send it by itself.".to_owned());
    }
    if characters > LONGEST_CAPTION {
        return invalid(format!(
            "The text with a file has at most {LONGEST_CAPTION} characters."
        ));
    }
    let file = NewFile {
        file: KeptFile {
            hash,
            size_bytes: looks.size_bytes,
        },
        pixels: pixels::of_head(looks.head),
    };
    Ok((checked.content(hash, &name, caption), Some(file)))
}

/// What decides about a file.
struct Looks {
    head: Vec<u8>,
    tail: Vec<u8>,
    size_bytes: u64,
}

impl Looks {
    fn check(&self, name: &str, as_document: bool) -> Result<OutgoingFile, FileProblem> {
        OutgoingFile::check(&self.head, &self.tail, self.size_bytes, name, as_document)
    }
}

async fn look(store: &Store, hash: ContentHash) -> Answer<Looks> {
    let look = async {
        let mut file = File::open(store.file_path(&hash)).await?;
        let size_bytes = file.metadata().await?.len();
        let (mut head, mut tail) = (Vec::new(), Vec::new());
        (&mut file).take(HEAD_BYTES).read_to_end(&mut head).await?;
        if let Some(rest) = size_bytes.checked_sub(HEAD_BYTES) {
            let back = i64::try_from(rest.min(HEAD_BYTES)).unwrap_or_default();
            file.seek(SeekFrom::End(-back)).await?;
            file.take(HEAD_BYTES).read_to_end(&mut tail).await?;
        }
        Ok(Looks { head, tail, size_bytes })
    };
    look.await.map_err(|error| not_here(&error))
}

fn not_here(error: &io::Error) -> ApiError {
    if error.kind() != io::ErrorKind::NotFound {
        tracing::error!(%error, "a file to be sent cannot be read");
    }
    ApiError::new(ErrorCode::Invalid, "The file is not here any more. Attach it again.")
}

fn no_disk(error: &io::Error) -> ApiError {
    tracing::error!(%error, "a file to be sent cannot be written to disk");
    ApiError::unavailable("Twinbox cannot write the file to its disk.")
}
