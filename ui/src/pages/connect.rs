//! Connecting a number: six steps, of which the engine knows the one that is due.

mod changes;
mod check;
mod choose;
mod confirm;
mod details;
mod frame;
mod loading;
mod problem;
mod settings;
mod sign_up;
mod steps;
mod sync;
mod waiting;

use crate::components::Notice;
use crate::session::Session;
use crate::state::{ConnectPage, Part};
use check::Check;
use choose::Choose;
use confirm::Confirm;
use details::Details;
use leptos::prelude::*;
use loading::Loading;
use problem::Problem;
use settings::Settings;
use sign_up::SignUp;
use sync::Sync;
use waiting::Waiting;

/// Fills the window.
#[component]
pub fn Connect() -> impl IntoView {
    let session = Session::use_();
    let page = session.memo(Part::Connecting, |state| state.connecting.page());
    let online = session.memo(Part::Connection, |state| state.connection);
    // Whatever is told of the counters may be about the signup. What depends on the time alone changes with the minute.
    Effect::new(move |_| {
        session.track(Part::OverviewTold);
        session.track(Part::Now);
        online.track();
        session.load_connection();
    });
    let shown = move || match page.get() {
        ConnectPage::Loading => view! { <Loading/> }.into_any(),
        ConnectPage::Check => view! { <Check/> }.into_any(),
        ConnectPage::Settings => view! { <Settings/> }.into_any(),
        ConnectPage::SignUp => view! { <SignUp/> }.into_any(),
        ConnectPage::Waiting => view! { <Waiting/> }.into_any(),
        ConnectPage::Problem => view! { <Problem/> }.into_any(),
        ConnectPage::Choose => view! { <Choose/> }.into_any(),
        ConnectPage::Details => view! { <Details/> }.into_any(),
        ConnectPage::Confirm => view! { <Confirm/> }.into_any(),
        ConnectPage::Sync => view! { <Sync/> }.into_any(),
    };
    view! {
        {shown}
        <Notice/>
    }
}
