//! Messages that are filled in: a place, a card of an address book, buttons, a list.

use crate::{fixed, text};
use twinbox_domain::{
    Action, CardToSend, Interactive, ListRow, ListSection, Payload, PhoneToSend, PlaceToSend, ReplyButton, SendProblem,
};
use twinbox_protocol::ToSend;

/// Most rows of a list.
const MOST_ROWS: usize = 10;

/// What is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A place on the map.
    Place,
    /// A card of an address book.
    Contact,
    /// A text with buttons.
    Buttons,
    /// A text with a list.
    List,
}

/// Fields of all kinds together.
pub const FIELDS: usize = 3 + 4 + 6 + 4 + 2 * MOST_ROWS;

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Place, Self::Contact, Self::Buttons, Self::List];

    /// Where its fields begin among those of all kinds.
    pub const fn first(self) -> usize {
        match self {
            Self::Place => 0,
            Self::Contact => 3,
            Self::Buttons => 7,
            Self::List => 13,
        }
    }

    /// What its fields are called, in order.
    pub fn fields(self) -> Vec<String> {
        let names: &[text::Words] = match self {
            Self::Place => &text::PLACE_FIELDS,
            Self::Contact => &text::CONTACT_FIELDS,
            Self::Buttons => &text::BUTTONS_FIELDS,
            Self::List => &text::LIST_FIELDS,
        };
        let names = names.iter().map(|name| name.get().to_owned());
        let rows = (1..=MOST_ROWS).flat_map(|row| [text::list_row(row), text::list_row_more(row)]);
        match self {
            Self::List => names.chain(rows).collect(),
            _ => names.collect(),
        }
    }

    /// Whether a field holds more than a line.
    pub fn is_long(self, field: usize) -> bool {
        matches!(self, Self::Buttons | Self::List) && field == 1
    }

    /// Whether a field is shown: of a list, the next row after the last that is filled in.
    pub fn shows(self, field: usize, typed: &[String]) -> bool {
        let first = text::LIST_FIELDS.len();
        match field.checked_sub(first) {
            Some(of_rows @ 2..) if self == Self::List => {
                let before = typed.get(first + (of_rows / 2 - 1) * 2);
                before.is_some_and(|title| !title.trim().is_empty())
            }
            _ => true,
        }
    }

    /// What was filled in.
    pub fn payload(self, typed: &[String]) -> Payload {
        let field = |index: usize| typed.get(index).map(|text| text.trim().to_owned()).unwrap_or_default();
        match self {
            Self::Place => {
                // What is no place is off the map.
                let (latitude_e6, longitude_e6) = place(&field(0)).unwrap_or((i64::MAX, i64::MAX));
                Payload::Location(PlaceToSend {
                    latitude_e6,
                    longitude_e6,
                    name: field(1),
                    address: field(2),
                })
            }
            Self::Contact => {
                let (phone, email) = (field(1), field(2));
                let phones = (!phone.is_empty()).then(|| PhoneToSend {
                    phone,
                    wa_id: String::new(),
                });
                Payload::Contacts(vec![CardToSend {
                    name: field(0),
                    phones: phones.into_iter().collect(),
                    emails: (!email.is_empty()).then_some(email).into_iter().collect(),
                    organization: field(3),
                }])
            }
            Self::Buttons => {
                let titles = (3..6).map(field).filter(|title| !title.is_empty());
                let button = |(index, title): (usize, String)| ReplyButton {
                    id: (index + 1).to_string(),
                    title,
                };
                let buttons = titles.enumerate().map(button).collect();
                interactive(field, Action::Buttons { buttons })
            }
            Self::List => {
                let first = text::LIST_FIELDS.len();
                let rows = (0..MOST_ROWS).map(|row| (field(first + 2 * row), field(first + 2 * row + 1)));
                let row = |(index, (title, description)): (usize, (String, String))| ListRow {
                    id: (index + 1).to_string(),
                    title,
                    description,
                };
                let rows = rows
                    .filter(|(title, _)| !title.is_empty())
                    .enumerate()
                    .map(row)
                    .collect();
                let section = ListSection {
                    title: String::new(),
                    rows,
                };
                let action = Action::List {
                    button: field(3),
                    sections: vec![section],
                };
                interactive(field, action)
            }
        }
    }
}

