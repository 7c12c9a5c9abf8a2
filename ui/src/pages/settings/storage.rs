//! What is kept here, and how much room it takes.

use super::people::OpenPerson;
use super::retention::Retention;
use super::row::Row;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::StorageView;

/// The most that can be chosen for files, in bytes; `None`: no limit.
const QUOTAS: [Option<u64>; 6] = [
    Some(1_000_000_000),
    Some(5_000_000_000),
    Some(20_000_000_000),
    Some(50_000_000_000),
    Some(100_000_000_000),
    None,
];

/// Sizes, the limit of files, how long messages are kept, and what can be done with the open chat.
#[component]
pub fn Storage() -> impl IntoView {
    let session = Session::use_();
    let known = RwSignal::new(None::<StorageView>);
    let ask = move || session.load_storage(known);
    // A limit that was set removes files after a while.
    Effect::new(move |_| {
        session.track(Part::OverviewTold);
        ask();
    });
    let size = move |read: fn(&StorageView) -> u64| known.with(|it| it.as_ref().map(|it| text::size(read(it))));
    let sets_up = session.memo(Part::Connection, |state| state.sets_up());
    let set = move |event| {
        let bytes: u64 = event_target_value(&event).parse().unwrap_or_default();
        session.set_storage_quota((bytes > 0).then_some(bytes), known);
    };
    let option = move |bytes: Option<u64>| {
        let is_it = move || known.with(|it| it.as_ref().is_some_and(|it| it.quota_bytes == bytes));
        let words = bytes.map_or(text::NO_LIMIT.to_owned(), text::size);
        view! { <option value=bytes.unwrap_or_default().to_string() prop:selected=is_it>{words}</option> }
    };
    // One that the settings of the host say.
    let other = move || {
        let quota = known.with(|it| it.as_ref().and_then(|it| it.quota_bytes));
        quota
            .filter(|quota| !QUOTAS.contains(&Some(*quota)))
            .map(|quota| option(Some(quota)))
    };
    view! {
        <div class="box set__box">
            <Row label=text::STORE_SIZE hint=text::STORE_SIZE_HINT><span class="num">{move || size(|it| it.store_bytes)}</span></Row>
            <Row label=text::FILES_SIZE hint=text::FILES_SIZE_HINT><span class="num">{move || size(|it| it.used_bytes)}</span></Row>
            <Row label=text::FILES_LIMIT hint=text::FILES_LIMIT_HINT>
                <select class="select" aria-label=text::FILES_LIMIT prop:disabled=move || !sets_up.get() on:change=set>
                    {other}
                    {QUOTAS.map(option)}
                </select>
            </Row>
            <Retention known sets_up/>
        </div>
        <OpenPerson/>
    }
}
