//! Keeps the rows someone looks at where they are while others move to the top of the list.

use super::view::RowView;
use crate::session::Session;
use crate::state::{List, Part};
use leptos::prelude::*;
use twinbox_protocol::{ConversationFilter, RowCursor};

/// The rows on screen, from the top: where each stands in the list, and its place.
type Held = Vec<(RowCursor, usize)>;

/// Follows the rows on screen when the order changes. Returns what to call after each scrolling. At the very top nothing
/// is held: there, new rows are meant to be seen.
pub fn hold_rows(session: Session, view: RowView) -> impl Fn() + Copy {
    let held = StoredValue::new(None::<(ConversationFilter, Held)>);
    let look = move || {
        let on_screen = view.on_screen();
        let rows = session.peek(|state| {
            let list = state.list()?;
            let rows = on_screen.filter_map(|index| Some((list.cursor(index)?, index)));
            Some((state.filter, rows.collect()))
        });
        held.set_value(rows.filter(|_| view.scroll_top.get_untracked() > 0.0));
    };
    Effect::new(move |_| {
        session.track(Part::List);
        let moved = held.with_value(|held| {
            let (filter, rows) = held.as_ref()?;
            session.peek(|state| moved(state.list().filter(|_| state.filter == *filter)?, rows))
        });
        if let Some(rows) = moved.filter(|rows| *rows != 0.0) {
            // Where somebody has scrolled to in this very moment counts, which no event has told yet.
            view.scrolled();
            let top = view.scroll_top.get_untracked();
            if top > 0.0 {
                view.scroll_to(top + rows * view.row_height.get_untracked());
            }
        }
        look();
    });
    look
}

/// How many rows the view has to go down: as many as the first row that was not moved itself was pushed.
fn moved(list: &List, held: &[(RowCursor, usize)]) -> Option<f64> {
    let (now, was) = held
        .iter()
        .find_map(|(cursor, was)| Some((list.place_of(*cursor)?, *was)))?;
    Some(now as f64 - was as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::fixtures::row;
    use crate::state::list_cursor;

    fn list(rows: &[(i64, i64)]) -> List {
        let mut list = List::default();
        list.extend(rows.iter().map(|(id, last_at)| list_cursor(&row(*id, *last_at))));
        list
    }

    fn held(list: &List, from: usize) -> Held {
        (from..list.len())
            .map(|index| (list.cursor(index).unwrap(), index))
            .collect()
    }

    #[test]
    fn rows_pushed_down_are_followed() {
        let before = held(&list(&[(5, 50), (4, 40), (3, 30), (2, 20)]), 2);
        let after = list(&[(6, 60), (5, 50), (4, 40), (3, 30), (2, 20)]);
        assert_eq!(moved(&after, &before), Some(1.0));
    }

    #[test]
    fn a_row_that_moves_to_the_top_is_not_followed_there() {
        let before = held(&list(&[(5, 50), (4, 40), (3, 30), (2, 20)]), 2);
        let after = list(&[(3, 60), (5, 50), (4, 40), (2, 20)]);
        assert_eq!(moved(&after, &before), Some(0.0));
    }
}
