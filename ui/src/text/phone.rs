//! Phone numbers as people write them.

use super::is_right_to_left;
use twinbox_domain::FragmentPart;

/// Country codes of two digits; those that begin with 1 or 7 have one, all others three.
const TWO_DIGITS: [&str; 44] = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51",
    "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90",
    "91", "92", "93", "94", "95", "98",
];

/// `+44 117 496 0142`: the country, then groups of three, of four at the end where three do not go up.
pub fn phone_number(number: &str) -> String {
    isolated(typed_phone_number(number))
}

/// The same for a field.
pub fn typed_phone_number(number: &str) -> String {
    format!("+{}", groups(number).join(" "))
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
    let mut groups = groups(number);
    let last = groups.len().saturating_sub(1);
    // Country and first group stay when something is left to hide.
    let first = if last > 2 { 2 } else { 1 };
    for group in groups.iter_mut().take(last).skip(first) {
        *group = "\u{2022}".repeat(group.len());
    }
    isolated(format!("+{}", groups.join(" ")))
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

fn groups(number: &str) -> Vec<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let code = match digits.get(..2) {
        Some(two) if two.starts_with(['1', '7']) => 1,
        Some(two) if TWO_DIGITS.contains(&two) => 2,
        _ => 3,
    };
    let Some((country, mut rest)) = digits.split_at_checked(code) else {
        return vec![digits];
    };
    let mut groups = vec![country.to_owned()];
    while !rest.is_empty() {
        let size = match rest.len() {
            0..=5 => rest.len(),
            8 => 4,
            _ => 3,
        };
        let (group, left) = rest.split_at_checked(size).unwrap_or((rest, ""));
        groups.push(group.to_owned());
        rest = left;
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_groups() {
        let numbers = [
            "351912345047",
            "441174960142",
            "12125550100",
            "4930123456",
            "85291234567",
        ]
        .map(phone_number);
        assert_eq!(
            numbers,
            [
                "+351 912 345 047",
                "+44 117 496 0142",
                "+1 212 555 0100",
                "+49 3012 3456",
                "+852 9123 4567"
            ]
        );
        assert_eq!(phone_number("+44 117 4960142"), "+44 117 496 0142");
        assert_eq!(phone_number("4"), "+4");
    }

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

    #[test]
    fn a_masked_number_keeps_its_ends() {
        let numbers = ["351912345047", "441174960142", "4930123456"].map(masked_phone_number);
        assert_eq!(numbers, ["+351 912 ••• 047", "+44 117 ••• 0142", "+49 •••• 3456"]);
    }
}
