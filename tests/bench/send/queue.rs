//! How long it takes to find what is next in a long queue.

use super::{AT_ONCE, enqueue_campaign};
use crate::quantile;
use std::time::Instant;
use twinbox_domain::{
    Content, ConversationId, Direction, Fact, MessageFact, Millis, NumberId, Origin, PersonIds, Telling, Wamid,
};
use twinbox_store::{ConversationList, Finish, JournalLane, NextDue, Store};

const NUMBER: &str = "106540352242922";
const ITEMS: usize = 100_000;
const SENDS: i64 = 3000;

pub(super) async fn measure(people: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    let conversations = customers(&store, people).await?;
    let mut enqueued = Vec::new();
    let each = ITEMS.div_ceil(people);
    for chunk in conversations.chunks(AT_ONCE) {
        for _ in 0..each {
            let started = Instant::now();
            enqueue_campaign(&store, chunk).await?;
            enqueued.push(started.elapsed().as_secs_f64() * 1000.0 / chunk.len() as f64);
        }
    }
    let (mut times, mut waits) = (Vec::new(), 0);
    // Twenty a second by the wall clock of the queue, so that people have to be left in peace as they would be.
    for n in 0..SENDS {
        let now = Millis(1_750_000_000_000 + n * 50);
        let started = Instant::now();
        let next = store.next_due(NumberId::from(NUMBER), now).await?;
        times.push(started.elapsed().as_secs_f64() * 1000.0);
        let NextDue::Now(due) = next else {
            waits += 1;
            continue;
        };
        store.begin_attempt(due.id, now).await?;
        let accepted = Finish::Accepted(Wamid(format!("wamid.{}", due.id)));
        store.finish_attempt(due.id, accepted, now).await?;
    }
    times.sort_by(f64::total_cmp);
    println!(
        "  queue of {ITEMS} to {people} people: what is next, median {:.3} ms, p95 {:.3} ms, worst {:.3} ms ({waits} of {SENDS} \
         times nobody might be written to); enqueuing {AT_ONCE} at once, median {:.3} ms each",
        quantile(&times, 0.5),
        quantile(&times, 0.95),
        quantile(&times, 1.0),
        {
            enqueued.sort_by(f64::total_cmp);
            quantile(&enqueued, 0.5)
        },
    );
    Ok(())
}

async fn customers(store: &Store, people: usize) -> anyhow::Result<Vec<ConversationId>> {
    let numbers: Vec<usize> = (0..people).collect();
    for chunk in numbers.chunks(AT_ONCE) {
        let id = store
            .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0))
            .await?;
        store.apply(id, chunk.iter().map(|n| wrote(*n)).collect()).await?;
    }
    let (mut conversations, mut before) = (Vec::new(), None);
    loop {
        let page = store.conversations(ConversationList::All, before, 1000).await?;
        let Some(last) = page.last() else { break };
        before = Some((last.last_at, last.id));
        conversations.extend(page.iter().map(|row| row.id));
    }
    Ok(conversations)
}

fn wrote(n: usize) -> Fact {
    Fact::Message(MessageFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid(format!("wamid.{n}")),
        person: PersonIds {
            phone: Some(format!("49151{n:08}")),
            ..PersonIds::default()
        },
        direction: Direction::In,
        origin: Origin::Customer,
        telling: Telling::Live,
        at: Millis(1000),
        content: Content::Text { body: "hi".to_owned() },
        reply_to: None,
        status: None,
    })
}
