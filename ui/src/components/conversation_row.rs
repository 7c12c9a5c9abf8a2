//! One conversation in the list.

use super::avatar::{avatar_id, hue_of};
use super::chip::{Countdown, countdown};
use super::preview::PreviewLine;
use super::triage::label_chips;
use super::{Avatar, Icon, IconName, NumberBadge};
use crate::clock;
use crate::keyboard;
use crate::screen::Screen;
use crate::session::Session;
use crate::state::{Action, Part, TeamAction};
use crate::text;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// A row. Only the one at `tab_stop` is reached by Tab.
#[component]
pub fn Row(id: ConversationId, tab_stop: RwSignal<Option<ConversationId>>) -> impl IntoView {
    let session = Session::use_();
    let screen = Screen::use_();
    let row = session.row(id);
    let open = session.memo(Part::Open, move |state| state.open == Some(id));
    let place = session.memo(Part::List, move |state| {
        let list = state.list()?;
        Some(list.index_of(state.rows.get(&id)?)? + 1)
    });
    let total = session.memo(Part::List, |state| {
        // -1: more than are loaded, nobody counted.
        state.list().map_or(-1, |list| {
            if list.more {
                -1
            } else {
                i64::try_from(list.len()).unwrap_or(-1)
            }
        })
    });
    let name = session.called(row);
    let unread = Memo::new(move |_| row.with(|row| row.as_ref().map_or(0, |row| row.unread)));
    let needs_reply = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.needs_reply)));
    let number = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.number.clone())));
    let last_customer_at = Memo::new(move |_| row.with(|row| row.as_ref()?.last_customer_at));
    let countdown = countdown(session, last_customer_at.into());

    let time = move || {
        let now = session.read(Part::Now, |state| state.now);
        row.with(|row| row.as_ref().map(|row| clock::row_time(row.last_at, now)))
    };
    let mark = move || match (unread.get(), needs_reply.get()) {
        (0, false) => None,
        (0, true) => Some(
            view! { <span class="needs" role="img" aria-label=text::NEEDS_REPLY title=text::NEEDS_REPLY></span> }
                .into_any(),
        ),
        (count, _) => {
            Some(view! { <span class="count" role="img" aria-label=text::unread(count)>{count}</span> }.into_any())
        }
    };
    let hurry = move || match countdown.get() {
        Countdown::Left(seconds) if countdown.get().is_short() => {
            let left = text::time_left(seconds);
            Some(view! {
                <span class="chip chip--warn" title=text::WINDOW_EXPLAINED>
                    <Icon name=IconName::Timer size=12/>
                    {left}
                </span>
            })
        }
        _ => None,
    };
    let faces_only = move || {
        let label = || text::row_label(&name.get(), unread.get(), needs_reply.get());
        screen.narrow.get().then(label)
    };
    let selected = session.memo(Part::Selected, move |state| state.selected.contains(&id));
    let selects = session.memo(Part::Selected, |state| !state.selected.is_empty());
    let select = move || {
        let is_on = !selected.get_untracked();
        session.dispatch(Action::Team(TeamAction::Selected(id, is_on)));
    };
    let open_it = move |event: MouseEvent| {
        tab_stop.set(Some(id));
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            select();
        } else {
            session.open(id);
            // What is typed next is meant for them, and no letter of it for a command.
            keyboard::focus_opened(session);
        }
    };
    let on_face = move |event: MouseEvent| {
        if selects.get_untracked() {
            event.stop_propagation();
            select();
        }
    };
    let labels = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.labels.clone()).unwrap_or_default()));
    let assignee = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.assignee.clone()).unwrap_or_default()));
    let whose = move || match assignee.get() {
        who if who.is_empty() => None,
        who => {
            let (title, name, id) = (who.clone(), Signal::stored(who.clone()), hue_of(&who));
            Some(view! { <span class="row__whose" title=title><Avatar name id size=16/><span class="vh">{who}</span></span> }.into_any())
        }
    };
    view! {
        <div
            class="row"
            class:is-unread=move || unread.get() != 0
            class:is-waiting=move || needs_reply.get()
            class:is-picked=move || selected.get()
            role="option"
            data-conversation=id.0
            title=move || name.get()
            aria-label=faces_only
            aria-selected=move || selected.get().to_string()
            aria-current=move || open.get().to_string()
            aria-posinset=move || place.get()
            aria-setsize=move || total.get()
            tabindex=move || if tab_stop.get() == Some(id) { "0" } else { "-1" }
            on:pointerdown=move |_| session.load_missing(id)
            on:click=open_it
        >
            <span class="row__avatar" on:click=on_face>
                <Avatar name id=avatar_id(row)/>
            </span>
            <div class="row__body">
                <div class="row__line">
                    <span class="row__name truncate" dir="auto">{move || name.get()}</span>
                    <time class="row__time">{time}</time>
                </div>
                <div class="row__line">
                    <PreviewLine row/>
                    {mark}
                </div>
                <div class="row__line row__line--foot">
                    <NumberBadge number/>
                    {hurry}
                    <span class="row__labels">{move || label_chips(session, &labels.get())}</span>
                    {whose}
                </div>
            </div>
        </div>
    }
}
