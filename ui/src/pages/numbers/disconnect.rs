//! How a number is disconnected: on its phone, and nowhere else.

use crate::components::{Icon, IconName};
use crate::text;
use leptos::prelude::*;

/// The steps for both kinds of phones.
#[component]
pub fn Disconnect() -> impl IntoView {
    view! {
        <section class="box" aria-labelledby="disconnect">
            <header class="box__head">
                <h3 id="disconnect">{text::HOW_TO_DISCONNECT}</h3>
                <span class="grow"></span>
                <span class="xs faint">{text::ON_PHONE_ONLY}</span>
            </header>
            <Steps system=text::IPHONE steps=text::IPHONE_STEPS/>
            <Steps system=text::ANDROID steps=text::ANDROID_STEPS/>
            <div class="banner">
                <Icon name=IconName::History/>
                <span>{text::CHATS_STAY}" "<b>{text::KEEPS_COPY}</b>" "{text::FOR_READING}</span>
            </div>
        </section>
    }
}

#[component]
fn Steps(system: &'static str, steps: [text::Step; 3]) -> impl IntoView {
    let step = |step: text::Step| {
        let words = step.iter().enumerate().map(|(at, words)| {
            if at % 2 == 0 {
                view! { {*words} }.into_any()
            } else {
                view! { <b>{*words}</b> }.into_any()
            }
        });
        view! { <li><span>{words.collect_view()}</span></li> }
    };
    view! {
        <h4 class="steps__os">
            <Icon name=IconName::Smartphone size=14/>
            {system}
        </h4>
        <ol class="steps">{steps.map(step)}</ol>
    }
}
