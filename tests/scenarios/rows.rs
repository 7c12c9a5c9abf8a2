//! What the store promises by itself, with time as an argument.

use twinbox_domain::{
    Change, ContactFact, Content, ConversationId, ConversationState, DeletionFact, Direction, EditFact, Fact,
    HistoryFact, HistoryTold, IdsChangedFact, JournalId, Media, MessageFact, MessageId, Millis, NotUnderstood,
    NumberId, Origin, OutboxId, OutboxState, Payload, PersonIds, Query, ReactionFact, Seq, Status, StatusError,
    StatusFact, Telling, Wamid,
};
use twinbox_store::{
    ChangesAfter, ConversationList, CrashPoint, Erased, Finish, JournalLane, NewItem, NextDue, Number,
    NumberConnection, SearchFilters, Store,
};
use twinbox_tests::desk::{mayas, new_id};

const NUMBER: &str = "106540352242922";
const GRACE_MS: i64 = 60_000;

fn text(body: &str) -> Content {
    Content::Text { body: body.to_owned() }
}

fn from_alice(wamid: &str, second: i64, reply_to: Option<&str>) -> Fact {
    Fact::Message(MessageFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from(wamid),
        person: PersonIds {
            phone: Some("16505551234".to_owned()),
            ..PersonIds::default()
        },
        direction: Direction::In,
        origin: Origin::Customer,
        telling: Telling::Live,
        at: Millis(second * 1000),
        content: text(wamid),
        reply_to: reply_to.map(Wamid::from),
        status: None,
    })
}

/// A number and what connects it; new messages are not held back.
pub fn connected(number: &str, waba: &str) -> (Number, NumberConnection) {
    let id = NumberId::from(number);
    let connection = NumberConnection {
        number: id.clone(),
        called: id.clone(),
        waba: waba.to_owned(),
        token: Vec::new(),
        token_expires_at: None,
        connected_at: Millis(0),
        business_name: String::new(),
        website: None,
        is_subscribed: true,
        is_holding: false,
        last_piece_at: None,
    };
    let number = Number {
        id,
        display_phone_number: String::new(),
        name: String::new(),
        cap_per_second: 5,
        counts_received: false,
        tells_read: true,
    };
    (number, connection)
}

async fn apply(store: &Store, fact: Fact) {
    let id = store
        .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0))
        .await
        .unwrap();
    store.apply(id, vec![fact]).await.unwrap();
}

async fn only_conversation(store: &Store) -> twinbox_store::Conversation {
    let mut all = store.conversations(ConversationList::All, None, 10).await.unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn item(id: OutboxId, conversation: ConversationId, payload: Payload) -> NewItem {
    mayas(id, conversation, payload, Millis(100_000))
}

async fn enqueue(store: &Store, conversation: ConversationId, body: &str) -> OutboxId {
    let id = new_id();
    let payload = Payload::text(body.to_owned());
    store.enqueue(item(id, conversation, payload)).await.unwrap();
    id
}

/// A status webhook proves a message of ours sent.
fn sent(wamid: &str, id: OutboxId, second: i64) -> Fact {
    told(wamid, id, Status::Sent, second)
}

/// How far a message of ours came.
fn told(wamid: &str, id: OutboxId, status: Status, second: i64) -> Fact {
    Fact::Status(StatusFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from(wamid),
        outbox: Some(id),
        status,
        at: Millis(second * 1000),
        error: (status == Status::Failed).then(|| StatusError {
            code: 131_009,
            title: "Parameter value is not valid".to_owned(),
        }),
        pricing: None,
        person: ids(Some("16505551234"), None),
    })
}

#[tokio::test]
async fn an_unknown_outcome_holds_the_next_message_until_its_grace_ends_and_not_a_moment_longer() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    apply(&store, from_alice("wamid.1", 1, None)).await;
    let conversation = only_conversation(&store).await.id;
    let first = enqueue(&store, conversation, "first").await;
    let second = enqueue(&store, conversation, "second").await;
    let since = 1_000_000;
    store.begin_attempt(first, Millis(since)).await.unwrap();
    store
        .finish_attempt(first, Finish::Unknown, Millis(since))
        .await
        .unwrap();
    let due = async |at: i64| store.next_due(NumberId::from(NUMBER), Millis(at)).await.unwrap();
    for at in [since, since + 1, since + GRACE_MS - 1] {
        let NextDue::NotBefore(wake) = due(at).await else {
            panic!("it waits at {at}")
        };
        assert_eq!(wake, Millis(since + GRACE_MS));
    }
    let NextDue::Now(next) = due(since + GRACE_MS).await else {
        panic!("it may go when it was told to")
    };
    assert_eq!(next.id, second);
}

