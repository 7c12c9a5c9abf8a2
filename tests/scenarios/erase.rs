//! A person asked for it: nothing of theirs is kept.

use twinbox_domain::{
    Content, Direction, Fact, MessageFact, Millis, NumberId, Origin, PersonIds, Status, Telling, Wamid,
};
use twinbox_protocol::{
    Delivery, ErasePerson, ErrorCode, GetConversation, MessageView, Search, SearchFilters, SendMessage, ToSend,
};
use twinbox_store::{ConversationList, Erased, JournalLane, Store};
use twinbox_tests::desk::{Desk, alice, bob, new_id};

const NUMBER: &str = "106540352242922";

fn said(phone: &str, wamid: &str, second: i64, telling: Telling) -> Fact {
    Fact::Message(MessageFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from(wamid),
        person: PersonIds {
            phone: Some(phone.to_owned()),
            ..PersonIds::default()
        },
        direction: Direction::In,
        origin: Origin::Customer,
        telling,
        at: Millis(second * 1000),
        content: Content::Text {
            body: "oak bench".to_owned(),
        },
        reply_to: None,
        status: None,
    })
}

async fn apply(store: &Store, body: &[u8], facts: Vec<Fact>) {
    let id = store
        .append_to_journal(JournalLane::Live, body.to_vec(), Millis(0))
        .await
        .unwrap();
    store.apply(id, facts).await.unwrap();
}

fn oak() -> Search {
    Search {
        text: "oak".to_owned(),
        filters: SearchFilters::default(),
        before: None,
        limit: 10,
    }
}

#[tokio::test]
async fn a_person_who_is_erased_is_gone_from_the_list_the_search_and_the_disk() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let alices = desk.hears_from(alice(), "Is the oak bench in stock?").await?.id;
    desk.hears_from(bob(), "Oak, please.").await?;
    desk.ask(SendMessage {
        id: new_id(),
        conversation: alices,
        message: ToSend::text("The oak bench is here."),
        reply_to: None,
    })
    .await?;
    // The last that webhooks tell of it.
    desk.until("the reply was read", async |desk| {
        let thread = desk.thread(alices).await;
        let is_read =
            |message: &MessageView| matches!(message.delivery, Some(Delivery::Known { status: Status::Read }));
        thread.iter().any(is_read).then_some(())
    })
    .await?;
    assert_eq!(desk.ask(oak()).await?.messages.items.len(), 3);

    desk.ask(ErasePerson { conversation: alices }).await?;
    let names: Vec<_> = desk.list().await.into_iter().map(|row| row.person.name).collect();
    assert_eq!(names, ["Bob Borges"]);
    let gone = desk.ask(GetConversation { conversation: alices }).await.unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFound);
    let left = desk.ask(oak()).await?;
    assert!(left.chats.is_empty() && left.messages.items.len() == 1, "{left:?}");
    let again = desk.ask(ErasePerson { conversation: alices }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::NotFound);

    // Nor in the raw webhooks: a copy holds what is there, without the room that is free.
    let (_, folder) = desk.stop().await?;
    let copy = folder.path().join("copy.db");
    let database = rusqlite::Connection::open(folder.path().join("twinbox.db"))?;
    database.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    let bytes = std::fs::read(copy)?;
    for text in [
        "16505551234",
        "Alice Almeida",
        "The oak bench is here",
        "Is the oak bench",
    ] {
        assert!(
            !bytes.windows(text.len()).any(|window| window == text.as_bytes()),
            "{text}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn the_history_does_not_bring_an_erased_person_back_but_a_new_message_does() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    apply(&store, b"{}", vec![said("16505551234", "wamid.1", 10, Telling::Live)]).await;
    let conversation = store.conversations(ConversationList::All, None, 10).await?.remove(0).id;
    assert_eq!(
        store.erase_person(conversation, Millis(20_000)).await?,
        Erased::Done { messages: 1 }
    );

    let told = vec![
        said("16505551234", "wamid.0", 5, Telling::History),
        said("16505551234", "wamid.1", 10, Telling::Live),
        said("351912000047", "wamid.2", 6, Telling::History),
    ];
    apply(&store, b"{}", told).await;
    let rows = store.conversations(ConversationList::All, None, 10).await?;
    let phones: Vec<_> = rows.iter().map(|row| row.person.phone.as_str()).collect();
    assert_eq!(phones, ["351912000047"]);

    apply(&store, b"{}", vec![said("16505551234", "wamid.3", 21, Telling::Live)]).await;
    assert_eq!(store.conversations(ConversationList::All, None, 10).await?.len(), 2);
    Ok(())
}
