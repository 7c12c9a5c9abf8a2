//! Who is one person does not depend on what comes first (P17).

mod fields;
mod unread;

use crate::upgrades;
use proptest::{prelude::*, test_runner::TestCaseError};
use twinbox_domain::{
    ContactFact, Content, ConversationState, Direction, Fact, HandoverFact, IdsChangedFact, MessageFact, Millis,
    NumberId, Origin, Payload, PersonIds, PreferenceFact, Query, Status, StatusFact, Telling, ThreadOwner, WabaId,
    Wamid,
};
use twinbox_protocol::{Delivery, SendMessage, ToSend};
use twinbox_simulator::Customer;
use twinbox_store::{Conversation, ConversationList, JournalLane, NextDue, ScheduledItem, SearchFilters, Store};
use twinbox_tests::desk::{alice, mayas, new_id};

pub const NUMBERS: [&str; 2] = ["106540352242922", "106540352242923"];

/// Ids as they are told, a word each: digits are a phone number, `@` a user name, `.ENT.` a parent id, `in:` the account.
fn ids(words: &str) -> PersonIds {
    let mut ids = PersonIds::default();
    for word in words.split_whitespace().map(str::to_owned) {
        if word.starts_with(|first: char| first.is_ascii_digit()) {
            ids.phone = Some(word);
        } else if let Some(username) = word.strip_prefix('@') {
            username.clone_into(&mut ids.username);
        } else if let Some(account) = word.strip_prefix("in:") {
            ids.waba = Some(WabaId::from(account));
        } else if word.contains(".ENT.") {
            ids.parent = Some(word);
        } else {
            ids.bsuid = Some(word);
        }
    }
    ids
}

/// A message that is called by what it says, at `second`.
pub fn says(text: &str, who: &str, second: i64) -> MessageFact {
    MessageFact {
        number: NumberId::from(NUMBERS[0]),
        wamid: Wamid(format!("wamid.{text}")),
        person: ids(who),
        direction: Direction::In,
        origin: Origin::Customer,
        telling: Telling::Live,
        at: Millis(second * 1000),
        content: Content::Text { body: text.to_owned() },
        reply_to: None,
        status: None,
    }
}

pub fn hears(text: &str, who: &str, second: i64) -> Fact {
    Fact::Message(says(text, who, second))
}

pub fn changes(before: &str, after: &str, second: i64) -> Fact {
    Fact::IdsChanged(IdsChangedFact {
        number: NumberId::from(NUMBERS[0]),
        wamid: Wamid(format!("wamid.{before} {after} {second}")),
        before: ids(before),
        after: ids(after),
        at: Millis(second * 1000),
    })
}

fn contact(name: &str, who: &str, second: i64) -> Fact {
    contact_of(NUMBERS[0], name, who, second)
}

/// A contact of the phone of that number.
fn contact_of(number: &str, name: &str, who: &str, second: i64) -> Fact {
    Fact::Contact(ContactFact {
        number: NumberId::from(number),
        person: ids(who),
        name: name.to_owned(),
        at: Millis(second * 1000),
    })
}

