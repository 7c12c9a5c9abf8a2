//! The narrow bar at the start of the window.

use super::{ConnectButton, Icon, IconName, Logo, ThemeButton};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;

/// Logo, the ways to the inbox and to connecting a number, and the theme.
#[component]
pub fn Rail() -> impl IntoView {
    let session = Session::use_();
    let needs_reply = session.memo(Part::Overview, |state| {
        state
            .overview
            .as_ref()
            .map(|overview| overview.needs_reply)
            .unwrap_or_default()
    });
    let count = move || {
        let count = needs_reply.get();
        let shown = if count > 99 {
            "99+".to_owned()
        } else {
            count.to_string()
        };
        (count > 0).then(|| view! { <span class="rail__count">{shown}</span> })
    };
    view! {
        <nav class="rail" aria-label=text::MAIN>
            <span class="rail__logo" role="img" aria-label=text::PRODUCT>
                <Logo/>
            </span>
            <a
                class="rail__item"
                href="#"
                aria-current="page"
                title=text::INBOX
                aria-label=move || text::inbox_needs_reply(needs_reply.get())
                on:click=move |event| {
                    event.prevent_default();
                    crate::keyboard::focus_list();
                }
            >
                <Icon name=IconName::Inbox size=20/>
                {count}
            </a>
            <ConnectButton/>
            <span class="rail__spacer"></span>
            <ThemeButton class="rail__item"/>
        </nav>
    }
}
