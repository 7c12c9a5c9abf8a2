//! One attempt to fetch a file: looked up, streamed to disk, checked, kept.

use super::pixels;
use std::io;
use twinbox_domain::{ContentHash, FetchTrouble};
use twinbox_store::{KeptFile, Store, WantedFile};
use twinbox_whatsapp::{Download, FetchError, GraphClient};

/// An attempt that failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotKept {
    /// It did not come.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// Meta says that it is not there, and says the same of its number.
    #[error("the number is parted from Meta")]
    Parted,
    /// What came is not what was announced.
    #[error("the bytes that came are not those of the file")]
    OtherBytes,
    /// It cannot be written.
    #[error("the file cannot be written to disk")]
    Disk(#[from] io::Error),
}

impl NotKept {
    /// What it means for the file.
    pub(super) fn trouble(&self) -> FetchTrouble {
        match self {
            Self::Fetch(error) => error.trouble(),
            Self::Parted | Self::OtherBytes | Self::Disk(_) => FetchTrouble::Later,
        }
    }

    /// Whether Meta says that the file is not there, which it also says of what this token may not see.
    pub(super) fn is_denial(&self) -> bool {
        matches!(self, Self::Fetch(error @ FetchError::Refused(_)) if error.trouble() == FetchTrouble::Gone)
    }

    /// Whether every other file would meet the same now.
    pub(super) fn is_about_all(&self) -> bool {
        match self {
            Self::Fetch(error) => error.is_about_meta(),
            Self::Parted | Self::OtherBytes => false,
            Self::Disk(_) => true,
        }
    }

    /// Why, in a sentence for a person.
    pub(super) fn sentence(&self) -> &'static str {
        match self {
            Self::Fetch(error) => error.sentence(),
            Self::Parted => "This number is not connected.",
            Self::OtherBytes => "The file arrived damaged.",
            Self::Disk(error) if error.kind() == io::ErrorKind::StorageFull => {
                "The disk is full. Once there is room, the file is fetched."
            }
            Self::Disk(_) => "Twinbox cannot write the file to its disk.",
        }
    }
}

/// Fetches a file, with the size of a picture.
pub(super) async fn fetch(
    store: &Store,
    client: &GraphClient,
    wanted: &WantedFile,
) -> Result<(KeptFile, Option<(u32, u32)>), NotKept> {
    let (mut download, sha256) = begin(client, &wanted.media_id).await?;
    let mut incoming = store.receive_file().await?;
    while let Some(bytes) = download.chunk().await? {
        incoming.write(&bytes).await?;
    }
    let told = ContentHash::told(&wanted.sha256).or_else(|| ContentHash::told(&sha256));
    if told.is_some_and(|told| told != incoming.hash()) {
        return Err(NotKept::OtherBytes);
    }
    incoming.flush().await?;
    let pixels = pixels::of(incoming.path()).await?;
    Ok((incoming.keep().await?, pixels))
}

/// The download and the hash its lookup told. An address that is over by the time it is used is looked up once more.
async fn begin(client: &GraphClient, media_id: &str) -> Result<(Download, String), FetchError> {
    let address = client.look_up_media(media_id).await?;
    let sha256 = address.sha256.clone();
    match client.download(address).await {
        Err(FetchError::AddressOver) => {
            let address = client.look_up_media(media_id).await?;
            let sha256 = address.sha256.clone();
            Ok((client.download(address).await?, sha256))
        }
        download => Ok((download?, sha256)),
    }
}
