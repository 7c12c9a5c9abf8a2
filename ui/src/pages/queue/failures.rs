//! What failed, in groups of one reason.

use super::ask::{Ask, ask};
use super::part::{Fold, Head, part};
use crate::clock;
use crate::components::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::state::{Part, Place};
use crate::text;
use crate::told::Told;
use leptos::prelude::*;
use twinbox_domain::NumberId;
use twinbox_protocol::{FailedView, FailureGroup, FailureKey, Page};

/// The group whose messages are shown, and those.
type Shown = Told<Option<(NumberId, FailureKey, Page<FailedView>)>>;

/// So many groups are shown at first.
const FEW: usize = 5;

/// One line for each group; nothing without any.
pub fn failures(session: Session) -> AnyView {
    let groups = session.memo(Part::Queue, |state| {
        let view = state.queue.view.as_ref();
        view.map(|view| view.failures.clone()).unwrap_or_default()
    });
    let (shown, fold) = (Shown::new(), Fold::new());
    (move || {
        let groups = groups.get();
        let count: u64 = groups.iter().map(|group| group.count).sum();
        (count > 0).then(|| {
            let head = Head {
                icon: view! { <Icon name=IconName::Alert class="is-danger"/> }.into_any(),
                title: text::NOT_DELIVERED,
                chip: view! { <span class="chip chip--danger num">{text::count(count)}</span> }.into_any(),
                hint: Some(text::LAST_7_DAYS),
            };
            let lines = groups.into_iter().map(|group| line(session, group, shown)).collect();
            part(fold, head, lines, FEW, None)
        })
    })
    .into_any()
}

fn line(session: Session, group: FailureGroup, shown: Shown) -> AnyView {
    let FailureGroup {
        number,
        key,
        reason,
        count,
    } = group;
    let helps = text::group_remedy(key.code, key.was_taken);
    let can_retry = !key.was_taken && text::may_be_tried_again(key.code);
    let (of, retried) = (number.clone(), key.clone());
    let asked = (number.clone(), key.clone());
    let retry = can_retry.then(|| {
        let question = Ask {
            class: "btn btn--sm btn--line",
            label: text::RETRY_ALL,
            question_class: "err__ask",
            question: Signal::stored(text::retry_group(count)),
            yes: text::SEND_THEM,
            no: text::CANCEL,
        };
        ask(question, move || {
            shown.set(None);
            session.retry_failed(of.clone(), retried.clone());
        })
    });
    let page = move || {
        let known = shown.get();
        known
            .filter(|(of, known, _)| *of == number && *known == key)
            .map(|(_, _, page)| page)
    };
    let is_shown = page.clone();
    let is_open = move || is_shown().is_some();
    let load = move || session.load_failed(asked.0.clone(), asked.1.clone(), shown);
    let (begin, was_open, more) = (load.clone(), is_open.clone(), load);
    let toggle = move |_| if untrack(&was_open) { shown.set(None) } else { begin() };
    let messages = move || {
        page().map(|page| {
            let rows = page
                .items
                .into_iter()
                .map(|item| message(session, item, can_retry, shown))
                .collect_view();
            let load = more.clone();
            let more = page.more.then(|| {
                view! { <button class="btn btn--sm" type="button" on:click=move |_| load()>{text::SHOW_MORE}</button> }
            });
            view! { <div class="err__list scroll">{rows}{more}</div> }
        })
    };
    view! {
        <div class="err">
            <b>{text::count(count)}</b>
            <button class="err__open" type="button" title=text::SHOW_MESSAGES aria-expanded=move || is_open().to_string() on:click=toggle>
                <span class="medium">{text::said(&reason)}</span><span class="sm">{helps}</span>
            </button>
            {retry}
        </div>
        {messages}
    }
    .into_any()
}

fn message(session: Session, item: FailedView, can_retry: bool, shown: Shown) -> AnyView {
    let (id, conversation) = (item.id, item.conversation);
    let open = move |_| {
        session.enter(Place::Inbox);
        session.open(conversation);
        keyboard::focus_opened(session);
    };
    let again = move |_| {
        session.retry(id);
        let left = shown.peek().map(|(number, group, mut page)| {
            page.items.retain(|item| item.id != id);
            (number, group, page)
        });
        shown.set(left);
    };
    let name = session.name_of(&item.person);
    let retry = can_retry.then(|| {
        let label = text::retry_to(&name);
        view! {
            <button class="icon-btn icon-btn--sm" type="button" aria-label=label.clone() title=label on:click=again>
                <Icon name=IconName::Refresh size=14/>
            </button>
        }
    });
    view! {
        <div class="err__one">
            <button class="link truncate" type="button" dir="auto" on:click=open>{name.clone()}</button>
            <span class="sm muted truncate" dir="auto">{session.one_line(&item.content, false)}</span>
            <span class="xs faint num">{clock::row_time(item.at, session.peek(|state| state.now))}</span>
            {retry}
        </div>
    }
    .into_any()
}
