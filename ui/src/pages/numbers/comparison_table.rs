//! What works on the phone and what in Twinbox.

use crate::components::ComparisonRows;
use crate::text;
use leptos::prelude::*;

/// The whole table.
#[component]
pub fn ComparisonTable() -> impl IntoView {
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
                <ComparisonRows/>
            </table>
        </section>
    }
}
