//! A place on the map.

use super::doc_line;
use crate::components::{Icon, IconName};
use crate::place::{degrees, map_link};
use crate::text;
use leptos::prelude::*;

/// What is there and where, and a way to a map, which opens outside: nothing is loaded here.
#[component]
pub fn Location(latitude_e6: i64, longitude_e6: i64, name: String, address: String, meta: AnyView) -> impl IntoView {
    let name = if name.trim().is_empty() {
        text::LOCATION.to_owned()
    } else {
        name
    };
    let href = map_link(latitude_e6, longitude_e6);
    let coordinates = format!("{}, {}", degrees(latitude_e6), degrees(longitude_e6));
    view! {
        <div class="doc">
            <span class="doc__mark"><Icon name=IconName::MapPin/></span>
            <span class="doc__words">
                {doc_line("doc__name", name)}
                {doc_line("sm muted", address)}
                <span class="xs muted num" dir="ltr">{coordinates}</span>
                <a class="sm" href=href target="_blank" rel="noreferrer noopener">{text::SHOW_ON_MAP}</a>
            </span>
        </div>
        <div class="bubble__foot">{meta}</div>
    }
}
