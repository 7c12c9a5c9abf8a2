//! Phone numbers: how they are written for people, and those that have two forms.
//!
//! Mobile numbers of Brazil got a ninth digit, a 9 before the eight they had; those of Mexico had a 1 after the country
//! code until 2019. WhatsApp ids are of either form, and the id it tells may differ from the number that was sent to
//! (Meta, "Phone numbers", Brazil and Mexico, Feb 2026). Both forms are one person's.

/// What a phone number (digits only) is looked up by: one key for both forms, for every other number itself. Numbers
/// that may be two people's keep two keys: a Brazilian subscriber number of eight digits is a mobile one only if it
/// begins with 6 to 9 (Anatel, "Nono dígito").
pub fn phone_key(phone: &str) -> String {
    match phone.as_bytes() {
        [b'5', b'5', b'1'..=b'9', b'1'..=b'9', b'6'..=b'9', ..] if phone.len() == 12 => {
            let (area, subscriber) = phone.split_at(4);
            format!("{area}9{subscriber}")
        }
        [b'5', b'2', b'1', b'2'..=b'9', ..] if phone.len() == 13 => format!("52{}", phone.split_at(3).1),
        _ => phone.to_owned(),
    }
}

/// Every form of the number with this key, the key first.
pub fn phone_forms(key: &str) -> Vec<String> {
    let mut forms = vec![key.to_owned()];
    match key.as_bytes() {
        [b'5', b'5', b'1'..=b'9', b'1'..=b'9', b'9', b'6'..=b'9', ..] if key.len() == 13 => {
            forms.push(format!("{}{}", key.split_at(4).0, key.split_at(5).1));
        }
        [b'5', b'2', b'2'..=b'9', ..] if key.len() == 12 => forms.push(format!("521{}", key.split_at(2).1)),
        _ => {}
    }
    forms
}

/// Country codes of two digits; those that begin with 1 or 7 have one, all others three.
const TWO_DIGITS: [&str; 44] = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51",
    "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90",
    "91", "92", "93", "94", "95", "98",
];

/// `+44 117 496 0142`: the country, then groups of three, of four at the end where three do not go up.
pub fn written_phone(number: &str) -> String {
    format!("+{}", groups(number).join(" "))
}

/// The same with dots between its first and its last group.
pub fn masked_phone(number: &str) -> String {
    let mut groups = groups(number);
    let last = groups.len().saturating_sub(1);
    // Country and first group stay when something is left to hide.
    let first = if last > 2 { 2 } else { 1 };
    for group in groups.iter_mut().take(last).skip(first) {
        *group = "\u{2022}".repeat(group.len());
    }
    format!("+{}", groups.join(" "))
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
    fn a_brazilian_mobile_number_has_one_key_with_and_without_the_ninth_digit() {
        assert_eq!(phone_key("551187654321"), "5511987654321");
        assert_eq!(phone_key("5511987654321"), "5511987654321");
        assert_eq!(phone_forms("5511987654321"), ["5511987654321", "551187654321"]);
    }

    #[test]
    fn a_mexican_number_has_one_key_with_and_without_the_1() {
        assert_eq!(phone_key("5215512345678"), "525512345678");
        assert_eq!(phone_key("525512345678"), "525512345678");
        assert_eq!(phone_forms("525512345678"), ["525512345678", "5215512345678"]);
    }

    #[test]
    fn numbers_that_may_be_two_peoples_keep_two_keys() {
        // A landline of São Paulo, a mobile number whose eight digits would be a landline's, other lengths, other countries.
        for phone in [
            "551134567890",
            "5511934567890",
            "55118765432",
            "550187654321",
            "52155123456789",
            "521551234567",
            "5211512345678",
            "16505551234",
            "351912000047",
            "",
            "55",
            "não é um número",
        ] {
            assert_eq!(phone_key(phone), phone);
            assert_eq!(phone_forms(phone), [phone]);
        }
    }

    #[test]
    fn every_form_of_a_number_has_its_key() {
        for phone in [
            "551187654321",
            "5511987654321",
            "5215512345678",
            "525512345678",
            "16505551234",
        ] {
            let key = phone_key(phone);
            assert!(phone_forms(&key).iter().all(|form| phone_key(form) == key));
            assert!(phone_forms(&key).contains(&phone.to_owned()));
        }
    }

    #[test]
    fn numbers_are_written_in_groups() {
        let numbers = [
            "351912345047",
            "441174960142",
            "12125550100",
            "4930123456",
            "85291234567",
        ]
        .map(written_phone);
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
        assert_eq!(written_phone("+44 117 4960142"), "+44 117 496 0142");
        assert_eq!(written_phone("4"), "+4");
    }

    #[test]
    fn a_masked_number_keeps_its_ends() {
        let numbers = ["351912345047", "441174960142", "4930123456"].map(masked_phone);
        assert_eq!(numbers, ["+351 912 ••• 047", "+44 117 ••• 0142", "+49 •••• 3456"]);
    }
}
