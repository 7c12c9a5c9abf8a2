//! A list whose rows stay as they are while others come, go and move around them.
//!
//! Leptos' own `For` takes rows out of the page and puts them back when two or more come in front of them: their layout is made
//! anew, and whoever stood on one has lost the focus.

use crate::keyboard;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::reactive_graph::OwnedView;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Node, Placeholder};
use leptos::tachys::view::{Mountable, Position, PositionState};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::mem::take;
use std::sync::Arc;

/// A row for each item, made once for each key and kept as long as the key is there.
#[component]
pub fn Keyed<I, T, K, V>(
    /// The items, in order.
    each: impl Fn() -> I + Send + 'static,
    /// What tells them apart.
    key: impl Fn(&T) -> K + Send + Sync + 'static,
    /// Makes the row of an item.
    children: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    I: IntoIterator<Item = T>,
    T: Send + 'static,
    K: Eq + Hash + Send + 'static,
    V: IntoView + 'static,
{
    // Whoever follows `each` is cleaned up with each change, which rows outlive.
    let owner = Owner::current().unwrap_or_default();
    let view: View<T> = Arc::new(move |item| {
        let owner = owner.with(Owner::new);
        let row = owner.with(|| children(item).into_any());
        OwnedView::new_with_owner(row, owner)
    });
    move || Rows {
        items: each().into_iter().map(|item| (key(&item), item)).collect(),
        view: Arc::clone(&view),
    }
}

type View<T> = Arc<dyn Fn(T) -> OwnedView<AnyView> + Send + Sync>;

type Row = <OwnedView<AnyView> as Render>::State;

struct Rows<K, T> {
    items: Vec<(K, T)>,
    view: View<T>,
}

struct RowsState<K> {
    rows: Vec<(K, Row)>,
    /// Stands behind the last one.
    end: Placeholder,
}

impl<K: Eq + Hash + 'static, T> Render for Rows<K, T> {
    type State = RowsState<K>;

    fn build(self) -> Self::State {
        let view = self.view;
        let rows = self.items.into_iter().map(|(key, item)| (key, view(item).build()));
        RowsState {
            rows: rows.collect(),
            end: Rndr::create_placeholder(),
        }
    }

    fn rebuild(self, state: &mut Self::State) {
        let wanted: HashSet<&K> = self.items.iter().map(|(key, _)| key).collect();
        let (known, gone): (Vec<_>, Vec<_>) = take(&mut state.rows)
            .into_iter()
            .partition(|(key, _)| wanted.contains(key));
        for (_, mut row) in gone {
            row.unmount();
        }
        let known = known.into_iter().enumerate().map(|(at, (key, row))| (key, (at, row)));
        let mut known: HashMap<K, (usize, Row)> = known.collect();
        let places: Vec<_> = self.items.iter().map(|(key, _)| Some(known.get(key)?.0)).collect();
        // From the end on, so that each is put before one that is where it belongs.
        for ((key, item), stays) in self.items.into_iter().zip(staying(&places)).rev() {
            let (mut row, is_known) = match known.remove(&key) {
                Some((_, row)) => (row, true),
                None => ((self.view)(item).build(), false),
            };
            if !stays {
                // Taken out for a moment, it would lose the focus.
                let focused = is_known.then(|| keyboard::focused_in(&row.elements())).flatten();
                let is_put = state
                    .rows
                    .iter()
                    .rev()
                    .any(|(_, next)| next.insert_before_this(&mut row));
                // Not yet in the page itself: then its rows come with it.
                let _ = is_put || state.end.insert_before_this(&mut row);
                keyboard::focus_on(focused);
            }
            state.rows.push((key, row));
        }
        state.rows.reverse();
    }
}

/// Which of those that were at these places can stay while the others are put around them: most of them. `None` is new.
fn staying(places: &[Option<usize>]) -> Vec<bool> {
    // For each: how many are in order up to it, and the one before it of those.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(places.len());
    for place in places {
        let before = places.iter().zip(&runs).enumerate();
        let before = before.filter(|(_, (before, _))| before.is_some() && *before < place);
        let longest = before.max_by_key(|(_, (_, run))| run.0);
        runs.push(match longest {
            _ if place.is_none() => (0, None),
            Some((at, (_, run))) => (run.0 + 1, Some(at)),
            None => (1, None),
        });
    }
    let mut stays = vec![false; places.len()];
    let last = runs.iter().enumerate().filter(|(_, run)| run.0 > 0);
    let mut at = last.max_by_key(|(_, run)| run.0).map(|(at, _)| at);
    while let Some(now) = at {
        stays.iter_mut().skip(now).take(1).for_each(|stays| *stays = true);
        at = runs.get(now).and_then(|run| run.1);
    }
    stays
}

impl<K: 'static> Mountable for RowsState<K> {
    fn unmount(&mut self) {
        self.rows.iter_mut().for_each(|(_, row)| row.unmount());
        self.end.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.rows.iter_mut().for_each(|(_, row)| row.mount(parent, marker));
        self.end.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let mut rows = self.rows.iter();
        rows.any(|(_, row)| row.insert_before_this(child)) || self.end.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.rows.iter().flat_map(|(_, row)| row.elements()).collect()
    }
}

impl<K: Eq + Hash + Send + 'static, T: Send + 'static> AddAnyAttr for Rows<K, T> {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self::Output<NewAttr> {
        self
    }
}

/// Everything is drawn in the page: nothing comes from a server as HTML.
impl<K: Eq + Hash + Send + 'static, T: Send + 'static> RenderHtml for Rows<K, T> {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Self::State {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::staying;

    #[test]
    fn rows_stay_while_others_come_in_front_go_or_move() {
        let moved = |places: &[Option<usize>]| {
            let stays = staying(places);
            let known = places.iter().zip(&stays);
            known.filter(|(place, stays)| place.is_some() && !**stays).count()
        };
        assert_eq!(moved(&[]), 0);
        assert_eq!(moved(&[None, None, Some(0), Some(1), Some(2)]), 0, "two in front");
        assert_eq!(
            moved(&[None, Some(2), None, Some(5), Some(6), None]),
            0,
            "some went, some came"
        );
        assert_eq!(
            moved(&[Some(5), Some(0), Some(1), Some(2), Some(3), Some(4)]),
            1,
            "one to the top"
        );
        assert_eq!(moved(&[Some(1), Some(2), Some(3), Some(0)]), 1, "one to the end");
        assert_eq!(moved(&[Some(2), Some(1), Some(0)]), 2, "the other way round");
        assert_eq!(
            staying(&[None, Some(0)]),
            [false, true],
            "what is new has to be put somewhere"
        );
    }
}
