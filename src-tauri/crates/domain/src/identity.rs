//! Which ids are one person's (P17).
//!
//! Every webhook names people by one or more ids, in any order of arrival. What it says of them is kept as [`Link`]s,
//! and [`persons`] derives from the whole set of links who is one person, so that the order decides nothing.
//!
//! - Business-scoped ids and parent ids are a person's own: told together, or told to have become one another, they are
//!   one person (Meta, "Business-scoped user IDs", Aug 2026).
//! - A phone number is held: by who was first told with it, until WhatsApp says that they left it. Numbers are recycled,
//!   so two people who were told with one number stay two.
//! - A business-scoped id is of one portfolio, in which a person has no other one. So two ids of one portfolio that were
//!   told with one number are two people; of two portfolios, they are one person's, unless the one had left the number
//!   when the other was told with it. Of ids whose portfolio is not known nothing is concluded.
//! - A change told by phone numbers alone passes on to whoever held the one then and the other from then on.
//!
//! Not here: names, and what a user name tells (it may be anybody's tomorrow, so it links nobody).

mod union;

use crate::{IdsChangedFact, Millis, PersonIds, WabaId, phone_key};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};
use union::Union;

/// An id that a person goes by. The order is that of what they are best known by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alias {
    /// Business-scoped user id.
    Bsuid(String),
    /// The same across linked portfolios.
    Parent(String),
    /// What a phone number is looked up by ([`phone_key`]).
    Phone(String),
}

impl Alias {
    /// Whether it is a phone number, which may be somebody else's one day.
    pub const fn is_phone(&self) -> bool {
        matches!(self, Self::Phone(_))
    }
}

/// Never the id itself: it does not belong in logs.
impl fmt::Debug for Alias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bsuid(_) => "Bsuid(..)",
            Self::Parent(_) => "Parent(..)",
            Self::Phone(_) => "Phone(..)",
        })
    }
}

/// What one id has to do with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// Told together: business-scoped id, then parent id.
    Same,
    /// The first became the second: two ids, two phone numbers, or a phone number and then an id.
    Became,
    /// An id, and the phone number it was told with.
    Holds,
    /// An id, and the phone number that WhatsApp said it has from now on.
    Came,
    /// An id, and the phone number that WhatsApp said it has no longer.
    Left,
}

impl LinkKind {
    const ALL: [Self; 5] = [Self::Same, Self::Became, Self::Holds, Self::Came, Self::Left];

    /// The word used in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Became => "became",
            Self::Holds => "holds",
            Self::Came => "came",
            Self::Left => "left",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Of several times it was told, whether the last counts; otherwise the first.
    pub const fn keeps_last(self) -> bool {
        matches!(self, Self::Came | Self::Left)
    }
}

/// That one id has to do with another, and when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// When it was told by Meta's clock, the first or the last time as the kind says.
    pub at: Millis,
    /// The one.
    pub from: Alias,
    /// The other.
    pub to: Alias,
    /// What the one has to do with the other.
    pub kind: LinkKind,
}

/// The time of what is known to be so, but not since when.
pub const SOME_TIME: Millis = Millis(i64::MAX);

/// One person's ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonAliases {
    /// Every id they go by or went by.
    pub all: BTreeSet<Alias>,
    /// Those of them that are theirs no longer: not to be written to.
    pub left: BTreeSet<Alias>,
}

impl PersonIds {
    /// The ids as aliases, what the person is best known by first.
    pub fn aliases(&self) -> Vec<Alias> {
        let bsuid = self.bsuid.clone().map(Alias::Bsuid);
        let parent = self.parent.clone().map(Alias::Parent);
        let phone = self.phone.as_deref().map(|phone| Alias::Phone(phone_key(phone)));
        [bsuid, parent, phone].into_iter().flatten().collect()
    }

    /// What it says that these ids were given together.
    pub fn links(&self, at: Millis) -> Vec<Link> {
        let aliases = self.aliases();
        let Some((best, others)) = aliases.split_first() else {
            return Vec::new();
        };
        let link = |to: &Alias| Link {
            at,
            from: best.clone(),
            to: to.clone(),
            kind: if to.is_phone() { LinkKind::Holds } else { LinkKind::Same },
        };
        others.iter().map(link).collect()
    }
}

impl IdsChangedFact {
    /// What the change says of the ids.
    pub fn links(&self) -> Vec<Link> {
        let (before, after) = (self.before.aliases(), self.after.aliases());
        let mut links = self.before.links(self.at);
        links.extend(self.after.links(self.at));
        let (Some(from), Some(to)) = (before.first(), after.first()) else {
            return links;
        };
        let mut link = |from: &Alias, to: &Alias, kind| {
            if from != to {
                let (from, to) = (from.clone(), to.clone());
                links.push(Link {
                    at: self.at,
                    from,
                    to,
                    kind,
                });
            }
        };
        if from.is_phone() || !to.is_phone() {
            link(from, to, LinkKind::Became);
        }
        let phone = |aliases: &[Alias]| aliases.last().filter(|last| last.is_phone()).cloned();
        let (old, new) = (phone(&before), phone(&after));
        let Some(new) = new else { return links };
        // Who keeps an id of their own is told with the new number as well.
        if let Some(holder) = [to, from].into_iter().find(|id| !id.is_phone()) {
            link(holder, &new, LinkKind::Holds);
            link(holder, &new, LinkKind::Came);
        }
        if let Some(old) = old.filter(|old| *old != new && !from.is_phone()) {
            link(from, &old, LinkKind::Left);
        }
        links
    }
}

