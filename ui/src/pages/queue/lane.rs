//! What waits in a lane.

use super::ask::{Ask, ask};
use crate::clock;
use crate::components::{Avatar, Icon, IconName, Keyed, NumberBadge};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{Lane, OutboxId};
use twinbox_protocol::{Wait, WaitingView};

/// Its head and its items; nothing while nothing waits in it.
pub fn lane(session: Session, lane: Lane) -> AnyView {
    let ids = session.memo(Part::Queue, move |state| {
        state.queue.items(lane).map(|item| item.id).collect::<Vec<_>>()
    });
    let is_paused = session.memo(Part::Queue, move |state| !state.queue.paused(lane).is_empty());
    let has_some = Memo::new(move |_| is_paused.get() || ids.with(|ids| !ids.is_empty()));
    let has_more = session.memo(Part::Queue, move |state| state.queue.has_more(lane));
    let more = move || {
        has_more.get().then(|| {
            view! {
                <div class="q__more">
                    <button class="btn btn--sm btn--line" type="button" on:click=move |_| session.load_more_of(lane)>{text::SHOW_MORE}</button>
                </div>
            }
        })
    };
    (move || {
        has_some.get().then(|| {
            view! {
                {head(session, lane)}
                <Keyed each=move || ids.get() key=|id| *id let:id>{item(session, lane, id)}</Keyed>
                {more}
            }
        })
    })
    .into_any()
}

fn head(session: Session, lane: Lane) -> AnyView {
    let waiting = session.memo(Part::Queue, move |state| {
        let mut lanes = state.queue.view.iter().flat_map(|view| &view.lanes);
        lanes.find(|known| known.lane == lane).map_or(0, |known| known.waiting)
    });
    // Of some of the numbers shown, of all of them.
    let paused = session.memo(Part::Queue, move |state| {
        let paused = state.queue.paused(lane).len();
        (paused > 0, paused > 0 && paused == state.queue.shown_numbers().len())
    });
    let label = move || {
        if paused.get().1 {
            text::RESUME_LANE
        } else {
            text::PAUSE_LANE
        }
    };
    let (name, hint) = text::lane(lane);
    let (icon, look) = match lane {
        Lane::Agent => (IconName::Message, "agent"),
        Lane::Automation => (IconName::Bot, "bot"),
        Lane::Campaign => (IconName::Megaphone, "bot"),
    };
    let some_wait = Memo::new(move |_| waiting.get() > 0);
    let cancel = move || {
        some_wait.get().then(|| {
            let question = Ask {
                class: "btn btn--sm",
                label: text::CANCEL_ALL,
                question_class: "hstack sm",
                question: Signal::derive(move || text::cancel_lane(waiting.get())),
                yes: text::CANCEL_THEM,
                no: text::KEEP_THEM,
            };
            ask(question, move || {
                for number in session.peek(|state| state.queue.shown_numbers()) {
                    session.cancel_lane(number, lane);
                }
            })
        })
    };
    view! {
        <header class="lane" data-lane=look>
            <Icon name=icon/>
            <h2>{name}</h2>
            <span class="chip num">{move || text::count(waiting.get())}</span>
            {move || paused.get().0.then(|| view! { <span class="chip chip--warn">{text::PAUSED}</span> })}
            <span class="sm faint truncate">{hint}</span>
            <span class="grow"></span>
            {cancel}
            <button class="icon-btn icon-btn--sm" type="button" title=label aria-label=label on:click=move |_| session.switch_lane(lane)>
                {move || if paused.get().1 { view! { <Icon name=IconName::Play/> } } else { view! { <Icon name=IconName::Pause/> } }}
            </button>
        </header>
    }
    .into_any()
}

fn item(session: Session, lane: Lane, id: OutboxId) -> AnyView {
    let known = session.memo(Part::Queue, move |state| state.queue.item(lane, id).cloned());
    let Some(first) = known.get_untracked() else {
        return ().into_any();
    };
    let WaitingView {
        person,
        content,
        number,
        ..
    } = first;
    let place = move || known.with(|item| item.as_ref().map(|item| item.place).filter(|place| *place > 0));
    // Also while it has just left: the cell keeps its place.
    let wait = move || {
        let Some(item) = known.get() else {
            return view! { <span></span> }.into_any();
        };
        let (icon, class) = match item.wait {
            Wait::OnTheWire => (IconName::Send, "item__wait num is-accent"),
            Wait::Turn => (IconName::Clock, "item__wait num"),
            Wait::Paused | Wait::Held | Wait::NumberCannot => (IconName::Pause, "item__wait is-warn"),
            _ => (IconName::Timer, "item__wait num"),
        };
        let paused = item.pause.as_ref();
        let since = |at| clock::since(at, session.peek(|state| state.now));
        let paused = paused.map(|pause| text::paused_by(&pause.by, &since(pause.since)));
        let why = paused.unwrap_or_else(|| text::wait_explained(item.wait).to_owned());
        view! {
            <span class=class title=why>
                <Icon name=icon size=14/><span class="truncate">{text::wait(&item)}</span>
            </span>
        }
        .into_any()
    };
    let leaves = move || known.with(|item| item.as_ref().is_some_and(|item| item.wait == Wait::OnTheWire));
    let icon = crate::components::content_icon(&content).map(|name| view! { <Icon name size=14/> });
    let words = session.one_line(&content, false);
    let name = session.name_of(&person);
    let cancel = text::cancel_to(&name);
    let is_held = Memo::new(move |_| known.with(|item| item.as_ref().is_some_and(|item| item.pause.is_some())));
    let (pause, resume) = (text::pause_to(&name), text::resume_to(&name));
    let label = move || if is_held.get() { resume.clone() } else { pause.clone() };
    view! {
        <div class="item">
            <span class="item__pos num">{place}</span>
            <Avatar name=name.clone() id=person.id.0 size=24/>
            <span class="medium truncate" dir="auto">{name}</span>
            <span class="item__what">{icon}<span class="truncate" dir="auto">{words}</span></span>
            <NumberBadge number=Some(number)/>
            {wait}
            <button class="icon-btn icon-btn--sm" type="button" aria-label=label title=move || if is_held.get() { text::RESUME_MESSAGE } else { text::PAUSE_MESSAGE } prop:disabled=leaves on:click=move |_| session.switch_item(id, is_held.get_untracked())>
                {move || if is_held.get() { view! { <Icon name=IconName::Play/> } } else { view! { <Icon name=IconName::Pause/> } }}
            </button>
            <button class="icon-btn icon-btn--sm" type="button" aria-label=cancel title=text::CANCEL prop:disabled=leaves on:click=move |_| session.cancel_item(id)>
                <Icon name=IconName::Close/>
            </button>
        </div>
    }
    .into_any()
}