/// A store, and what is asked of it.
pub struct Desk {
    pub store: Store,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        Self { store, _folder: folder }
    }

    pub async fn told(facts: &[&Fact]) -> Self {
        let desk = Self::new();
        for fact in facts {
            desk.tell((*fact).clone()).await;
        }
        desk
    }

    pub async fn tell(&self, fact: Fact) {
        let id = self
            .store
            .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0))
            .await
            .unwrap();
        self.store.apply(id, vec![fact]).await.unwrap();
    }

    pub async fn list(&self) -> Vec<Conversation> {
        let list = self.store.conversations(ConversationList::All, None, 100);
        list.await.unwrap()
    }

    /// What the conversations hold, oldest first.
    pub async fn threads(&self) -> Vec<Vec<String>> {
        let mut threads = Vec::new();
        for conversation in self.list().await {
            let messages = self.store.messages(conversation.id, None, 100).await.unwrap();
            threads.push(messages.iter().rev().map(|message| said(&message.content)).collect());
        }
        threads.sort();
        threads
    }

    /// Everything a person at the desk could see, without the ids of rows.
    async fn rows(&self) -> Vec<String> {
        let mut rows = Vec::new();
        let conversations = self.list().await;
        let counts = self.store.counts().await.unwrap();
        assert_eq!(counts.conversations, conversations.len() as u64);
        let unread = conversations
            .iter()
            .filter(|conversation| conversation.unread > 0)
            .count();
        assert_eq!(counts.unread, unread as u64);
        for conversation in conversations {
            let person = &conversation.person;
            let mut messages: Vec<String> = Vec::new();
            let thread = self.store.messages(conversation.id, None, 100).await.unwrap();
            for message in &thread {
                let (at, direction, origin) = (message.at, message.direction, message.origin);
                messages.push(format!("{at:?} {direction:?} {origin:?} {}", said(&message.content)));
            }
            messages.sort();
            // The index has to say the same.
            for filters in [
                SearchFilters {
                    person: Some(person.id),
                    ..SearchFilters::default()
                },
                SearchFilters {
                    conversation: Some(conversation.id),
                    ..SearchFilters::default()
                },
            ] {
                let filters = SearchFilters {
                    number: Some(conversation.number.clone()),
                    ..filters
                };
                let found = self
                    .store
                    .search_messages(Query::parse(""), filters, None, 200)
                    .await
                    .unwrap();
                let ids = |mut ids: Vec<_>| {
                    ids.sort();
                    ids
                };
                let here = ids(thread.iter().map(|message| message.id).collect());
                assert_eq!(ids(found.iter().map(|found| found.message.id).collect()), here);
            }
            for name in [&person.phone, &person.name, &person.contact_name] {
                let found = self
                    .store
                    .search_people(Query::parse(name), SearchFilters::default(), 100);
                let found = found.await.unwrap();
                assert!(
                    name.is_empty() || found.iter().any(|row| row.id == conversation.id),
                    "{name} is found"
                );
            }
            rows.push(format!(
                "{} of {} contact {:?} name {:?} username {:?} phone {} bsuid {} last {:?} customer {:?} unread {} \
                 needs reply {} stops marketing {} {messages:#?}",
                conversation.number,
                person_number(person.id, &self.list().await),
                person.contact_name,
                person.name,
                person.username,
                person.phone,
                person.bsuid,
                conversation.last_at,
                conversation.last_customer_at,
                conversation.unread,
                conversation.needs_reply,
                conversation.stops_marketing,
            ));
        }
        rows.sort();
        rows
    }
}

/// With how many numbers a person has a conversation.
fn person_number(id: twinbox_domain::PersonId, list: &[Conversation]) -> usize {
    list.iter().filter(|conversation| conversation.person.id == id).count()
}

fn said(content: &Content) -> String {
    match content {
        Content::Text { body } => body.clone(),
        Content::IdsChanged {
            phone_before,
            phone_after,
        } => format!("{phone_before} is {phone_after}"),
        Content::HandedOver { owner } => format!("{owner:?}"),
        other => format!("{:?}", other.rank()),
    }
}

/// Tells the facts in every order there is; says what is there after each.
async fn in_every_order(facts: &[Fact]) -> Vec<Desk> {
    let mut orders = vec![Vec::new()];
    for fact in facts {
        orders = orders
            .iter()
            .flat_map(|order: &Vec<&Fact>| {
                (0..=order.len()).map(move |at| {
                    let mut order = order.clone();
                    order.insert(at, fact);
                    order
                })
            })
            .collect();
    }
    let mut desks = Vec::new();
    for order in orders {
        desks.push(Desk::told(&order).await);
    }
    desks
}

/// What is there, being the same in every order.
pub async fn always(facts: &[Fact]) -> Desk {
    let mut desks = in_every_order(facts).await;
    let one = desks.pop().unwrap();
    for other in desks {
        assert_eq!(one.rows().await, other.rows().await);
    }
    one
}

