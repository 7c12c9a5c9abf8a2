//! Tantivy on the messages that `cargo xtask bench search` stores: the same words, the newest hits first.

#[path = "../../bench/search/corpus.rs"]
mod corpus;

use corpus::{Corpus, SEARCHES};
use std::time::Instant;
use tantivy::{
    Index, Order, TantivyDocument, Term,
    collector::TopDocs,
    query::{BooleanQuery, Occur, PhrasePrefixQuery, Query, TermQuery},
    schema::{FAST, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{TextAnalyzer, WhitespaceTokenizer},
};
use twinbox_domain::index_words;

const ROUNDS: usize = 300;
const HITS: usize = 51;

pub(crate) fn run(messages: usize) -> anyhow::Result<()> {
    let people = (messages / 50).max(1);
    let mut schema = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer("words")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = schema.add_text_field("words", TextOptions::default().set_indexing_options(words));
    let at = schema.add_i64_field("at", FAST);
    let folder = tempfile::tempdir()?;
    let index = Index::create_in_dir(folder.path(), schema.build())?;
    index
        .tokenizers()
        .register("words", TextAnalyzer::from(WhitespaceTokenizer::default()));
    let mut writer = index.writer_with_num_threads(1, 64_000_000)?;
    let started = Instant::now();
    for message in Corpus::new(messages, people).messages() {
        let mut document = TantivyDocument::default();
        document.add_text(words, index_words(&message.content.searchable()));
        document.add_i64(at, message.at.0);
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    println!(
        "  tantivy: all messages in one commit          {:>9.0} messages/s",
        messages as f64 / started.elapsed().as_secs_f64()
    );
    let searcher = index.reader()?.searcher();
    for (what, typed) in SEARCHES {
        let is_open = !typed.ends_with(' ') && !typed.contains('的');
        let terms: Vec<Box<dyn Query>> = typed
            .split_whitespace()
            .map(|word| term(word, words, is_open))
            .collect();
        let query = BooleanQuery::new(terms.into_iter().map(|term| (Occur::Must, term)).collect());
        let mut times = Vec::new();
        let mut hits = 0;
        for _ in 0..ROUNDS {
            let started = Instant::now();
            let newest = TopDocs::with_limit(HITS).order_by_fast_field::<i64>("at", Order::Desc);
            hits = searcher.search(&query, &newest)?.len();
            times.push(started.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        let (p50, p95) = (times[ROUNDS / 2], times[ROUNDS * 95 / 100]);
        println!("  tantivy: {what:<33} {p50:>9.2} {p95:>9.2}   {hits} hits");
    }
    Ok(())
}

/// A word, or the beginning of one; of Chinese, a pair as the index holds it.
fn term(word: &str, field: tantivy::schema::Field, is_open: bool) -> Box<dyn Query> {
    if is_open {
        let mut query = PhrasePrefixQuery::new(vec![Term::from_field_text(field, word)]);
        query.set_max_expansions(u32::MAX);
        return Box::new(query);
    }
    Box::new(TermQuery::new(
        Term::from_field_text(field, word),
        IndexRecordOption::Basic,
    ))
}
