//! A part beside the lanes that can be folded: its head, its first lines, and the others when somebody asks for them.

use crate::components::{Icon, IconName};
use crate::screen::Screen;
use crate::text;
use leptos::prelude::*;

/// How much of a part is shown. It outlives what it shows.
#[derive(Clone, Copy)]
pub struct Fold {
    screen: Screen,
    /// What a person chose; `None`: open where there is room beside the lanes.
    chosen: RwSignal<Option<bool>>,
    shows_all: RwSignal<bool>,
}

impl Fold {
    pub fn new() -> Self {
        Self {
            screen: Screen::use_(),
            chosen: RwSignal::new(None),
            shows_all: RwSignal::new(false),
        }
    }

    fn is_open(self) -> bool {
        self.chosen.get().unwrap_or_else(|| self.screen.wide.get())
    }
}

/// What stands in the head of a part.
pub struct Head {
    pub icon: AnyView,
    pub title: text::Words,
    pub chip: AnyView,
    pub hint: Option<text::Words>,
}

/// A part with `lines`, of which the first `few` are shown at first; `more` asks for others, where there are.
pub fn part(fold: Fold, head: Head, lines: Vec<AnyView>, few: usize, more: Option<Callback<()>>) -> AnyView {
    let Head {
        icon,
        title,
        chip,
        hint,
    } = head;
    let count = lines.len();
    let switch = move |_| {
        let is_open = untrack(move || fold.is_open());
        fold.chosen.set(Some(!is_open));
    };
    let shown = move |at: usize| at < few || fold.shows_all.get();
    let lines = lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| view! { <div hidden=move || !shown(at)>{line}</div> })
        .collect_view();
    let rest = move || {
        let words = match more {
            Some(_) => text::SHOW_MORE.to_owned(),
            None if count > few && !fold.shows_all.get() => text::show_all(count as u64),
            None => return None,
        };
        let show = move |_| {
            fold.shows_all.set(true);
            if let Some(more) = more {
                more.run(());
            }
        };
        Some(view! { <button class="btn btn--sm part__rest" type="button" on:click=show>{words}</button> })
    };
    view! {
        <section class="box part" class:is-open=move || fold.is_open() aria-label=title>
            <header class="box__head">
                {icon}
                <h2 class="truncate">
                    <button class="part__name" type="button" aria-expanded=move || fold.is_open().to_string() on:click=switch>{title}</button>
                </h2>
                {chip}
                <span class="sm faint truncate">{hint}</span>
                <span class="grow"></span>
                <Icon name=IconName::ChevronDown size=14 class="part__mark"/>
            </header>
            <div class="part__lines scroll" hidden=move || !fold.is_open()>{lines}{rest}</div>
        </section>
    }
    .into_any()
}
