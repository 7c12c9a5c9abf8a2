//! Whose turn it is: fair to every conversation, in order within each, and blocked by nobody else.

use std::collections::HashMap;
use twinbox_domain::{
    Content, ConversationId, Direction, Fact, IdsChangedFact, Lane, MessageFact, Millis, NumberId, Origin, OutboxId,
    Payload, PersonIds, Telling, Wamid,
};
use twinbox_store::{ConversationList, Finish, Hold, JournalLane, NewItem, NextDue, Store};
use twinbox_tests::desk::{mayas, new_id};

const NUMBER: &str = "106540352242922";
/// Later than any wait for a person.
const NOW: Millis = Millis(1_750_000_000_000);

/// A queue, and what was called each item in it.
struct Line {
    store: Store,
    names: HashMap<OutboxId, String>,
    _folder: tempfile::TempDir,
}

fn wrote(phone: &str, bsuid: Option<&str>) -> Fact {
    Fact::Message(MessageFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid(format!("wamid.{phone}{}", bsuid.unwrap_or_default())),
        person: PersonIds {
            phone: Some(phone.to_owned()).filter(|phone| !phone.is_empty()),
            bsuid: bsuid.map(str::to_owned),
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

impl Line {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let names = HashMap::new();
        Self {
            store,
            names,
            _folder: folder,
        }
    }

    async fn apply(&self, fact: Fact) {
        let id = self
            .store
            .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0))
            .await
            .unwrap();
        self.store.apply(id, vec![fact]).await.unwrap();
    }

    async fn customer(&self, phone: &str) -> ConversationId {
        self.apply(wrote(phone, None)).await;
        let all = self.store.conversations(ConversationList::All, None, 50).await.unwrap();
        all.iter().find(|row| row.person.phone == phone).unwrap().id
    }

    async fn queue(&mut self, conversation: ConversationId, lane: Lane, name: &str) -> OutboxId {
        let id = new_id();
        let item = NewItem {
            lane,
            ..mayas(id, conversation, Payload::text(name.to_owned()), NOW)
        };
        self.store.enqueue(item).await.unwrap();
        self.names.insert(id, name.to_owned());
        id
    }

    async fn due(&self, now: Millis) -> Option<OutboxId> {
        match self.store.next_due(NumberId::from(NUMBER), now).await.unwrap() {
            NextDue::Now(due) => Some(due.id),
            NextDue::NotBefore(_) | NextDue::Nothing => None,
        }
    }

    /// Sends what is next; its name.
    async fn send(&self, now: Millis) -> Option<String> {
        let id = self.due(now).await?;
        assert!(self.store.begin_attempt(id, now).await.unwrap());
        let accepted = Finish::Accepted(Wamid(format!("wamid.{id}")));
        self.store.finish_attempt(id, accepted, now).await.unwrap();
        self.names.get(&id).cloned()
    }

    async fn send_all(&self) -> Vec<String> {
        let mut sent = Vec::new();
        while let Some(name) = self.send(NOW).await {
            sent.push(name);
        }
        sent
    }
}

#[tokio::test]
async fn conversations_take_turns_and_each_keeps_its_order() {
    let mut line = Line::new();
    let (alice, bob, carol) = (
        line.customer("1").await,
        line.customer("2").await,
        line.customer("3").await,
    );
    for name in ["a1", "a2", "a3"] {
        line.queue(alice, Lane::Agent, name).await;
    }
    line.queue(bob, Lane::Agent, "b1").await;
    line.queue(bob, Lane::Agent, "b2").await;
    assert_eq!(line.send(NOW).await.as_deref(), Some("a1"));
    line.queue(carol, Lane::Agent, "c1").await;
    assert_eq!(line.send_all().await, ["b1", "a2", "c1", "b2", "a3"]);
}

#[tokio::test]
async fn a_reply_goes_before_any_campaign_and_in_its_own_conversation_too() {
    let mut line = Line::new();
    let (alice, bob) = (line.customer("1").await, line.customer("2").await);
    for (conversation, name) in [(alice, "campaign a"), (bob, "campaign b")] {
        line.queue(conversation, Lane::Campaign, name).await;
    }
    line.queue(bob, Lane::Automation, "away b").await;
    line.queue(bob, Lane::Agent, "reply b").await;
    assert_eq!(line.send_all().await, ["reply b", "away b", "campaign a", "campaign b"]);
}

