//! Phone numbers as people write them.

use super::is_right_to_left;
use twinbox_domain::{FragmentPart, masked_phone, written_phone};

/// `+44 117 496 0142`: the country, then groups of three, of four at the end where three do not go up.
pub fn phone_number(number: &str) -> String {
    isolated(written_phone(number))
}

/// Digits and spaces alone would take the direction of what is around them.
fn isolated(number: String) -> String {
    match is_right_to_left() {
        true => format!("\u{2066}{number}\u{2069}"),
        false => number,
    }
}

/// The same with dots between its first and its last group.
pub fn masked_phone_number(number: &str) -> String {
    isolated(masked_phone(number))
}

/// The same for a number that was found by some of its digits, which stay and are marked.
pub fn masked_phone_parts(found: &[FragmentPart]) -> Vec<FragmentPart> {
    let digits = found
        .iter()
        .flat_map(|part| part.text.chars().map(|c| (c, part.is_match)));
    let digits: Vec<(char, bool)> = digits.filter(|(c, _)| c.is_ascii_digit()).collect();
    let number: String = digits.iter().map(|(digit, _)| *digit).collect();
    let mut known = digits.into_iter();
    let mut parts: Vec<FragmentPart> = Vec::new();
    for shown in masked_phone_number(&number).chars() {
        let stands_for = matches!(shown, '0'..='9' | '\u{2022}').then(|| known.next()).flatten();
        let (c, is_match) = stands_for.filter(|(_, is_match)| *is_match).unwrap_or((shown, false));
        match parts.last_mut() {
            Some(last) if last.is_match == is_match => last.text.push(c),
            _ => parts.push(FragmentPart {
                text: c.to_string(),
                is_match,
            }),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_was_found_is_masked_but_for_what_was_typed() {
        let part = |text: &str, is_match| FragmentPart {
            text: text.to_owned(),
            is_match,
        };
        let found = [part("+351912", false), part("345", true), part("047", false)];
        assert_eq!(
            masked_phone_parts(&found)
                .iter()
                .map(|part| part.text.clone())
                .collect::<String>(),
            "+351 912 345 047"
        );
        let found = [part("+", false), part("351", true), part("912345047", false)];
        let shown = masked_phone_parts(&found);
        assert!(shown == [part("+", false), part("351", true), part(" 912 ••• 047", false)]);
    }
}
