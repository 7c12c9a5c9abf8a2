//! The place of the open conversation while none is.

use super::{Empty, IconName};
use crate::session::Session;
use crate::state::{Part, Place};
use crate::text;
use leptos::prelude::*;

/// Says what to do: choose one, or connect a number first.
#[component]
pub fn NothingOpen() -> impl IntoView {
    let session = Session::use_();
    let is_new = session.memo(Part::Overview, |state| {
        let overview = state.overview.as_ref();
        overview.is_some_and(|overview| overview.numbers.is_empty() && overview.conversations == 0)
    });
    let sets_up = session.memo(Part::Connection, |state| state.sets_up());
    view! {
        <div class="thread__none">
            <Show
                when=move || is_new.get()
                fallback=|| view! { <Empty icon=IconName::Message title=text::NO_ONE_OPEN hint=text::NO_ONE_OPEN_HINT/> }
            >
                <div>
                    <Empty icon=IconName::Coexist title=text::NO_NUMBER hint=text::NO_NUMBER_HINT/>
                    <Show when=move || sets_up.get()>
                        <p class="empty__way">
                            <button class="btn btn--primary" type="button" on:click=move |_| session.enter(Place::Connect)>
                                {text::CONNECT_A_NUMBER}
                            </button>
                        </p>
                    </Show>
                </div>
            </Show>
        </div>
    }
}
