//! How far the history has come, in its three phases.

use super::{ask::AskThePhone, standing, told};
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{Ask, HistoryStanding, Part, phase_bars};
use crate::text;
use leptos::prelude::*;

/// Its words, its bars, and a button where it can still be asked for.
#[component]
pub fn HistorySection() -> impl IntoView {
    let session = Session::use_();
    let (told, standing) = (told(session), standing(session));
    let phase = Memo::new(move |_| told.with(|sync| standing.get()?.phase(sync.as_ref()?)));
    let icon = move || {
        let (name, class) = standing.get().map_or((IconName::History, "faint"), look);
        view! { <Icon name size=20 class/> }
    };
    let words = Memo::new(move |_| {
        let last = told.with(|sync| sync.as_ref()?.last_piece_at);
        // The age of the last piece changes each second.
        let age = last.map(|last| session.read(Part::Second, |state| state.now.ms_since(last)));
        told.with(|sync| Some(text::history_words(standing.get()?, sync.as_ref()?, age)))
    });
    let percent = move || {
        told.with(|sync| sync.as_ref()?.percent)
            .filter(|_| !stopped(standing.get()))
    };
    let figure = move || {
        percent().map(|percent| view! { {format!("{}%", percent.min(100))}<small>{text::OF_EVERYTHING}</small> })
    };
    let bars = Memo::new(move |_| told.with(|sync| sync.as_ref().map(phase_bars).unwrap_or_default()));
    view! {
        <section class="sy">
            {icon}
            <div>
                <h2>{move || text::history_title(phase.get())}</h2>
                <p class="num">{move || words.get()}</p>
                <AskThePhone ask=Ask::for_history/>
            </div>
            <div class="sy__fig">{figure}</div>
            <Show when=move || !stopped(standing.get())>
                <div class="phases" aria-hidden="true">
                    {(0..).zip(text::PHASES).map(|(index, name)| view! {
                        <div class:is-now=move || phase.get() == Some(index)>
                            <span class="meter meter--high">
                                <i style:width=move || format!("{}%", bars.get().get(index).copied().unwrap_or(0))></i>
                            </span>
                            {name}
                        </div>
                    }).collect_view()}
                </div>
            </Show>
        </section>
    }
}

/// It is not asked for, or will not come.
fn stopped(standing: Option<HistoryStanding>) -> bool {
    standing.is_some_and(|standing| {
        standing.is_over() && !matches!(standing, HistoryStanding::Complete)
            || matches!(standing, HistoryStanding::NotAsked { .. })
    })
}

fn look(standing: HistoryStanding) -> (IconName, &'static str) {
    match standing {
        HistoryStanding::Coming => (IconName::Refresh, "is-accent spin"),
        HistoryStanding::Complete | HistoryStanding::Nothing => (IconName::Check, "is-accent"),
        HistoryStanding::Quiet(_) => (IconName::Warning, "is-warn"),
        HistoryStanding::MayCome | HistoryStanding::NotAsked { is_in_time: true } => (IconName::Help, "faint"),
        HistoryStanding::Declined => (IconName::Ban, "faint"),
        HistoryStanding::AskedBefore
        | HistoryStanding::TooLate
        | HistoryStanding::Refused(_)
        | HistoryStanding::NotAsked { is_in_time: false } => (IconName::CircleX, "is-danger"),
    }
}