#[tokio::test]
async fn an_answer_that_failed_leaves_the_customer_without_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    apply(&store, from_alice("wamid.1", 1, None)).await;
    let conversation = only_conversation(&store).await.id;
    let id = enqueue(&store, conversation, "answer").await;
    assert!(!only_conversation(&store).await.needs_reply);
    store.begin_attempt(id, Millis(0)).await.unwrap();
    let refused = Finish::Wedged {
        code: Some(131_047),
        reason: "No".to_owned(),
    };
    store.finish_attempt(id, refused, Millis(0)).await.unwrap();
    assert!(only_conversation(&store).await.needs_reply);
    store.retry(id, Millis(0)).await.unwrap();
    assert!(!only_conversation(&store).await.needs_reply);
}

#[tokio::test]
async fn an_answer_comes_after_our_message_even_if_the_clock_of_this_computer_is_ahead() {
    for is_answer_first in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        apply(&store, from_alice("wamid.1", 1, None)).await;
        let conversation = only_conversation(&store).await.id;
        // Said to be sent at 100 s, an hour early for all that Meta knows.
        let id = enqueue(&store, conversation, "ours").await;
        store.begin_attempt(id, Millis(100_000)).await.unwrap();
        let accepted = Finish::Accepted(Wamid::from("wamid.2"));
        store.finish_attempt(id, accepted, Millis(100_000)).await.unwrap();
        let mut facts = [from_alice("wamid.3", 20, None), sent("wamid.2", id, 10)];
        if !is_answer_first {
            facts.reverse();
        }
        for fact in facts {
            apply(&store, fact).await;
        }
        let row = only_conversation(&store).await;
        assert!(row.needs_reply);
        assert_eq!(row.last_at, Millis(20_000));
        let thread = store.messages(conversation, None, 10).await.unwrap();
        let times: Vec<i64> = thread.iter().map(|message| message.at.0).collect();
        assert_eq!(times, [20_000, 10_000, 1_000]);
        // Found at its new time alone.
        let found = store.search_messages(Query::parse("ours"), SearchFilters::default(), None, 10);
        assert_eq!(found.await.unwrap().len(), 1);
        // What Meta tells later says nothing new of when.
        apply(&store, sent("wamid.2", id, 15)).await;
        assert_eq!(store.message_of(id).await.unwrap().unwrap().at, Millis(10_000));
    }
}

/// 👍 on a message of Alice, in the queue.
async fn emoji_on_its_way() -> (Store, twinbox_store::Conversation, OutboxId, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    apply(&store, from_alice("wamid.1", 1, None)).await;
    let conversation = only_conversation(&store).await;
    let id = new_id();
    let payload = Payload::Reaction {
        to: Wamid::from("wamid.1"),
        emoji: "👍".to_owned(),
    };
    store.enqueue(item(id, conversation.id, payload)).await.unwrap();
    (store, conversation, id, folder)
}

#[tokio::test]
async fn an_emoji_of_the_phone_replaces_ours_even_if_the_clock_of_this_computer_is_ahead() {
    let (store, conversation, id, _folder) = emoji_on_its_way().await;
    store.begin_attempt(id, Millis(100_000)).await.unwrap();
    let accepted = Finish::Accepted(Wamid::from("wamid.2"));
    store.finish_attempt(id, accepted, Millis(100_000)).await.unwrap();
    apply(&store, sent("wamid.2", id, 10)).await;
    let of_phone = ReactionFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from("wamid.1"),
        from: Direction::Out,
        origin: Origin::Phone,
        emoji: "❤".to_owned(),
        at: Millis(20_000),
    };
    apply(&store, Fact::Reaction(of_phone)).await;
    let message = store.message(conversation.last.id).await.unwrap().unwrap();
    assert_eq!(message.reactions, [(Direction::Out, "❤".to_owned())]);
}

