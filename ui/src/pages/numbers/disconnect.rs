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
                <span>{emphasized(text::CHATS_STAY)}</span>
            </div>
        </section>
    }
}

#[component]
fn Steps(system: &'static str, steps: [text::Words; 3]) -> impl IntoView {
    let step = |step: text::Words| view! { <li><span>{emphasized(step)}</span></li> };
    view! {
        <h4 class="steps__os">
            <Icon name=IconName::Smartphone size=14/>
            {system}
        </h4>
        <ol class="steps">{steps.map(step)}</ol>
    }
}

fn emphasized(words: text::Words) -> Vec<AnyView> {
    let part = |(part, is_emphasized): (&'static str, bool)| match is_emphasized {
        true => view! { <b>{part}</b> }.into_any(),
        false => part.into_any(),
    };
    text::parts(words).map(part).collect()
}
