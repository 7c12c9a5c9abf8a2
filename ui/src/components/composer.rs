//! Where a reply is written.

mod attach;
mod counter;
mod emoji;
mod faster;
mod field;
mod file_chip;
mod files;
mod fit;
mod formatted;
mod forms;
mod later;
mod paused;
mod quoted;
mod shut;
mod suggest;
mod voice;

use super::chip::{Countdown, countdown};
use super::roving::step;
use super::{Icon, IconName, Keyed};
use crate::commands::{Command, titled};
use crate::keyboard::{self, TEMPLATE_ID};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use crate::writing;
use attach::Attach;
use counter::Counter;
use emoji::emoji;
use faster::{faster, faster_here};
use field::Field;
use files::{Files, ready_files};
use formatted::formatted;
use forms::forms;
use later::later;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::Div;
use leptos::prelude::*;
use paused::Paused;
use quoted::Quoted;
use shut::Shut;
use suggest::{Suggest, suggestions};
use twinbox_domain::{ConversationId, LONGEST_TEXT};
use twinbox_protocol::UserSettings;
use voice::Voice;

/// What stands in the place of the composer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Instead {
    /// The templates to choose from.
    Templates,
    /// The form for a place, contacts, buttons or a list.
    Making,
}

/// What is being written.
#[derive(Clone, Copy)]
struct Draft {
    text: RwSignal<String>,
    is_note: Memo<bool>,
}

/// Enter sends, Shift and Enter makes a new line. Closed when the 24 hours are over; the draft is kept. It stays while another
/// conversation is opened.
#[component]
pub fn Composer(conversation: Memo<ConversationId>) -> impl IntoView {
    let session = Session::use_();
    let draft = Draft {
        text: RwSignal::new(String::new()),
        is_note: Memo::new(move |_| {
            let conversation = conversation.get();
            session.read(Part::Draft(conversation), |state| state.notes.contains(&conversation))
        }),
    };
    let Draft { text, is_note } = draft;
    let row = session.row(conversation);
    let name = session.called(row);
    let last_customer_at = Memo::new(move |_| row.with(|row| row.as_ref()?.last_customer_at));
    let countdown = countdown(session, last_customer_at.into());
    let is_over = Memo::new(move |_| !matches!(countdown.get(), Countdown::Left(_)));
    // A note can always be written.
    let closed = Memo::new(move |_| is_over.get() && !is_note.get());
    let was_faster = faster_here(session, conversation);
    let left = Memo::new(move |_| text.with(|text| LONGEST_TEXT as i64 - text.trim().chars().count() as i64));
    let ready = ready_files(session, conversation);
    let can_send = Memo::new(move |_| {
        let least = usize::from(text.with(|text| text.trim().is_empty()));
        if is_note.get() {
            return least == 0 && left.get() >= 0;
        }
        !closed.get()
            && was_faster.get().is_none()
            && left.get() >= 0
            && ready.get().is_some_and(|files| files >= least)
    });

    let send = move || {
        if can_send.get_untracked() {
            let conversation = conversation.get_untracked();
            if !is_note.get_untracked() {
                return session.submit(conversation);
            }
            // Of this conversation, whatever the field shows.
            let text = session.peek(|state| state.drafts.get(&conversation).cloned());
            session.write_note(conversation, text.unwrap_or_default().trim().to_owned());
        }
    };
    let offered = Memo::new(move |_| {
        // The customer reads it: nothing is masked.
        let person = row.with(|row| {
            row.as_ref()
                .map(|row| row.person.own_name().to_owned())
                .unwrap_or_default()
        });
        session.read(Part::Team, |state| {
            text.with(|text| suggestions(state, text, || writing::before_caret(text), is_note.get(), &person))
        })
    });
    let suggest = Suggest::new(
        text,
        offered,
        Callback::new(move |(text, before): (String, String)| writing::replace(&text, &before)),
    );
    let on_key = Callback::new(move |event: KeyboardEvent| {
        let conversation = conversation.get_untracked();
        match event.key().as_str() {
            "Enter" | "Escape" if keyboard::is_composing(&event) => {}
            _ if suggest.took(&event) => {}
            "Enter" if session.peek(|state| sends(&state.settings, &event)) => {
                event.prevent_default();
                send();
            }
            "Escape" if session.peek(|state| state.quotes.contains_key(&conversation)) => {
                event.prevent_default();
                session.quote(conversation, None);
            }
            _ => {}
        }
    });
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    let sent_by = move || match session.read(Part::Settings, |state| state.settings.enter_sends) {
        true => text::KEY_ENTER,
        false => text::KEY_CTRL_ENTER,
    };
    let voice = Voice::new(conversation, is_note);
    let instead = anew(move || conversation.get(), None);
    // Whoever chooses to write a note writes it here, also where one was begun.
    Effect::new(move |_| {
        session.track(Part::Draft(conversation.get()));
        if is_note.get() {
            instead.set(None);
        }
    });
    let discard = Callback::new(move |()| session.discard_draft(conversation.get_untracked()));
    view! {
        {forms(session, conversation, row, instead, was_faster)}
        <form prop:hidden=move || instead.get().is_some() class="composer" class:is-shut=move || closed.get() class:is-note=move || is_note.get() aria-label=move || text::write_to(&name.get()) on:submit=on_submit>
            <div class="composer__box">
                <div class="composer__top">
                    {modes(session, conversation, is_note)}
                    {replying(session, conversation)}
                </div>
                {faster(session, conversation, was_faster, discard)}
                <Paused row/>
                <Keyed each=move || [conversation.get()] key=|conversation| *conversation let:conversation>
                    <Quoted conversation/>
                    <Show when=move || !is_note.get()><Shut row countdown instead/></Show>
                    <Files conversation/>
                    {voice.why()}
                    {suggest.view()}
                    <Field conversation draft name closed suggest on_key/>
                </Keyed>
                {formatted(text)}
                <div class="composer__bar">
                    <Attach conversation closed/>
                    <button
                        id=keyboard::MAKE_ID
                        class="icon-btn"
                        type="button"
                        aria-label=text::MAKE
                        title=move || titled(session, &text::MAKE, Command::Make)
                        prop:disabled=move || closed.get()
                        on:click=move |_| instead.set(Some(Instead::Making))
                    >
                        <Icon name=IconName::Plus size=18/>
                    </button>
                    <button
                        id=TEMPLATE_ID
                        class="icon-btn"
                        type="button"
                        aria-label=text::TEMPLATE
                        title=move || titled(session, &text::TEMPLATE, Command::Template)
                        on:click=move |_| instead.set(Some(Instead::Templates))
                    >
                        <Icon name=IconName::Form/>
                    </button>
                    {emoji(session, conversation, closed)}
                    {voice.button(session, closed)}
                    <Counter left/>
                    {later(session, conversation, is_note, can_send)}
                    <button class="btn btn--primary" type="submit" title=sent_by prop:disabled=move || !can_send.get()>
                        {move || if is_note.get() { text::SAVE_NOTE } else { text::SEND }}
                        <Icon name=IconName::Send/>
                    </button>
                </div>
            </div>
        </form>
    }
}