#[tokio::test]
async fn both_forms_of_a_brazilian_or_mexican_number_are_one_person() {
    for (one, other, somebody) in [
        ("551187654321", "5511987654321", "5511987654322"),
        ("5215512345678", "525512345678", "525512345679"),
    ] {
        let desk = always(&[hears("a", one, 1), hears("b", other, 2), hears("c", somebody, 3)]).await;
        assert_eq!(desk.threads().await, [vec!["a", "b"], vec!["c"]]);
        let person = desk.list().await.remove(1).person;
        assert_eq!(person.phone, other, "as it was told last");
        for typed in [one, other] {
            let found = desk
                .store
                .search_people(Query::parse(typed), SearchFilters::default(), 9);
            assert_eq!(found.await.unwrap().len(), 1, "{typed}");
        }
    }
}

#[tokio::test]
async fn two_ids_with_one_phone_number_stay_two_people() {
    let facts = [
        hears("a", "16505551234 US.A", 1),
        hears("b", "16505551234 US.B", 2),
        hears("c", "16505551234", 3),
        hears("d", "US.B", 4),
    ];
    let desk = always(&facts).await;
    assert_eq!(desk.threads().await, [vec!["a", "c"], vec!["b", "d"]]);
}

#[tokio::test]
async fn a_conversation_with_a_number_alone_goes_on_with_the_id_that_is_told_later() {
    let facts = [
        hears("a", "16505551234", 1),
        hears("b", "US.A", 2),
        hears("c", "16505551234 US.A @alice", 3),
    ];
    let desk = always(&facts).await;
    assert_eq!(desk.threads().await, [["a", "b", "c"]]);
    let row = desk.list().await.remove(0);
    assert_eq!((row.unread, row.person.username.as_str()), (3, "alice"));
}

#[tokio::test]
async fn one_message_told_with_a_number_and_with_an_id_says_whose_the_number_is() {
    let facts = [
        hears("a", "16505551234", 1),
        hears("b", "16505551234", 2),
        hears("b", "US.A", 2),
        hears("c", "US.A", 3),
    ];
    assert_eq!(always(&facts).await.threads().await, [["a", "b", "c"]]);
}

#[tokio::test]
async fn a_changed_number_is_one_person_and_told_in_the_timeline_whether_it_comes_before_or_after_the_messages() {
    for (before, after) in [
        ("16505551234 US.A", "12195555358 US.B"),
        ("16505551234", "12195555358"),
        ("16505551234", "12195555358 US.B"),
        ("16505551234 US.A", "12195555358"),
    ] {
        let facts = [
            hears("a", "16505551234", 1),
            hears("b", before, 2),
            changes(before, after, 5),
            hears("c", after, 9),
        ];
        let desk = always(&facts).await;
        assert_eq!(
            desk.threads().await,
            [["a", "b", "16505551234 is 12195555358", "c"]],
            "{before} {after}"
        );
        assert_eq!(desk.list().await[0].person.phone, "12195555358");
    }
}

#[tokio::test]
async fn who_gets_a_number_that_was_left_is_somebody_else() {
    let facts = [
        hears("a", "16505551234 US.A", 1),
        changes("16505551234 US.A", "12195555358 US.A2", 5),
        hears("b", "12195555358 US.A2", 6),
        hears("c", "16505551234 US.B", 7),
        hears("d", "16505551234", 8),
    ];
    let desk = always(&facts).await;
    let thread = vec!["a", "16505551234 is 12195555358", "b"];
    assert_eq!(desk.threads().await, [thread, vec!["c", "d"]]);
    let people: Vec<_> = desk
        .list()
        .await
        .into_iter()
        .map(|row| (row.person.phone, row.person.bsuid))
        .collect();
    let owned = |phone: &str, bsuid: &str| (phone.to_owned(), bsuid.to_owned());
    assert_eq!(people, [owned("16505551234", "US.B"), owned("12195555358", "US.A2")]);
}

#[tokio::test]
async fn one_parent_id_is_one_person_with_an_id_at_each_portfolio() {
    let elsewhere = MessageFact {
        number: NumberId::from(NUMBERS[1]),
        ..says("b", "US.B US.ENT.1", 2)
    };
    let desk = always(&[hears("a", "US.A US.ENT.1", 1), Fact::Message(elsewhere)]).await;
    let rows = desk.list().await;
    assert_eq!(rows.len(), 2, "a conversation with each number");
    assert_eq!(rows[0].person.id, rows[1].person.id);
}

