#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::{NumberId, WabaId, Wamid};
use proptest::prelude::*;

fn ids(phone: Option<&str>, bsuid: Option<&str>) -> PersonIds {
    PersonIds {
        phone: phone.map(str::to_owned),
        bsuid: bsuid.map(str::to_owned),
        ..PersonIds::default()
    }
}

fn changed(before: PersonIds, after: PersonIds, at: i64) -> Vec<Link> {
    IdsChangedFact {
        number: NumberId::from("1"),
        wamid: Wamid::from("wamid.changed"),
        before,
        after,
        at: Millis(at),
    }
    .links()
}

/// Who is who, a line a person: their ids, with a minus those that are theirs no longer. Of no id the portfolio is known.
fn people(links: &[Vec<Link>]) -> Vec<String> {
    people_of(&Portfolios::new(), links)
}

/// Ids whose third letter is the same are of one portfolio: `US.A1` and `US.A2`, but not `US.B1`.
fn people_of_portfolios(links: &[Vec<Link>]) -> Vec<String> {
    let ids = links.concat().into_iter().flat_map(|link| [link.from, link.to]);
    let portfolios = ids.filter_map(|id| match &id {
        Alias::Bsuid(word) => word.get(3..4).map(str::to_owned).map(|word| (id, WabaId(word))),
        Alias::Parent(_) | Alias::Phone(_) => None,
    });
    people_of(&portfolios.collect(), links)
}

fn people_of(portfolios: &Portfolios, links: &[Vec<Link>]) -> Vec<String> {
    let links: BTreeSet<Link> = links.concat().into_iter().collect();
    let word = |alias: &Alias| match alias {
        Alias::Bsuid(id) | Alias::Parent(id) | Alias::Phone(id) => id.clone(),
    };
    persons(&BTreeSet::new(), &links, portfolios)
        .iter()
        .map(|person| {
            let words = person.all.iter().map(|alias| match person.left.contains(alias) {
                true => format!("-{}", word(alias)),
                false => word(alias),
            });
            words.collect::<Vec<_>>().join(" ")
        })
        .collect()
}

fn told(phone: &str, bsuid: &str, at: i64) -> Vec<Link> {
    ids(Some(phone), Some(bsuid)).links(Millis(at))
}

#[test]
fn ids_that_are_told_together_are_one_persons() {
    let parent = PersonIds {
        parent: Some("US.ENT.1".to_owned()),
        ..ids(Some("1650"), Some("US.A"))
    };
    assert_eq!(people(&[parent.links(Millis(1))]), ["US.A US.ENT.1 1650"]);
}

#[test]
fn two_ids_with_one_parent_are_one_person() {
    let with_parent = |bsuid: &str| {
        let ids = PersonIds {
            parent: Some("US.ENT.1".to_owned()),
            ..ids(None, Some(bsuid))
        };
        ids.links(Millis(1))
    };
    assert_eq!(
        people(&[with_parent("US.A"), with_parent("US.B")]),
        ["US.A US.B US.ENT.1"]
    );
}

#[test]
fn both_forms_of_a_brazilian_number_are_one_persons() {
    let links = [told("551187654321", "BR.A", 1), told("5511987654321", "BR.A", 2)];
    assert_eq!(people(&links), ["BR.A 5511987654321"]);
    let ninth_digit = changed(ids(Some("551187654321"), None), ids(Some("5511987654321"), None), 3);
    assert_eq!(ninth_digit, []);
}

#[test]
fn two_ids_with_one_phone_number_are_two_people_and_the_number_is_the_firsts() {
    let links = [told("1650", "US.B", 1), told("1650", "US.A", 2)];
    assert_eq!(
        people(&links),
        ["US.A", "US.B -1650"],
        "it is not sent to, being somebody else's now"
    );
}

#[test]
fn ids_of_two_portfolios_with_one_phone_number_are_one_persons() {
    let links = [told("1650", "US.A1", 1), told("1650", "US.B1", 2)];
    assert_eq!(people_of_portfolios(&links), ["US.A1 US.B1 1650"]);
    let third = [&links[..], &[told("1650", "US.C1", 3)]].concat();
    assert_eq!(people_of_portfolios(&third), ["US.A1 US.B1 US.C1 1650"]);
}

#[test]
fn ids_of_one_portfolio_with_one_phone_number_are_two_people_also_beside_another_portfolio() {
    let links = [
        told("1650", "US.A1", 1),
        told("1650", "US.B1", 2),
        told("1650", "US.B2", 3),
    ];
    assert_eq!(people_of_portfolios(&links), ["US.A1 US.B1 -1650", "US.B2"]);
    // Which of the two the third is, nobody can tell.
    let links = [
        told("1650", "US.A1", 1),
        told("1650", "US.A2", 2),
        told("1650", "US.B1", 3),
    ];
    assert_eq!(people_of_portfolios(&links), ["US.A1 -1650", "US.A2", "US.B1"]);
}

