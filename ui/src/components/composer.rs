//! Where a reply is written.

mod attach;
mod counter;
mod emoji;
mod faster;
mod file_chip;
mod files;
mod fit;
mod formatted;
mod later;
mod paused;
mod quoted;
mod shut;
mod suggest;
mod voice;

use super::chip::{Countdown, countdown};
use super::making::making;
use super::{Icon, IconName};
use crate::apart::{Page, page};
use crate::commands::{Command, titled};
use crate::keyboard::{self, COMPOSER_ID, TEMPLATE_ID};
use crate::session::Session;
use crate::state::{Action, Part};
use crate::text;
use attach::{Attach, paste};
use counter::Counter;
use emoji::emoji;
use faster::{faster, faster_here};
use files::{Files, ready_files};
use fit::fit;
use formatted::formatted;
use later::later;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::Textarea;
use leptos::prelude::*;
use paused::Paused;
use quoted::Quoted;
use shut::{SHUT_ID, Shut};
use std::time::Duration;
use suggest::{Suggest, suggestions};
use twinbox_domain::{ConversationId, LONGEST_TEXT};

/// The sign of typing lasts 25 seconds (Meta, "Typing indicators", 2026).
const TELLS_TYPING_EVERY: Duration = Duration::from_secs(20);

/// What stands in the place of the composer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Instead {
    /// The templates to choose from.
    Templates,
    /// The form for a place, contacts, buttons or a list.
    Making,
}

