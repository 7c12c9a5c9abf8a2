//! One question, or one finding.

use crate::components::{Icon, IconName};
use leptos::prelude::*;
use twinbox_domain::PreflightOutcome;

/// `mark` takes the place of the icon, `children` stand at the end.
#[component]
pub fn CheckRow(
    #[prop(into)] outcome: Signal<PreflightOutcome>,
    #[prop(into)] title: TextProp,
    #[prop(into)] hint: TextProp,
    #[prop(optional)] mark: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let icon = move || {
        let (name, class) = match outcome.get() {
            PreflightOutcome::Pass => (IconName::Check, "is-accent"),
            PreflightOutcome::Warning => (IconName::Warning, "is-warn"),
            PreflightOutcome::Fail => (IconName::CircleX, "is-danger"),
            PreflightOutcome::CannotKnow | PreflightOutcome::Open => (IconName::Help, "faint"),
        };
        view! { <Icon name size=20 class/> }
    };
    view! {
        <div class="chk" class:is-fail=move || outcome.get() == PreflightOutcome::Fail role="listitem">
            {match mark {
                Some(mark) => mark,
                None => icon.into_any(),
            }}
            <div class="chk__words"><b>{move || title.get()}</b><p>{move || hint.get()}</p></div>
            <span class="chk__acts">{children()}</span>
        </div>
    }
}
