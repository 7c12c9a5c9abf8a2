//! Meta's side of the wire: webhook signatures and payloads in, Graph API calls out.
//!
//! The engine calls it. It speaks domain types to the inside and Meta's JSON to the outside; it knows no database and
//! reads no clock. Everything Meta sends is hostile until parsed: what cannot be read becomes an error or a
//! [`Fact::NotUnderstood`](twinbox_domain::Fact), never a panic. Errors and `Debug` output hold no content, phone
//! numbers, names or tokens.

mod answer;
mod call_error;
mod fetch_error;
mod graph;
mod ingress;
mod login;
mod secret;
mod send_error;
mod signature;
mod upload_error;
pub mod webhook;

pub use call_error::CallError;
pub use fetch_error::FetchError;
pub use graph::{
    ClientError, Download, FileToUpload, GraphClient, GraphSettings, ListedNumber, ListedTemplate, MediaAddress,
    Outgoing, SyncKind,
};
pub use ingress::{IngressAnswer, try_challenge, try_delivery};
pub use login::{
    AppClient, AppSettings, AppSubscription, BusinessToken, Dialog, PERMISSIONS, Returned, ReturnedEnd, TokenInfo,
    read_return, web_address, web_page,
};
pub use secret::Secret;
pub use send_error::{Refusal, SendError};
pub use signature::{BadSignature, RawDelivery, VerifiedDelivery, may_be_signed, verify};
pub use upload_error::{AfterUpload, UploadError};

/// The readers of answers by themselves, for the fuzz targets.
#[cfg(fuzzing)]
pub mod fuzzing {
    use crate::{FetchError, GraphClient, MediaAddress, SendError, graph};
    use twinbox_domain::Wamid;

    /// What Meta answers to a message.
    ///
    /// # Errors
    /// As [`GraphClient::send`].
    pub fn sent(http: u16, bytes: &[u8]) -> Result<Wamid, SendError> {
        graph::understand(http, bytes)
    }

    /// What Meta answers to a look-up of a file.
    ///
    /// # Errors
    /// As [`GraphClient::look_up_media`].
    pub fn looked_up(client: &GraphClient, http: u16, bytes: &[u8]) -> Result<MediaAddress, FetchError> {
        client.understand_lookup(http, bytes)
    }
}
