//! A button that asks once more, because what it does reaches many people at once.

use crate::keyboard;
use crate::text;
use leptos::html::Button;
use leptos::prelude::*;

/// What it says, and what it asks.
pub struct Ask {
    /// Of the button.
    pub class: &'static str,
    pub label: text::Words,
    /// Of the question with its answers.
    pub question_class: &'static str,
    pub question: Signal<String>,
    pub yes: text::Words,
    pub no: text::Words,
}

/// The focus goes to the answer that does nothing, and from either one back to the button.
pub fn ask(ask: Ask, act: impl Fn() + Clone + Send + Sync + 'static) -> AnyView {
    let Ask {
        class,
        label,
        question_class,
        question,
        yes,
        no,
    } = ask;
    let asks = RwSignal::new(false);
    let (opener, safe) = (NodeRef::<Button>::new(), NodeRef::<Button>::new());
    let begin = move |_| {
        asks.set(true);
        focus_soon(safe);
    };
    let end = move || {
        asks.set(false);
        focus_soon(opener);
    };
    let answers = move || {
        let act = act.clone();
        let agree = move |_| {
            end();
            act();
        };
        asks.get().then(|| {
            view! {
                <div class=question_class role="group" aria-label=question>
                    <span>{question}</span>
                    <button class="btn btn--sm btn--line" type="button" on:click=agree>{yes}</button>
                    <button class="btn btn--sm" type="button" node_ref=safe on:click=move |_| end()>{no}</button>
                </div>
            }
        })
    };
    view! {
        <button class=class type="button" node_ref=opener hidden=move || asks.get() on:click=begin>{label}</button>
        {answers}
    }
    .into_any()
}

/// Once it is drawn; what is gone by then is not looked for.
fn focus_soon(button: NodeRef<Button>) {
    request_animation_frame(move || {
        keyboard::focus_on(button.try_get_untracked().flatten().map(Into::into));
    });
}
