//! How the test of the settings came out.

use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{Part, Trial};
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::{Check, CheckOutcome};

/// The app's results, then those of the webhooks, each as it comes.
#[component]
pub fn Trials() -> impl IntoView {
    let session = Session::use_();
    let trials = session.memo(Part::Trials, |state| {
        [
            state.connecting.app_trial.clone(),
            state.connecting.webhook_trial.clone(),
        ]
    });
    let is_none = move || trials.with(|trials| trials.iter().all(|trial| matches!(trial, Trial::None)));
    let rows = move || {
        let trials = trials.get();
        let done = trials.iter().flat_map(|trial| match trial {
            Trial::Done(checks) => checks.as_slice(),
            Trial::None | Trial::UnderWay => &[],
        });
        let mut rows: Vec<AnyView> = done.map(|check| row(check).into_any()).collect();
        if trials.contains(&Trial::UnderWay) {
            rows.push(under_way().into_any());
        }
        (!rows.is_empty())
            .then(|| view! { <div class="checks" role="list" aria-label=text::SETTINGS_TESTED>{rows}</div> })
    };
    view! { <div role="status" hidden=is_none>{rows}</div> }
}

fn row(check: &Check) -> impl IntoView + use<> {
    let (icon, class) = match check.outcome {
        CheckOutcome::Pass => (IconName::Check, "is-accent"),
        CheckOutcome::Warning => (IconName::Warning, "is-warn"),
        CheckOutcome::Fail => (IconName::CircleX, "is-danger"),
        CheckOutcome::CannotKnow => (IconName::Help, "faint"),
    };
    let outcome = text::outcome(check.outcome);
    view! {
        <div class="chk chk--low" class:is-fail=check.outcome == CheckOutcome::Fail role="listitem">
            <Icon name=icon size=20 class/>
            <div class="chk__words"><b>{text::said(&check.title)}</b><p>{text::said(&check.sentence)}</p></div>
            <span class="chk__how">{outcome}</span>
        </div>
    }
}

fn under_way() -> impl IntoView {
    view! {
        <div class="chk chk--low" role="listitem">
            <Icon name=IconName::Refresh size=20 class="is-accent spin"/>
            <div class="chk__words"><b>{text::TESTING}</b></div>
        </div>
    }
}
