//! The rows of the palette.

use super::choices::{Choice, Shown};
use super::nothing::nothing_found;
use crate::clock;
use crate::commands::Command;
use crate::components::kbd::Keys;
use crate::components::marked::Marked;
use crate::components::{Avatar, Icon, IconName, NumberBadge, Spoken};
use crate::rich_text;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use std::sync::Arc;
use twinbox_domain::Origin;
use twinbox_protocol::{ChatHit, ConversationRow, MessageHit};

/// The element of a choice.
pub fn option_id(index: usize) -> String {
    format!("palette-{index}")
}

/// Under their headings, or a word that there are none.
#[component]
pub fn Options(
    id: &'static str,
    all: Memo<Vec<Choice>>,
    active: RwSignal<usize>,
    choose: Callback<usize>,
) -> impl IntoView {
    let session = Session::use_();
    let is_loading = session.memo(Part::Palette, |state| {
        state
            .palette
            .as_ref()
            .is_some_and(|palette| palette.found.loading.is_some())
    });
    let nothing = Memo::new(move |_| {
        let is_empty = all.with(Vec::is_empty);
        session.read(Part::Palette, |state| nothing_found(state, is_empty))
    });
    Effect::new(move |_| {
        all.track();
        let id = option_id(active.get());
        // The row may be drawn only after this.
        request_animation_frame(move || {
            if let Some(row) = document().get_element_by_id(&id) {
                row.scroll_into_view_with_bool(false);
            }
        });
    });
    let rows = move || {
        let mut last = None;
        let choices = all.get();
        let count = |head| choices.iter().filter(|choice| heading(choice) == head).count();
        let row = |(index, choice): (usize, Choice)| {
            let head = heading(&choice);
            let count = matches!(choice, Choice::Go(_, Shown::Chat(_) | Shown::Message(_))).then(|| count(head));
            let count = count.map(|count| view! { <span>{count}</span> });
            let shown =
                (Some(head) != last).then(|| view! { <div class="pal__group" role="presentation">{head}{count}</div> });
            last = Some(head);
            view! { {shown}<One index choice active choose/> }
        };
        choices.clone().into_iter().enumerate().map(row).collect_view()
    };
    let empty = move || {
        nothing.get().map(|(words, hint)| {
            view! {
                <div class="empty">
                    <Icon name=IconName::Search size=24/>
                    <b dir="auto">{words}</b>
                    {hint.map(|hint| view! { <span class="sm">{hint}</span> })}
                </div>
            }
        })
    };
    let is_empty = move || all.with(Vec::is_empty);
    let says = Memo::new(move |_| match nothing.get() {
        Some((words, _)) => words,
        None if is_loading.get() => String::new(),
        None => text::palette_found(all.with(Vec::len)),
    });
    view! {
        <div id=id class="pal__list scroll" class:is-empty=is_empty role="listbox" aria-label=text::PALETTE_RESULTS>{rows}</div>
        {empty}
        <Spoken words=says/>
    }
}

fn heading(choice: &Choice) -> text::Words {
    match choice {
        Choice::Go(_, Shown::Recent(_)) => text::RECENT_CHATS,
        Choice::Go(_, Shown::Chat(_)) => text::FOUND_CONVERSATIONS,
        Choice::Go(_, Shown::Message(_)) => text::FOUND_MESSAGES,
        Choice::Do(_) => text::FOUND_ACTIONS,
    }
}

#[component]
fn One(index: usize, choice: Choice, active: RwSignal<usize>, choose: Callback<usize>) -> impl IntoView {
    let is_message = matches!(choice, Choice::Go(_, Shown::Message(_)));
    let inside = match choice {
        Choice::Do(command) => action(command),
        Choice::Go(_, Shown::Recent(row)) => recent(&row),
        Choice::Go(_, Shown::Chat(hit)) => chat(hit),
        Choice::Go(_, Shown::Message(hit)) => message(hit),
    };
    view! {
        <div
            id=option_id(index)
            class="opt"
            class:opt--msg=is_message
            role="option"
            aria-selected=move || (active.get() == index).to_string()
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| choose.run(index)
        >
            {inside}
        </div>
    }
}

fn action(command: Command) -> AnyView {
    let settings = Session::use_().peek(|state| state.settings.clone());
    let entry = command.entry();
    let keys = entry.and_then(|entry| entry.shortcut(&settings));
    view! {
        {entry.map(|entry| view! { <Icon name=entry.icon/> })}
        <span class="opt__t truncate">{text::command(command)}</span>
        <span class="opt__end">{keys.map(|keys| view! { <Keys keys=keys.keys()/> })}</span>
    }
    .into_any()
}

fn recent(row: &ConversationRow) -> AnyView {
    let session = Session::use_();
    let words = session.one_line(&row.preview.content, row.preview.is_deleted);
    let name = view! { {session.name_of(&row.person)} }.into_any();
    chat_row(row, name, view! { {words} }.into_any())
}

fn chat(hit: Arc<ChatHit>) -> AnyView {
    let ChatHit { row, name, also } = &*hit;
    let whole: String = also.iter().map(|part| part.text.as_str()).collect();
    let is_phone = row.person.is_phone(&whole);
    let masks = Session::use_().peek(|state| state.settings.masks_numbers);
    let also = if is_phone && masks {
        text::masked_phone_parts(also)
    } else {
        also.clone()
    };
    let name = view! { <Marked parts=text::found_name(&row.person, name, masks)/> }.into_any();
    chat_row(row, name, view! { <Marked parts=also/> }.into_any())
}

fn chat_row(row: &ConversationRow, name: AnyView, also: AnyView) -> AnyView {
    let session = Session::use_();
    let at = row.last_at;
    let time = move || clock::row_time(at, session.read(Part::Now, |state| state.now));
    let number = Signal::stored(Some(row.number.clone()));
    view! {
        <Avatar name=session.name_of(&row.person) id=row.person.id.0 size=28/>
        <div class="hstack">
            <span class="opt__t opt__name truncate" dir="auto">{name}</span>
            <span class="sm muted truncate" dir="auto">{also}</span>
        </div>
        <span class="opt__end"><NumberBadge number/><span>{time}</span></span>
    }
    .into_any()
}

fn message(hit: Arc<MessageHit>) -> AnyView {
    let session = Session::use_();
    let at = hit.at;
    let time = move || clock::row_time(at, session.read(Part::Now, |state| state.now));
    let is_you = session.peek(|state| state.you.as_ref().is_some_and(|you| you.user == hit.author));
    let author = match hit.origin {
        Origin::Customer | Origin::History | Origin::System => None,
        Origin::Agent if is_you => Some(text::YOU.to_owned()),
        origin => Some(text::author(origin, &hit.author)),
    };
    let person = session.name_of(&hit.person);
    let name = person.clone();
    let who = match author {
        Some(author) => view! {
            <bdi>{author}</bdi>" "<span class="opt__to">{text::TO_PERSON}" "<bdi>{person}</bdi></span>
        }
        .into_any(),
        None => view! { <bdi>{person}</bdi> }.into_any(),
    };
    view! {
        <Avatar name id=hit.person.id.0 size=28/>
        <div class="grow">
            <div class="opt__t truncate">{who}</div>
            <div class="opt__s"><span class="truncate" dir="auto"><Marked parts=rich_text::plain_parts(hit.fragment.clone())/></span></div>
        </div>
        <span class="opt__end"><time>{time}</time></span>
    }
    .into_any()
}
