//! What was spent, and the table of rates it is counted by.

use super::row::Row;
use crate::components::{Icon, IconName, Keyed};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use crate::told::Told;
use crate::{clock, fixed};
use leptos::prelude::*;
use twinbox_protocol::{RATE_CATEGORIES, RateView, RatesView, SaveRates, SpendingView};

/// So many characters of a source fit into a line of its field.
const SOURCE_LINE: usize = 56;

/// The table as it was told, with what stands in the fields above its rows.
type Table = Told<Option<RatesView>>;

/// The rows as they stand in the fields, each under a number that no other one ever has: what is typed there stays its own,
/// whatever row comes or goes.
#[derive(Clone, Default)]
struct Rows {
    rows: Vec<(usize, RateView)>,
    made: usize,
}

impl Rows {
    /// Begins anew with what the engine told.
    fn told(&mut self, rates: Vec<RateView>) {
        self.rows.clear();
        rates.into_iter().for_each(|rate| self.push(rate));
    }

    fn push(&mut self, rate: RateView) {
        self.rows.push((self.made, rate));
        self.made += 1;
    }

    fn change(&mut self, number: usize, change: impl Fn(&mut RateView)) {
        let row = self.rows.iter_mut().find(|(known, _)| *known == number);
        row.into_iter().for_each(|(_, rate)| change(rate));
    }
}

/// Totals of a month for each number, and the table.
pub fn costs(session: Session) -> AnyView {
    let numbers = session.memo(Part::Numbers, |state| {
        let numbers = state.overview.iter().flat_map(|overview| &overview.numbers);
        numbers
            .map(|number| (number.id.clone(), number.name.clone()))
            .collect::<Vec<_>>()
    });
    let months_ago = RwSignal::new(0_usize);
    let choose = move |event| months_ago.set(event_target_value(&event).parse().unwrap_or_default());
    let spent = move || {
        let (from, to) = clock::month(months_ago.get() as i32);
        let of_number = move |(number, name)| {
            let told = Told::new();
            session.load_spending(number, from, to, told);
            view! { <h3 class="settings__sub"><bdi>{name}</bdi></h3>{move || told.get().map(totals)} }
        };
        numbers.get().into_iter().map(of_number).collect_view()
    };
    let rates = Told::new();
    let rows = Told::new();
    session.load_rates(rates);
    view! {
        <div class="hstack">
            <select class="select" aria-label=text::MONTH on:change=choose>
                <option value="0">{text::THIS_MONTH}</option>
                <option value="1">{text::LAST_MONTH}</option>
            </select>
            <span class="sm muted">{text::COSTS_HINT}</span>
        </div>
        {spent}
        <h3 class="settings__sub">{text::RATES}</h3>
        {move || rates.get().map(|known| table(session, known, rates, rows))}
    }
    .into_any()
}

fn totals(view: SpendingView) -> AnyView {
    let row = |cells: [String; 5]| {
        let cells = cells.map(|cell| view! { <td>{cell}</td> });
        view! { <tr>{cells}</tr> }.into_any()
    };
    let line = |line: &twinbox_protocol::SpendingLine| {
        row([
            text::cost_category(&line.category).to_owned(),
            text::sender(line.origin).to_owned(),
            text::count(line.delivered),
            text::count(line.billed),
            text::amount(line, &view.currency),
        ])
    };
    let rows = view.lines.iter().map(line).collect_view();
    let none = String::new;
    let sum = row([text::TOTAL.to_owned(), none(), none(), none(), text::sum(&view)]);
    let unchecked =
        (!view.is_checked && view.lines.iter().any(|line| line.billed > 0)).then_some(text::RATES_UNCHECKED);
    view! {
        <div class="box set__box">
            <table class="costs">
                <thead><tr>{text::COST_COLUMNS.map(|name| view! { <th scope="col">{name}</th> })}</tr></thead>
                <tbody>{rows}</tbody>
                <tfoot>{sum}</tfoot>
            </table>
            <p class="sm muted">{text::allowance(&view.allowance)}</p>
            {unchecked.map(|unchecked| view! { <p class="sm is-warn">{unchecked}</p> })}
        </div>
    }
    .into_any()
}

