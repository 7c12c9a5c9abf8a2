//! What is told of results to whoever does not see them.

use crate::screen::after_paint;
use leptos::prelude::*;

/// Tells the last of these words when what they are about is painted: WebKitGTK brings what it shows to assistive technology up
/// to date with them, and the page stands still meanwhile.
#[component]
pub fn Spoken(words: Memo<String>) -> impl IntoView {
    let told = RwSignal::new(String::new());
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        words.track();
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let mine = turn.get_value();
        after_paint(move || {
            if turn.try_get_value() == Some(mine) {
                let words = words.get_untracked();
                told.update(|told| *told = another(told, words));
            }
        });
    });
    view! { <div class="vh" role="status">{told}</div> }
}

/// The words, in another way than they were told before: the same text is no news to assistive technology.
fn another(told: &str, words: String) -> String {
    match told == words && !words.is_empty() {
        true => words + "\u{a0}",
        false => words,
    }
}

#[cfg(test)]
mod tests {
    use super::another;

    #[test]
    fn the_same_words_are_told_once_more() {
        let found = || "20 or more messages".to_owned();
        let first = another("", found());
        let second = another(&first, found());
        assert_ne!(first, second);
        assert_ne!(another(&second, found()), second);
        assert_eq!(another("", String::new()), "", "nothing is not told");
    }
}