#[test]
fn an_id_whose_portfolio_is_not_known_is_joined_with_nobody() {
    let links = [told("1650", "US.A1", 1), told("1650", "US.B1", 2)];
    let one = Portfolios::from([(Alias::Bsuid("US.A1".to_owned()), WabaId::from("A"))]);
    assert_eq!(people_of(&one, &links), ["US.A1 -1650", "US.B1"]);
}

#[test]
fn who_left_a_number_before_it_was_told_in_another_portfolio_is_somebody_else() {
    let leaves = || changed(ids(Some("1650"), Some("US.A1")), ids(Some("1999"), Some("US.A2")), 5);
    let links = [told("1650", "US.A1", 1), leaves(), told("1650", "US.B1", 9)];
    assert_eq!(people_of_portfolios(&links), ["-US.A1 US.A2 1999", "US.B1 1650"]);
    // Before that, it is the same person, who has left it in both, and goes by the new number.
    let links = [told("1650", "US.A1", 1), told("1650", "US.B1", 3), leaves()];
    assert_eq!(people_of_portfolios(&links), ["-US.A1 US.A2 US.B1 -1650 1999"]);
    let both = [&links[..], &[told("1999", "US.B2", 9)]].concat();
    assert_eq!(people_of_portfolios(&both), ["-US.A1 US.A2 US.B1 -1650 -1999", "US.B2"]);
    let told_there = changed(ids(Some("1650"), Some("US.B1")), ids(Some("1999"), Some("US.B2")), 6);
    let both = [&links[..], &[told_there]].concat();
    assert_eq!(people_of_portfolios(&both), ["-US.A1 US.A2 -US.B1 US.B2 -1650 1999"]);
}

#[test]
fn a_number_that_was_left_is_the_next_holders() {
    let leaves = changed(ids(Some("1650"), Some("US.A")), ids(Some("1999"), Some("US.A2")), 5);
    assert_eq!(
        people(&[told("1650", "US.A", 1), leaves.clone()]),
        ["-US.A US.A2 -1650 1999"]
    );
    let links = [told("1650", "US.A", 1), leaves.clone(), told("1650", "US.B", 9)];
    assert_eq!(people(&links), ["-US.A US.A2 1999", "US.B 1650"]);
    let back = changed(ids(Some("1999"), Some("US.A2")), ids(Some("1650"), Some("US.A3")), 7);
    assert_eq!(
        people(&[told("1650", "US.A", 1), leaves, back]),
        ["-US.A -US.A2 US.A3 1650 -1999"]
    );
}

#[test]
fn a_new_id_with_the_same_number_is_the_same_person() {
    let links = [
        told("1650", "US.A", 1),
        changed(ids(None, Some("US.A")), ids(None, Some("US.B")), 5),
    ];
    assert_eq!(people(&links), ["-US.A US.B 1650"]);
}

#[test]
fn a_change_told_by_numbers_alone_joins_them() {
    let change = || changed(ids(Some("1650"), None), ids(Some("1999"), None), 5);
    assert_eq!(people(&[change()]), ["-1650 1999"]);
    assert_eq!(people(&[change(), told("1650", "US.A", 1)]), ["US.A -1650 1999"]);
    assert_eq!(people(&[change(), told("1999", "US.B", 9)]), ["US.B -1650 1999"]);
    let all = [change(), told("1650", "US.A", 1), told("1999", "US.B", 9)];
    assert_eq!(people(&all), ["US.A US.B -1650 1999"]);
}

#[test]
fn a_change_told_by_numbers_alone_does_not_join_who_had_the_new_one_before_or_the_old_one_later() {
    let change = || changed(ids(Some("1650"), None), ids(Some("1999"), None), 5);
    assert_eq!(people(&[change(), told("1999", "US.B", 1)]), ["US.B 1999", "-1650"]);
    assert_eq!(people(&[change(), told("1650", "US.C", 9)]), ["US.C 1650", "1999"]);
}

#[test]
fn changes_told_by_numbers_follow_one_another() {
    let changes = [
        changed(ids(Some("1"), None), ids(Some("2"), None), 5),
        changed(ids(Some("2"), None), ids(Some("3"), None), 6),
    ]
    .concat();
    assert_eq!(people(&[changes.clone(), told("1", "US.A", 1)]), ["US.A -1 -2 3"]);
    assert_eq!(people(&[changes, told("3", "US.A", 9)]), ["US.A -1 -2 3"]);
}

#[test]
fn a_phone_number_of_no_message_says_nothing() {
    assert_eq!(ids(None, None).links(Millis(1)), []);
    let alone = BTreeSet::from([Alias::Phone("1650".to_owned())]);
    let person = PersonAliases {
        all: alone.clone(),
        ..PersonAliases::default()
    };
    assert_eq!(persons(&alone, &BTreeSet::new(), &Portfolios::new()), [person]);
}

