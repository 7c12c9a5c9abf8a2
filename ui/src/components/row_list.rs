//! The conversations as a list that draws only the rows on screen.

mod hold;
mod keys;
mod view;

use super::Keyed;
use super::conversation_row::Row;
use crate::keyboard::LIST_ID;
use crate::resize::observe_size;
use crate::screen::after_paint;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use view::RowView;
pub use view::screenful;

/// The next page is asked for when fewer rows than this are left below the screen.
const LOAD_AHEAD: usize = 40;

/// The rows of the chosen list. Arrows move between them, Enter opens.
#[component]
pub fn RowList() -> impl IntoView {
    let session = Session::use_();
    let view = RowView::new();
    let tab_stop = RwSignal::new(session.peek(|state| state.open));
    let drawn = Memo::new(move |_| {
        let window = view.window.get();
        session.read(Part::List, |state| match state.list() {
            Some(list) => window.filter_map(|index| list.get(index)).collect::<Vec<_>>(),
            None => Vec::new(),
        })
    });

    observe_size(view.scroller, move |size| view.viewport.set(size.height));
    Effect::new(move |_| {
        // Not while the first rows wait to be painted.
        if view.is_painted.get() && view.window.with(|window| window.end) + LOAD_AHEAD >= view.count.get() {
            session.load_list_ahead();
        }
    });
    let filter = session.memo(Part::Filter, |state| state.filter);
    Effect::new(move |before: Option<_>| {
        let now = filter.get();
        if before.is_some_and(|before| before != now) {
            view.scroll_to(0.0);
        }
        now
    });
    // Whatever opened it, arrows go on from there.
    Effect::new(move |_| {
        let open = session.read(Part::Open, |state| state.open);
        if open.is_some() {
            tab_stop.set(open);
        }
    });
    keys::go_on_below(session, tab_stop);
    let hold = hold::hold_rows(session, view);
    let on_key = move |event: KeyboardEvent| keys::on_key(session, view, tab_stop, &event);
    Effect::new(move |painted: Option<bool>| {
        let rows = !drawn.with(Vec::is_empty);
        if rows && painted != Some(true) {
            let draw_beyond = move || {
                let _ = view.is_painted.try_set(true);
            };
            after_paint(draw_beyond);
        }
        rows || painted == Some(true)
    });

    let tab_stop_is_drawn = move || drawn.with(|drawn| tab_stop.get().is_some_and(|id| drawn.contains(&id)));
    let height_of_all = move || format!("{}px", view.count.get() as f64 * view.row_height.get());
    let top_of_drawn = move || {
        format!(
            "translateY({}px)",
            view.window.get().start as f64 * view.row_height.get()
        )
    };
    view! {
        <div
            id=LIST_ID
            class="rows scroll grow"
            role="listbox"
            aria-multiselectable="true"
            aria-label=move || text::list_of(filter.get())
            tabindex=move || if tab_stop_is_drawn() { "-1" } else { "0" }
            node_ref=view.scroller
            on:scroll=move |_| {
                view.scrolled();
                hold();
            }
            on:keydown=on_key
        >
            <div class="rows__all" role="presentation" style:height=height_of_all>
                <div class="rows__drawn" role="presentation" style:transform=top_of_drawn>
                    <Keyed each=move || drawn.get() key=|id| *id let:id>
                        <Row id tab_stop/>
                    </Keyed>
                </div>
            </div>
        </div>
    }
}
