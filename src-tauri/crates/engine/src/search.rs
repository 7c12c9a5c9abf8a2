//! Answering searches, and indexing what an older version left behind.

use crate::{
    Engine,
    requests::{Answer, internal, page, page_size},
    views,
};
use std::{error::Error, time::Duration};
use tokio_util::sync::CancellationToken;
use twinbox_domain::Query;
use twinbox_protocol::{ChatHit, MessageHit, Page, Search, SearchFilters, SearchResults};
use twinbox_store::{Conversation, FoundMessage, Store, StoreError};

/// How often is looked whether the index wants merging.
const LOOK: Duration = Duration::from_secs(60);
/// Fewer changes than this in that time: no import is under way.
const CALM: i64 = 500;
/// Fewer new messages than this are not worth it.
const LARGE: u64 = 50_000;
/// Merged in one write, about 200 kB: some milliseconds in which other writes wait.
pub(crate) const MERGED_PAGES: u32 = 50;
/// Most people among the results.
const MOST_CHATS: u32 = 20;
/// Characters of a message that a hit shows at most.
const FRAGMENT: usize = 160;
/// What is indexed in one write: other writes come in between.
const SLICE: u32 = 250;
/// And readers of the disk, too.
const PAUSE: Duration = Duration::from_millis(5);

impl Engine {
    pub(crate) async fn search(&self, call: Search) -> Answer<SearchResults> {
        let store = &self.inner.store;
        let query = Query::parse(&call.text);
        let limit = page_size(call.limit);
        let is_first = call.before.is_none();
        let wants_people = is_first && !is_about_messages(&call.filters);
        let asked = filters(call.filters);
        let people = async {
            match wants_people {
                true => store.search_people(query.clone(), asked.clone(), MOST_CHATS).await,
                false => Ok(Vec::new()),
            }
        };
        let before = call.before.map(|cursor| (cursor.at, cursor.id));
        let found = store.search_messages(query.clone(), asked.clone(), before, limit + 1);
        let answers = tokio::try_join!(people, found, store.is_search_complete());
        let (chats, found, is_complete) = answers.map_err(internal)?;
        let messages: Page<MessageHit> = page(found, limit, |found| message(&query, found));
        Ok(SearchResults {
            chats: chats
                .into_iter()
                .map(|conversation| chat(&query, conversation))
                .collect(),
            messages,
            is_complete,
        })
    }
}

fn is_about_messages(filters: &SearchFilters) -> bool {
    filters.conversation.is_some()
        || filters.origin.is_some()
        || filters.has_media
        || filters.from.is_some()
        || filters.before.is_some()
}

fn filters(asked: SearchFilters) -> twinbox_store::SearchFilters {
    let SearchFilters {
        number,
        person,
        conversation,
        origin,
        has_media,
        from,
        before,
        label,
        assignee,
    } = asked;
    twinbox_store::SearchFilters {
        number,
        person,
        conversation,
        origin,
        has_media,
        from,
        before,
        label,
        assignee,
    }
}

fn chat(query: &Query, conversation: Conversation) -> ChatHit {
    let person = &conversation.person;
    let other_names = [
        person.contact_name.clone(),
        person.name.clone(),
        person.username.clone(),
    ];
    let phone = query.marked_digits(&format!("+{}", person.phone));
    let row = views::row(conversation);
    let name = query.marked(&row.person.name);
    let is_found = |parts: &[_]| parts.iter().any(|part: &twinbox_domain::FragmentPart| part.is_match);
    let also = if is_found(&name) {
        Vec::new()
    } else {
        let others = other_names.iter().map(|name| query.marked(name));
        others.chain([phone]).find(|parts| is_found(parts)).unwrap_or_default()
    };
    ChatHit { row, name, also }
}

fn message(query: &Query, found: FoundMessage) -> MessageHit {
    let FoundMessage {
        message,
        number,
        person,
    } = found;
    MessageHit {
        message: message.id,
        conversation: message.conversation,
        number,
        person: views::person(person),
        at: message.at,
        origin: message.origin,
        author: message.author,
        fragment: query.fragment(&message.content.searchable(), FRAGMENT),
    }
}

/// Indexes what was stored by a version without an index, a slice at a time, then keeps the index in few pieces.
pub(crate) async fn index_backlog(store: Store, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match store.index_backlog(SLICE).await {
            Ok(true) => tokio::time::sleep(PAUSE).await,
            Ok(false) => break,
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn Error,
                    "old messages cannot be indexed; the next start goes on"
                );
                break;
            }
        }
    }
    merge_when_calm(store, stop).await;
}

/// Merges the pieces of the index after a large import, a slice at a time, so that searches stay fast.
async fn merge_when_calm(store: Store, stop: CancellationToken) {
    let last_seq = store.last_seq();
    // Not looked at since the start.
    let mut looked_at = None;
    loop {
        let before = *last_seq.borrow();
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        let now = *last_seq.borrow();
        let is_calm = now.0.saturating_sub(before.0) < CALM;
        if !is_calm || looked_at.replace(now) == Some(now) {
            continue;
        }
        match merge(&store, &stop).await {
            Ok(()) => {}
            Err(StoreError::Stopped) => return,
            Err(error) => tracing::error!(error = &error as &dyn Error, "the search index cannot be merged yet"),
        }
    }
}

async fn merge(store: &Store, stop: &CancellationToken) -> Result<(), StoreError> {
    if !store.is_index_in_pieces(LARGE).await? {
        return Ok(());
    }
    let mut is_first = true;
    while !stop.is_cancelled() && store.merge_index(MERGED_PAGES, is_first).await? {
        is_first = false;
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
