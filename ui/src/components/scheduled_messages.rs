//! Messages of a conversation that wait for their time, after its last one.

use super::{Icon, IconName, Keyed, Purpose, times};
use crate::clock;
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::ConversationId;
use twinbox_protocol::ScheduledView;

/// Each with when it goes, and how to take it back.
pub fn scheduled_messages(session: Session, conversation: ConversationId) -> AnyView {
    // What changes may be told without a change of what is on screen.
    Effect::new(move |_| {
        session.track(Part::OverviewTold);
        session.load_waiting(conversation);
    });
    let waits = session.memo(Part::Waiting, move |state| {
        let waiting = state.queue.waiting.get(&conversation);
        waiting.is_some_and(|list| !list.queued.is_empty() || !list.scheduled.is_empty())
    });
    // Times move on without anything happening.
    Effect::new(move |_| {
        if waits.get() {
            session.track(Part::Second);
            session.load_waiting(conversation);
        }
    });
    let scheduled = session.memo(Part::Waiting, move |state| state.scheduled(conversation).to_vec());
    view! {
        <Keyed each=move || scheduled.get() key=|item| (item.id, item.send_at) let:item>{bubble(session, item)}</Keyed>
    }
    .into_any()
}

fn bubble(session: Session, item: ScheduledView) -> AnyView {
    let (id, send_at, is_undo) = (item.id, item.send_at, item.is_undo);
    let words = move || {
        let now = session.read(Part::Second, |state| state.now);
        if is_undo {
            text::leaves_in(send_at.ms_since(now))
        } else {
            text::scheduled_for(&clock::day_and_time_in_sentence(send_at, now))
        }
    };
    let body = session.one_line(&item.content, false);
    let is_changing = RwSignal::new(false);
    let close = Callback::new(move |()| is_changing.set(false));
    let choose = Callback::new(move |at| {
        session.reschedule(id, at);
        close.run(());
    });
    let change = (!is_undo).then(|| {
        let toggle = move |_| is_changing.update(|is_changing| *is_changing = !*is_changing);
        view! { <button type="button" aria-expanded=move || is_changing.get().to_string() on:click=toggle>{text::CHANGE_TIME}</button> }
    });
    // Whoever has decided goes on writing: the button is about to go.
    let now = move |_| {
        session.send_now(id);
        keyboard::focus_thread();
    };
    let cancel = move |_| {
        session.unschedule(&item);
        keyboard::focus_thread();
    };
    view! {
        <div class="thread__item">
            <div class="msg msg--out is-queued" data-origin="agent" role="article" aria-label=body.clone()>
                <div class="bubble"><span class="bubble__text" dir="auto">{body.clone()}</span></div>
                <div class="msg__state">
                    <Icon name=IconName::Clock size=14/>
                    <span class="num">{words}</span>
                    {change}
                    <button type="button" on:click=now>{text::SEND_NOW}</button>
                    <button type="button" on:click=cancel>{if is_undo { text::UNDO } else { text::CANCEL }}</button>
                </div>
                {move || is_changing.get().then(|| times(Purpose::Send, choose, close))}
            </div>
        </div>
    }
    .into_any()
}
