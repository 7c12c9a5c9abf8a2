//! What every page of connecting has: the steps, a title, notes beside it, and the way on.

use super::steps::Steps;
use crate::components::{Icon, IconName, LanguageChoice, Logo, ThemeButton};
use crate::session::Session;
use crate::state::{ConnectPage, Connection, Part};
use crate::{clock, text};
use leptos::{html, prelude::*};

/// The window of one page. `foot` is the end of the footer, `lead` its begin when it is not the way out.
#[component]
pub fn Wizard(
    page: ConnectPage,
    #[prop(into)] title: TextProp,
    #[prop(into)] lede: TextProp,
    #[prop(into, optional)] aside: ViewFn,
    /// The accessible name of the notes.
    #[prop(default = text::PHONE_CHANGES)]
    aside_label: text::Words,
    #[prop(into)] foot: ViewFn,
    #[prop(optional)] lead: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    // Whoever does not see that the page is another one hears its title.
    let heading = NodeRef::<html::H1>::new();
    heading.on_load(|heading| {
        // A heading that cannot take the focus leaves it where it is.
        let _ = heading.focus();
    });
    view! {
        <div class="wiz">
            <aside class="wiz__side scroll" aria-label=text::STEPS>
                <div class="wiz__brand"><Logo/><span>{text::PRODUCT}</span></div>
                <Steps current=page.step()/>
                <span class="grow"></span>
                <div class="wiz__looks"><LanguageChoice/><ThemeButton class="icon-btn icon-btn--sm"/></div>
            </aside>
            <main class="wiz__main scroll">
                <div class="wiz__body">
                    <h1 class="wiz__title" tabindex="-1" node_ref=heading>{move || title.get()}</h1>
                    <p class="wiz__lede">{move || lede.get()}</p>
                    {children()}
                </div>
                <aside class="aside" aria-label=aside_label>{aside.run()}</aside>
            </main>
            <footer class="wiz__foot">
                {match lead {
                    Some(lead) => lead.run(),
                    None => view! { <WayOut page/> }.into_any(),
                }}
                <span class="grow"></span>
                <StepError/>
                {foot.run()}
            </footer>
        </div>
    }
}

/// To the inbox, and to the page before where that is possible.
#[component]
fn WayOut(page: ConnectPage) -> impl IntoView {
    let session = Session::use_();
    let back = page.before().map(|before| {
        view! {
            <button class="btn btn--lg btn--line" type="button" on:click=move |_| session.look_at(Some(before))>
                {text::BACK}
            </button>
        }
    });
    view! {
        <button class="btn muted" type="button" on:click=move |_| session.finish_later()>{text::FINISH_LATER}</button>
        {back}
    }
}

/// Why the last step was not taken; while the engine is not reached, that.
#[component]
fn StepError() -> impl IntoView {
    let session = Session::use_();
    let error = session.memo(Part::Connecting, |state| state.connecting.error.clone());
    let connection = session.memo(Part::Connection, |state| state.connection);
    let why = move || match connection.get() {
        Connection::Offline { since } => Some((IconName::Wifi, text::offline_since(&clock::time(since)))),
        Connection::Starting | Connection::Online | Connection::Frozen | Connection::SignedOut { .. } => {
            Some((IconName::CircleX, error.get()?))
        }
    };
    let words = move || {
        why().map(|(icon, sentence)| view! { <Icon name=icon size=14/><span class="selectable">{sentence}</span> })
    };
    view! { <span class="wiz__why is-danger" role="alert" hidden=move || why().is_none()>{words}</span> }
}
