//! How many characters are left.

use crate::text;
use leptos::prelude::*;

/// Shown when no more than this is left.
const SHOWN_FROM: i64 = 200;
/// Said aloud once for so many, not with each key.
const SAID_EVERY: i64 = 50;

/// Nothing while there is room; `left` is negative when the text is too long.
#[component]
pub fn Counter(left: Memo<i64>) -> impl IntoView {
    let words = move || (left.get() <= SHOWN_FROM).then(|| text::characters_left(left.get()));
    let aloud = Memo::new(move |_| match left.get() {
        ..0 => text::TOO_LONG.to_owned(),
        left @ ..=SHOWN_FROM => text::characters_left(said(left)),
        _ => String::new(),
    });
    view! {
        <span class="composer__cost" class:is-danger=move || left.get().is_negative()>{words}</span>
        <span class="vh" role="status">{move || aloud.get()}</span>
    }
}

/// At most so many are left.
fn said(left: i64) -> i64 {
    (left + SAID_EVERY - 1) / SAID_EVERY * SAID_EVERY
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn no_more_characters_are_said_to_be_left_than_up_to_the_next_step() {
        assert_eq!([200, 151, 150, 1, 0].map(said), [200, 200, 150, 50, 0]);
    }
}
