//! The business numbers, and how each is by what really arrived.

mod check_now;
mod comparison_table;
mod delay_line;
mod disconnect;
mod health;
mod keep_alive;
mod list;
mod notices;
mod row;
mod settings;
mod strip;
mod top;

use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{Part, Place};
use crate::text;
use comparison_table::ComparisonTable;
use disconnect::Disconnect;
use health::Health;
use keep_alive::KeepAliveBox;
use leptos::prelude::*;
use list::NumberList;
use notices::Notices;
use top::Top;
use twinbox_protocol::NumberView;

/// The number whose page is shown.
type Shown = Memo<Option<NumberView>>;

/// List and page of a number; before the first, how to begin.
#[component]
pub fn Numbers() -> impl IntoView {
    let session = Session::use_();
    let shown: Shown = Memo::new(move |_| {
        session.track(Part::ShownNumber);
        session.read(Part::Numbers, |state| state.shown_number().cloned())
    });
    // What is looked at stays, also when another one needs someone meanwhile.
    Effect::new(move |_| {
        if let Some(number) = shown.get() {
            session.choose_number(number.id);
        }
    });
    let has_some = Memo::new(move |_| shown.with(Option::is_some));
    let sets_up = session.memo(Part::Connection, |state| state.sets_up());
    let connect = move |_| session.enter(Place::Connect);
    view! {
        <main class="page numbers" aria-label=text::YOUR_NUMBERS>
            <header class="page__head">
                <h1 class="page__title">{text::YOUR_NUMBERS}</h1>
                <span class="page__sub truncate"><Icon name=IconName::Coexist size=14/>{text::NUMBERS_SUB}</span>
                <span class="grow"></span>
                <Show when=move || has_some.get() && sets_up.get()>
                    <button class="btn btn--line" type="button" on:click=move |_| session.show_connection_settings()>
                        {text::SETTINGS_TITLE}
                    </button>
                    <button class="btn btn--primary" type="button" on:click=connect>
                        <Icon name=IconName::Plus/>
                        {text::CONNECT_ONE}
                    </button>
                </Show>
            </header>
            <Show when=move || has_some.get() fallback=First>
                <div class="numbers__panes">
                    <NumberList shown/>
                    <Detail shown/>
                </div>
            </Show>
        </main>
    }
}

/// The page of one number.
#[component]
fn Detail(shown: Shown) -> impl IntoView {
    let label = move || shown.with(|number| number.as_ref().map(|number| number.name.clone()));
    view! {
        <div class="numbers__detail scroll" tabindex="0" role="region" aria-label=label>
            <Top shown/>
            <div class="numbers__row numbers__row--evidence">
                <KeepAliveBox shown/>
                <Health shown/>
            </div>
            <Notices shown/>
            <div class="numbers__row numbers__row--phone">
                <ComparisonTable/>
                <Disconnect/>
            </div>
        </div>
    }
}

/// Nothing is connected yet.
#[component]
fn First() -> impl IntoView {
    let session = Session::use_();
    let sets_up = session.memo(Part::Connection, |state| state.sets_up());
    view! {
        <div class="empty grow">
            <Icon name=IconName::Coexist size=32/>
            <b>{text::CONNECT_FIRST}</b>
            <span class="sm">{text::CONNECT_FIRST_HINT}</span>
            <Show when=move || sets_up.get()>
                <button class="btn btn--primary" type="button" on:click=move |_| session.enter(Place::Connect)>
                    {text::CONNECT_ONE}
                </button>
            </Show>
        </div>
    }
}
