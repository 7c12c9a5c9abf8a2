//! The six steps, and how far it is.

use crate::components::{Icon, IconName};
use crate::text;
use leptos::prelude::*;

/// `current` counts from 1.
#[component]
pub fn Steps(current: usize) -> impl IntoView {
    let steps = (1..).zip(text::SIX_STEPS).map(|(number, (name, hint))| {
        let is_done = number < current;
        let mark = if is_done {
            view! { <Icon name=IconName::Tick size=14/> }.into_any()
        } else {
            number.into_any()
        };
        view! {
            <li class="step" class:is-done=is_done aria-current=(number == current).then_some("step")>
                <span class="step__n" aria-hidden="true">{mark}</span>
                <span>
                    <b>{name}{is_done.then(|| view! { <span class="vh">{text::in_a_row(&[String::new(), text::DONE.to_owned()])}</span> })}</b>
                    <small>{hint}</small>
                </span>
            </li>
        }
    });
    view! { <ol class="stepper">{steps.collect_view()}</ol> }
}