/// By business-scoped id, an account that stands for its portfolio: the same for each id of that. Missing: not known.
pub type Portfolios = BTreeMap<Alias, WabaId>;

/// Who is who, by everything that is known of these ids. The order of the links, and what is in them twice, does not
/// matter.
pub fn persons(aliases: &BTreeSet<Alias>, links: &BTreeSet<Link>, portfolios: &Portfolios) -> Vec<PersonAliases> {
    let mut known = Known::new(aliases, links);
    known.pass_on();
    known.join_portfolios(portfolios);
    known.grouped()
}

/// A change that was told by a phone number.
struct Passing<'a> {
    at: Millis,
    from: &'a Alias,
    to: &'a Alias,
}

struct Known<'a> {
    aliases: BTreeSet<&'a Alias>,
    union: Union<&'a Alias>,
    /// By phone number: since when who holds it.
    holders: BTreeMap<&'a Alias, BTreeSet<(Millis, &'a Alias)>>,
    came: BTreeMap<(&'a Alias, &'a Alias), Millis>,
    left: BTreeMap<(&'a Alias, &'a Alias), Millis>,
    passings: Vec<Passing<'a>>,
    stale: BTreeSet<&'a Alias>,
}

impl<'a> Known<'a> {
    fn new(aliases: &'a BTreeSet<Alias>, links: &'a BTreeSet<Link>) -> Self {
        let mut known = Self {
            aliases: aliases.iter().collect(),
            union: Union::default(),
            holders: BTreeMap::new(),
            came: BTreeMap::new(),
            left: BTreeMap::new(),
            passings: Vec::new(),
            stale: BTreeSet::new(),
        };
        for Link { at, from, to, kind } in links {
            known.aliases.extend([from, to]);
            match kind {
                LinkKind::Same => known.union.join(from, to),
                LinkKind::Became if from.is_phone() => known.passings.push(Passing { at: *at, from, to }),
                LinkKind::Became => {
                    known.union.join(from, to);
                    known.stale.insert(from);
                }
                LinkKind::Holds => {
                    known.holds(from, to, *at);
                }
                LinkKind::Came => known.latest_came(from, to, *at),
                LinkKind::Left => known.leaves(from, to, *at),
            }
        }
        known
    }

    fn holds(&mut self, who: &'a Alias, phone: &'a Alias, at: Millis) -> bool {
        self.holders.entry(phone).or_default().insert((at, who))
    }

    fn latest_came(&mut self, who: &'a Alias, phone: &'a Alias, at: Millis) {
        let told = self.came.entry((who, phone)).or_insert(at);
        *told = at.max(*told);
    }

    fn leaves(&mut self, who: &'a Alias, phone: &'a Alias, at: Millis) {
        let told = self.left.entry((who, phone)).or_insert(at);
        *told = at.max(*told);
    }

    /// Changes told by phone numbers: of whoever held the old one and whoever holds the new one. Each may tell of more,
    /// so as often as there are any.
    fn pass_on(&mut self) {
        let passings = std::mem::take(&mut self.passings);
        for _ in 0..=passings.len() {
            let mut is_news = false;
            for passing in &passings {
                is_news |= self.pass(passing, &passings);
            }
            if !is_news {
                break;
            }
        }
        self.passings = passings;
    }

