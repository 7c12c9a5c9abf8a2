//! A store of a million messages: how fast it is filled, and how fast its lists, threads and searches are answered.
//!
//! `--messages N` sets the size; one conversation holds 50 on average. `tests/peers` asks Tantivy the same.

pub(crate) mod corpus;
mod floor;

use crate::{program::peak_memory, quantile};
use anyhow::Context;
use corpus::{Corpus, SEARCHES};
use std::{
    fs,
    time::{Duration, Instant},
};
use twinbox_domain::{ConversationId, Fact, LabelId, MessageFact, MessageId, Millis, Origin, Query, Telling};
use twinbox_store::{ConversationList, JournalLane, SearchFilters, Store};

/// Messages in one webhook of the history.
const CHUNK: usize = 2000;
const ROUNDS: usize = 300;

pub(crate) async fn run(messages: usize) -> anyhow::Result<()> {
    let people = (messages / 50).max(1);
    println!("search, {messages} messages in {people} conversations");
    let folder = tempfile::tempdir()?;
    let corpus = Corpus::new(messages, people);
    let bytes = |name: &str| fs::metadata(folder.path().join(name)).map_or(0, |file| file.len() / 1_000_000);
    let bare = floor::fill(&folder.path().join("bare.db"), &corpus)?;
    let bare_mb = bytes("bare.db");
    // Ten million messages are eight gigabytes, which need not be there twice.
    fs::remove_file(folder.path().join("bare.db"))?;
    let store = Store::open(folder.path())?;
    let ours = fill(&store, &corpus).await?;
    #[allow(clippy::cast_precision_loss, reason = "small")]
    let rate = |took: Duration| messages as f64 / took.as_secs_f64();
    println!(
        "  floor: bare inserts, same tables and index   {:>9.0} messages/s",
        rate(bare)
    );
    println!(
        "  Twinbox: the history, webhook by webhook     {:>9.0} messages/s, {:.2} of the floor",
        rate(ours),
        rate(ours) / rate(bare)
    );
    println!(
        "    files: {bare_mb} MB bare, {} MB Twinbox; most memory {}",
        bytes("twinbox.db"),
        peak_memory(std::process::id())
    );
    println!(
        "  {:<42} {:>9} {:>9} {:>9} {:>10}",
        "", "p50 ms", "p95 ms", "FTS5 p95", "LIKE once"
    );
    pages(&store, people).await?;
    let raw = floor::open(&folder.path().join("twinbox.db"))?;
    for (what, typed) in SEARCHES {
        search(&store, &raw, what, typed, SearchFilters::default()).await?;
    }
    live(&store, &corpus).await?;
    merge(&store).await?;
    for (what, typed) in SEARCHES {
        search(&store, &raw, what, typed, SearchFilters::default()).await?;
    }
    let label = label_some(&store, people).await?;
    for (what, typed) in SEARCHES {
        let filters = SearchFilters {
            label: Some(label),
            ..SearchFilters::default()
        };
        search(&store, &raw, &format!("{what}, labeled"), typed, filters).await?;
    }
    Ok(())
}

/// The index after a large import, merged as the engine does it when nothing else happens; each slice holds up writes.
async fn merge(store: &Store) -> anyhow::Result<()> {
    let (started, mut slices) = (Instant::now(), Vec::new());
    loop {
        let slice = Instant::now();
        let goes_on = store.merge_index(50, slices.is_empty()).await?;
        slices.push(millis(slice));
        if !goes_on {
            break;
        }
    }
    println!(
        "  the index in one piece after {:.1} s; then",
        started.elapsed().as_secs_f64()
    );
    row("  a slice of that", slices, "");
    Ok(())
}

async fn fill(store: &Store, corpus: &Corpus) -> anyhow::Result<Duration> {
    let mut took = Duration::ZERO;
    let mut facts = Vec::new();
    for fact in corpus.messages() {
        facts.push(Fact::Message(fact));
        if facts.len() == CHUNK {
            took += apply(store, std::mem::take(&mut facts)).await?;
        }
    }
    Ok(took + apply(store, facts).await?)
}