/// Whether Enter, pressed like this, sends.
fn sends(settings: &UserSettings, event: &KeyboardEvent) -> bool {
    match settings.enter_sends {
        true => !event.shift_key(),
        false => event.ctrl_key() || event.meta_key(),
    }
}

/// A signal that begins anew with each of what it is chosen for: it does not decide about another conversation, or a note.
fn anew<T: Copy + PartialEq + Send + Sync + 'static, F>(each: impl Fn() -> F + 'static, begins: T) -> RwSignal<T> {
    let signal = RwSignal::new(begins);
    Effect::new(move |_| {
        each();
        if signal.get_untracked() != begins {
            signal.set(begins);
        }
    });
    signal
}

/// Which colleagues are writing a reply here as well.
fn replying(session: Session, conversation: Memo<ConversationId>) -> AnyView {
    let people = Memo::new(move |_| {
        session.track(Part::Second);
        let conversation = conversation.get();
        session.read(Part::Replying, |state| state.replying_in(conversation))
    });
    view! { <span class="composer__who truncate" role="status">{move || text::is_replying(&people.get())}</span> }
        .into_any()
}

/// Whether a reply or a note is written.
fn modes(session: Session, conversation: Memo<ConversationId>, is_note: Memo<bool>) -> AnyView {
    let mode = move |words: text::Words, note: bool| {
        let choose = move |_| {
            session.write_as(conversation.get_untracked(), note);
            request_animation_frame(keyboard::focus_composer);
        };
        view! {
            <button
                id=note.then_some(keyboard::NOTE_ID)
                class="seg__opt"
                type="button"
                role="radio"
                aria-checked=move || (is_note.get() == note).to_string()
                tabindex=move || if is_note.get() == note { "0" } else { "-1" }
                on:click=choose
            >
                {note.then(|| view! { <Icon name=IconName::Lock size=14/> })}
                {words}
            </button>
        }
        .into_any()
    };
    let group = NodeRef::<Div>::new();
    let on_key = move |event: KeyboardEvent| {
        let key = match event.key().as_str() {
            "ArrowDown" => "ArrowRight".to_owned(),
            "ArrowUp" => "ArrowLeft".to_owned(),
            _ => keyboard::along(&event),
        };
        let at = usize::from(is_note.get_untracked());
        let Some(to) = step(&key, at, 2).filter(|_| keyboard::is_plain(&event)) else {
            return;
        };
        event.prevent_default();
        session.write_as(conversation.get_untracked(), to == 1);
        let radio = group.get_untracked().and_then(|group| group.children().item(to as u32));
        keyboard::focus_on(radio);
    };
    view! {
        <div class="seg composer__modes" role="radiogroup" aria-label=text::WRITE_AS node_ref=group on:keydown=on_key>
            {mode(text::REPLY_MODE, false)}
            {mode(text::NOTE_MODE, true)}
        </div>
    }
    .into_any()
}
