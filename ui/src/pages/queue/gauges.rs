//! How fast each number sends.

use crate::clock;
use crate::components::{Icon, IconName, Keyed, number_glyph};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::NumberId;
use twinbox_protocol::GaugeView;

/// Above so many messages a second cells are too narrow.
const MOST_CELLS: u32 = 10;

/// One box for each number.
pub fn gauges(session: Session) -> AnyView {
    let numbers = session.memo(Part::Queue, |state| {
        let gauges = state.queue.view.iter().flat_map(|view| &view.numbers);
        gauges.map(|gauge| gauge.number.clone()).collect::<Vec<_>>()
    });
    view! {
        <section class="box q__nums" aria-label=text::SPEED_OF_NUMBERS>
            <Keyed each=move || numbers.get() key=|number| number.clone() let:number>
                {gauge(session, number)}
            </Keyed>
        </section>
    }
    .into_any()
}

fn gauge(session: Session, number: NumberId) -> AnyView {
    let id = number.clone();
    let known = session.memo(Part::Queue, move |state| {
        let mut gauges = state.queue.view.iter().flat_map(|view| &view.numbers);
        gauges.find(|gauge| gauge.number == id).cloned()
    });
    let (id, glyph) = (number.clone(), number.clone());
    let called = session.memo(Part::Numbers, move |state| {
        let mut numbers = state.overview.iter().flat_map(|overview| &overview.numbers);
        let number = numbers.find(|known| known.id == id)?;
        Some((number.name.clone(), text::phone_number(&number.display_phone_number)))
    });
    let name = move || called.get().map(|(name, _)| name);
    let digits = move || called.get().map(|(_, digits)| digits);
    let is_paused = Memo::new(move |_| known.with(|gauge| gauge.as_ref().is_some_and(|gauge| gauge.pause.is_some())));
    let switch = move |_| {
        if is_paused.get_untracked() {
            session.resume_sending(number.clone());
        } else {
            session.pause_sending(number.clone());
        }
    };
    let label = move || {
        if is_paused.get() {
            text::RESUME_SENDING
        } else {
            text::PAUSE_SENDING
        }
    };
    view! {
        <article class="qnum">
            <header class="qnum__head">
                {number_glyph(Signal::stored(Some(glyph)), 18)}
                <h2 class="truncate" dir="auto">{name}</h2>
                <span class="sm faint num truncate"><bdi dir="ltr">{digits}</bdi></span>
                <span class="grow"></span>
                {move || known.get().map(|gauge| {
                    let (words, class) = text::gauge_state(&gauge);
                    view! { <span class=class>{words}</span> }
                })}
                <button class="icon-btn icon-btn--sm" type="button" title=label aria-label=label on:click=switch>
                    {move || if is_paused.get() { view! { <Icon name=IconName::Play/> } } else { view! { <Icon name=IconName::Pause/> } }}
                </button>
            </header>
            {move || known.get().map(figures)}
        </article>
    }
    .into_any()
}

fn figures(gauge: GaugeView) -> AnyView {
    let since = gauge
        .pause
        .as_ref()
        .map(|pause| clock::since(pause.since, clock::now()));
    let line = text::gauge_line(&gauge, since.as_deref());
    let cells = (gauge.cap_per_second <= MOST_CELLS).then(|| {
        let cell = |cell| {
            let class = if u64::from(cell) < gauge.busy { "out" } else { "" };
            view! { <i class=class></i> }
        };
        let cells = (0..gauge.cap_per_second).map(cell).collect_view();
        view! { <span class="slots" role="img" aria-label=text::gauge_words(&gauge)>{cells}</span> }
    });
    view! {
        <div class="qnum__use">
            <span class="qnum__fig">{gauge.busy}" "<small>{text::of_cap(gauge.cap_per_second)}</small></span>
            {cells}
            <span class="xs muted">{line}</span>
        </div>
        <div class="qnum__spark">{spark(&gauge)}<span class="xs faint">{text::LAST_MINUTE}</span></div>
    }
    .into_any()
}

fn spark(gauge: &GaugeView) -> AnyView {
    let last = gauge.minute.len().saturating_sub(1);
    let bar = |(index, count): (usize, &u32)| {
        let share = f64::from(*count) / f64::from(gauge.cap_per_second.max(1));
        let height = (share.min(1.0) * 38.0).max(1.5);
        let class = match (*count, index == last) {
            (0, _) => "z",
            (_, true) => "now",
            (_, false) => "",
        };
        let (x, y) = (format!("{:.1}", index as f64 * 2.8), format!("{:.1}", 40.0 - height));
        view! { <rect x=x y=y width="2" height=format!("{height:.1}") class=class></rect> }
    };
    let bars = gauge.minute.iter().enumerate().map(bar).collect_view();
    view! {
        <svg class="spark" viewBox="0 0 168 40" width="168" height="40" role="img" aria-label=text::LAST_MINUTE_LABEL>
            <line x1="0" x2="168" y1="1.5" y2="1.5" class="cap"></line>
            {bars}
        </svg>
    }
    .into_any()
}
