//! Rows that are on their way.

use crate::text;
use leptos::prelude::*;

/// Six rows without words. They fade in late, so that a quick answer shows none.
#[component]
pub fn Skeleton() -> impl IntoView {
    let row = |_| {
        view! {
            <div class="skel">
                <i class="skel__face"></i>
                <div><i class="skel__name"></i><i class="skel__line"></i></div>
            </div>
        }
    };
    view! {
        <div class="skels" aria-busy="true">
            <span class="vh">{text::LOADING}</span>
            {[(); 6].map(row)}
        </div>
    }
}
