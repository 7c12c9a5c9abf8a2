//! The keys of the list.

use super::view::RowView;
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use twinbox_domain::ConversationId;
use twinbox_protocol::ConversationFilter;

/// Arrows, Home and End move the tab stop; Enter and the space bar open the row that has it.
pub fn on_key(session: Session, view: RowView, tab_stop: RwSignal<Option<ConversationId>>, event: &KeyboardEvent) {
    if !keyboard::is_plain(event) {
        return;
    }
    let at = tab_stop
        .get_untracked()
        .and_then(|id| session.peek(|state| state.list()?.index_of(state.rows.get(&id)?)));
    // The row that was left may be in another list now, or in none.
    if at.is_none() && matches!(keyboard::latin_key(event).as_str(), "Enter" | " ") {
        return;
    }
    let first = view.on_screen().start;
    let last = view.count.get_untracked().saturating_sub(1);
    let to = match keyboard::latin_key(event).as_str() {
        "ArrowDown" => at.map_or(first, |at| (at + 1).min(last)),
        "ArrowUp" => at.map_or(first, |at| at.saturating_sub(1)),
        "Home" => 0,
        "End" => last,
        "Enter" | " " => {
            event.prevent_default();
            if let Some(id) = tab_stop.get_untracked() {
                session.open(id);
                keyboard::focus_opened(session);
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    let Some(id) = session.peek(|state| state.list()?.get(to)) else {
        return;
    };
    view.show(to);
    tab_stop.set(Some(id));
    // The row may be drawn only after this event.
    request_animation_frame(keyboard::focus_list);
}

/// Whoever goes through the list and decides goes on with what stands there once a row has left.
pub fn go_on_below(session: Session, tab_stop: RwSignal<Option<ConversationId>>) {
    Effect::new(
        move |stood: Option<Option<(ConversationFilter, ConversationId, usize)>>| {
            let stop = tab_stop.get()?;
            session.track(Part::List);
            let filter = session.peek(|state| state.filter);
            if let Some(at) = session.peek(|state| state.list()?.index_of(state.rows.get(&stop)?)) {
                return Some((filter, stop, at));
            }
            let (.., at) = stood.flatten().filter(|(of, it, _)| (*of, *it) == (filter, stop))?;
            let below = session.peek(|state| {
                let list = state.list()?;
                list.get(at.min(list.len().checked_sub(1)?))
            })?;
            tab_stop.set(Some(below));
            keyboard::focus_list_if_lost();
            None
        },
    );
}
