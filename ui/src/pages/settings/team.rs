//! Labels and saved replies, which everybody in the team has.

use crate::components::{Icon, IconName, Keyed, empty};
use crate::session::Session;
use crate::state::{Part, State};
use crate::text;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use twinbox_domain::LabelId;
use twinbox_protocol::{DeleteLabel, LABEL_COLORS};

/// Asks once more: chats lose the label, and nobody knows then which ones had it.
fn remove_label(session: Session, label: LabelId, name: Memo<String>) -> AnyView {
    let words = move || text::remove(&name.get());
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
        <button class="icon-btn icon-btn--sm" type="button" aria-label=words title=words aria-expanded=move || asks.get().to_string() on:click=move |_| asks.update(|asks| *asks = !*asks)>
            <Icon name=IconName::Close size=16/>
        </button>
    }
    .into_any()
}

/// A label, which keeps its row and what is typed there, whatever becomes of the others.
fn label_row(session: Session, label: LabelId) -> AnyView {
    let known = move |state: &State| state.team.labels.iter().find(|known| known.id == label).cloned();
    let name = session.memo(Part::Team, move |state| {
        known(state).map(|label| label.name).unwrap_or_default()
    });
    let color = session.memo(Part::Team, move |state| {
        known(state).map(|label| label.color).unwrap_or_default()
    });
    let field = NodeRef::<Input>::new();
    // It may have been typed just now, and not be told back yet.
    let typed = move || {
        field
            .get_untracked()
            .map_or_else(|| name.get_untracked(), |field| field.value())
    };
    let rename = move |_| {
        let typed = typed();
        if typed.trim() != name.get_untracked() {
            session.save_label(Some(label), typed, color.get_untracked(), || {});
        }
    };
    let recolor = move |_| {
        let next = (color.get_untracked() + 1) % LABEL_COLORS;
        session.save_label(Some(label), typed(), next, || {});
    };
    view! {
        <li class="set">
            <button class="icon-btn icon-btn--sm" type="button" aria-label=text::NEXT_COLOR title=text::NEXT_COLOR on:click=recolor>
                <i class="lab__dot" data-color=move || color.get()></i>
            </button>
            <span class="field grow"><input node_ref=field aria-label=move || name.get() maxlength="40" dir="auto" prop:value=move || name.get() on:change=rename/></span>
            {remove_label(session, label, name)}
        </li>
    }
    .into_any()
}

/// A saved reply, which keeps its row as a label does.
fn reply_row(session: Session, shortcut: String) -> AnyView {
    let remove = text::remove(&shortcut);
    let (known, key, again) = (shortcut.clone(), shortcut.clone(), shortcut.clone());
    let words = session.memo(Part::Team, move |state| {
        state
            .canned_reply(&known)
            .map(|reply| reply.text.clone())
            .unwrap_or_default()
    });
    view! {
        <li class="set set--reply">
            <b class="truncate" dir="auto">{format!("/{shortcut}")}</b>
            <textarea class="field__area scroll grow" aria-label=shortcut rows="2" maxlength="4096" dir="auto" prop:value=move || words.get() on:change=move |event| session.save_canned_reply(&key, event_target_value(&event), || {})></textarea>
            <button class="icon-btn icon-btn--sm" type="button" aria-label=remove.clone() title=remove on:click=move |_| session.save_canned_reply(&again, String::new(), || {})>
                <Icon name=IconName::Close size=16/>
            </button>
        </li>
    }
    .into_any()
}

/// Both lists, each with a line that adds one.
pub fn team(session: Session) -> AnyView {
    let labels = session.memo(Part::Team, |state| {
        let labels = state.team.labels.iter();
        labels.map(|label| label.id).collect::<Vec<_>>()
    });
    let replies = session.memo(Part::Team, |state| {
        let replies = state.team.replies.iter();
        replies.map(|reply| reply.shortcut.clone()).collect::<Vec<_>>()
    });
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
            <Keyed each=move || labels.get() key=|label| *label let:label>{label_row(session, label)}</Keyed>
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
            <Keyed each=move || replies.get() key=String::clone let:shortcut>{reply_row(session, shortcut)}</Keyed>
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
