//! A place with nothing in it.

use super::{Icon, IconName};
use crate::text;
use leptos::prelude::*;

/// Says that there is nothing, and why or what to do.
#[component]
pub fn Empty(
    icon: IconName,
    title: text::Words,
    #[prop(into)] hint: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon size=24/>
            <b>{title}</b>
            <span class="sm">{hint}</span>
            {children.map(|children| children())}
        </div>
    }
}