#[tokio::test]
async fn a_refused_message_blocks_nobody_and_an_unknown_outcome_only_its_conversation() {
    let mut line = Line::new();
    let (alice, bob) = (line.customer("1").await, line.customer("2").await);
    let refused = line.queue(alice, Lane::Agent, "refused").await;
    line.queue(alice, Lane::Agent, "a2").await;
    let doubtful = line.queue(bob, Lane::Agent, "doubtful").await;
    line.queue(bob, Lane::Agent, "b2").await;
    let finish = async |id, finish| {
        assert!(line.store.begin_attempt(id, NOW).await.unwrap());
        line.store.finish_attempt(id, finish, NOW).await.unwrap();
    };
    let (code, reason) = (Some(131_026), String::new());
    finish(refused, Finish::Wedged { code, reason }).await;
    finish(doubtful, Finish::Unknown).await;
    assert_eq!(line.send_all().await, ["a2"]);
    assert_eq!(line.send(NOW.plus_ms(60_000)).await.as_deref(), Some("b2"));
    line.store.retry(refused, NOW).await.unwrap();
    assert_eq!(line.send(NOW.plus_ms(60_000)).await.as_deref(), Some("refused"));
}

#[tokio::test]
async fn two_conversations_that_become_one_stand_in_line_once_in_the_order_of_both() {
    let mut line = Line::new();
    let by_phone = line.customer("1").await;
    line.apply(wrote("", Some("US.1"))).await;
    let all = line.store.conversations(ConversationList::All, None, 50).await.unwrap();
    let by_id = all.iter().find(|row| row.id != by_phone).unwrap().id;
    line.queue(by_phone, Lane::Agent, "first").await;
    line.queue(by_id, Lane::Agent, "second").await;
    line.queue(by_phone, Lane::Agent, "third").await;
    let known = |phone: Option<&str>| PersonIds {
        phone: phone.map(str::to_owned),
        bsuid: Some("US.1".to_owned()),
        ..PersonIds::default()
    };
    line.apply(Fact::IdsChanged(IdsChangedFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from("wamid.changed"),
        before: known(None),
        after: known(Some("1")),
        at: Millis(2000),
    }))
    .await;
    let all = line.store.conversations(ConversationList::All, None, 50).await.unwrap();
    assert_eq!(all.len(), 1);
    let begun = line.due(NOW).await.unwrap();
    line.store.begin_attempt(begun, NOW).await.unwrap();
    assert_eq!(line.due(NOW).await, None, "one at a time");
    let accepted = Finish::Accepted(Wamid::from("wamid.first"));
    line.store.finish_attempt(begun, accepted, NOW).await.unwrap();
    assert_eq!(line.send_all().await, ["second", "third"]);
}

/// Whatever is queued, taken back, refused, doubted and tried again, in whatever order: everything that is not taken back
/// leaves once, and of one conversation and lane in the order it was typed, unless it was refused on the way.
#[tokio::test]
async fn nothing_is_left_standing_whatever_happens_to_the_line() {
    for seed in 0..5 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut line = Line::new();
        let mut conversations = Vec::new();
        for phone in ["1", "2", "3"] {
            conversations.push(line.customer(phone).await);
        }
        let (mut open, mut cancelled, mut sent): (Vec<OutboxId>, Vec<OutboxId>, Vec<OutboxId>) = Default::default();
        let mut plain = HashMap::new();
        for n in 0..60 {
            let lane = *random.choice(&[Lane::Agent, Lane::Automation, Lane::Campaign]).unwrap();
            let place = random.usize(..conversations.len());
            let id = line.queue(conversations[place], lane, &n.to_string()).await;
            open.push(id);
            plain.insert(id, (place, lane, n));
            match random.u8(..6) {
                0 => {
                    let id = *random.choice(&open).unwrap();
                    if line.store.cancel(id, NOW).await.unwrap() {
                        cancelled.push(id);
                    }
                }
                1 | 2 => {
                    let Some(id) = line.due(NOW).await else { continue };
                    assert!(line.store.begin_attempt(id, NOW).await.unwrap());
                    let (code, reason) = (None, String::new());
                    let finish = match random.u8(..4) {
                        0 => Finish::Wedged { code, reason },
                        1 => Finish::Retry { at: NOW, code, reason },
                        2 => Finish::Unknown,
                        _ => {
                            sent.push(id);
                            Finish::Accepted(Wamid(format!("wamid.{id}")))
                        }
                    };
                    if matches!(finish, Finish::Wedged { .. } | Finish::Unknown) {
                        plain.remove(&id);
                    }
                    line.store.finish_attempt(id, finish, NOW).await.unwrap();
                }
                _ => {}
            }
        }
        for id in &open {
            line.store.retry(*id, NOW).await.unwrap();
            line.store.settle_unknown(*id, false, NOW).await.unwrap();
        }
        // A day later everything is paid for.
        let later = NOW.plus_ms(86_400_000);
        while let Some(id) = line.due(later).await {
            assert!(line.store.begin_attempt(id, later).await.unwrap());
            assert!(!sent.contains(&id), "seed {seed}: sent twice");
            sent.push(id);
            let accepted = Finish::Accepted(Wamid(format!("wamid.{id}")));
            line.store.finish_attempt(id, accepted, later).await.unwrap();
        }
        assert_eq!(sent.len() + cancelled.len(), open.len(), "seed {seed}");
        let mut last = HashMap::new();
        for (place, lane, n) in sent.iter().filter_map(|id| plain.get(id)) {
            let before = last.insert((*place, lane.rank()), *n);
            assert!(
                before.is_none_or(|before| before < *n),
                "seed {seed}: {n} after {before:?}"
            );
        }
    }
}