    fn pass(&mut self, Passing { at, from, to }: &Passing<'a>, passings: &[Passing<'a>]) -> bool {
        let held = |phone: &Alias| self.holders.get(phone).into_iter().flatten().copied();
        let giver = held(from).filter(|(since, _)| since <= at).max().map(|(_, who)| who);
        let passed_on = passings
            .iter()
            .filter(|later| later.from == *to && later.at > *at)
            .map(|later| later.at)
            .min()
            .unwrap_or(SOME_TIME);
        let taker = match to.is_phone() {
            true => held(to)
                .find(|(since, _)| since >= at && *since <= passed_on)
                .map(|(_, who)| who),
            false => Some(*to),
        };
        match (giver, taker) {
            (Some(giver), Some(taker)) => {
                self.leaves(giver, from, *at);
                self.union.is_joined_anew(giver, taker)
            }
            (Some(giver), None) => {
                self.leaves(giver, from, *at);
                self.holds(giver, to, *at)
            }
            (None, Some(taker)) => {
                self.leaves(taker, from, *at);
                self.holds(taker, from, *at)
            }
            (None, None) => false,
        }
    }

    /// One person's ids of several portfolios are told with one phone number.
    fn join_portfolios(&mut self, portfolios: &Portfolios) {
        let phones: Vec<&Alias> = self.holders.keys().copied().collect();
        for phone in phones {
            let holders: Vec<_> = self.holders.get(phone).into_iter().flatten().copied().collect();
            let mut people: Vec<&Alias> = Vec::new();
            for (since, who) in holders {
                if people.iter().any(|one| self.union.is_one(*one, who)) {
                    continue;
                }
                let held_then = |one: &&'a Alias| !self.had_left(one, phone, since);
                let mut there = people.iter().copied().filter(held_then);
                match (there.next(), there.next()) {
                    // Which of several it is, nobody can tell.
                    (Some(one), None) if self.are_of_other_portfolios(one, who, portfolios) => {
                        self.union.join(one, who);
                    }
                    _ => people.push(who),
                }
            }
        }
    }

    /// Whether the ids of the one and of the other are known to be of portfolios of which none has both.
    fn are_of_other_portfolios(&self, one: &Alias, other: &Alias, portfolios: &Portfolios) -> bool {
        let of = |who: &Alias| -> Option<BTreeSet<&WabaId>> {
            let ids = self.aliases.iter().filter(|alias| matches!(alias, Alias::Bsuid(_)));
            let theirs = ids.filter(|id| self.union.is_one(who, id));
            theirs.map(|id| portfolios.get(*id)).collect::<Option<_>>()
        };
        let (Some(one), Some(other)) = (of(one), of(other)) else {
            return false;
        };
        !one.is_empty() && !other.is_empty() && one.is_disjoint(&other)
    }

    /// Whether who was told with the phone number has left it.
    fn has_left(&self, who: &'a Alias, phone: &'a Alias) -> bool {
        self.had_left(who, phone, SOME_TIME)
    }

    /// The same at a time, as far as is known of the last time that they left.
    fn had_left(&self, who: &'a Alias, phone: &'a Alias, at: Millis) -> bool {
        let is_theirs = |other: &Alias| self.union.is_one(who, other);
        let told = |told: &BTreeMap<(&'a Alias, &'a Alias), Millis>| -> Vec<Millis> {
            told.iter()
                .filter(|((other, of), _)| *of == phone && is_theirs(other))
                .map(|(_, at)| *at)
                .collect()
        };
        let Some(left) = told(&self.left).into_iter().max().filter(|left| *left <= at) else {
            return false;
        };
        let held = self.holders.get(phone).into_iter().flatten();
        let told_with = held
            .filter(|(at, other)| *at != SOME_TIME && is_theirs(other))
            .map(|(at, _)| *at);
        !told_with.chain(told(&self.came)).any(|with| left < with && with <= at)
    }

    /// Whose a phone number is: whoever held it first of those who have not left it.
    fn owner(&self, phone: &'a Alias) -> Option<&'a Alias> {
        let holders = self.holders.get(phone)?;
        let stays = holders.iter().find(|(_, who)| !self.has_left(who, phone));
        stays.or_else(|| holders.first()).map(|(_, who)| *who)
    }

    fn grouped(mut self) -> Vec<PersonAliases> {
        let phones: Vec<&Alias> = self.aliases.iter().copied().filter(|alias| alias.is_phone()).collect();
        let owners: BTreeMap<&Alias, &Alias> = phones
            .iter()
            .filter_map(|phone| Some((*phone, self.owner(phone)?)))
            .collect();
        let left: BTreeSet<&Alias> = phones
            .into_iter()
            .filter(|phone| self.is_left(phone, owners.get(phone).copied()))
            .collect();
        for Passing { from, to, .. } in std::mem::take(&mut self.passings) {
            if to.is_phone() && !owners.contains_key(from) && !owners.contains_key(to) {
                self.union.join(from, to);
            }
        }
        for (phone, owner) in &owners {
            self.union.join(phone, owner);
        }
        let mut groups: BTreeMap<&Alias, PersonAliases> = BTreeMap::new();
        for alias in &self.aliases {
            let group = groups.entry(self.union.root(alias)).or_default();
            group.all.insert((*alias).clone());
            if left.contains(alias) || self.stale.contains(alias) {
                group.left.insert((*alias).clone());
            }
        }
        groups.into_values().collect()
    }

    /// Whether who owns the phone number is not to be reached by it any more.
    fn is_left(&self, phone: &'a Alias, owner: Option<&'a Alias>) -> bool {
        let Some(owner) = owner else {
            let latest = |told: fn(&Passing<'a>) -> &'a Alias| {
                self.passings
                    .iter()
                    .filter(|passing| told(passing) == phone)
                    .map(|passing| passing.at)
                    .max()
            };
            return latest(|passing| passing.from) > latest(|passing| passing.to);
        };
        let mut others = self.holders.get(phone).into_iter().flatten();
        self.has_left(owner, phone)
            || others.any(|(at, who)| *at != SOME_TIME && !self.union.is_one(owner, who) && !self.has_left(who, phone))
    }
}

#[cfg(test)]
mod tests;
