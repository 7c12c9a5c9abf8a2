//! A face made of initials.

use leptos::prelude::*;
use twinbox_protocol::ConversationRow;

/// Hues of avatars in the style sheet.
const HUES: u64 = 6;

/// A round mark with up to two initials. `size` is one of 16, 24, 36, 40, 56. `id` picks the hue, whatever the name does.
#[component]
pub fn Avatar(
    #[prop(into)] name: Signal<String>,
    #[prop(into)] id: Signal<i64>,
    #[prop(default = 40)] size: u8,
) -> impl IntoView {
    view! {
        <span class=format!("avatar avatar--{size}") data-hue=move || hue(id.get()) aria-hidden="true">
            {move || name.with(|name| initials(name))}
        </span>
    }
}

/// The id of the person of a row.
pub fn avatar_id(row: Memo<Option<ConversationRow>>) -> Memo<i64> {
    Memo::new(move |_| row.with(|row| row.as_ref().map_or(0, |row| row.person.id.0)))
}

fn hue(id: i64) -> u64 {
    id.unsigned_abs() % HUES + 1
}

/// What stands for an id of somebody who has none but a name.
pub fn hue_of(name: &str) -> i64 {
    name.bytes().map(i64::from).sum()
}

/// The first letters of the first and the last word; `@` for a username, `+` for a bare number.
pub fn initials(name: &str) -> String {
    // A number is isolated from a right-to-left line around it.
    let name = name.trim_start_matches('\u{2066}');
    if let Some(mark) = name.chars().next().filter(|first| "@+".contains(*first)) {
        return mark.to_string();
    }
    let first_letter = |word: &str| word.chars().find(|letter| letter.is_alphanumeric());
    let mut letters = name.split_whitespace().filter_map(first_letter);
    let first = letters.next();
    let last = letters.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_the_first_and_the_last_word() {
        let cases = [
            ("Catarina de Albuquerque Figueiredo", "CF"),
            ("ليلى حدّاد", "لح"),
            ("Jens-Peter Østergaard", "JØ"),
            ("Prince", "P"),
            ("@rui.pedala", "@"),
            ("+351 912", "+"),
            ("\u{2066}+351 912\u{2069}", "+"),
            ("😀 Ana", "A"),
            ("", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
