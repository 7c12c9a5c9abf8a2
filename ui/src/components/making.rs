//! Sending a place, a contact, buttons or a list, in the composer's place.

use super::content::ContentView;
use super::{Icon, IconName};
use crate::attempt::Attempt;
use crate::keyboard;
use crate::making::{FIELDS, Kind, is_wrong_already, to_send};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use twinbox_domain::{ConversationId, MessageId, Payload};

const FIRST_ID: &str = "made-first";

/// What was typed into the fields of all kinds.
type Texts = [RwSignal<String>; FIELDS];

/// What was typed for one kind is kept while another is looked at. Escape and `close` put it away.
pub fn making(session: Session, conversation: ConversationId, close: Callback<()>) -> AnyView {
    let texts: Texts = std::array::from_fn(|_| RwSignal::new(String::new()));
    let attempt = Attempt::begin(session, conversation, FIRST_ID.to_owned(), texts.to_vec());
    // Where something was typed before.
    let is_begun = |kind: &Kind| untrack(|| typed(*kind, &texts)).iter().any(|text| !text.is_empty());
    let chosen = RwSignal::new(Kind::ALL.iter().position(is_begun).unwrap_or_default());
    let kind = move || Kind::ALL.get(chosen.get()).copied().unwrap_or(Kind::Place);
    let payload = move || kind().payload(&typed(kind(), &texts));
    let has_tried = RwSignal::new(false);
    let refused = attempt.problem;
    let problem = move || {
        let wrong = payload().check(false).err();
        let wrong = wrong.filter(|wrong| has_tried.get() || is_wrong_already(wrong));
        wrong.map(|wrong| text::send_problem(&wrong)).or_else(|| refused.get())
    };
    let was_faster = session.memo(Part::Faster, move |state| state.faster_in(conversation).is_some());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        has_tried.set(true);
        let payload = untrack(payload);
        if was_faster.get_untracked() {
            return;
        }
        let Some(message) = payload.check(false).is_ok().then(|| to_send(payload)).flatten() else {
            return;
        };
        attempt.send(session, conversation, message, close);
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !keyboard::is_composing(&event) {
            event.prevent_default();
            event.stop_propagation();
            close.run(());
        }
    };
    request_animation_frame(|| keyboard::focus_id(FIRST_ID));
    let on_input = move |_| {
        refused.set(None);
        session.tell_typing(conversation);
    };
    view! {
        <form class="templates making" aria-label=text::MAKE on:submit=submit on:keydown=on_key on:input=on_input>
            <header class="templates__head">
                {kinds(chosen, has_tried)}
                <span class="grow"></span>
                <button class="icon-btn icon-btn--sm" type="button" aria-label=text::CLOSE title=text::CLOSE on:click=move |_| close.run(())>
                    <Icon name=IconName::Close/>
                </button>
            </header>
            <div class="templates__fill">
                <div class="templates__fields scroll">{move || form(kind(), texts)}</div>
                <div class="templates__preview scroll msg msg--out" data-origin="agent">{move || preview(payload())}</div>
                <div class="templates__foot">
                    <span class="templates__why sm" role="alert">{problem}</span>
                    <button class="btn btn--primary" type="submit" prop:disabled=move || attempt.is_under_way.get() || was_faster.get()>
                        {text::SEND}
                        <Icon name=IconName::Send/>
                    </button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

fn typed(kind: Kind, texts: &Texts) -> Vec<String> {
    let of_kind = texts.iter().skip(kind.first()).take(kind.fields().len());
    of_kind.map(|text| text.get()).collect()
}

fn kinds(chosen: RwSignal<usize>, has_tried: RwSignal<bool>) -> AnyView {
    let one = move |index: usize, it: Kind| {
        let choose = move |_| {
            has_tried.set(false);
            chosen.set(index);
        };
        view! {
            <label class="seg__opt">
                <input class="vh" type="radio" name="made" prop:checked=move || chosen.get() == index on:change=choose/>
                {text::made(it)}
            </label>
        }
    };
    let all = Kind::ALL.into_iter().enumerate().map(|(index, it)| one(index, it));
    view! { <div class="seg" role="radiogroup" aria-label=text::MAKE>{all.collect_view()}</div> }.into_any()
}

fn form(kind: Kind, texts: Texts) -> AnyView {
    let field = |(index, (label, text)): (usize, (String, RwSignal<String>))| {
        let hidden = move || !kind.shows(index, &typed(kind, &texts));
        let id = (index == 0).then_some(FIRST_ID);
        let input = if kind.is_long(index) {
            view! { <textarea id=id rows="3" dir="auto" bind:value=text></textarea> }.into_any()
        } else {
            view! { <input id=id type="text" dir="auto" autocomplete="off" bind:value=text/> }.into_any()
        };
        view! {
            <label class="templates__field" prop:hidden=hidden>
                <span class="sm">{label}</span>
                <span class="field">{input}</span>
            </label>
        }
        .into_any()
    };
    let fields = kind.fields().into_iter().zip(texts.into_iter().skip(kind.first()));
    fields.enumerate().map(field).collect_view().into_any()
}

fn preview(payload: Payload) -> Option<AnyView> {
    let on_the_map = !matches!(&payload, Payload::Location(place) if place.latitude_e6 == i64::MAX);
    let content = payload.content().filter(|_| on_the_map);
    let content = view! { <ContentView message=MessageId(0) content=content? file=None meta=().into_any()/> };
    Some(view! { <div class="bubble">{content}</div> }.into_any())
}