fn by_maya() -> Hold {
    Hold {
        author: "Maya".to_owned(),
        at: NOW,
    }
}

#[tokio::test]
async fn a_paused_message_keeps_its_place_and_holds_up_only_what_follows_it_in_its_conversation() {
    let mut line = Line::new();
    let (alice, bob) = (line.customer("1").await, line.customer("2").await);
    let held = line.queue(alice, Lane::Agent, "a1").await;
    line.queue(alice, Lane::Agent, "a2").await;
    for name in ["b1", "b2", "b3"] {
        line.queue(bob, Lane::Agent, name).await;
    }
    assert!(line.store.hold_item(held, by_maya()).await.unwrap());
    assert_eq!(line.send(NOW).await.as_deref(), Some("b1"));
    assert!(line.store.release_item(held).await.unwrap());
    assert_eq!(line.send_all().await, ["a1", "b2", "a2", "b3"]);
}

#[tokio::test]
async fn a_reply_never_waits_behind_a_paused_campaign_message_to_the_same_person() {
    let mut line = Line::new();
    let alice = line.customer("1").await;
    let held = line.queue(alice, Lane::Campaign, "campaign").await;
    line.store.hold_item(held, by_maya()).await.unwrap();
    line.queue(alice, Lane::Agent, "reply").await;
    assert_eq!(line.send_all().await, ["reply"]);
    line.store.release_item(held).await.unwrap();
    assert_eq!(line.send_all().await, ["campaign"]);
}

#[tokio::test]
async fn a_message_that_was_paused_just_before_its_attempt_does_not_begin_it() {
    let mut line = Line::new();
    let alice = line.customer("1").await;
    let id = line.queue(alice, Lane::Agent, "a1").await;
    assert_eq!(line.due(NOW).await, Some(id));
    let store = &line.store;
    store.hold_item(id, by_maya()).await.unwrap();
    assert!(!store.begin_attempt(id, NOW).await.unwrap());
    store.release_item(id).await.unwrap();
    store
        .hold_lane(NumberId::from(NUMBER), Lane::Agent, by_maya())
        .await
        .unwrap();
    assert!(!store.begin_attempt(id, NOW).await.unwrap());
    store.release_lane(NumberId::from(NUMBER), Lane::Agent).await.unwrap();
    store
        .hold_lane(NumberId::from(NUMBER), Lane::Campaign, by_maya())
        .await
        .unwrap();
    store.hold(NumberId::from(NUMBER), by_maya()).await.unwrap();
    assert!(!store.begin_attempt(id, NOW).await.unwrap());
    store.release(NumberId::from(NUMBER)).await.unwrap();
    // Meta refuses the number meanwhile, as it tells the message of somebody else.
    let other = line.customer("2").await;
    let refused = line.queue(other, Lane::Agent, "b1").await;
    let store = &line.store;
    assert!(store.begin_attempt(refused, NOW).await.unwrap());
    let finish = Finish::Pauses {
        code: 368,
        reason: String::new(),
    };
    store.finish_attempt(refused, finish, NOW).await.unwrap();
    assert!(!store.begin_attempt(id, NOW).await.unwrap());
    assert!(store.resume_number(NumberId::from(NUMBER)).await.unwrap());
    assert!(!store.begin_attempt(new_id(), NOW).await.unwrap(), "gone by now");
    assert!(store.begin_attempt(id, NOW).await.unwrap());
    assert!(!line.store.hold_item(id, by_maya()).await.unwrap(), "it is leaving");
}
