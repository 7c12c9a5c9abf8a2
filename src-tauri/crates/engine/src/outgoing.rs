//! What a person sends, checked before anything is queued. Files were handed over before.

use crate::{
    Engine,
    media::pixels,
    requests::{Answer, invalid},
    templates,
};
use futures_util::{Stream, StreamExt};
use std::{io, pin::pin};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt, SeekFrom},
};
use twinbox_domain::{
    Content, ContentHash, FileKind, FileProblem, HEAD_BYTES, LARGEST_MEDIA_BYTES, NumberId, OutgoingFile, Payload,
};
use twinbox_protocol::{ApiError, ErrorCode, FileToSend, ToSend, UploadedFile};
use twinbox_store::{KeptFile, NewFile, Store};

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

/// What is to be sent, with the file it carries; [`ErrorCode::Invalid`] for what WhatsApp does not take. `quotes`: it
/// answers a message.
pub(crate) async fn payload(
    store: &Store,
    number: &NumberId,
    message: ToSend,
    quotes: bool,
) -> Answer<(Payload, Option<NewFile>)> {
    let (payload, file) = match message {
        ToSend::Text { body, preview_url } => (Payload::Text { body, preview_url }, None),
        ToSend::File { file, caption } => {
            let caption = if caption.trim().is_empty() {
                String::new()
            } else {
                caption
            };
            let (content, file) = taken(store, file, caption).await?;
            (Payload::File(content), Some(file))
        }
        ToSend::Location(place) => (Payload::Location(place), None),
        ToSend::Contacts { cards } => (Payload::Contacts(cards), None),
        ToSend::Reaction { to, emoji } => (Payload::Reaction { to, emoji }, None),
        ToSend::Interactive { message, file } => {
            let (content, file) = header(store, file).await?;
            (Payload::Interactive { message, file: content }, file)
        }
        ToSend::Template {
            name,
            language,
            values,
            file,
            place,
        } => {
            let template = templates::sendable(store, number.clone(), &name, &language).await?;
            let (content, file) = header(store, file).await?;
            let filled = template.parts.fill((name, language), &values, content.as_ref(), place);
            let filled = filled.map_err(|problem| invalid(problem.to_string()))?;
            (Payload::Template(filled), file)
        }
    };
    payload.check(quotes).map_err(|problem| invalid(problem.to_string()))?;
    Ok((payload, file))
}

/// The file above a text, if there is one.
async fn header(store: &Store, file: Option<FileToSend>) -> Answer<(Option<Content>, Option<NewFile>)> {
    let Some(file) = file else { return Ok((None, None)) };
    let (content, file) = taken(store, file, String::new()).await?;
    Ok((Some(content), Some(file)))
}

/// A file that was handed over, as it is sent.
async fn taken(store: &Store, file: FileToSend, caption: String) -> Answer<(Content, NewFile)> {
    let FileToSend {
        hash,
        name,
        as_document,
    } = file;
    let looks = look(store, hash).await?;
    let checked = looks
        .check(&name, as_document)
        .map_err(|problem| invalid(problem.sentence()))?;
    let file = NewFile {
        file: KeptFile {
            hash,
            size_bytes: looks.size_bytes,
        },
        pixels: pixels::of_head(looks.head),
    };
    Ok((checked.content(hash, &name, caption), file))
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