#[tokio::test]
async fn an_emoji_that_a_person_says_was_sent_is_on_its_message() {
    let (store, conversation, id, _folder) = emoji_on_its_way().await;
    store.begin_attempt(id, Millis(0)).await.unwrap();
    store.finish_attempt(id, Finish::Unknown, Millis(0)).await.unwrap();
    assert!(store.settle_unknown(id, true, Millis(5000)).await.unwrap());
    let message = store.message(conversation.last.id).await.unwrap().unwrap();
    assert_eq!(message.reactions, [(Direction::Out, "👍".to_owned())]);
    assert!(message.reacting.is_none());
}

/// The emojis on a message.
async fn emojis(store: &Store, message: MessageId) -> Vec<String> {
    let message = store.message(message).await.unwrap().unwrap();
    message.reactions.into_iter().map(|(_, emoji)| emoji).collect()
}

/// Meta tells when it took them in full seconds.
#[tokio::test]
async fn of_two_emojis_of_ours_in_one_second_the_later_one_is_shown() {
    for emoji in ["❤", ""] {
        let (store, conversation, id, _folder) = emoji_on_its_way().await;
        let payload = Payload::Reaction {
            to: Wamid::from("wamid.1"),
            emoji: emoji.to_owned(),
        };
        let later = new_id();
        store.enqueue(item(later, conversation.id, payload)).await.unwrap();
        for (id, wamid, at) in [(id, "wamid.2", 10_100), (later, "wamid.3", 10_200)] {
            store.begin_attempt(id, Millis(at)).await.unwrap();
            let accepted = Finish::Accepted(Wamid::from(wamid));
            store.finish_attempt(id, accepted, Millis(at)).await.unwrap();
        }
        let shown = [emoji].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>();
        for (id, wamid) in [(later, "wamid.3"), (id, "wamid.2")] {
            apply(&store, sent(wamid, id, 10)).await;
            assert_eq!(emojis(&store, conversation.last.id).await, shown, "{wamid}");
        }
    }
}

#[tokio::test]
async fn an_emoji_that_fails_leaves_the_one_before_it() {
    for emoji in ["❤", ""] {
        let (store, conversation, id, _folder) = emoji_on_its_way().await;
        let of_phone = ReactionFact {
            number: NumberId::from(NUMBER),
            wamid: Wamid::from("wamid.1"),
            from: Direction::Out,
            origin: Origin::Phone,
            emoji: "🙏".to_owned(),
            at: Millis(2_000),
        };
        apply(&store, Fact::Reaction(of_phone)).await;
        store.begin_attempt(id, Millis(100_000)).await.unwrap();
        let accepted = Finish::Accepted(Wamid::from("wamid.2"));
        store.finish_attempt(id, accepted, Millis(100_000)).await.unwrap();
        let payload = Payload::Reaction {
            to: Wamid::from("wamid.1"),
            emoji: emoji.to_owned(),
        };
        let later = new_id();
        store.enqueue(item(later, conversation.id, payload)).await.unwrap();
        store.begin_attempt(later, Millis(110_000)).await.unwrap();
        let accepted = Finish::Accepted(Wamid::from("wamid.3"));
        store.finish_attempt(later, accepted, Millis(110_000)).await.unwrap();
        let shown = emojis(&store, conversation.last.id).await;
        assert_eq!(
            shown,
            [emoji].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>()
        );
        apply(&store, told("wamid.3", later, Status::Failed, 120)).await;
        assert_eq!(emojis(&store, conversation.last.id).await, ["👍"]);
        apply(&store, told("wamid.2", id, Status::Failed, 130)).await;
        assert_eq!(emojis(&store, conversation.last.id).await, ["🙏"]);
    }
}

/// How the emoji on its way stands: by its code if it failed.
async fn reacting(store: &Store, message: MessageId) -> Option<(OutboxState, Option<i64>)> {
    let message = store.message(message).await.unwrap().unwrap();
    message.reacting.map(|it| (it.item.state, it.item.code))
}