async fn apply(store: &Store, facts: Vec<Fact>) -> anyhow::Result<Duration> {
    let started = Instant::now();
    let id = store
        .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0))
        .await?;
    store.apply(id, facts).await?;
    Ok(started.elapsed())
}

async fn pages(store: &Store, people: usize) -> anyhow::Result<()> {
    let mut threads = Vec::new();
    let mut deep = Vec::new();
    let mut lists = Vec::new();
    let mut counts = Vec::new();
    let mut before = None;
    for n in 0..ROUNDS {
        let conversation = ConversationId(i64::try_from(n * 7919 % people)? + 1);
        let started = Instant::now();
        let page = store.messages(conversation, None, 50).await?;
        threads.push(millis(started));
        if let Some(last) = page.last() {
            let started = Instant::now();
            store.messages(conversation, Some((last.at, last.id)), 50).await?;
            deep.push(millis(started));
        }
        let started = Instant::now();
        let list = store.conversations(ConversationList::All, before, 50).await?;
        lists.push(millis(started));
        before = list.last().map(|last| (last.last_at, last.id));
        let started = Instant::now();
        store.counts().await?;
        counts.push(millis(started));
    }
    row("the newest 50 messages of a conversation", threads, "");
    row("the 50 before", deep, "");
    row("50 rows of the list", lists, "");
    row("the counts of the status line", counts, "");
    Ok(())
}

/// One conversation in twenty gets a label.
async fn label_some(store: &Store, people: usize) -> anyhow::Result<LabelId> {
    let label = store.save_label(None, "VIP".to_owned(), 0).await?.context("no label")?;
    let some: Vec<ConversationId> = (1..=i64::try_from(people)?).step_by(20).map(ConversationId).collect();
    for some in some.chunks(200) {
        store.label(some.to_vec(), label, true).await?;
    }
    Ok(label)
}

async fn search(
    store: &Store,
    raw: &floor::Raw,
    what: &str,
    typed: &str,
    filters: SearchFilters,
) -> anyhow::Result<()> {
    let query = Query::parse(typed);
    let mut times = Vec::new();
    let mut floor = Vec::new();
    let mut hits = 0;
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let found = store.search_messages(query.clone(), filters.clone(), None, 51).await?;
        times.push(millis(started));
        hits = found.len();
        let started = Instant::now();
        raw.matches(&query.expression().unwrap_or_default())?;
        floor.push(millis(started));
    }
    floor.sort_by(f64::total_cmp);
    let started = Instant::now();
    raw.scan(typed.trim())?;
    let like = millis(started);
    let beside = format!("{:>9.2} {like:>10.0}   {hits} hits", quantile(&floor, 0.95));
    row(&format!("search: {what}"), times, &beside);
    Ok(())
}

/// A live message beside a million others.
async fn live(store: &Store, corpus: &Corpus) -> anyhow::Result<()> {
    let mut times = Vec::new();
    for (n, fact) in corpus.messages().take(ROUNDS).enumerate() {
        let fact = MessageFact {
            wamid: format!("wamid.live.{n}").as_str().into(),
            origin: Origin::Customer,
            telling: Telling::Live,
            at: Millis(1_760_000_000_000 + i64::try_from(n)? * 1000),
            ..fact
        };
        times.push(apply(store, vec![Fact::Message(fact)]).await?.as_secs_f64() * 1000.0);
    }
    row("a live message, journaled and applied", times, "");
    let page = store.messages(ConversationId(1), Some((Millis(i64::MAX), MessageId(i64::MAX))), 1);
    page.await?;
    Ok(())
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn row(what: &str, mut times: Vec<f64>, beside: &str) {
    times.sort_by(f64::total_cmp);
    let (p50, p95) = (quantile(&times, 0.5), quantile(&times, 0.95));
    println!("  {what:<42} {p50:>9.2} {p95:>9.2} {beside}");
}
