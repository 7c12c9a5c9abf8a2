//! How much arrived in each half hour of a day.

use crate::text;
use leptos::prelude::*;

/// A cell for each half hour, darker where more arrived; the same in words for people who do not see it.
#[component]
pub fn Strip(slots: Memo<Vec<u64>>) -> impl IntoView {
    let words = move || slots.with(|slots| text::arrived_in_a_day(slots.iter().sum()));
    let cells = move || {
        slots.with(|slots| {
            let most = slots.iter().copied().max().unwrap_or_default();
            let cell = |count: &u64| view! { <i data-level=level(*count, most)></i> };
            slots.iter().map(cell).collect_view()
        })
    };
    view! {
        <span class="ev__day" title=words>
            <span class="strip" aria-hidden="true">{cells}</span>
            <span class="vh">{words}</span>
        </span>
    }
}

/// How dark a cell is, 0 to 3: a share of the busiest one, and never none where something arrived.
fn level(count: u64, most: u64) -> u64 {
    if most == 0 {
        0
    } else {
        count.saturating_mul(3).div_ceil(most)
    }
}

#[cfg(test)]
mod tests {
    use super::level;

    #[test]
    fn a_cell_is_as_dark_as_its_share_of_the_busiest() {
        assert_eq!(
            [0, 1, 10, 11, 20, 21, 30].map(|count| level(count, 30)),
            [0, 1, 1, 2, 2, 3, 3]
        );
        assert_eq!(level(0, 0), 0);
        assert_eq!(level(1, 1), 3);
    }
}