#[tokio::test]
async fn a_contact_that_was_removed_from_the_phone_is_not_brought_back_by_an_earlier_word() {
    let facts = [
        contact("Alice from the market", "16505551234", 10),
        contact("", "16505551234 US.A", 12),
        contact("Alice", "US.A", 11),
        hears("a", "US.A", 1),
    ];
    assert_eq!(always(&facts).await.list().await[0].person.contact_name, "");
    let again = [&facts[..], &[contact("Alice A.", "US.A", 13)]].concat();
    let desk = Desk::told(&again.iter().collect::<Vec<_>>()).await;
    assert_eq!(desk.list().await[0].person.contact_name, "Alice A.");
}

#[tokio::test]
async fn a_name_in_the_address_book_of_one_phone_is_not_taken_away_by_another() {
    let who = "16505551234";
    let elsewhere = MessageFact {
        number: NumberId::from(NUMBERS[1]),
        ..says("b", who, 2)
    };
    let heard = [hears("a", who, 1), Fact::Message(elsewhere)];
    let contacts = [
        contact_of(NUMBERS[0], "Anna Almeida", who, 10),
        contact_of(NUMBERS[1], "Anna", who, 11),
        contact_of(NUMBERS[1], "", who, 12),
    ];
    let names = async |desk: &Desk| -> Vec<String> {
        let mut rows = desk.list().await;
        rows.sort_by(|one, other| one.number.cmp(&other.number));
        rows.into_iter().map(|row| row.person.contact_name).collect()
    };
    for order in [&[0, 1][..], &[1, 0], &[0, 1, 2], &[0, 2, 1], &[1, 2, 0], &[2, 1, 0]] {
        let facts = heard.iter().chain(order.iter().map(|place| &contacts[*place]));
        let desk = Desk::told(&facts.collect::<Vec<_>>()).await;
        desk.rows().await;
        // Where she is not in the address book, she is called as the other phone calls her.
        let there = if order.len() == 2 { "Anna" } else { "Anna Almeida" };
        assert_eq!(names(&desk).await, ["Anna Almeida", there], "{order:?}");
        desk.tell(contact_of(NUMBERS[0], "", who, 13)).await;
        let nowhere = if order.len() == 2 { "Anna" } else { "" };
        assert_eq!(names(&desk).await, [nowhere, nowhere], "{order:?}");
        let found = desk
            .store
            .search_people(Query::parse("Almeida"), SearchFilters::default(), 9);
        assert!(found.await.unwrap().is_empty(), "{order:?}");
    }
}

#[tokio::test]
async fn a_conversation_that_was_split_off_takes_its_messages_its_words_and_what_was_read_along() {
    let desk = Desk::told(&[
        &hears("a", "16505551234", 1),
        &hears("b", "16505551234 US.B", 8),
        &hears("c", "US.B", 9),
    ])
    .await;
    let row = desk.list().await.remove(0);
    desk.store.mark_read(row.id, row.last.id).await.unwrap();
    // It comes late and says that somebody else had the number before.
    desk.tell(hears("d", "16505551234 US.A", 5)).await;
    desk.rows().await;
    assert_eq!(desk.threads().await, [vec!["a", "d"], vec!["b", "c"]]);
    let unread: Vec<u64> = desk.list().await.iter().map(|row| row.unread).collect();
    assert_eq!(unread, [0, 1]);
}

#[tokio::test]
async fn a_conversation_that_was_split_off_takes_along_what_is_planned_and_the_emojis_on_their_way() {
    let desk = Desk::told(&[
        &hears("a", "16505551234", 1),
        &hears("b", "16505551234 US.B", 8),
        &hears("c", "US.B", 9),
    ])
    .await;
    let id = desk.list().await.remove(0).id;
    let planned = new_id();
    let item = ScheduledItem {
        id: planned,
        conversation: id,
        send_at: Millis(99_000),
        created_at: Millis(10_000),
        is_undo: false,
        author: "Maya".to_owned(),
        payload: Payload::text("to whom c is from".to_owned()),
        file: None,
        reply_to: None,
    };
    assert!(desk.store.schedule(item).await.unwrap());
    let emoji = mayas(
        new_id(),
        id,
        Payload::Reaction {
            to: Wamid("wamid.c".to_owned()),
            emoji: "👍".to_owned(),
        },
        Millis(10_000),
    );
    desk.store.enqueue(emoji).await.unwrap();
    // It comes late and says that somebody else had the number before.
    desk.tell(hears("d", "16505551234 US.A", 5)).await;
    let rows = desk.list().await;
    assert_eq!(said(&rows[0].last.content), "c");
    let waiting = desk.store.scheduled_item(planned).await.unwrap().unwrap();
    assert_eq!(waiting.item.conversation, rows[0].id);
    assert_eq!(waiting.person.bsuid, "US.B");
    let due = desk.store.next_due(NumberId::from(NUMBERS[0]), Millis(20_000)).await;
    let NextDue::Now(due) = due.unwrap() else {
        panic!("the emoji")
    };
    assert_eq!(due.to.bsuid.as_deref(), Some("US.B"));
}

