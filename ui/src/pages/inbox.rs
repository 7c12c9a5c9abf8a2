//! The inbox: list, thread, details.

use crate::apart::{Page, page};
use crate::components::{ListPane, Pane, PaneEdge, ThreadPane};
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
    // The styles know no other widths.
    let (list, details) = (Pane::List.width(), Pane::Details.width());
    view! {
        <main
            class="inbox"
            class:has-details=move || has_details.get()
            class:no-list=move || !screen.list.get()
            style=("--list-w", move || format!("{}px", list.get()))
            style=("--details-w", move || format!("{}px", details.get()))
        >
            <ListPane/>
            <PaneEdge pane=Pane::List width=list/>
            <ThreadPane/>
            {move || has_details.get().then(|| view! {
                <PaneEdge pane=Pane::Details width=details/>
                {page(Page::Details(shown))}
            })}
        </main>
    }
}
