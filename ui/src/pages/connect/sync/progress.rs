//! Contacts, files, and new messages that wait.

use super::{ask::AskThePhone, standing, told};
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{Ask, HistoryStanding};
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::SyncRequest;

/// How many contacts have come.
#[component]
pub fn ContactsSection() -> impl IntoView {
    let session = Session::use_();
    let (told, standing) = (told(session), standing(session));
    let is_over = move || standing.get().is_some_and(HistoryStanding::is_over);
    let request = move || told.with(|sync| sync.as_ref().map(|sync| sync.contacts));
    let contacts = move || told.with(|sync| sync.as_ref().map_or(0, |sync| sync.contact_count));
    let icon = move || {
        let (name, class) = match request() {
            Some(SyncRequest::Refused { .. }) => (IconName::CircleX, "is-danger"),
            _ if contacts() > 0 => (IconName::Check, "is-accent"),
            _ => (IconName::Users, "faint"),
        };
        view! { <Icon name size=20 class/> }
    };
    let state = move || request().map(|request| text::contacts_state(request, is_over(), contacts()));
    view! {
        <section class="sy">
            {icon}
            <div>
                <h2>{text::SYNC_CONTACTS}</h2>
                <p>{text::CONTACTS_HINT}</p>
                <AskThePhone ask=Ask::for_contacts/>
            </div>
            <div class="sy__fig">{move || text::count(contacts())}<small>{state}</small></div>
        </section>
    }
}

/// How many files of the history are here.
#[component]
pub fn FilesSection() -> impl IntoView {
    let session = Session::use_();
    let (told, standing) = (told(session), standing(session));
    let is_over = move || standing.get().is_some_and(HistoryStanding::is_over);
    let files = move || told.with(|sync| sync.as_ref().map_or((0, 0), |sync| (sync.files_here, sync.files)));
    let class = move || match files() {
        (here, all) if all > 0 && here >= all => (IconName::Check, "is-accent"),
        _ => (IconName::Image, "faint"),
    };
    let width = move || {
        let (here, all) = files();
        format!("{}%", here.min(all) * 100 / all.max(1))
    };
    view! {
        <section class="sy">
            {move || { let (name, class) = class(); view! { <Icon name size=20 class/> } }}
            <div><h2>{text::FILES}</h2><p>{text::FILES_HINT}</p></div>
            <div class="sy__fig">{move || text::count(files().0)}<small>{move || text::of_about(files().1, is_over())}</small></div>
            <Show when=move || files().1 != 0>
                <span class="meter" aria-hidden="true"><i style:width=width></i></span>
            </Show>
        </section>
    }
}

/// New messages are held back until the first synchronization is complete.
#[component]
pub fn WaitingMessages() -> impl IntoView {
    let session = Session::use_();
    let told = told(session);
    let held = Memo::new(move |_| {
        told.with(|sync| {
            let sync = sync.as_ref().filter(|sync| sync.is_holding)?;
            Some((sync.number.clone(), sync.waiting))
        })
    });
    move || {
        held.get().map(|(number, waiting)| {
            let show = move |_| session.show_waiting(number.clone());
            view! {
                <div class="wait">
                    <Icon name=IconName::Hourglass class="is-accent"/>
                    <span class="grow">{text::WAITING_MESSAGES}</span>
                    <b class="num">{text::waiting(waiting)}</b>
                    {(waiting > 0).then(|| view! {
                        <button class="btn btn--sm btn--line" type="button" on:click=show>{text::SHOW_THEM_NOW}</button>
                    })}
                </div>
            }
        })
    }
}
