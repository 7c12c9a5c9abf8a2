//! What is to be sent later.

use super::part::{Fold, Head, part};
use crate::clock;
use crate::components::{Icon, IconName, Purpose, times};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::Millis;
use twinbox_protocol::ScheduledView;

/// So many are shown at first.
const FEW: usize = 3;

/// The next ones; nothing without any.
pub fn later(session: Session) -> AnyView {
    let scheduled = session.memo(Part::Queue, |state| {
        let view = state.queue.view.as_ref();
        view.map(|view| (view.scheduled_count, view.scheduled.clone()))
            .unwrap_or_default()
    });
    let fold = Fold::new();
    (move || {
        let (count, items) = scheduled.get();
        (count > 0).then(|| {
            let head = Head {
                icon: view! { <Icon name=IconName::Clock/> }.into_any(),
                title: text::TO_BE_SENT_LATER,
                chip: view! { <span class="chip num">{text::count(count)}</span> }.into_any(),
                hint: None,
            };
            let more = session.peek(|state| state.queue.has_more_scheduled());
            let more = more.then(|| Callback::new(move |()| session.load_more_scheduled()));
            let lines = items.into_iter().map(|item| line(session, item)).collect();
            part(fold, head, lines, FEW, more)
        })
    })
    .into_any()
}

fn line(session: Session, item: ScheduledView) -> AnyView {
    let id = item.id;
    let when = clock::day_and_time_in_sentence(item.send_at, session.peek(|state| state.now));
    let name = session.name_of(&item.person);
    let cancel = text::cancel_to(&name);
    let words = session.one_line(&item.content, false);
    let is_changing = RwSignal::new(false);
    let close = Callback::new(move |()| is_changing.set(false));
    let choose = Callback::new(move |at: Millis| {
        session.reschedule(id, at);
        close.run(());
    });
    let change = move |_| is_changing.update(|is_changing| *is_changing = !*is_changing);
    view! {
        <div class="due">
            <span class="medium truncate grow" dir="auto">{name}</span>
            <button class="icon-btn icon-btn--sm" type="button" aria-label=cancel title=text::CANCEL on:click=move |_| session.unschedule(&item)>
                <Icon name=IconName::Close/>
            </button>
            <span class="sm muted truncate" dir="auto">{words}</span>
            <span class="sm num">{text::scheduled_for(&when)}</span>
            <span class="hstack">
                <button class="btn btn--sm btn--line" type="button" aria-expanded=move || is_changing.get().to_string() on:click=change>{text::CHANGE_TIME}</button>
                <button class="btn btn--sm btn--line" type="button" on:click=move |_| session.send_now(id)>{text::SEND_NOW}</button>
            </span>
            {move || is_changing.get().then(|| times(Purpose::Send, choose, close))}
        </div>
    }
    .into_any()
}