/// Enter sends, Shift and Enter makes a new line. Closed when the 24 hours are over; the draft is kept.
#[component]
pub fn Composer(conversation: ConversationId) -> impl IntoView {
    let session = Session::use_();
    let field = NodeRef::<Textarea>::new();
    let draft = RwSignal::new(String::new());
    let row = session.row(conversation);
    let name = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.person.name.clone()).unwrap_or_default()));
    let last_customer_at = Memo::new(move |_| row.with(|row| row.as_ref()?.last_customer_at));
    let countdown = countdown(session, last_customer_at.into());
    let is_note = RwSignal::new(false);
    let is_over = Memo::new(move |_| !matches!(countdown.get(), Countdown::Left(_)));
    // A note can always be written.
    let closed = Memo::new(move |_| is_over.get() && !is_note.get());
    let was_faster = faster_here(session, conversation);
    let left = Memo::new(move |_| draft.with(|draft| LONGEST_TEXT as i64 - draft.trim().chars().count() as i64));
    let ready = ready_files(session, conversation);
    let can_send = Memo::new(move |_| {
        let least = usize::from(draft.with(|draft| draft.trim().is_empty()));
        if is_note.get() {
            return least == 0 && left.get() >= 0;
        }
        !closed.get()
            && was_faster.get().is_none()
            && left.get() >= 0
            && ready.get().is_some_and(|files| files >= least)
    });

    Effect::new(move |_| {
        let kept = session.read(Part::Draft(conversation), |state| {
            state.drafts.get(&conversation).cloned()
        });
        draft.set(kept.unwrap_or_default());
    });
    Effect::new(move |_| {
        let draft = draft.read();
        if let Some(field) = field.get() {
            // Setting it anew would move the cursor.
            if field.value() != *draft {
                field.set_value(&draft);
            }
            fit(&field);
        }
    });

    let has_told = StoredValue::new(false);
    let send = move || {
        if can_send.get_untracked() {
            let text = draft.with_untracked(|draft| draft.trim().to_owned());
            if is_note.get_untracked() {
                session.write_note(conversation, text);
                return;
            }
            // The next word is told again.
            has_told.set_value(false);
            session.dispatch(Action::Typed(conversation, text));
            session.submit(conversation);
            session.keep_draft(conversation);
        }
    };
    let offered = Memo::new(move |_| {
        let person = name.get();
        session.read(Part::Team, |state| {
            draft.with(|draft| suggestions(state, draft, is_note.get(), &person))
        })
    });
    let suggest = Suggest::new(
        offered,
        Callback::new(move |text| session.put_draft(conversation, text)),
    );
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" | "Escape" if keyboard::is_composing(&event) => {}
        _ if suggest.took(&event) => {}
        "Enter" if !event.shift_key() => {
            event.prevent_default();
            send();
        }
        "Escape" if session.peek(|state| state.quotes.contains_key(&conversation)) => {
            event.prevent_default();
            session.quote(conversation, None);
        }
        _ => {}
    };
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    let on_input = move |event| {
        let text = event_target_value(&event);
        if !text.trim().is_empty() && !has_told.get_value() && !is_note.get_untracked() {
            has_told.set_value(true);
            let may_tell = move || {
                let _ = has_told.try_set_value(false);
            };
            set_timeout(may_tell, TELLS_TYPING_EVERY);
            session.tell_typing(conversation);
        }
        session.dispatch(Action::Typed(conversation, text.clone()));
        session.keep_draft(conversation);
        draft.set(text);
    };

    let says_why = RwSignal::new(false);
    let instead = RwSignal::new(None);
    let number = Memo::new(move |_| row.with(|row| Some(row.as_ref()?.number.clone())));
    let picker = move || {
        let number = number.get()?;
        let close = Callback::new(move |()| instead.set(None));
        (instead.get() == Some(Instead::Templates))
            .then(|| view! { <div class="composer">{page(Page::Templates(conversation, StoredValue::new(number), close))}</div> })
    };
    let maker = move || {
        let close = Callback::new(move |()| {
            instead.set(None);
            keyboard::focus_composer();
        });
        (instead.get() == Some(Instead::Making))
            .then(|| view! { <div class="composer">{making(session, conversation, close)}</div> })
    };
    view! {
        {picker}
        {maker}
        <form prop:hidden=move || instead.get().is_some() class="composer" class:is-shut=move || closed.get() class:is-note=move || is_note.get() aria-label=move || text::write_to(&name.get()) on:submit=on_submit>
            <div class="composer__box">
                <div class="composer__top">
                    {modes(is_note)}
                    {replying(session, conversation)}
                </div>
                {faster(session, conversation, was_faster)}
                <Paused row/>
                <Quoted conversation/>
                <Show when=move || !is_note.get()><Shut row countdown instead/></Show>
                <Files conversation/>
                {voice::why(session, conversation, says_why)}
                {suggest.view()}
                <textarea
                    id=COMPOSER_ID
                    class="composer__input scroll"
                    class:is-empty=move || draft.with(String::is_empty)
                    aria-label=text::MESSAGE
                    rows="1"
                    dir="auto"
                    placeholder=move || match (is_note.get(), closed.get()) {
                        (true, _) => text::NOTE_PLACEHOLDER.to_owned(),
                        (_, true) => text::WINDOW_OVER.to_owned(),
                        _ => text::write_to(&name.get()),
                    }
                    node_ref=field
                    prop:disabled=move || closed.get()
                    aria-describedby=move || closed.get().then_some(SHUT_ID)
                    on:input=on_input
                    on:keydown=on_key
                    on:paste=move |event| paste(session, conversation, &event)
                ></textarea>
                {formatted(draft)}
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
                    {emoji(session, closed)}
                    {voice::voice(says_why, closed)}
                    <Counter left/>
                    {later(session, conversation, can_send)}
                    <button class="btn btn--primary" type="submit" prop:disabled=move || !can_send.get()>
                        {move || if is_note.get() { text::SAVE_NOTE } else { text::SEND }}
                        <Icon name=IconName::Send/>
                    </button>
                </div>
            </div>
        </form>
    }
}

/// Which colleagues are writing a reply here as well.
fn replying(session: Session, conversation: ConversationId) -> AnyView {
    let people = Memo::new(move |_| {
        session.track(Part::Second);
        session.read(Part::Replying, |state| state.replying_in(conversation))
    });
    view! { <span class="composer__who truncate" role="status" dir="auto">{move || text::is_replying(&people.get())}</span> }
        .into_any()
}

/// Whether a reply or a note is written.
fn modes(is_note: RwSignal<bool>) -> AnyView {
    let mode = move |words: text::Words, note: bool| {
        let choose = move |_| {
            is_note.set(note);
            request_animation_frame(keyboard::focus_composer);
        };
        view! {
            <button
                id=note.then_some(keyboard::NOTE_ID)
                class="seg__opt"
                type="button"
                role="radio"
                aria-checked=move || (is_note.get() == note).to_string()
                on:click=choose
            >
                {note.then(|| view! { <Icon name=IconName::Lock size=14/> })}
                {words}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="seg composer__modes" role="radiogroup" aria-label=text::WRITE_AS>
            {mode(text::REPLY_MODE, false)}
            {mode(text::NOTE_MODE, true)}
        </div>
    }
    .into_any()
}
