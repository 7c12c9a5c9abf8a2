//! What failed, in groups of one reason.

use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::FailureGroup;

/// One line for each group; nothing without any.
pub fn failures(session: Session) -> AnyView {
    let groups = session.memo(Part::Queue, |state| {
        let view = state.queue.view.as_ref();
        view.map(|view| view.failures.clone()).unwrap_or_default()
    });
    (move || {
        let groups = groups.get();
        let count: u64 = groups.iter().map(|group| group.count).sum();
        (count > 0).then(|| {
            let lines = groups.into_iter().map(|group| line(session, group)).collect_view();
            view! {
                <section class="box" aria-label=text::NOT_DELIVERED>
                    <header class="box__head">
                        <Icon name=IconName::Alert class="is-danger"/>
                        <h2>{text::NOT_DELIVERED}</h2>
                        <span class="chip num">{text::count(count)}</span>
                        <span class="sm faint">{text::LAST_7_DAYS}</span>
                    </header>
                    {lines}
                </section>
            }
        })
    })
    .into_any()
}

fn line(session: Session, group: FailureGroup) -> AnyView {
    let FailureGroup {
        number,
        key,
        reason,
        count,
    } = group;
    let helps = text::group_remedy(key.code, key.was_taken);
    let can_retry = !key.was_taken && text::may_be_tried_again(key.code);
    let retry = can_retry.then(|| {
        let retry = move |_| session.retry_failed(number.clone(), key.clone());
        view! { <button class="btn btn--sm btn--line" type="button" on:click=retry>{text::RETRY_ALL}</button> }
    });
    view! {
        <div class="err">
            <b>{text::count(count)}</b>
            <span><span class="medium">{reason}</span><span class="sm">{helps}</span></span>
            {retry}
        </div>
    }
    .into_any()
}
