//! A line of evidence.

use crate::components::{Icon, IconName};
use crate::text;
use leptos::prelude::*;

/// How a line of evidence is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// It shows that something works.
    Fine,
    /// It shows nothing of today.
    Old,
    /// There never was any.
    Never,
    /// Someone should look.
    Warning,
}

impl Look {
    const fn icon(self) -> (&'static str, IconName) {
        match self {
            Self::Fine => ("is-accent", IconName::Check),
            Self::Old => ("faint", IconName::Clock),
            Self::Never => ("faint", IconName::Help),
            Self::Warning => ("is-warn", IconName::Warning),
        }
    }
}

/// What it is, what it says, and what shows it over the day.
#[component]
pub fn Row(
    look: Memo<Look>,
    title: text::Words,
    #[prop(into)] words: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let is_alone = children.is_none();
    let icon = move || {
        let (class, name) = look.get().icon();
        view! { <span class=class><Icon name/></span> }
    };
    let tone = move || {
        if look.get() == Look::Warning {
            "num is-warn"
        } else {
            "num muted"
        }
    };
    view! {
        <div class="ev" role="listitem">
            {icon}
            <span class="ev__title">{title}</span>
            <span class=tone class:is-alone=is_alone>{words}</span>
            {children.map(|children| children())}
        </div>
    }
}
