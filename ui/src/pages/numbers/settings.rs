//! Name and pace of a number.

use super::Shown;
use crate::session::Session;
use crate::state::{Part, Saving};
use crate::text;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::Input;
use leptos::prelude::*;
use twinbox_protocol::{HIGHEST_CAP, LONGEST_NUMBER_NAME, NumberView, SetNumber};

/// In milliseconds.
const UNDO_CHOICES: [u32; 4] = [0, 2000, 3000, 5000];
const CAP_HINT_ID: &str = "cap-hint";
const NAME_ID: &str = "number-name";
const CAP_ID: &str = "number-cap";

/// What the team called it; a number without a name is shown by its digits, which nobody has to delete.
fn given_name(number: &NumberView) -> String {
    let digits = format!("+{}", number.display_phone_number);
    let is_given = number.name != digits && number.name != number.id.as_str();
    if is_given { number.name.clone() } else { String::new() }
}

/// A form that saves both at once. `close` puts it away.
#[component]
pub fn Settings(shown: Shown, close: impl Fn() + Copy + 'static) -> impl IntoView {
    let session = Session::use_();
    let (before, before_cap, counted_before, told_before) = shown
        .get_untracked()
        .map(|number| {
            let name = given_name(&number);
            (name, number.cap_per_second, number.counts_received, number.tells_read)
        })
        .unwrap_or_default();
    let undo_before = shown.get_untracked().map_or(0, |number| number.undo_ms);
    // At once: it belongs to the number, not to the form's other fields.
    let set_undo = move |chosen: String| {
        if let (Some(number), Ok(undo_ms)) = (shown.get_untracked(), chosen.parse()) {
            session.set_undo(number.id, undo_ms);
        }
    };
    let counts_received = RwSignal::new(counted_before);
    let tells_read = RwSignal::new(told_before);
    let name = RwSignal::new(before);
    let cap = RwSignal::new(before_cap.to_string());
    let wanted_cap = Memo::new(move |_| {
        let cap = cap.with(|cap| cap.trim().parse::<u32>().ok());
        cap.filter(|cap| (1..=HIGHEST_CAP).contains(cap))
    });
    let saving = session.memo(Part::Saving, |state| state.numbers.saving.clone());
    let is_under_way = move || saving.get() == Saving::UnderWay;
    let refused = move || match saving.get() {
        Saving::Refused(reason) => Some(reason),
        Saving::Nothing | Saving::UnderWay | Saving::Done => None,
    };
    let wrong_cap = move || wanted_cap.get().is_none().then(text::cap_range);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let number = shown.get_untracked();
        if let (Some(number), Some(cap_per_second)) = (number, wanted_cap.get_untracked()) {
            session.set_number(SetNumber {
                number: number.id,
                name: name.get_untracked().trim().to_owned(),
                cap_per_second,
                counts_received: counts_received.get_untracked(),
                tells_read: tells_read.get_untracked(),
            });
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && crate::keyboard::is_plain(&event) {
            event.prevent_default();
            close();
        }
    };
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A field that is shown can take the focus.
            let _ = field.focus();
        }
    });
    view! {
        <form class="box nset" aria-label=text::NAME_AND_SPEED on:submit=submit on:keydown=on_key>
            <label class="medium" for=NAME_ID>{text::NUMBER_NAME}</label>
            <span class="field">
                <input id=NAME_ID type="text" dir="auto" autocomplete="off" maxlength=LONGEST_NUMBER_NAME.to_string() node_ref=field bind:value=name/>
            </span>
            <label class="medium" for=CAP_ID>{text::SPEED}</label>
            <div class="nset__cap">
                <span class="field" class:is-wrong=move || wrong_cap().is_some()>
                    <input id=CAP_ID type="text" inputmode="numeric" autocomplete="off" maxlength="2" aria-describedby=CAP_HINT_ID aria-invalid=move || wrong_cap().is_some().to_string() bind:value=cap/>
                </span>
                <p id=CAP_HINT_ID class="sm muted" class:is-danger=move || wrong_cap().is_some()>
                    {move || wrong_cap().unwrap_or_else(|| text::SPEED_HINT.to_owned())}
                </p>
            </div>
            {choice(counts_received, text::COUNTS_RECEIVED, text::COUNTS_RECEIVED_HINT)}
            {choice(tells_read, text::TELLS_READ, text::TELLS_READ_HINT)}
            <label class="hstack nset__check">
                <select class="select" on:change=move |event| set_undo(event_target_value(&event))>
                    {UNDO_CHOICES.map(|ms| view! { <option value=ms.to_string() selected=ms == undo_before>{text::undo_choice(ms)}</option> }).collect_view()}
                </select>
                <span>{text::UNDO_TIME}<span class="sm muted nset__hint">{text::UNDO_HINT}</span></span>
            </label>
            <div class="nset__end">
                <span class="sm is-danger grow" role="alert">{refused}</span>
                <button class="btn" type="button" on:click=move |_| close()>{text::CANCEL}</button>
                <button class="btn btn--primary" type="submit" disabled=move || is_under_way() || wanted_cap.get().is_none()>
                    {move || if is_under_way() { text::SAVING } else { text::SAVE }}
                </button>
            </div>
        </form>
    }
}

fn choice(is_chosen: RwSignal<bool>, words: text::Words, hint: text::Words) -> AnyView {
    view! {
        <label class="hstack nset__check">
            <input class="check" type="checkbox" bind:checked=is_chosen/>
            <span>{words}<span class="sm muted nset__hint">{hint}</span></span>
        </label>
    }
    .into_any()
}