fn interactive(field: impl Fn(usize) -> String, action: Action) -> Payload {
    let message = Interactive {
        header: field(0),
        body: field(1),
        footer: field(2),
        action,
    };
    Payload::Interactive { message, file: None }
}

/// As it is handed over; `None` for what is not made here.
pub fn to_send(payload: Payload) -> Option<ToSend> {
    Some(match payload {
        Payload::Location(place) => ToSend::Location(place),
        Payload::Contacts(cards) => ToSend::Contacts { cards },
        Payload::Interactive { message, .. } => ToSend::Interactive { message, file: None },
        _ => return None,
    })
}

/// Whether a problem is said while somebody still fills in: not what only is missing yet.
pub const fn is_wrong_already(problem: &SendProblem) -> bool {
    matches!(problem, SendProblem::TooLong { .. } | SendProblem::Twice(_))
}

/// The first two numbers of what was typed: of a map's address, those after its `@`.
fn place(typed: &str) -> Option<(i64, i64)> {
    let typed = typed.split_once('@').map_or(typed, |(_, rest)| rest);
    let parts = typed.split(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | '-'));
    let mut numbers = parts.filter_map(fixed::parse);
    Some((numbers.next()?, numbers.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[&str]) -> Vec<String> {
        fields.iter().map(|field| (*field).to_owned()).collect()
    }

    #[test]
    fn a_place_is_two_numbers_or_the_address_of_a_map() {
        for text in [
            "38.7223, -9.1393",
            "38.7223 -9.1393",
            "https://www.google.com/maps/place/Rossio/@38.7223,-9.1393,17z",
            "https://www.openstreetmap.org/?mlat=38.7223&mlon=-9.1393#map=17",
        ] {
            assert_eq!(place(text), Some((38_722_300, -9_139_300)), "{text}");
        }
        let nowhere = Kind::Place.payload(&typed(&["Rossio"]));
        assert_eq!(nowhere.check(false), Err(SendProblem::OffTheMap));
    }

    #[test]
    fn what_is_filled_in_is_checked_as_the_engine_checks_it() {
        let card = Kind::Contact.payload(&typed(&["Maya", "", "maya@example.com", ""]));
        assert_eq!(card.check(false), Ok(()));
        let buttons = Kind::Buttons.payload(&typed(&["", "Shall we?", "", "Yes", "", "No"]));
        assert_eq!(buttons.check(false), Ok(()));
        let same = Kind::Buttons.payload(&typed(&["", "Shall we?", "", "Yes", "Yes", ""]));
        assert_eq!(same.check(false), Err(SendProblem::Twice("buttons")));
        let list = Kind::List.payload(&typed(&[
            "",
            "When?",
            "",
            "Choose",
            "Monday",
            "from 9:00",
            "",
            "",
            "Friday",
        ]));
        assert_eq!(list.check(false), Ok(()));
        let Some(ToSend::Interactive { message, .. }) = to_send(list) else {
            panic!("a list")
        };
        let Action::List { sections, .. } = message.action else {
            panic!("a list")
        };
        assert_eq!(sections[0].rows.len(), 2);
    }

    #[test]
    fn each_kind_has_fields_of_its_own() {
        let ends = Kind::ALL.map(|kind| kind.first() + kind.fields().len());
        let next = [Kind::Contact.first(), Kind::Buttons.first(), Kind::List.first(), FIELDS];
        assert_eq!(ends, next);
    }

    #[test]
    fn a_list_shows_one_row_more_than_is_filled_in() {
        let mut all = typed(&["", "When?", "", "Choose", "Monday", ""]);
        all.resize(Kind::List.fields().len(), String::new());
        let shown = (0..all.len()).filter(|field| Kind::List.shows(*field, &all)).count();
        assert_eq!(shown, 8, "four fields, Monday, and the row after it");
    }
}
