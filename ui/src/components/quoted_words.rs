//! The inside of a quote.

use super::content::content_icon;
use super::{Icon, IconName};
use crate::session::Session;
use leptos::prelude::*;
use twinbox_domain::Content;

/// Who is quoted, and what that says in two lines at most; a picture of its kind when it is not text.
#[component]
pub fn QuotedWords(author: String, content: Content, is_deleted: bool) -> impl IntoView {
    let words = Session::use_().one_line(&content, is_deleted);
    let icon = if is_deleted {
        Some(IconName::Ban)
    } else {
        content_icon(&content)
    };
    let thumb = icon.map(|name| view! { <span class="quote__thumb"><Icon name size=16/></span> });
    view! {
        <span class="quote__words">
            <b class="truncate" dir="auto">{author}</b>
            <span class="quote__text" dir="auto">{words}</span>
        </span>
        {thumb}
    }
}
