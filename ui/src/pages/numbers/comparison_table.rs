//! What works on the phone and what in Twinbox.

use crate::comparison::{COMPARISON, Cell};
use crate::components::{Icon, IconName};
use crate::text;
use leptos::prelude::*;

/// The whole table.
#[component]
pub fn ComparisonTable() -> impl IntoView {
    let rows = COMPARISON.map(|row| {
        view! {
            <tr>
                <th scope="row">{row.what}</th>
                {cell(row.phone)}
                {cell(row.twinbox)}
            </tr>
        }
    });
    view! {
        <section class="box" aria-labelledby="comparison">
            <table class="table" aria-labelledby="comparison">
                <thead>
                    <tr>
                        <th scope="col" id="comparison" class="table__title">{text::WHAT_WORKS_WHERE}</th>
                        <th scope="col">{text::ON_THE_PHONE}</th>
                        <th scope="col">{text::IN_TWINBOX}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
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