#[tokio::test]
async fn an_emoji_that_failed_is_not_on_its_message_whether_that_is_told_before_or_after_it_was_taken() {
    let failure = Some((OutboxState::Wedged, Some(131_009)));
    for (order, is_delivered) in [
        ([0, 1, 2], false),
        ([0, 2, 1], false),
        ([1, 0, 2], false),
        ([1, 2, 0], false),
        ([2, 0, 1], false),
        ([2, 1, 0], false),
        ([0, 1, 3], true),
        ([1, 0, 3], true),
        ([3, 1, 0], true),
    ] {
        let (store, conversation, id, _folder) = emoji_on_its_way().await;
        store.begin_attempt(id, Millis(100_000)).await.unwrap();
        for what in order {
            match what {
                0 => {
                    let accepted = Finish::Accepted(Wamid::from("wamid.2"));
                    store.finish_attempt(id, accepted, Millis(100_000)).await.unwrap();
                }
                1 => apply(&store, told("wamid.2", id, Status::Failed, 120)).await,
                2 => apply(&store, told("wamid.2", id, Status::Sent, 110)).await,
                _ => apply(&store, told("wamid.2", id, Status::Delivered, 130)).await,
            }
        }
        let (shown, item) = if is_delivered {
            (vec!["👍"], None)
        } else {
            (vec![], failure)
        };
        assert_eq!(emojis(&store, conversation.last.id).await, shown, "{order:?}");
        assert_eq!(reacting(&store, conversation.last.id).await, item, "{order:?}");
    }
}

#[tokio::test]
async fn an_emoji_that_is_tried_again_is_not_ended_by_what_is_told_anew_of_the_attempt_that_failed() {
    let (store, conversation, id, _folder) = emoji_on_its_way().await;
    let on = conversation.last.id;
    let again = async |wamid: &str| {
        for status in [Status::Sent, Status::Failed] {
            apply(&store, told(wamid, id, status, 110)).await;
        }
    };
    store.begin_attempt(id, Millis(100_000)).await.unwrap();
    let accepted = Finish::Accepted(Wamid::from("wamid.2"));
    store.finish_attempt(id, accepted, Millis(100_000)).await.unwrap();
    again("wamid.2").await;
    assert!(store.retry(id, Millis(200_000)).await.unwrap());
    again("wamid.2").await;
    assert_eq!(reacting(&store, on).await, Some((OutboxState::Queued, None)));
    assert!(store.begin_attempt(id, Millis(210_000)).await.unwrap());
    again("wamid.2").await;
    assert_eq!(reacting(&store, on).await, Some((OutboxState::InFlight, None)));
    let accepted = Finish::Accepted(Wamid::from("wamid.3"));
    store.finish_attempt(id, accepted, Millis(210_000)).await.unwrap();
    again("wamid.2").await;
    assert_eq!(
        (reacting(&store, on).await, emojis(&store, on).await),
        (None, vec!["👍".to_owned()])
    );
    again("wamid.3").await;
    assert_eq!(reacting(&store, on).await, Some((OutboxState::Wedged, Some(131_009))));
}

#[tokio::test]
async fn an_answer_of_metas_about_somebody_who_was_erased_meanwhile_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    apply(&store, from_alice("wamid.1", 1, None)).await;
    let conversation = only_conversation(&store).await.id;
    let id = enqueue(&store, conversation, "answer").await;
    store.begin_attempt(id, Millis(2000)).await.unwrap();
    // Its status is faster than the answer to the call.
    apply(&store, sent("wamid.2", id, 2)).await;
    let erased = store.erase_person(conversation, Millis(3000)).await.unwrap();
    assert!(matches!(erased, Erased::Done { messages: 2 }), "{erased:?}");
    let accepted = Finish::Accepted(Wamid::from("wamid.2"));
    store.finish_attempt(id, accepted, Millis(4000)).await.unwrap();
    assert!(store.message_of(id).await.unwrap().is_none());
}