#[tokio::test]
async fn drafts_for_two_conversations_are_one_in_the_conversation_they_become() {
    let desk = Desk::told(&[&hears("a", "16505551234", 1), &hears("b", "US.A", 2)]).await;
    let rows = desk.list().await;
    let keep = async |user: &str, row: &Conversation, text: &str, is_note| {
        let kept = desk.store.save_draft(user.to_owned(), row.id, text.to_owned(), is_note);
        kept.await.unwrap();
    };
    keep("Maya", &rows[0], "Good morning", false).await;
    keep("Maya", &rows[1], "Not for them", true).await;
    keep("Omar", &rows[1], "Hello", false).await;
    desk.tell(hears("c", "16505551234 US.A", 3)).await;
    let row = desk.list().await.remove(0);
    let (gone, kept) = match row.id == rows[0].id {
        true => ("Not for them", "Good morning"),
        false => ("Good morning", "Not for them"),
    };
    let drafts = async |user: &str| desk.store.drafts(user.to_owned()).await.unwrap();
    assert_eq!(drafts("Maya").await, [(row.id, format!("{gone}\n{kept}"), true)]);
    assert_eq!(drafts("Omar").await, [(row.id, "Hello".to_owned(), false)]);
}

#[tokio::test]
async fn of_two_conversations_that_become_one_what_is_to_be_done_first_is_still_to_be_done() {
    let [open, pending, resolved] = [
        ConversationState::Open,
        ConversationState::Pending,
        ConversationState::Resolved,
    ];
    let [soon, later] = [50_000, 90_000].map(|until| ConversationState::Snoozed { until: Millis(until) });
    for (one, other, both) in [
        (resolved, pending, pending),
        (resolved, later, later),
        (later, soon, soon),
        (soon, pending, pending),
        (pending, open, open),
        (resolved, resolved, resolved),
    ] {
        for (phones, ids_) in [(one, other), (other, one)] {
            let desk = Desk::told(&[&hears("a", "16505551234", 1), &hears("b", "US.9", 2)]).await;
            for conversation in desk.list().await {
                let state = if conversation.person.phone.is_empty() {
                    ids_
                } else {
                    phones
                };
                desk.store.set_state(vec![conversation.id], state, None).await.unwrap();
            }
            let were = desk.store.counts().await.unwrap().conversations;
            desk.tell(contact("Alice", "16505551234 US.9", 3)).await;
            assert_eq!((were, desk.store.counts().await.unwrap().conversations), (2, 1));
            let mut found = Vec::new();
            for list in [
                ConversationList::All,
                ConversationList::Snoozed,
                ConversationList::Resolved,
            ] {
                found.extend(desk.store.conversations(list, None, 10).await.unwrap());
            }
            let states: Vec<_> = found.iter().map(|conversation| conversation.state).collect();
            assert_eq!(states, [both], "{phones:?} and {ids_:?}");
        }
    }
}

#[tokio::test]
async fn a_later_message_that_tells_nothing_new_of_a_person_changes_nothing_but_its_conversation() {
    let named = |text: &str, second: i64| {
        let mut fact = says(text, "16505551234 US.A @alice", second);
        "Alice".clone_into(&mut fact.person.profile_name);
        Fact::Message(fact)
    };
    let desk = Desk::told(&[&named("a", 1)]).await;
    let before = *desk.store.last_seq().borrow();
    desk.tell(named("b", 2)).await;
    let changes = desk.store.changes_after(before, 100).await.unwrap();
    let twinbox_store::ChangesAfter::Changes(changes) = changes else {
        panic!("{changes:?}")
    };
    assert_eq!(changes.len(), 2, "the message and the status line: {changes:?}");
}

