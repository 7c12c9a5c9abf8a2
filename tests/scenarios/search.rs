//! Searching: what is found, what is not any more, and that nothing typed does harm.

mod asking;
mod changes;
mod lists;
mod pieces;
mod upgrade;
mod words;

use rusqlite::Connection;
use std::path::Path;
use twinbox_domain::{
    ContactCard, ContactFact, Content, DeletionFact, Direction, EditFact, Fact, IdsChangedFact, Mark, Media,
    MessageFact, MessageId, Millis, NumberId, Origin, PersonIds, Query, Telling, Wamid,
};
use twinbox_protocol::{ListMessages, ListMessagesAfter, MessageCursor, Search, SearchFilters, SearchResults};
use twinbox_store::{CrashPoint, JournalLane, Store, StoreError};
use twinbox_tests::desk::{Desk, alice, bob};

const NUMBER: &str = "106540352242922";
const OTHER_NUMBER: &str = "106540352242923";

fn text(body: &str) -> Content {
    Content::Text { body: body.to_owned() }
}

fn phone(phone: &str) -> PersonIds {
    PersonIds {
        phone: Some(phone.to_owned()),
        ..PersonIds::default()
    }
}

fn message(wamid: &str, second: i64, content: Content) -> MessageFact {
    MessageFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from(wamid),
        person: phone("16505551234"),
        direction: Direction::In,
        origin: Origin::Customer,
        telling: Telling::Live,
        at: Millis(second * 1000),
        content,
        reply_to: None,
        status: None,
    }
}

/// A store of its own and what the tests ask of it.
struct Shelf {
    store: Store,
    folder: tempfile::TempDir,
}

impl Shelf {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        Self { store, folder }
    }

    async fn apply(&self, facts: Vec<Fact>) {
        apply(&self.store, facts).await;
    }

    async fn hears(&self, wamid: &str, second: i64, body: &str) {
        self.apply(vec![Fact::Message(message(wamid, second, text(body)))])
            .await;
    }

    /// The wamids of the messages that are found, newest first.
    async fn finds(&self, typed: &str) -> Vec<String> {
        found(&self.store, typed, &Filters::default()).await
    }

    async fn finds_people(&self, typed: &str) -> Vec<String> {
        let found = self.store.search_people(Query::parse(typed), Filters::default(), 20);
        let names = found.await.unwrap().into_iter().map(|found| found.person.name);
        names.collect()
    }
}

type Filters = twinbox_store::SearchFilters;

async fn apply(store: &Store, facts: Vec<Fact>) {
    let id = store
        .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0))
        .await
        .unwrap();
    store.apply(id, facts).await.unwrap();
}

async fn found(store: &Store, typed: &str, filters: &Filters) -> Vec<String> {
    let found = store.search_messages(Query::parse(typed), filters.clone(), None, 200);
    let wamids = found.await.unwrap().into_iter().map(|found| found.message.wamid);
    wamids.map(|wamid| wamid.unwrap().0).collect()
}

fn edit(wamid: &str, second: i64, body: &str) -> Fact {
    Fact::Edit(EditFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from(wamid),
        at: Millis(second * 1000),
        content: text(body),
    })
}

fn deletion(wamid: &str) -> Fact {
    Fact::Deletion(DeletionFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from(wamid),
        at: Millis(9000),
    })
}

async fn search(desk: &Desk, typed: &str) -> SearchResults {
    desk.ask(Search {
        text: typed.to_owned(),
        filters: SearchFilters::default(),
        before: None,
        limit: 50,
    })
    .await
    .unwrap()
}