/// Changed here, and saved as a whole.
fn table(session: Session, known: RatesView, rates: Table, rows: Told<Rows>) -> AnyView {
    let is_admin = session.peek(|state| state.sets_up());
    let saved = text::rates_saved(&known.saved_by, known.saved_at.map(clock::date).as_deref());
    let (currency, free) = (known.currency.clone(), known.free_service.to_string());
    let change = move |change: &dyn Fn(&mut RatesView)| rates.change(|all| all.iter_mut().for_each(change));
    let problem = RwSignal::new(None::<String>);
    let mut all = rows.peek();
    all.told(known.rates);
    rows.set(all);
    let add = move |_| {
        let mut all = rows.peek();
        all.push(RateView {
            calling_code: String::new(),
            category: "utility".to_owned(),
            market: String::new(),
            micros: 0,
            source: text::META_LIST.to_owned(),
            as_of: clock::iso_day(clock::now()),
            is_checked: true,
        });
        rows.set(all);
    };
    let save = move |_| {
        let Some(RatesView {
            currency, free_service, ..
        }) = rates.peek()
        else {
            return;
        };
        let call = SaveRates {
            currency,
            free_service,
            rates: rows.peek().rows.into_iter().map(|(_, rate)| rate).collect(),
        };
        session.save_rates(call, rates, problem);
    };
    let set_currency = move |event| change(&|all| all.currency = event_target_value(&event).trim().to_uppercase());
    let set_free = move |event| {
        change(&|all| all.free_service = event_target_value(&event).trim().parse().unwrap_or(all.free_service));
    };
    view! {
        <fieldset class="rates" prop:disabled=!is_admin>
            <p class="sm muted">{saved}</p>
            <div class="box set__box">
                <Row label=text::CURRENCY><span class="field rates__short"><input type="text" maxlength="3" aria-label=text::CURRENCY prop:value=currency on:change=set_currency/></span></Row>
                <Row label=text::FREE_SERVICE hint=text::FREE_SERVICE_HINT>
                    <span class="field rates__short"><input type="text" inputmode="numeric" aria-label=text::FREE_SERVICE prop:value=free on:change=set_free/></span>
                </Row>
            </div>
            <div class="box set__box">
                <Keyed each=move || rows.get().rows key=|(number, _)| *number let:numbered>{row(numbered.0, numbered.1, rows)}</Keyed>
            </div>
            <div class="hstack">
                <button class="btn btn--line" type="button" on:click=add><Icon name=IconName::Plus/>{text::ADD_RATE}</button>
                <span class="sm is-danger grow" role="alert">{move || problem.get()}</span>
                <button class="btn btn--primary" type="button" on:click=save>{text::SAVE}</button>
            </div>
        </fieldset>
    }
    .into_any()
}

fn row(number: usize, rate: RateView, rows: Told<Rows>) -> AnyView {
    let change = move |change: &dyn Fn(&mut RateView)| rows.change(|all| all.change(number, change));
    let cell = move |label: text::Words, value: String, set: fn(&mut RateView, String)| {
        let on_change = move |event| {
            let typed = event_target_value(&event).trim().to_owned();
            change(&|rate| set(rate, typed.clone()));
        };
        view! { <span class="field"><input type="text" aria-label=label placeholder=label prop:value=value on:change=on_change/></span> }
            .into_any()
    };
    let category = rate.category.clone();
    let option = move |word: &'static str| {
        view! { <option value=word selected=word == category>{text::cost_category(word)}</option> }
    };
    let choose = move |event| change(&|rate| rate.category = event_target_value(&event));
    let check = move |event| change(&|rate| rate.is_checked = event_target_checked(&event));
    let remove = move |_| {
        let mut left = rows.peek();
        left.rows.retain(|(known, _)| *known != number);
        rows.set(left);
    };
    // Long enough to be read whole.
    let lines = rate.source.chars().count() / SOURCE_LINE + 1;
    let set_source = move |event| {
        let typed = event_target_value(&event).trim().to_owned();
        change(&|rate| rate.source = typed.clone());
    };
    let source = view! {
        <span class="field rate__source">
            <textarea rows=lines.to_string() aria-label=text::SOURCE placeholder=text::SOURCE prop:value=rate.source on:change=set_source></textarea>
        </span>
    };
    view! {
        <div class="rate">
            {cell(text::MARKET, rate.market, |rate, typed| rate.market = typed)}
            {cell(text::CALLING_CODE, rate.calling_code, |rate, typed| rate.calling_code = typed.trim_start_matches('+').to_owned())}
            <select class="select" aria-label=text::CATEGORY on:change=choose>{RATE_CATEGORIES.map(option)}</select>
            {cell(text::PRICE, fixed::show(rate.micros), |rate, typed| {
                // What is no price is beyond what the engine takes.
                rate.micros = fixed::parse(&typed).and_then(|micros| u64::try_from(micros).ok()).unwrap_or(u64::MAX);
            })}
            <label class="hstack sm"><input class="check" type="checkbox" prop:checked=rate.is_checked on:change=check/>{text::CHECKED}</label>
            <button class="icon-btn icon-btn--sm" type="button" aria-label=text::REMOVE_RATE title=text::REMOVE_RATE on:click=remove>
                <Icon name=IconName::Close/>
            </button>
            {source}
            {cell(text::AS_OF, rate.as_of, |rate, typed| rate.as_of = typed)}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(market: &str) -> RateView {
        RateView {
            calling_code: "1".to_owned(),
            category: "utility".to_owned(),
            market: market.to_owned(),
            micros: 1,
            source: String::new(),
            as_of: "2026-01-01".to_owned(),
            is_checked: true,
        }
    }

    fn shown(rows: &Rows) -> Vec<(usize, &str)> {
        let rows = rows.rows.iter();
        rows.map(|(number, rate)| (*number, rate.market.as_str())).collect()
    }

    #[test]
    fn a_row_of_the_table_is_no_other_one_after_it_was_saved_and_sorted_or_one_was_removed() {
        let mut rows = Rows::default();
        rows.told(vec![rate("Brazil"), rate("Zimbabwe")]);
        rows.push(rate(""));
        rows.change(2, |rate| rate.market = "Angola".to_owned());
        assert_eq!(shown(&rows), [(0, "Brazil"), (1, "Zimbabwe"), (2, "Angola")]);
        rows.told(vec![rate("Angola"), rate("Brazil"), rate("Zimbabwe")]);
        assert_eq!(shown(&rows), [(3, "Angola"), (4, "Brazil"), (5, "Zimbabwe")]);
        rows.rows.retain(|(number, _)| *number != 3);
        rows.change(2, |rate| rate.market = "Nowhere".to_owned());
        rows.change(4, |rate| rate.market = "Brasil".to_owned());
        assert_eq!(shown(&rows), [(4, "Brasil"), (5, "Zimbabwe")]);
    }
}
