//! The inbox: list, thread, details.

use crate::components::{DetailsPane, ListPane, ThreadPane};
use crate::screen::{Screen, once_painted};
use crate::session::Session;
use crate::state::Part;
use leptos::prelude::*;

/// The three panes.
#[component]
pub fn Inbox() -> impl IntoView {
    let session = Session::use_();
    let screen = Screen::use_();
    let open = session.memo(Part::Open, |state| state.open);
    let shown = once_painted(session.shown());
    let has_details = Memo::new(move |_| open.get().is_some() && screen.details.get());
    view! {
        <main class="inbox" class:has-details=move || has_details.get() class:no-list=move || !screen.list.get()>
            <ListPane/>
            <ThreadPane/>
            {move || has_details.get().then(|| view! { <DetailsPane conversation=shown/> })}
        </main>
    }
}
