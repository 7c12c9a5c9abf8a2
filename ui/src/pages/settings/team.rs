//! Labels and saved replies, which everybody in the team has.

use crate::components::{Icon, IconName, empty};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use twinbox_domain::LabelId;
use twinbox_protocol::{CannedReply, DeleteLabel, LABEL_COLORS, LabelView};

/// Asks once more: chats lose the label, and nobody knows then which ones had it.
fn remove_label(session: Session, label: LabelId, words: String) -> AnyView {
    let asks = RwSignal::new(false);
    let answer = move || {
        asks.get().then(|| {
            view! {
                <button class="btn btn--sm btn--danger-line" type="button" on:click=move |_| session.decide(DeleteLabel { label })>
                    {text::REMOVE_EVERYWHERE}
                </button>
            }
        })
    };
    view! {
        {answer}
        <button class="icon-btn icon-btn--sm" type="button" aria-label=words.clone() title=words aria-expanded=move || asks.get().to_string() on:click=move |_| asks.update(|asks| *asks = !*asks)>
            <Icon name=IconName::Close size=16/>
        </button>
    }
    .into_any()
}

/// Both lists, each with a line that adds one.
pub fn team(session: Session) -> AnyView {
    let label = move |label: LabelView| {
        let LabelView { id, name, color } = label;
        let next = (color + 1) % LABEL_COLORS;
        let (kept, shown) = (name.clone(), name.clone());
        let remove = text::remove(&name);
        let rename = move |event| {
            let typed = event_target_value(&event);
            if typed.trim() != kept {
                session.save_label(Some(id), typed, color, || {});
            }
        };
        view! {
            <li class="set">
                <button class="icon-btn icon-btn--sm" type="button" aria-label=text::NEXT_COLOR title=text::NEXT_COLOR on:click=move |_| session.save_label(Some(id), name.clone(), next, || {})>
                    <i class="lab__dot" data-color=color></i>
                </button>
                <span class="field grow"><input aria-label=shown.clone() maxlength="40" dir="auto" value=shown on:change=rename/></span>
                {remove_label(session, id, remove)}
            </li>
        }
        .into_any()
    };
    let reply = move |reply: CannedReply| {
        let CannedReply { shortcut, text } = reply;
        let remove = text::remove(&shortcut);
        let (key, again) = (shortcut.clone(), shortcut.clone());
        view! {
            <li class="set set--reply">
                <b class="truncate" dir="auto">{format!("/{shortcut}")}</b>
                <textarea class="field__area scroll grow" aria-label=shortcut rows="2" maxlength="4096" dir="auto" prop:value=text on:change=move |event| session.save_canned_reply(&key, event_target_value(&event), || {})></textarea>
                <button class="icon-btn icon-btn--sm" type="button" aria-label=remove.clone() title=remove on:click=move |_| session.save_canned_reply(&again, String::new(), || {})>
                    <Icon name=IconName::Close size=16/>
                </button>
            </li>
        }
        .into_any()
    };
    let labels = session.memo(Part::Team, |state| state.team.labels.clone());
    let replies = session.memo(Part::Team, |state| state.team.replies.clone());
    let (name, shortcut, words) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let add_label = move |event: SubmitEvent| {
        event.prevent_default();
        let count = labels.with_untracked(Vec::len);
        let color = u8::try_from(count % usize::from(LABEL_COLORS)).unwrap_or_default();
        let sent = name.get_untracked();
        session.save_label(None, sent.clone(), color, move || empty(name, &sent));
    };
    let add_reply = move |event: SubmitEvent| {
        event.prevent_default();
        let (sent, text) = (shortcut.get_untracked(), words.get_untracked());
        session.save_canned_reply(&sent.clone(), text.clone(), move || {
            empty(shortcut, &sent);
            empty(words, &text);
        });
    };
    view! {
        <p class="sm muted">{text::LABELS_HINT}</p>
        <ul class="box set__box">
            {move || labels.get().into_iter().map(label).collect::<Vec<_>>()}
            <li>
                <form class="set" on:submit=add_label>
                    <span class="field grow"><input aria-label=text::NEW_LABEL placeholder=text::NEW_LABEL maxlength="40" required dir="auto" bind:value=name/></span>
                    <button class="btn btn--line" type="submit">{text::ADD}</button>
                </form>
            </li>
        </ul>
        <h3 class="settings__sub">{text::SAVED_REPLIES}</h3>
        <p class="sm muted">{text::SAVED_REPLIES_HINT}</p>
        <ul class="box set__box">
            {move || replies.get().into_iter().map(reply).collect::<Vec<_>>()}
            <li>
                <form class="set set--reply" on:submit=add_reply>
                    <span class="field"><input aria-label=text::SHORTCUT placeholder=text::SHORTCUT maxlength="40" required bind:value=shortcut/></span>
                    <textarea class="field__area scroll grow" aria-label=text::REPLY_TEXT placeholder=text::REPLY_TEXT rows="2" maxlength="4096" required dir="auto" prop:value=move || words.get() on:input=move |event| words.set(event_target_value(&event))></textarea>
                    <button class="btn btn--line" type="submit">{text::ADD}</button>
                </form>
            </li>
        </ul>
    }
    .into_any()
}
