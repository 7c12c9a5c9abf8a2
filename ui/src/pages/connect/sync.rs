//! Step 6: contacts, history and files come over.

mod ask;
mod deadline;
mod foot;
mod history;
mod progress;
mod trouble;

use super::frame::Wizard;
use crate::session::Session;
use crate::state::{ConnectPage, HistoryStanding, Part};
use crate::text;
use deadline::DeadlineNotes;
use foot::{ConnectedTo, ToInbox};
use history::HistorySection;
use leptos::prelude::*;
use progress::{ContactsSection, FilesSection, WaitingMessages};
use trouble::{AllHere, KeepOpen, Subscribing};
use twinbox_protocol::SyncView;

/// What has come so far; `None` before the engine told.
fn told(session: Session) -> Memo<Option<SyncView>> {
    session.memo(Part::Sync, |state| state.connecting.sync.clone())
}

/// How the history stands: it changes with what comes, and with the time when nothing does.
fn standing(session: Session) -> Memo<Option<HistoryStanding>> {
    Memo::new(move |_| {
        session.track(Part::Sync);
        session.read(Part::Now, |state| {
            let sync = state.connecting.sync.as_ref()?;
            Some(HistoryStanding::at(state.now, sync))
        })
    })
}

/// Everything that comes, each with how far it is.
#[component]
pub fn Sync() -> impl IntoView {
    let session = Session::use_();
    let standing = standing(session);
    let words = Memo::new(move |_| text::sync_title(standing.get().unwrap_or(HistoryStanding::Coming)));
    view! {
        <Wizard
            page=ConnectPage::Sync
            title=move || words.get().0
            lede=move || words.get().1
            aside=|| view! { <DeadlineNotes/> }
            aside_label=text::DEADLINE_AND_LIMITS
            foot=|| view! { <ToInbox/> }
            lead=ViewFn::from(|| view! { <ConnectedTo/> })
        >
            <Subscribing/>
            <KeepOpen/>
            <AllHere/>
            <div class="sync">
                <ContactsSection/>
                <HistorySection/>
                <FilesSection/>
            </div>
            <WaitingMessages/>
        </Wizard>
    }
}
