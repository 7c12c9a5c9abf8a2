//! Keeps the rows someone looks at where they are while others move to the top of the list.

use super::view::RowView;
use crate::session::Session;
use crate::state::Part;
use leptos::prelude::*;
use twinbox_domain::ConversationId;
use twinbox_protocol::ConversationFilter;

/// Follows the row at the top of the screen when the order changes. Returns what to call after each scrolling. At the
/// very top nothing is held: there, new rows are meant to be seen.
pub fn hold_rows(session: Session, view: RowView) -> impl Fn() + Copy {
    let held = StoredValue::new(None::<(ConversationFilter, ConversationId, usize)>);
    let look = move || {
        let top = view.scroll_top.get_untracked();
        let index = (top / view.row_height.get_untracked()).floor() as usize;
        let row = session.peek(|state| Some((state.filter, state.list()?.get(index)?, index)));
        held.set_value(row.filter(|_| top > 0.0));
    };
    Effect::new(move |_| {
        session.track(Part::List);
        let moved = held.get_value().and_then(|(filter, id, was)| {
            session.peek(|state| {
                let list = state.list().filter(|_| state.filter == filter)?;
                let now = list.index_of(state.rows.get(&id)?)?;
                Some(now as f64 - was as f64)
            })
        });
        if let Some(rows) = moved.filter(|rows| *rows != 0.0) {
            view.scroll_to(view.scroll_top.get_untracked() + rows * view.row_height.get_untracked());
        }
        look();
    });
    look
}