fn any_ids() -> impl Strategy<Value = PersonIds> {
    let digit = || prop::option::of(0_u8..3);
    (digit(), digit(), prop::option::weighted(0.2, 0_u8..2)).prop_map(|(phone, bsuid, parent)| PersonIds {
        phone: phone.map(|digit| format!("1650{digit}")),
        bsuid: bsuid.map(|digit| format!("US.{digit}")),
        parent: parent
            .filter(|_| bsuid.is_some())
            .map(|digit| format!("US.ENT.{digit}")),
        ..PersonIds::default()
    })
}

/// Of the ids there are, one is of one portfolio, one of another, and one of nobody knows which.
fn two_portfolios() -> Portfolios {
    let of = |digit: u8| (Alias::Bsuid(format!("US.{digit}")), WabaId(format!("{digit}")));
    [of(0), of(1)].into_iter().collect()
}

fn any_links() -> impl Strategy<Value = Vec<Link>> {
    prop_oneof![
        3 => (any_ids(), 0_i64..9).prop_map(|(ids, at)| ids.links(Millis(at))),
        1 => (any_ids(), any_ids(), 0_i64..9).prop_map(|(before, after, at)| changed(before, after, at)),
    ]
}

proptest! {
    #[test]
    fn every_id_is_exactly_one_persons(links in prop::collection::vec(any_links(), 0..8)) {
        let links: BTreeSet<Link> = links.concat().into_iter().collect();
        let named: Vec<&Alias> = links.iter().flat_map(|link| [&link.from, &link.to]).collect();
        let persons = persons(&BTreeSet::new(), &links, &two_portfolios());
        let mut seen = BTreeSet::new();
        for person in &persons {
            prop_assert!(!person.all.is_empty() && person.left.is_subset(&person.all));
            for alias in &person.all {
                prop_assert!(seen.insert(alias));
            }
        }
        prop_assert_eq!(seen, named.into_iter().collect());
    }

    #[test]
    fn without_a_change_or_a_parent_no_two_ids_are_one_persons(
        told in prop::collection::vec((any_ids(), 0_i64..9), 0..12)
    ) {
        let links = told.into_iter().flat_map(|(ids, at)| PersonIds { parent: None, ..ids }.links(Millis(at)));
        for person in persons(&BTreeSet::new(), &links.collect(), &Portfolios::new()) {
            prop_assert!(person.all.iter().filter(|alias| !alias.is_phone()).count() <= 1);
        }
    }

    #[test]
    fn without_a_change_or_a_parent_no_two_ids_of_one_portfolio_are_one_persons(
        told in prop::collection::vec((any_ids(), 0_i64..9), 0..12)
    ) {
        let of = [(0, "A"), (1, "A"), (2, "B")];
        let of = of.map(|(digit, portfolio)| (Alias::Bsuid(format!("US.{digit}")), WabaId::from(portfolio)));
        let of: Portfolios = of.into_iter().collect();
        let links = told.into_iter().flat_map(|(ids, at)| PersonIds { parent: None, ..ids }.links(Millis(at)));
        for person in persons(&BTreeSet::new(), &links.collect(), &of) {
            let theirs: Vec<&WabaId> = person.all.iter().filter_map(|alias| of.get(alias)).collect();
            let portfolios: BTreeSet<&WabaId> = theirs.iter().copied().collect();
            prop_assert_eq!(theirs.len(), portfolios.len());
        }
    }

    /// The store asks only about the ids that hang together, not about all there are.
    #[test]
    fn what_does_not_hang_together_changes_nothing(
        some in prop::collection::vec(any_links(), 0..6), others in prop::collection::vec(any_links(), 0..6),
    ) {
        let elsewhere = |alias: &Alias| match alias {
            Alias::Bsuid(id) => Alias::Bsuid(format!("{id}.other")),
            Alias::Parent(id) => Alias::Parent(format!("{id}.other")),
            Alias::Phone(id) => Alias::Phone(format!("{id}99")),
        };
        let some: BTreeSet<Link> = some.concat().into_iter().collect();
        let others: BTreeSet<Link> = others
            .concat()
            .into_iter()
            .map(|link| Link { from: elsewhere(&link.from), to: elsewhere(&link.to), ..link })
            .collect();
        let sorted = |mut persons: Vec<PersonAliases>| {
            persons.sort_by(|one, other| one.all.cmp(&other.all));
            persons
        };
        let mut of = two_portfolios();
        of.extend(two_portfolios().into_iter().map(|(id, portfolio)| (elsewhere(&id), portfolio)));
        let apart = [persons(&BTreeSet::new(), &some, &of), persons(&BTreeSet::new(), &others, &of)].concat();
        let together = persons(&BTreeSet::new(), &some.union(&others).cloned().collect(), &of);
        prop_assert_eq!(sorted(apart), sorted(together));
    }
}
