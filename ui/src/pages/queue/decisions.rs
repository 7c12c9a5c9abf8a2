//! Messages of which nobody knows whether they went out.

use super::part::{Fold, Head, part};
use crate::clock;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::WaitingView;

/// So many are shown at first.
const FEW: usize = 1;

/// One block for each; nothing without any.
pub fn decisions(session: Session) -> AnyView {
    let unknown = session.memo(Part::Queue, |state| {
        let view = state.queue.view.as_ref();
        view.map(|view| (view.unknown_count, view.unknown.clone()))
            .unwrap_or_default()
    });
    let fold = Fold::new();
    (move || {
        let (count, items) = unknown.get();
        (count > 0).then(|| {
            let head = Head {
                icon: view! { <Icon name=IconName::Help class="is-warn"/> }.into_any(),
                title: text::NEEDS_DECISION,
                chip: view! { <span class="chip chip--warn num">{text::count(count)}</span> }.into_any(),
                hint: None,
            };
            let blocks = items.into_iter().map(|item| block(session, item)).collect();
            part(fold, head, blocks, FEW, None)
        })
    })
    .into_any()
}

fn block(session: Session, item: WaitingView) -> AnyView {
    let id = item.id;
    view! {
        <div class="unk">
            <div class="hstack">
                <b class="truncate grow" dir="auto">{session.name_of(&item.person)}</b>
                <span class="xs muted num">{clock::row_time(item.since, session.peek(|state| state.now))}</span>
            </div>
            <p class="unk__msg" dir="auto">{session.one_line(&item.content, false)}</p>
            <p class="sm muted">{text::DECISION_WHY}</p>
            <div class="unk__acts">
                <button class="btn btn--sm btn--line" type="button" on:click=move |_| session.settle(id, true)>
                    <Icon name=IconName::Tick/>{text::WAS_SENT}
                </button>
                <button class="btn btn--sm btn--line" type="button" on:click=move |_| session.settle(id, false)>
                    <Icon name=IconName::Refresh size=14/>{text::SEND_AGAIN}
                </button>
            </div>
        </div>
    }
    .into_any()
}