#[tokio::test]
async fn a_quote_is_told_again_when_its_original_comes_late_or_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    apply(&store, from_alice("wamid.reply", 5, Some("wamid.original"))).await;
    let conversation = only_conversation(&store).await;
    let told_of_the_reply = async |since: Seq| match store.changes_after(since, 100).await.unwrap() {
        ChangesAfter::Changes(changes) => changes
            .iter()
            .any(|logged| logged.change == Change::Message(conversation.id, conversation.last.id)),
        ChangesAfter::TooOld => false,
    };
    let deletion = Fact::Deletion(DeletionFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from("wamid.original"),
        at: Millis(9000),
    });
    for fact in [from_alice("wamid.original", 1, None), deletion] {
        let since = *store.last_seq().borrow();
        apply(&store, fact).await;
        assert!(told_of_the_reply(since).await);
    }
    let reply = store.message(conversation.last.id).await.unwrap().unwrap();
    assert!(reply.quoted.unwrap().original.unwrap().is_deleted);
}

#[tokio::test]
async fn an_edit_of_the_caption_alone_keeps_the_file_and_no_other_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let photo = |media_id: &str, caption: &str| {
        Content::Image(Media {
            media_id: media_id.to_owned(),
            caption: caption.to_owned(),
            ..Media::default()
        })
    };
    let Fact::Message(sent) = from_alice("wamid.P", 1, None) else {
        panic!("a message")
    };
    let content = photo("1003", "Old");
    apply(&store, Fact::Message(MessageFact { content, ..sent })).await;
    let edit = EditFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from("wamid.P"),
        at: Millis(2000),
        content: photo("", "New"),
    };
    apply(&store, Fact::Edit(edit)).await;
    let conversation = only_conversation(&store).await;
    let shown = store.messages(conversation.id, None, 10).await.unwrap().remove(0);
    assert!(shown.content == photo("1003", "New"));
    assert!(shown.file.is_some());
    let numbers = vec![NumberId::from(NUMBER)];
    let wanted = store.wanted_files(numbers, Millis(3000), 10).await.unwrap();
    assert_eq!(wanted.len(), 1);
}

fn ids(phone: Option<&str>, bsuid: Option<&str>) -> PersonIds {
    PersonIds {
        phone: phone.map(str::to_owned),
        bsuid: bsuid.map(str::to_owned),
        ..PersonIds::default()
    }
}

#[tokio::test]
async fn the_history_is_shown_and_neither_new_nor_waiting_for_an_answer() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let Fact::Message(live) = from_alice("wamid.1", 1, None) else {
        panic!("a message")
    };
    let past = MessageFact {
        origin: Origin::History,
        telling: Telling::History,
        ..live.clone()
    };
    apply(&store, Fact::Message(past)).await;
    let conversation = only_conversation(&store).await;
    assert_eq!(
        (
            conversation.unread,
            conversation.needs_reply,
            conversation.last_customer_at
        ),
        (0, false, None)
    );
    // The same message as it happened is the better telling, in whatever order they come.
    apply(&store, Fact::Message(live)).await;
    let conversation = only_conversation(&store).await;
    assert_eq!((conversation.unread, conversation.needs_reply), (1, true));
    assert_eq!(conversation.last.origin, Origin::Customer);
}

#[tokio::test]
async fn a_customer_who_writes_opens_their_chat_also_when_the_history_told_of_it_first() {
    for is_history_first in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        apply(&store, from_alice("wamid.1", 1, None)).await;
        let chat = only_conversation(&store).await.id;
        store
            .set_state(vec![chat], ConversationState::Resolved, None)
            .await
            .unwrap();
        let Fact::Message(live) = from_alice("wamid.2", 2, None) else {
            panic!("a message")
        };
        let past = MessageFact {
            origin: Origin::History,
            telling: Telling::History,
            ..live.clone()
        };
        let mut facts = [past, live].map(Fact::Message);
        if !is_history_first {
            facts.reverse();
        }
        for fact in facts.clone() {
            apply(&store, fact).await;
        }
        assert!(only_conversation(&store).await.needs_reply);
        store
            .set_state(vec![chat], ConversationState::Resolved, None)
            .await
            .unwrap();
        // Told again, it is not new.
        for fact in facts {
            apply(&store, fact).await;
        }
        let resolved = store.conversations(ConversationList::Resolved, None, 10).await.unwrap();
        assert_eq!(resolved.len(), 1);
    }
}