#[tokio::test]
async fn what_is_sent_to_a_person_who_changed_their_number_goes_to_the_new_one() {
    let desk = twinbox_tests::desk::Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hello").await.unwrap();
    let told = desk
        .meta
        .customer_changes_number("+16505551234", "+12195555358")
        .unwrap();
    let changed = desk.until_shown(&told).await.unwrap();
    assert_eq!(changed.id, row.id, "told in the same conversation");
    let sent = desk.send(row.id, "still you?").await.unwrap();
    let is_accepted = |delivery: &Delivery| matches!(delivery, Delivery::Known { .. });
    desk.until_delivery(row.id, sent, "the message is accepted", is_accepted)
        .await
        .unwrap();
    let to: Vec<String> = desk.meta.ledger().into_iter().map(|entry| entry.to).collect();
    assert_eq!(to, ["12195555358"]);
}

#[tokio::test]
async fn a_status_that_tells_a_number_and_an_id_together_makes_them_one_person() {
    let delivered = Fact::Status(StatusFact {
        number: NumberId::from(NUMBERS[0]),
        wamid: Wamid("wamid.sent elsewhere".to_owned()),
        outbox: None,
        status: Status::Delivered,
        at: Millis(2_000),
        error: None,
        pricing: None,
        person: ids("16505551234 US.A @one"),
    });
    let desk = always(&[
        hears("by number", "16505551234", 1),
        delivered,
        hears("by id", "US.A", 3),
    ])
    .await;
    assert_eq!(desk.threads().await, [["by number", "by id"]]);
}

#[tokio::test]
async fn what_is_sent_to_a_conversation_that_was_merged_goes_to_the_one_it_became() {
    let desk = twinbox_tests::desk::Desk::new().await.unwrap();
    let hears = async |wamid: &str, phone: Option<&str>, user_id: Option<&str>| {
        let mut message = says_now(wamid);
        (message["from"], message["from_user_id"]) = (phone.into(), user_id.into());
        upgrades::post(&desk, &upgrades::live(message)).await;
        desk.until_shown(wamid).await.unwrap()
    };
    let old = hears("wamid.1", Some("351912345678"), None).await;
    let kept = hears("wamid.2", None, Some("PT.88412093")).await;
    assert_ne!(old.id, kept.id);
    let both = Customer {
        phone: "351912345678".to_owned(),
        name: "Rui Pedala".to_owned(),
        user_id: Some("PT.88412093".to_owned()),
        username: None,
    };
    let merged = desk.hears_from(both, "it is me").await.unwrap();
    assert_eq!(merged.id, kept.id);
    let sent = desk.send(old.id, "to whom it became").await.unwrap();
    let is_known = |delivery: &Delivery| matches!(delivery, Delivery::Known { .. });
    desk.until_delivery(kept.id, sent, "the message is accepted", is_known)
        .await
        .unwrap();
    assert_eq!(desk.thread(kept.id).await.len(), 4);
    assert_eq!(desk.list().await.len(), 1);
    let reaction = ToSend::Reaction {
        to: Wamid("wamid.1".to_owned()),
        emoji: "👍".to_owned(),
    };
    desk.ask(SendMessage {
        id: new_id(),
        conversation: old.id,
        message: reaction,
        reply_to: None,
    })
    .await
    .expect("an emoji in a chat that was merged");
    let mut to: Vec<String> = desk.meta.ledger().into_iter().map(|entry| entry.to).collect();
    // The emoji may be on its way.
    to.dedup();
    assert_eq!(to, ["351912345678"]);
}

/// A customer's text of a minute ago.
fn says_now(wamid: &str) -> serde_json::Value {
    let second = twinbox_engine::now().0 / 1000 - 60;
    upgrades::says(wamid, second, "text", serde_json::json!({"body": "oi"}))
}

