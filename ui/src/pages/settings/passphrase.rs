//! Setting, changing and taking away the passphrase.

use super::row::Row;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use twinbox_protocol::SetPassphrase;

/// A button, and the form behind it.
#[component]
pub fn Passphrase() -> impl IntoView {
    let session = Session::use_();
    let has_one = session.memo(Part::Settings, |state| state.has_passphrase);
    let is_open = RwSignal::new(false);
    let words = move || {
        if has_one.get() {
            text::CHANGE_PASSPHRASE
        } else {
            text::SET_PASSPHRASE
        }
    };
    let lock = move || {
        has_one.get().then(|| {
            view! { <button class="btn btn--sm btn--line" type="button" on:click=move |_| session.lock()>{text::LOCK_NOW}</button> }
        })
    };
    view! {
        <Row label=text::PASSPHRASE>
            {lock}
            <button class="btn btn--sm btn--line" type="button" aria-expanded=move || is_open.get().to_string() on:click=move |_| is_open.update(|open| *open = !*open)>
                {words}
            </button>
        </Row>
        {move || is_open.get().then(|| view! { <Form has_one is_open/> })}
    }
}

#[component]
fn Form(has_one: Memo<bool>, is_open: RwSignal<bool>) -> impl IntoView {
    let session = Session::use_();
    let before = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let told = Callback::new(move |problem: Option<String>| {
        is_busy.set(false);
        if problem.is_none() {
            is_open.set(false);
        }
        trouble.set(problem);
    });
    let save = move |passphrase: String| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let before = before.get_untracked();
        session.set_passphrase(SetPassphrase { before, passphrase }, told);
    };
    let busy = move || is_busy.get().to_string();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let passphrase = new.get_untracked();
        if passphrase.is_empty() {
            // It would take the lock away, which has a button of its own. The field says that it is needed.
            return;
        }
        match passphrase == again.get_untracked() {
            true => save(passphrase),
            false => trouble.set(Some(text::NOT_THE_SAME.to_owned())),
        }
    };
    let field = |label: text::Words, value: RwSignal<String>, kind: &'static str| {
        view! {
            <label class="sign-in__label">
                {label}
                <span class="field"><input type="password" autocomplete=kind required bind:value=value/></span>
            </label>
        }
    };
    let first = move || {
        has_one
            .get()
            .then(|| field(text::PASSPHRASE_BEFORE, before, "current-password"))
    };
    let remove = move || {
        has_one.get().then(|| {
            view! { <button class="btn btn--line" type="button" aria-disabled=busy on:click=move |_| save(String::new())>{text::REMOVE_PASSPHRASE}</button> }
        })
    };
    view! {
        <form class="set__form" on:submit=submit>
            {first}
            {field(text::PASSPHRASE_NEW, new, "new-password")}
            {field(text::PASSPHRASE_AGAIN, again, "new-password")}
            <p class="is-danger" role="alert">{move || trouble.get()}</p>
            <div class="hstack">
                <button class="btn btn--primary" type="submit" aria-disabled=busy>{text::SAVE_PASSPHRASE}</button>
                {remove}
            </div>
        </form>
    }
}
