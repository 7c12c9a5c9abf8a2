//! What narrows a search: chips for the operators in the field, and controls that write them there.

use super::{Icon, IconName};
use crate::clock;
use crate::keyboard;
use crate::session::Session;
use crate::state::{Part, State};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{Origin, TypedFilter, TypedSearch};

/// Choices of the date, in days before today.
const DAYS: [u16; 3] = [7, 30, 365];
/// Choices of who wrote it.
const AUTHORS: [Origin; 3] = [Origin::Customer, Origin::Phone, Origin::Agent];
/// Dates of one's own, to be typed.
const OPERATORS: [&str; 2] = ["after:", "before:"];

/// The row under the search field. A filter that is set is a chip that drops it, one that is not is a choice.
#[component]
pub fn SearchFilters() -> impl IntoView {
    let session = Session::use_();
    let filters = session.memo(Part::Found, |state| state.typed_search().filters);
    let names = Memo::new(move |_| {
        session.track(Part::Team);
        session.read(Part::Numbers, State::search_names)
    });
    let set = move |is_it: fn(&TypedFilter) -> bool| filters.with(|all| all.iter().copied().find(is_it));
    let from = move || match set(|filter| matches!(filter, TypedFilter::From(_))) {
        Some(filter) => chip(session, filter),
        None => choice(
            session,
            text::FILTER_FROM,
            AUTHORS.map(TypedFilter::From).to_vec(),
            false,
        ),
    };
    let by_name =
        move |label: text::Words, count: usize, is_it: fn(&TypedFilter) -> bool, filter: fn(usize) -> TypedFilter| {
            match set(is_it) {
                Some(filter) => Some(chip(session, filter)),
                None => (count > 0).then(|| choice(session, label, (0..count).map(filter).collect(), false)),
            }
        };
    let on = move || {
        let (is_it, count) = (
            |it: &TypedFilter| matches!(it, TypedFilter::In(_)),
            names.with(|names| names.numbers.len()),
        );
        by_name(text::NUMBER, count, is_it, TypedFilter::In)
    };
    let label = move || {
        let (is_it, count) = (
            |it: &TypedFilter| matches!(it, TypedFilter::Label(_)),
            names.with(|names| names.labels.len()),
        );
        by_name(text::FILTER_LABEL, count, is_it, TypedFilter::Label)
    };
    let agent = move || {
        let (is_it, count) = (
            |it: &TypedFilter| matches!(it, TypedFilter::Agent(_)),
            names.with(|names| names.people.len()),
        );
        by_name(text::FILTER_AGENT, count, is_it, TypedFilter::Agent)
    };
    let media = move || {
        match set(|filter| *filter == TypedFilter::HasMedia) {
        Some(filter) => chip(session, filter),
        None => view! {
            <button class="fchip" type="button" on:click=move |_| put(session, TypedFilter::HasMedia)>{text::HAS_FILE}</button>
        }
        .into_any(),
    }
    };
    let date = move || {
        let after = set(|filter| matches!(filter, TypedFilter::After(_)));
        let before = set(|filter| matches!(filter, TypedFilter::Before(_)));
        if after.is_none() && before.is_none() {
            let now = session.peek(|state| state.now);
            let days = DAYS.map(|days| TypedFilter::After(clock::days_before(now, days)));
            return choice(session, text::FILTER_DATE, days.to_vec(), true);
        }
        let chips: Vec<_> = after
            .into_iter()
            .chain(before)
            .map(|filter| chip(session, filter))
            .collect();
        chips.into_any()
    };
    view! { <div class="fchips" role="group" aria-label=text::FILTERS>{from}{on}{label}{agent}{media}{date}</div> }
}

/// Writes a filter into the field, and goes back there.
fn put(session: Session, filter: TypedFilter) {
    let typed = session.peek(|state| TypedSearch::with(&state.found.text, filter, &state.search_names()));
    write(session, typed);
}

fn write(session: Session, typed: String) {
    session.search(typed);
    keyboard::focus_search();
}

fn chip(session: Session, filter: TypedFilter) -> AnyView {
    let label = session.peek(|state| text::typed_filter(filter, &state.search_names(), clock::typed_day));
    let drop_label = text::drop_filter(&label);
    let drop = move |_| {
        let typed = session.peek(|state| TypedSearch::without(&state.found.text, filter, &state.search_names()));
        write(session, typed);
    };
    view! {
        <button class="fchip is-on" type="button" aria-label=drop_label on:click=drop>
            <span class="truncate" dir="auto">{label}</span>
            <Icon name=IconName::Close size=12/>
        </button>
    }
    .into_any()
}

fn choice(session: Session, label: text::Words, filters: Vec<TypedFilter>, has_dates: bool) -> AnyView {
    let names = session.peek(State::search_names);
    let option = |(index, filter): (usize, &TypedFilter)| {
        let name = match (filter, DAYS.get(index)) {
            (TypedFilter::After(_), Some(days)) => text::last_days(*days),
            _ => text::filter_choice(*filter, &names),
        };
        view! { <option value=index.to_string()>{name}</option> }
    };
    let options = filters.iter().enumerate().map(option).collect_view();
    let typed = has_dates.then(|| OPERATORS.map(|it| view! { <option value=it>{text::typed_date(it)}</option> }));
    let on_change = move |event| {
        let chosen = event_target_value(&event);
        if let Some(filter) = chosen.parse().ok().and_then(|index: usize| filters.get(index)) {
            put(session, *filter);
        } else if OPERATORS.contains(&chosen.as_str()) {
            let typed = session.peek(|state| state.found.text.trim().to_owned());
            write(session, format!("{typed} {chosen}").trim_start().to_owned());
        }
    };
    view! {
        <label class="fchip">
            <span aria-hidden="true">{label}</span>
            <Icon name=IconName::ChevronDown size=12/>
            <select class="fchip__choices" aria-label=label on:change=on_change>
                <option value="" selected=true hidden=true>{label}</option>
                {options}
                {typed}
            </select>
        </label>
    }
    .into_any()
}
