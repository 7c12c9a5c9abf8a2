//! Files in the composer: on their way to the engine, or there and waiting to be sent.

use twinbox_domain::{Content, ContentHash, FileKind, FileProblem, OutgoingFile};
use twinbox_protocol::{FileState, FileToSend, FileView, UploadedFile};
use uuid::Uuid;

/// A file in the composer.
#[derive(Clone, PartialEq, Eq)]
pub struct Attached {
    /// Made here.
    pub key: Uuid,
    /// What it is called.
    pub name: String,
    /// How long it is.
    pub size_bytes: u64,
    /// How far it is.
    pub upload: Upload,
    /// It is to go as a document, whatever it is.
    pub as_document: bool,
}

/// How far a file is on its way to the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Upload {
    /// On its way.
    Coming,
    /// The engine has it, and knows what it is.
    Here(UploadedFile),
    /// It did not arrive; a sentence says why, and whether it may another time.
    Failed(String, bool),
}

impl Attached {
    /// One that is on its way from now on.
    pub fn coming(name: String, size_bytes: u64) -> Self {
        Self {
            key: Uuid::now_v7(),
            name,
            size_bytes,
            upload: Upload::Coming,
            as_document: false,
        }
    }

    /// The file of a message that was taken back.
    pub fn of_content(content: &Content, size_bytes: u64) -> Option<Self> {
        let media = content.media()?;
        let (kind, name) = match content {
            Content::Document { filename, .. } => (FileKind::Document, filename.clone()),
            content => (kind(content), twinbox_domain::save_name(content)),
        };
        let uploaded = UploadedFile {
            hash: ContentHash::told(&media.sha256)?,
            size_bytes,
            kind,
            problem: None,
        };
        Some(Self {
            upload: Upload::Here(uploaded),
            as_document: kind == FileKind::Document,
            ..Self::coming(name, size_bytes)
        })
    }

    /// What is in the way of sending it as it is.
    pub fn problem(&self) -> Option<FileProblem> {
        match self.upload {
            Upload::Here(uploaded) => uploaded
                .problem
                .filter(|problem| !(self.as_document && problem.can_be_document())),
            Upload::Coming | Upload::Failed(..) => None,
        }
    }

    /// Whether it can be sent.
    pub fn is_ready(&self) -> bool {
        matches!(self.upload, Upload::Here(_)) && self.problem().is_none()
    }

    /// As what it goes, as far as that is known.
    pub fn kind(&self) -> FileKind {
        match self.upload {
            Upload::Here(uploaded) if !self.as_document => uploaded.kind,
            _ => FileKind::Document,
        }
    }

    /// What the engine is asked to send; `None` before it has the file.
    pub fn to_send(&self) -> Option<FileToSend> {
        match self.upload {
            Upload::Here(uploaded) => Some(FileToSend {
                hash: uploaded.hash,
                name: self.name.clone(),
                as_document: self.as_document,
            }),
            Upload::Coming | Upload::Failed(..) => None,
        }
    }

    /// What its message will say, with how far its file is shown to be until then.
    pub fn as_content(&self, caption: String) -> Option<(Content, FileView)> {
        let file = OutgoingFile {
            kind: self.kind(),
            mime_type: "",
        };
        let content = file.content(self.to_send()?.hash, &self.name, caption);
        let view = FileView {
            state: FileState::Waiting,
            shown_type: None,
        };
        Some((content, view))
    }
}

fn kind(content: &Content) -> FileKind {
    match content {
        Content::Image(_) => FileKind::Image,
        Content::Video(_) => FileKind::Video,
        Content::Sticker(_) => FileKind::Sticker,
        Content::Audio { is_voice: true, .. } => FileKind::Voice,
        Content::Audio { is_voice: false, .. } => FileKind::Audio,
        _ => FileKind::Document,
    }
}

/// Never the name: it does not belong in logs.
impl std::fmt::Debug for Attached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attached")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