/// Ids of three numbers and three people, together in every way.
fn any_ids() -> impl Strategy<Value = String> {
    let word = |all: [&'static str; 3]| prop::option::of(prop::sample::select(all.to_vec()));
    // Both forms of one number among them.
    (
        word(["551187654321", "5511987654321", "16505551234"]),
        word(["US.A", "US.B", "US.C"]),
        prop::option::weighted(0.2, prop::sample::select(vec!["US.ENT.1", "US.ENT.2"])),
        prop::option::weighted(0.3, prop::sample::select(vec!["@one", "@two"])),
    )
        .prop_filter("somebody", |(phone, bsuid, ..)| phone.is_some() || bsuid.is_some())
        .prop_map(|(phone, bsuid, parent, username)| {
            let parent = parent.filter(|_| bsuid.is_some());
            [phone, bsuid, parent, username]
                .map(Option::unwrap_or_default)
                .join(" ")
        })
}

/// One delivery of message `n`, which is of one number and one id, told with either or both.
fn any_delivery() -> impl Strategy<Value = Fact> {
    (0_usize..9, 0_u8..3, 0_u8..3, 0_usize..2).prop_map(|(n, known, telling, name)| {
        let phone = ["551187654321", "5511987654321", "16505551234"][n % 3];
        let bsuid = ["US.A", "US.B", "US.C"][n / 3];
        let who = [format!("{phone} {bsuid}"), phone.to_owned(), bsuid.to_owned()][usize::from(known)].clone();
        let mut fact = says(&format!("message {n}"), &who, 1 + n as i64);
        fact.number = NumberId::from(NUMBERS[n % 2]);
        fact.person.profile_name = ["", "Ann"][name].to_owned();
        fact.direction = if n == 4 { Direction::Out } else { Direction::In };
        (fact.telling, fact.origin) = match (telling, n) {
            (0, _) => (Telling::History, Origin::History),
            (_, 4) => (Telling::Live, Origin::Phone),
            _ => (Telling::Live, Origin::Customer),
        };
        Fact::Message(fact)
    })
}

fn any_fact() -> impl Strategy<Value = Fact> {
    let number = || NumberId::from(NUMBERS[0]);
    prop_oneof![
        5 => any_delivery(),
        3 => (any_ids(), any_ids(), 0_i64..12).prop_map(|(before, after, second)| changes(&before, &after, second)),
        2 => (any_ids(), 0_i64..3, prop::sample::select(vec!["", "Neighbor", "Friend"]))
            .prop_map(|(who, second, name)| contact(name, &who, second)),
        1 => (any_ids(), any::<bool>(), 0_i64..2).prop_map(move |(who, is_stopped, second)| {
            Fact::Preference(PreferenceFact {
                number: number(),
                person: ids(&who),
                category: "marketing_messages".to_owned(),
                is_stopped,
                at: Millis(second * 1000),
            })
        }),
        1 => (any_ids(), 0_i64..2).prop_map(move |(who, second)| {
            Fact::Handover(HandoverFact {
                number: number(),
                person: ids(&who),
                owner: ThreadOwner::Team,
                at: Millis(second * 1000),
            })
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_any_order_and_any_of_them_twice_the_people_are_the_same(
        (facts, shuffled) in prop::collection::vec(any_fact(), 1..10).prop_flat_map(|facts| {
            let numbered: Vec<(usize, Fact)> = facts.into_iter().enumerate().collect();
            let again = prop::sample::subsequence(numbered.clone(), 0..=numbered.len());
            let shuffled = again.prop_flat_map({
                let numbered = numbered.clone();
                move |again| Just([numbered.clone(), again].concat()).prop_shuffle()
            });
            (Just(numbered), shuffled)
        }),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let rows = async |deliveries: &[(usize, Fact)]| {
            let desk = Desk::new();
            let mut arrivals = Vec::new();
            for _ in &facts {
                arrivals.push(desk.store.append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0)).await.unwrap());
            }
            for (arrival, fact) in deliveries {
                desk.store.apply(arrivals[*arrival], vec![fact.clone()]).await.unwrap();
            }
            desk.rows().await
        };
        let (in_order, in_disorder) = runtime
            .block_on(async { Ok::<_, anyhow::Error>((rows(&facts).await, rows(&shuffled).await)) })
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(in_order, in_disorder);
    }
}
