//! The inbox: list, thread, details.

use crate::components::{DetailsPane, ListPane, ThreadPane};
use crate::screen::Screen;
use crate::session::Session;
use crate::state::Part;
use leptos::prelude::*;

/// The three panes.
#[component]
pub fn Inbox() -> impl IntoView {
    let session = Session::use_();
    let screen = Screen::use_();
    let open = session.memo(Part::Open, |state| state.open);
    let details = Memo::new(move |_| open.get().filter(|_| screen.details.get()));
    view! {
        <main class="inbox" class:has-details=move || details.get().is_some() class:no-list=move || !screen.list.get()>
            <ListPane/>
            <ThreadPane/>
            <For each=move || details.get() key=|conversation| *conversation let:conversation>
                <DetailsPane conversation/>
            </For>
        </main>
    }
}
