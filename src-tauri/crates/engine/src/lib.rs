//! The engine: joins Meta's side ([`twinbox_whatsapp`]) with the disk ([`twinbox_store`]).
//!
//! A host (the desktop shell, `twinbox-server`) starts one [`Engine`], hands it webhooks and requests, and passes its
//! events on. A webhook comes in: verified, journaled, only then answered, applied by a task. A message goes out:
//! queued, paced, its attempt committed before the call, its outcome after it. The engine decides nothing that
//! `twinbox-domain` can decide without a clock or a disk.

mod clients;
mod clock;
mod connect;
mod due;
mod emoji;
mod engine;
mod events;
mod health;
mod inbound;
mod media;
mod outgoing;
mod paces;
mod presence;
mod queue;
mod receipts;
mod requests;
mod retention;
mod scheduled;
mod search;
mod sender;
mod spending;
mod team;
mod templates;
mod uploader;
mod user_settings;
mod vault;
mod views;

pub use clock::{monotonic, now};
pub use connect::{AppDefaults, Reminded};
pub use engine::{Engine, EngineSettings, NumberSettings, ReceiveError, StartError};
pub use events::Events;
pub use inbound::reapply;
pub use media::StoredFile;
pub use twinbox_store::{Number, Store, StoreError};
pub use twinbox_whatsapp::{BadSignature, GraphSettings, RawDelivery, Secret};
pub use vault::{KeyPlace, KeyStore, MasterKey, NoKey, NoKeyStore};