#[tokio::test]
async fn a_contact_of_the_phone_names_the_person_until_it_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let contact = |name: &str, second: i64| {
        Fact::Contact(ContactFact {
            number: NumberId::from(NUMBER),
            person: ids(Some("16505551234"), None),
            name: name.to_owned(),
            at: Millis(second * 1000),
        })
    };
    apply(&store, contact("Alice from the market", 10)).await;
    apply(&store, from_alice("wamid.1", 1, None)).await;
    let name = async || only_conversation(&store).await.person.contact_name;
    assert_eq!(name().await, "Alice from the market");
    apply(&store, contact("", 12)).await;
    assert_eq!(name().await, "");
    // It was given before the removal and comes after it.
    apply(&store, contact("Alice", 11)).await;
    assert_eq!(name().await, "");
}

#[tokio::test]
async fn a_person_who_changes_their_number_stays_one_person_whatever_comes_first() {
    let Fact::Message(old) = from_alice("wamid.1", 1, None) else {
        panic!("a message")
    };
    let before = ids(Some("16505551234"), Some("US.OLD"));
    let after = ids(Some("12195555358"), Some("US.NEW"));
    let changed = Fact::IdsChanged(IdsChangedFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from("wamid.changed"),
        before: before.clone(),
        after: after.clone(),
        at: Millis(5000),
    });
    let message = |wamid: &str, person: &PersonIds, second: i64| {
        Fact::Message(MessageFact {
            wamid: Wamid::from(wamid),
            person: person.clone(),
            at: Millis(second * 1000),
            ..old.clone()
        })
    };
    let facts = [message("wamid.1", &before, 1), changed, message("wamid.2", &after, 9)];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for index in order {
            apply(&store, facts[index].clone()).await;
        }
        let conversation = only_conversation(&store).await;
        assert_eq!(conversation.unread, 2, "{order:?}");
        let thread = store.messages(conversation.id, None, 10).await.unwrap();
        let origins: Vec<Origin> = thread.iter().map(|message| message.origin).collect();
        assert_eq!(
            origins,
            [Origin::Customer, Origin::System, Origin::Customer],
            "{order:?}"
        );
        assert_eq!(
            (conversation.person.phone.as_str(), conversation.person.bsuid.as_str()),
            ("12195555358", "US.NEW"),
            "{order:?}"
        );
    }
}

#[tokio::test]
async fn what_an_older_version_could_not_read_is_pending_again_for_a_newer_one_and_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.read_again_as(1).await.unwrap();
    let unknown = Fact::NotUnderstood(NotUnderstood {
        field: "from_the_future".to_owned(),
        reason: "not read yet".to_owned(),
    });
    let part = store
        .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0))
        .await
        .unwrap();
    store
        .apply(part, vec![from_alice("wamid.1", 1, None), unknown])
        .await
        .unwrap();
    let whole = store
        .append_to_journal(JournalLane::Live, b"odd".to_vec(), Millis(0))
        .await
        .unwrap();
    store.park(whole, "not JSON".to_owned()).await.unwrap();
    assert_eq!(store.read_again_as(1).await.unwrap(), 0);
    assert_eq!(store.counts().await.unwrap().not_understood, 2);

    assert_eq!(store.read_again_as(2).await.unwrap(), 2);
    let pending = store
        .pending_journal(JournalLane::Live, JournalId(0), 10)
        .await
        .unwrap();
    assert_eq!(pending.iter().map(|entry| entry.id).collect::<Vec<_>>(), [part, whole]);
    assert_eq!(store.counts().await.unwrap().not_understood, 0);
    store.apply(part, vec![from_alice("wamid.1", 1, None)]).await.unwrap();
    assert_eq!(only_conversation(&store).await.unread, 1, "nothing twice");
}

