//! A tapped button, or a row chosen from a list.

use crate::components::{Icon, IconName};
use leptos::prelude::*;

/// What the button says, and the row's second line if there is one.
#[component]
pub fn Choice(title: String, description: String, meta: AnyView) -> impl IntoView {
    let title = view! {
        <Icon name=IconName::Reply size=14 class="choice__mark"/>
        <bdi>{title}</bdi>
    };
    if description.is_empty() {
        view! { <div class="bubble__text">{title}{meta}</div> }.into_any()
    } else {
        view! {
            <div class="bubble__text">{title}</div>
            <div class="bubble__text sm muted"><bdi>{description}</bdi>{meta}</div>
        }
        .into_any()
    }
}
