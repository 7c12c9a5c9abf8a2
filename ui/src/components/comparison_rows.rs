//! What works on the phone and what in Twinbox, line by line.

use super::{Icon, IconName};
use crate::text;
use crate::text::{COMPARISON, Cell};
use leptos::prelude::*;

/// The body of the table.
#[component]
pub fn ComparisonRows() -> impl IntoView {
    let rows = COMPARISON.map(|row| {
        view! {
            <tr>
                <th scope="row">{row.what}</th>
                {cell(row.phone)}
                {cell(row.twinbox)}
            </tr>
        }
    });
    view! { <tbody>{rows}</tbody> }
}

fn cell(cell: Cell) -> AnyView {
    match cell {
        Cell::Yes(words) => {
            view! { <td><span class="is-accent"><Icon name=IconName::Tick size=14/></span>{words}</td> }.into_any()
        }
        Cell::No(words) => view! { <td class="faint"><Icon name=IconName::Close size=14/>{words}</td> }.into_any(),
        Cell::But(words) => view! { <td class="num">{words}</td> }.into_any(),
        Cell::None => view! {
            <td class="faint">
                <span aria-hidden="true">"–"</span>
                <span class="vh">{text::DOES_NOT_APPLY}</span>
            </td>
        }
        .into_any(),
    }
}