#[tokio::test]
async fn a_long_chunk_of_the_history_is_pending_until_all_of_it_is_applied_wherever_a_crash_cuts_it() {
    let chunk = || {
        let told = HistoryTold::Chunk {
            phase: 0,
            order: 1,
            progress: 100,
            messages: 2100,
        };
        let history = HistoryFact {
            number: NumberId::from(NUMBER),
            told,
        };
        let messages = (0..2100).map(|n| {
            let Fact::Message(fact) = from_alice(&format!("wamid.{n}"), 1000 + n, None) else {
                unreachable!()
            };
            Fact::Message(MessageFact {
                telling: Telling::History,
                origin: Origin::History,
                ..fact
            })
        });
        std::iter::once(Fact::History(history))
            .chain(messages)
            .collect::<Vec<_>>()
    };
    let mut cut_short = 0;
    // Taken down, looked through, twice some of it, the end.
    for commit in 1..=5 {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_and_crash(folder.path(), CrashPoint::AfterCommit(commit)).unwrap();
        if let Ok(id) = store
            .append_to_journal(JournalLane::Bulk, b"{}".to_vec(), Millis(0))
            .await
        {
            drop(store.apply(id, chunk()).await);
        }
        drop(store);
        let store = Store::open(folder.path()).unwrap();
        let pending = store
            .pending_journal(JournalLane::Bulk, JournalId(0), 10)
            .await
            .unwrap();
        cut_short += pending.len();
        for entry in pending {
            let applied = store.apply(entry.id, chunk()).await.unwrap();
            assert_eq!((applied.facts, applied.not_understood), (2101, 0));
        }
        let row = only_conversation(&store).await;
        assert_eq!((row.unread, row.needs_reply), (0, false));
        let messages = store.messages(row.id, None, 3000).await.unwrap();
        assert_eq!(messages.len(), 2100, "commit {commit}");
        let progress = store.history_progress(NumberId::from(NUMBER)).await.unwrap();
        assert_eq!(progress.percent, Some(100));
    }
    assert_eq!(cut_short, 4, "all but after the last of five commits");
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_was_there_keeps_its_rights_and_a_new_one_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    drop(Store::open(folder.path()).unwrap());
    assert_eq!(mode(folder.path()), 0o755);
    assert_eq!(mode(&folder.path().join("twinbox.db")), 0o600);
    let new = folder.path().join("new");
    drop(Store::open(&new).unwrap());
    assert_eq!(mode(&new), 0o700);
}

#[tokio::test]
async fn a_backlog_of_large_webhooks_is_read_a_few_at_a_time_and_completely() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let sizes = [3_000_000, 900_000, 900_000, 900_000, 10, 10];
    let mut appended = Vec::new();
    for size in sizes {
        let id = store
            .append_to_journal(JournalLane::Live, vec![b' '; size], Millis(0))
            .await
            .unwrap();
        appended.push(id);
    }
    let (mut read, mut batches) = (Vec::new(), Vec::new());
    let mut after = JournalId(0);
    loop {
        let batch = store.pending_journal(JournalLane::Live, after, 64).await.unwrap();
        let Some(last) = batch.last() else { break };
        after = last.id;
        batches.push(batch.len());
        read.extend(batch.into_iter().map(|entry| entry.id));
    }
    assert_eq!(read, appended, "each once, in order");
    assert_eq!(batches, [1, 3, 2], "no more than reach two megabytes");
}

#[tokio::test]
async fn the_contacts_of_each_phone_are_counted_for_its_own_number_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let other = "106540352242923";
    let contact = |number: &str, phone: &str, name: &str, second: i64| {
        Fact::Contact(ContactFact {
            number: NumberId::from(number),
            person: PersonIds {
                phone: Some(phone.to_owned()),
                ..PersonIds::default()
            },
            name: name.to_owned(),
            at: Millis(second * 1000),
        })
    };
    for fact in [
        contact(NUMBER, "16505551234", "Alice", 1),
        contact(NUMBER, "16505551234", "Alice A.", 2),
        contact(NUMBER, "351912000047", "Bob", 1),
        contact(other, "351912000047", "Bob", 1),
        contact(NUMBER, "12195555358", "", 5),
        // Told late: it was removed since.
        contact(NUMBER, "12195555358", "Carol", 4),
    ] {
        apply(&store, fact).await;
    }
    let counted = async |number: &str| store.sync_counts(NumberId::from(number)).await.unwrap().contacts;
    assert_eq!((counted(NUMBER).await, counted(other).await), (2, 1));
    apply(&store, contact(NUMBER, "16505551234", "", 9)).await;
    assert_eq!(counted(NUMBER).await, 1);
}
