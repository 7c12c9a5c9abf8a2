//! How long messages are kept.

use super::row::Row;
use crate::clock;
use crate::keyboard;
use crate::session::Session;
use crate::text;
use leptos::html::Select;
use leptos::prelude::*;
use twinbox_domain::{Millis, RetentionPeriod};
use twinbox_protocol::{RetentionPreview, SetRetention, StorageView};

/// A period that somebody is asked about, and what would go; `None` until that is told.
type Asked = (RetentionPeriod, Option<RetentionPreview>);

/// The choice, and a question before it holds: what goes does not come back.
#[component]
pub fn Retention(known: RwSignal<Option<StorageView>>, sets_up: Memo<bool>) -> impl IntoView {
    let session = Session::use_();
    let asked = RwSignal::new(None::<Asked>);
    let kept = move || known.with(|it| it.as_ref().and_then(|it| it.retention));
    // No memo: what is kept stands in the field again also when it is what it was.
    let chosen = move || asked.get().map(|(period, _)| period).or_else(kept);
    let choose = move |event| {
        let days = event_target_value(&event).parse().unwrap_or_default();
        let Some(period) = RetentionPeriod::from_days(days) else {
            asked.set(None);
            let shown_again = move || {
                known.try_update(|_| ());
            };
            return session.decide_or(SetRetention { period: None }, shown_again);
        };
        if Some(period) == kept() {
            return asked.set(None);
        }
        asked.set(Some((period, None)));
        session.preview_retention(period, move |preview| {
            // Unless another one was chosen meanwhile.
            if asked.try_get_untracked().flatten() == Some((period, None)) {
                asked.try_set(preview.map(|preview| (period, Some(preview))));
            }
        });
    };
    let option = move |period: Option<RetentionPeriod>| {
        let days = period.map_or(0, RetentionPeriod::days);
        view! { <option value=days.to_string() prop:selected=move || chosen() == period>{text::kept_for(period)}</option> }
    };
    let periods = RetentionPeriod::ALL.map(Some);
    let select = NodeRef::<Select>::new();
    // The question takes its buttons with it.
    let end = Callback::new(move |()| {
        keyboard::focus_on(select.get_untracked().map(Into::into));
        asked.set(None);
    });
    let question = move || {
        let (period, preview) = asked.get()?;
        let preview = preview?;
        Some(view! { <Question period preview end/> })
    };
    view! {
        <Row label=text::RETENTION hint=text::RETENTION_HINT>
            <select class="select" node_ref=select aria-label=text::RETENTION prop:disabled=move || !sets_up.get() on:change=choose>
                {option(None)}
                {periods.map(option)}
            </select>
        </Row>
        {question}
    }
}

/// Asks once more: it cannot be taken back.
#[component]
fn Question(period: RetentionPeriod, preview: RetentionPreview, end: Callback<()>) -> impl IntoView {
    let session = Session::use_();
    let question = match preview.since {
        // No customer has written yet, so that nobody knows for sure what day it is.
        Millis(..=0) => text::RETENTION_UNSURE.to_owned(),
        since => text::retention_question(preview.messages, &clock::date(since)),
    };
    let set = move |_| {
        session.decide(SetRetention { period: Some(period) });
        end.run(());
    };
    view! {
        <div class="set__form" role="group" aria-label=question.clone()>
            <p role="status">{question.clone()}</p>
            <p class="sm muted">{text::RETENTION_EXPLAINED}</p>
            <div class="hstack">
                <button class="btn btn--danger-line" type="button" on:click=set>{text::KEEP_NO_LONGER}</button>
                <button class="btn" type="button" on:click=move |_| end.run(())>{text::CANCEL}</button>
            </div>
        </div>
    }
}
