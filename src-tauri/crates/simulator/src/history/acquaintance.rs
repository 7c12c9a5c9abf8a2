//! The people of a made-up past, by formula: who they are follows from their place in it, and their place from any of
//! their names. So however many they are, nobody has to be remembered.

use super::words::{HANDLES, TONGUES};
use crate::numbering;

/// The seven last digits of phone numbers begin here, far from the numbers of anybody else here.
const FIRST_LOCAL: u64 = 6_000_000;

/// Sets user ids of the past apart from those that are made of a phone number, none of which begins with a 2, and from those
/// of another portfolio.
fn user_id_mark(portfolio: u8) -> u8 {
    22 + portfolio % 8
}

/// Someone the business chatted with before the number was onboarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Acquaintance {
    /// Which one they are, from 0.
    pub place: u64,
    /// Their business-scoped user id.
    pub user_id: String,
    /// Digits; `None`: only their username is known.
    pub wa_id: Option<String>,
    /// Without `@`.
    pub username: Option<String>,
    /// What the phone's address book calls them.
    pub name: String,
}

impl Acquaintance {
    /// The one at `place`, as they are known in that portfolio. One in ten is known by a username only, and one in ten by both.
    pub fn nth(portfolio: u8, place: u64) -> Self {
        let tongues = TONGUES.len() as u64;
        let tongue = TONGUES.iter().cycle().nth(at(place, TONGUES.len()));
        let round = place / tongues;
        let prefix = tongue.map_or("1650", |tongue| tongue.prefix);
        let phone = format!("{prefix}{:07}", FIRST_LOCAL + round);
        let (_, country) = numbering::country(&phone);
        let name = tongue.map(|tongue| {
            let given = tongue.given.get(at(round, 5)).copied().unwrap_or_default();
            let family = tongue.family.get(at(round + round / 5, 5)).copied().unwrap_or_default();
            format!("{given} {family}")
        });
        let handle = HANDLES.get(at(place, HANDLES.len())).copied().unwrap_or_default();
        Self {
            place,
            user_id: format!("{country}.{}{place:018}", user_id_mark(portfolio)),
            wa_id: (place % 10 != 7).then_some(phone),
            username: matches!(place % 10, 3 | 7).then(|| format!("{handle}.{place}")),
            name: name.unwrap_or_default(),
        }
    }

    /// The one of `count` with that phone number, user id or `@username`.
    pub fn find(portfolio: u8, who: &str, count: u64) -> Option<Self> {
        let digits = numbering::digits(who);
        let tongues = TONGUES.len() as u64;
        let by_phone = TONGUES.iter().zip(0_u64..).filter_map(|(tongue, offset)| {
            let local: u64 = digits.strip_prefix(tongue.prefix)?.parse().ok()?;
            local
                .checked_sub(FIRST_LOCAL)?
                .checked_mul(tongues)?
                .checked_add(offset)
        });
        let after = |mark: &str| who.split_once(mark)?.1.parse().ok();
        let by_name = [after(&format!(".{}", user_id_mark(portfolio))), after(".")];
        let is_it = |person: &Self| {
            let has_username = |username: &str| person.username.as_deref() == Some(username);
            person.user_id == who
                || who.strip_prefix('@').is_some_and(has_username)
                || (!digits.is_empty() && person.wa_id.as_ref() == Some(&digits))
        };
        let places = by_phone.chain(by_name.into_iter().flatten());
        places
            .filter(|place| *place < count)
            .map(|place| Self::nth(portfolio, place))
            .find(is_it)
    }
}

/// `number` in a circle of `count`.
pub(super) fn at(number: u64, count: usize) -> usize {
    usize::try_from(number % count.max(1) as u64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::collections::HashSet;

    #[test]
    fn everyone_is_found_by_each_of_their_names_and_nobody_else_is() {
        for place in (0..100).chain(999_900..1_000_000) {
            let person = Acquaintance::nth(0, place);
            let username = person.username.as_ref().map(|username| format!("@{username}"));
            for name in [Some(person.user_id.clone()), person.wa_id.clone(), username]
                .into_iter()
                .flatten()
            {
                assert_eq!(
                    Acquaintance::find(0, &name, 1_000_000).as_ref(),
                    Some(&person),
                    "{name}"
                );
                assert_eq!(Acquaintance::find(0, &name, place), None, "{name}");
            }
        }
        for stranger in [
            "16505551234",
            "US.13491208655302741918",
            "@pedal.pia",
            "",
            "DE.220000000000000000000",
        ] {
            assert_eq!(Acquaintance::find(0, stranger, 1_000_000), None, "{stranger}");
        }
    }

    #[test]
    fn no_two_people_share_a_number_or_an_id() {
        let people: Vec<_> = (0..5_000).map(|place| Acquaintance::nth(0, place)).collect();
        let ids: HashSet<_> = people.iter().map(|person| &person.user_id).collect();
        let phones: HashSet<_> = people.iter().filter_map(|person| person.wa_id.as_ref()).collect();
        assert_eq!((ids.len(), phones.len()), (5_000, 4_500));
    }
}
