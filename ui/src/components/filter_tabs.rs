//! Which conversations the list shows.

use super::menu::{MenuButton, MenuItem, menu};
use super::roving::step;
use super::{Icon, IconName};
use crate::keyboard;
use crate::screen::Screen;
use crate::session::Session;
use crate::state::{Part, State};
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::html::{Button, Div};
use leptos::prelude::*;
use twinbox_protocol::ConversationFilter;

/// What the tabs show.
pub const PANEL_ID: &str = "conversation-panel";

const FILTERS: [ConversationFilter; 4] = [
    ConversationFilter::Mine,
    ConversationFilter::Unassigned,
    ConversationFilter::All,
    ConversationFilter::Snoozed,
];

/// Behind the button.
const MORE: [ConversationFilter; 5] = [
    ConversationFilter::Mentions,
    ConversationFilter::NeedsReply,
    ConversationFilter::Unread,
    ConversationFilter::Pending,
    ConversationFilter::Resolved,
];

fn count(filter: ConversationFilter, state: &State) -> Option<u64> {
    let overview = state.overview.as_ref()?;
    Some(match filter {
        ConversationFilter::All => state.on_the_desk(),
        ConversationFilter::Mine => state.workload(state.me()),
        ConversationFilter::Unassigned => state.workload(""),
        ConversationFilter::Snoozed => overview.snoozed,
        ConversationFilter::NeedsReply => overview.needs_reply,
        ConversationFilter::Unread => overview.unread,
        ConversationFilter::Mentions => state.mentioned(),
        _ => return None,
    })
}

/// A button with the views that have no tab (all of them where there are no tabs), numbers where there are several, and every label.
pub fn more_views(session: Session) -> AnyView {
    let screen = Screen::use_();
    let button = MenuButton {
        id: None,
        class: "btn btn--sm",
        label: text::MORE_VIEWS.to_owned(),
        face: view! { <span class="views__word">{text::VIEWS}</span><Icon name=IconName::ChevronDown size=14/> }
            .into_any(),
    };
    menu(button, move || {
        session.peek(|state| {
            let item = |words: String, filter, color| MenuItem {
                color,
                ..MenuItem::new(words, state.filter == filter, move || session.choose_filter(filter))
            };
            let tabs = FILTERS.into_iter().filter(|_| screen.narrow.get_untracked());
            let views = tabs.chain(MORE).map(|filter| match count(filter, state) {
                Some(count) => item(text::with_count(&text::filter(filter), count), filter, None),
                None => item(text::filter(filter).to_owned(), filter, None),
            });
            let numbers = state.number_names().into_iter().zip(0..);
            let numbers = numbers.map(|(name, place)| item(name, ConversationFilter::Number(place), None));
            let labels = state.team.labels.iter();
            let labels = labels.map(|label| {
                item(
                    label.name.clone(),
                    ConversationFilter::Label(label.id),
                    Some(label.color),
                )
            });
            views.chain(numbers).chain(labels).collect()
        })
    })
}

/// The view on screen when no tab shows it: its name, with a button back to all.
fn chosen_view(session: Session) -> impl Fn() -> Option<AnyView> {
    let screen = Screen::use_();
    move || {
        let filter = session.read(Part::Filter, |state| state.filter);
        let has_tab = FILTERS.contains(&filter) && !screen.narrow.get();
        if has_tab || filter == ConversationFilter::All {
            return None;
        }
        let name = session.read(Part::Team, |state| match filter {
            ConversationFilter::Label(id) => {
                let label = state.team.labels.iter().find(|label| label.id == id);
                label.map_or_else(String::new, |label| label.name.clone())
            }
            ConversationFilter::Number(place) => {
                let numbers = state.overview.as_ref().map(|overview| &overview.numbers);
                let number = numbers.and_then(|numbers| numbers.get(usize::from(place)));
                number.map_or_else(String::new, |number| number.name.clone())
            }
            filter => text::filter(filter).to_owned(),
        });
        let back = move |_| session.choose_filter(ConversationFilter::All);
        Some(
            view! {
                <div class="viewbar">
                    <b class="truncate" dir="auto">{name}</b>
                    <button class="link sm" type="button" on:click=back>{text::SHOW_ALL}</button>
                </div>
            }
            .into_any(),
        )
    }
}

/// Where in [`FILTERS`] the tab stop is: at the view, or at all chats while no tab shows that.
fn stop_of(filter: ConversationFilter) -> usize {
    let place = |wanted| FILTERS.iter().position(|filter| *filter == wanted);
    place(filter)
        .or_else(|| place(ConversationFilter::All))
        .unwrap_or_default()
}

/// The tabs above the list; arrows move between them.
#[component]
pub fn FilterTabs() -> impl IntoView {
    let session = Session::use_();
    let tabs = NodeRef::<Div>::new();
    let on_key = move |event: KeyboardEvent| {
        let at = session.peek(|state| stop_of(state.filter));
        let Some(to) = step(&keyboard::along(&event), at, FILTERS.len()) else {
            return;
        };
        event.prevent_default();
        if let Some(filter) = FILTERS.get(to) {
            session.choose_filter(*filter);
        }
        let tab = tabs
            .get_untracked()
            .and_then(|tabs| tabs.children().item(u32::try_from(to).ok()?));
        keyboard::focus_on(tab);
    };
    view! {
        {chosen_view(session)}
        <div class="tabs" role="tablist" aria-label=text::VIEWS node_ref=tabs on:keydown=on_key>
            {FILTERS.map(|filter| view! { <FilterTab filter/> })}
        </div>
    }
}

#[component]
fn FilterTab(filter: ConversationFilter) -> impl IntoView {
    let session = Session::use_();
    let chosen = session.memo(Part::Filter, move |state| state.filter == filter);
    let is_stop = session.memo(Part::Filter, move |state| {
        FILTERS.get(stop_of(state.filter)) == Some(&filter)
    });
    let count = session.memo(Part::Overview, move |state| count(filter, state));
    let tab = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let Some(tab) = tab.get().filter(|_| chosen.get()) {
            // All of its width, where the tabs have not all room.
            tab.scroll_into_view_with_bool(false);
        }
    });
    view! {
        <button
            node_ref=tab
            class="tabs__tab"
            type="button"
            role="tab"
            aria-controls=PANEL_ID
            aria-selected=move || chosen.get().to_string()
            tabindex=move || if is_stop.get() { "0" } else { "-1" }
            on:click=move |_| session.choose_filter(filter)
        >
            {text::filter(filter)}
            <span class="tabs__count">{move || count.get().map(text::count)}</span>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_on_from_all_chats_while_no_tab_shows_the_view() {
        assert_eq!(stop_of(ConversationFilter::Snoozed), 3);
        assert_eq!(FILTERS[stop_of(ConversationFilter::Pending)], ConversationFilter::All);
    }
}
