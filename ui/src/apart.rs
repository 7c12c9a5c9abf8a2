//! What the first screen does without: pages and dialogs in a file of the program that is loaded apart (`split_apart.….wasm`).
//!
//! It is fetched as soon as the first screen is painted, or before when somebody wants it, so that nobody waits for it later;
//! when it does not come, whoever wants it is told. Only [`build`] names what lies in it: what something else reaches is loaded
//! for the first screen.

use crate::components::{Conversation, DetailsPane, Icon, IconName, Palette, Results, ShortcutSheet, Templates};
use crate::pages::{Connect, Numbers, Queue, Settings};
use crate::screen::Screen;
use crate::session::Session;
use crate::state::{Action, PaletteAction, Place};
use crate::text;
use futures_util::FutureExt;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use twinbox_domain::{ConversationId, NumberId};

/// What lies in the other file.
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Page {
    Connect,
    Numbers,
    Queue,
    Settings,
    Palette,
    ShortcutSheet,
    /// The one that is open; whether files are dragged over it.
    Conversation(RwSignal<bool>),
    Details(Memo<ConversationId>),
    /// What was found, and the place of the one that is chosen.
    Results(RwSignal<usize>),
    /// For this conversation and number; put away by the callback.
    Templates(ConversationId, StoredValue<NumberId>, Callback<()>),
}

/// How far the other file is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    NotAsked,
    OnItsWay,
    There,
    Missing,
}

/// A handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Apart(RwSignal<Progress>);

impl Apart {
    /// Made once.
    pub fn new() -> Self {
        Self(RwSignal::new(Progress::NotAsked))
    }

    /// Asks for it, unless that was done before.
    pub fn begin(self) {
        if self.0.get_untracked() == Progress::NotAsked {
            self.load();
        }
    }

    fn load(self) {
        self.0.set(Progress::OnItsWay);
        spawn_local(async move {
            let has_come = fetch().await.is_ok();
            self.0.set(if has_come { Progress::There } else { Progress::Missing });
        });
    }
}

/// A page, as soon as it is there.
pub fn page(page: Page) -> AnyView {
    let apart = use_context().unwrap_or_else(Apart::new);
    apart.begin();
    (move || match apart.0.get() {
        Progress::NotAsked | Progress::OnItsWay => view! { <div class="grow" aria-busy="true"></div> }.into_any(),
        // It is there, so nothing is waited for.
        Progress::There => match build(page).now_or_never() {
            Some(Ok(view)) => view,
            Some(Err(_)) | None => missing(page, apart),
        },
        Progress::Missing => missing(page, apart),
    })
    .into_any()
}

#[wasm_split(apart, wasm_split_path = ::leptos::wasm_split, preload(fetch), fallible)]
fn build(page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Page::Connect => view! { <Connect/> }.into_any(),
        Page::Numbers => view! { <Numbers/> }.into_any(),
        Page::Queue => view! { <Queue/> }.into_any(),
        Page::Settings => view! { <Settings/> }.into_any(),
        Page::Palette => view! { <Palette/> }.into_any(),
        Page::ShortcutSheet => view! { <ShortcutSheet/> }.into_any(),
        Page::Conversation(dragging) => view! { <Conversation dragging/> }.into_any(),
        Page::Details(conversation) => view! { <DetailsPane conversation/> }.into_any(),
        Page::Results(active) => view! { <Results active/> }.into_any(),
        Page::Templates(conversation, number, close) => {
            let number = number.get_value();
            view! { <Templates conversation number close/> }.into_any()
        }
    })
}

/// In its place while it did not come: what happened, and a way on.
fn missing(page: Page, apart: Apart) -> AnyView {
    let session = Session::use_();
    let screen = Screen::use_();
    let leave = move || match page {
        Page::Palette => session.dispatch(Action::Palette(PaletteAction::Closed)),
        Page::ShortcutSheet => screen.shortcuts.set(false),
        Page::Templates(.., close) => close.run(()),
        Page::Conversation(_) => session.dispatch(Action::Closed),
        Page::Details(_) => screen.details.set(false),
        Page::Results(_) => session.search(String::new()),
        Page::Connect | Page::Numbers | Page::Queue | Page::Settings => session.enter(Place::Inbox),
    };
    let sorry = view! {
        <div class="empty grow" role="alert">
            <Icon name=IconName::Alert size=24/>
            <b>{text::PART_MISSING}</b>
            <span class="sm">{text::PART_MISSING_HINT}</span>
            <button class="btn btn--primary" type="button" on:click=move |_| apart.load()>{text::TRY_AGAIN}</button>
            <button class="btn btn--line" type="button" on:click=move |_| leave()>{text::CLOSE}</button>
        </div>
    };
    match page {
        Page::Palette | Page::ShortcutSheet => {
            let dialog = NodeRef::<Dialog>::new();
            Effect::new(move |_| {
                if let Some(dialog) = dialog.get() {
                    // It is open already at worst.
                    let _ = dialog.show_modal();
                }
            });
            view! { <dialog class="sheet" tabindex="-1" node_ref=dialog aria-label=text::PART_MISSING on:close=move |_| leave()>{sorry}</dialog> }.into_any()
        }
        Page::Templates(..) | Page::Conversation(_) | Page::Results(_) => sorry.into_any(),
        Page::Details(_) => view! { <aside class="pane pane--details">{sorry}</aside> }.into_any(),
        Page::Connect | Page::Numbers | Page::Queue | Page::Settings => {
            view! { <main class="page" aria-label=text::PART_MISSING>{sorry}</main> }.into_any()
        }
    }
}
