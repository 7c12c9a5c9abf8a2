//! A chosen template: its variables, and what the customer will see.

use super::{field::Field, file_field::FileField};
use crate::attempt::Attempt;
use crate::components::content::ContentView;
use crate::components::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use twinbox_domain::{Content, ConversationId, Media, MessageId, Slot, SlotValue};
use twinbox_protocol::{FileToSend, TemplateView, ToSend};

/// The form beside the bubble. What is missing is said when sending is tried.
#[component]
pub fn Fill(conversation: ConversationId, template: TemplateView, close: Callback<()>) -> impl IntoView {
    let session = Session::use_();
    let slots = template.parts.slots();
    let texts: Vec<(Slot, RwSignal<String>)> = slots
        .into_iter()
        .map(|slot| (slot, RwSignal::new(String::new())))
        .collect();
    let form = format!("{} {}", template.name, template.language);
    let typed = texts.iter().map(|(_, text)| *text).collect();
    let attempt = Attempt::begin(session, conversation, form, typed);
    let file = RwSignal::new(None::<FileToSend>);
    let Attempt {
        problem, is_under_way, ..
    } = attempt;
    let (needs_file, needs_place) = template.parts.needs();
    let fields = texts.clone();
    let values = move || -> Vec<SlotValue> {
        let value = |(slot, text): &(Slot, RwSignal<String>)| SlotValue {
            slot: slot.clone(),
            text: text.get(),
        };
        texts.iter().map(value).collect()
    };
    let values = StoredValue::new_local(values);
    let template = StoredValue::new(template);
    let shown = move || {
        let values = values.with_value(|values| values());
        let content = template.with_value(|template| template.parts.shown(&values, None, None));
        view! { <ContentView message=MessageId(0) content file=None meta=().into_any()/> }
    };
    let was_faster = session.memo(Part::Faster, move |state| state.faster_in(conversation).is_some());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if was_faster.get_untracked() {
            return;
        }
        let values = values.with_value(|values| untrack(values));
        let file = file.get_untracked();
        let stand_in = file.as_ref().map(|_| Content::Image(Media::default()));
        let key = template.with_value(|template| (template.name.clone(), template.language.clone()));
        // The engine looks at the file; whether there is one is seen here.
        let check = template.with_value(|template| match (needs_file, &stand_in) {
            (true, Some(_)) => Ok(()),
            _ => template.parts.fill(key.clone(), &values, None, None).map(drop),
        });
        if let Err(missing) = check {
            return problem.set(Some(text::send_problem(&missing)));
        }
        problem.set(None);
        let message = ToSend::Template {
            name: key.0,
            language: key.1,
            values,
            file,
            place: None,
        };
        attempt.send(session, conversation, message, close);
    };
    let field = |(variable, text)| view! { <Field variable text/> };
    // What was chosen is gone from the screen, and the focus with it.
    request_animation_frame(|| keyboard::focus_first(".templates__fill :is(input, textarea, select, button:enabled)"));
    let on_input = move |_| {
        problem.set(None);
        session.tell_typing(conversation);
    };
    view! {
        <form class="templates__fill" on:submit=submit>
            <div class="templates__fields scroll" on:input=on_input>
                {needs_file.then(|| view! { <FileField file problem/> })}
                {needs_place.then(|| view! { <p class="sm muted">{text::TEMPLATE_NEEDS_PLACE}</p> })}
                {fields.into_iter().map(field).collect_view()}
            </div>
            <div class="templates__preview msg msg--out" data-origin="agent"><div class="bubble">{shown}</div></div>
            <div class="templates__foot">
                <span class="templates__why sm" role="alert">{move || problem.get()}</span>
                <button class="btn btn--primary" type="submit" prop:disabled=move || is_under_way.get() || needs_place || was_faster.get()>
                    {text::SEND}
                    <Icon name=IconName::Send/>
                </button>
            </div>
        </form>
    }
}
