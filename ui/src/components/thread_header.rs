//! Who this is, on which number, and how long a reply is free-form.

use super::avatar::{avatar_id, hue_of};
use super::triage::{assign_menu, resolve_button, selected_acts, snooze_menu};
use super::{Avatar, Icon, IconName, Keyed, NumberBadge, WindowChip};
use crate::commands::{Command, titled};
use crate::keyboard;
use crate::screen::Screen;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// The head of a thread. It stays while another one is opened.
#[component]
pub fn ThreadHeader(conversation: Memo<ConversationId>) -> impl IntoView {
    let session = Session::use_();
    let screen = Screen::use_();
    let row = session.row(conversation);
    let name = session.called(row);
    let number = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.number.clone())));
    let last_customer_at = Memo::new(move |_| row.with(|row| row.as_ref()?.last_customer_at));
    let assignee = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.assignee.clone()).unwrap_or_default()));
    let selected = session.memo(Part::Selected, |state| state.selected.len());
    let is_many = Memo::new(move |_| selected.get() > 0);
    let face = move || match assignee.get() {
        who if who.is_empty() || is_many.get() => {
            view! { <Icon name=IconName::UserPlus size=16/><span class="btn__words">{text::ASSIGN}</span> }.into_any()
        }
        who => view! {
            <Avatar name=Signal::stored(who.clone()) id=hue_of(&who) size=16/>
            <span class="btn__words truncate" dir="auto">{text::first_name(&who)}</span>
            <Icon name=IconName::ChevronDown size=14/>
        }
        .into_any(),
    };
    let toggle = move || {
        if screen.details.get() {
            text::HIDE_DETAILS
        } else {
            text::SHOW_DETAILS
        }
    };
    view! {
        <header class="thread__head">
            <Avatar name id=avatar_id(row) size=36/>
            <div class="thread__who">
                <h2 class="thread__name truncate" dir="auto" title=move || name.get()>{move || name.get()}</h2>
                <div class="hstack">
                    <NumberBadge number in_full=true/>
                    <WindowChip last_customer_at/>
                </div>
            </div>
            <div class="thread__acts" class:is-many=move || is_many.get()>
                // What was opened for one conversation does not decide about another.
                <Keyed each=move || [conversation.get()] key=|conversation| *conversation let:_of>
                    {move || assign_menu(session, Some(keyboard::ASSIGN_ID), "btn btn--line", face())}
                    {snooze_menu(session, Some(keyboard::SNOOZE_ID), "icon-btn icon-btn--sm")}
                </Keyed>
                {move || match is_many.get() {
                    true => selected_acts(session, selected),
                    false => resolve_button(session, conversation),
                }}
            </div>
            <button
                class="icon-btn icon-btn--sm"
                type="button"
                aria-label=text::SEARCH_IN_CHAT
                title=move || titled(session, &text::SEARCH_IN_CHAT, Command::Find)
                on:click=move |_| {
                    session.open_within();
                }
            >
                <Icon name=IconName::Search size=18/>
            </button>
            <button
                class="icon-btn icon-btn--sm"
                type="button"
                aria-label=text::DETAILS
                title=move || titled(session, &toggle(), Command::Details)
                aria-pressed=move || screen.details.get().to_string()
                on:click=move |_| screen.details.update(|shown| *shown = !*shown)
            >
                <Icon name=IconName::Panel size=18/>
            </button>
        </header>
    }
}
