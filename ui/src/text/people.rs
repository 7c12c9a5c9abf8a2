//! What customers are called.

use super::{Words, masked_phone_number, masked_phone_parts, phone_number};
use twinbox_domain::FragmentPart;
use twinbox_protocol::PersonView;

/// Of whom nothing is known that could be shown.
pub const UNKNOWN_PERSON: Words = Words("unknown-person");

/// The name of a person; their phone number when they have none, without its middle for whoever `masks` numbers.
pub fn person_name(person: &PersonView, masks: bool) -> String {
    match person.phone_as_name() {
        Some(phone) if masks => masked_phone_number(phone),
        Some(phone) => phone_number(phone),
        None if person.name.is_empty() => UNKNOWN_PERSON.to_owned(),
        None => person.name.clone(),
    }
}

/// The name of a person who was found, with what of it was looked for.
pub fn found_name(person: &PersonView, found: &[FragmentPart], masks: bool) -> Vec<FragmentPart> {
    if person.name.is_empty() {
        return vec![FragmentPart {
            text: UNKNOWN_PERSON.to_owned(),
            is_match: false,
        }];
    }
    match person.phone_as_name() {
        Some(_) if masks => masked_phone_parts(found),
        _ => found.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::fixtures::row;

    fn person(name: &str, phone: &str) -> PersonView {
        PersonView {
            name: name.to_owned(),
            phone: phone.to_owned(),
            ..row(1, 1).person
        }
    }

    #[test]
    fn a_phone_number_that_stands_for_a_name_is_masked() {
        let nameless = person("+351912345047", "351912345047");
        assert_eq!(person_name(&nameless, true), "+351 912 ••• 047");
        assert_eq!(person_name(&nameless, false), "+351 912 345 047");
        // The phone's address book has it as its own name.
        assert_eq!(
            person_name(&person("+351 912 345-047", "351912345047"), true),
            "+351 912 ••• 047"
        );
        assert_eq!(person_name(&person("Ana 912", "351912345047"), true), "Ana 912");
        assert_eq!(person_name(&person("", ""), true), "Unknown person");
    }

    #[test]
    fn a_number_is_one_however_it_is_written() {
        let alice = person("Alice", "351912345047");
        assert!(alice.is_phone("+351912345047") && alice.is_phone("+351 912 345-047"));
        assert!(!alice.is_phone("") && !alice.is_phone("Alice 351912345047") && !alice.is_phone("+351912345048"));
        assert!(!person("Bob", "").is_phone(""));
    }

    #[test]
    fn of_a_number_that_was_found_only_what_was_typed_is_shown() {
        let part = |text: &str, is_match| FragmentPart {
            text: text.to_owned(),
            is_match,
        };
        let nameless = person("+351912345047", "351912345047");
        let found = [part("+", false), part("351", true), part("912345047", false)];
        let shown = found_name(&nameless, &found, true);
        assert!(shown == [part("+", false), part("351", true), part(" 912 ••• 047", false)]);
        assert!(found_name(&nameless, &found, false) == found);
    }
}
