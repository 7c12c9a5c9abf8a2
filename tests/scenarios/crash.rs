//! The process dies right before or right after any of its commits. Nothing is lost, nothing is sent or shown twice.

use futures_util::{StreamExt, stream};
use std::time::Duration;
use tempfile::TempDir;
use twinbox_domain::{Content, ConversationId, OutboxId, Status, Wamid};
use twinbox_protocol::{Delivery, FileToSend, SendMessage, SettleUnknown, ToSend};
use twinbox_server::Host;
use twinbox_simulator::{CustomerMessage, Outcome, Simulator};
use twinbox_store::{CrashPoint, Store};
use twinbox_tests::desk::{Desk, Setup, alice, new_id, settings};

/// About as many as a start, an apply and a send make together; how many there are depends on what comes together in one.
const COMMITS: u64 = 14;
/// So many are never made.
const NEVER: CrashPoint = CrashPoint::AfterCommit(u64::MAX);

/// Dies at every place. A few at a time: opening and closing a store holds up all others.
pub(crate) async fn at_every_place<F: Future<Output = ()>>(die: impl Fn(CrashPoint) -> F) {
    let places = (1..=COMMITS).flat_map(|commit| [CrashPoint::BeforeCommit(commit), CrashPoint::AfterCommit(commit)]);
    stream::iter(places.chain([NEVER]).map(die))
        .buffer_unordered(6)
        .collect::<()>()
        .await;
}

/// Runs `act` on a desk that dies at `crash`, and returns what is left.
pub(crate) async fn until_crash<F: AsyncFnOnce(&Desk) -> anyhow::Result<()>>(
    meta: Simulator,
    folder: TempDir,
    crash: CrashPoint,
    act: F,
) -> (Simulator, TempDir) {
    let store = Store::open_and_crash(folder.path(), crash).unwrap();
    match Host::start_on(store.clone(), settings(&meta, folder.path(), Setup::default())).await {
        // It died while starting.
        Err(_) => {
            assert!(store.is_stopped(), "{crash:?}");
            (meta, folder)
        }
        Ok(host) => {
            let desk = Desk::on(meta, folder, host);
            // A call that the crash leaves unanswered is an error here; so is nothing.
            tokio::select! {
                done = act(&desk) => drop(done),
                () = async { while !store.is_stopped() { tokio::task::yield_now().await } } => {}
            }
            drop(store);
            desk.stop().await.unwrap()
        }
    }
}

#[tokio::test]
async fn a_send_survives_a_crash_after_any_of_its_commits() {
    at_every_place(|crash| send_with_crash(crash, false)).await;
}

#[tokio::test]
async fn a_file_survives_a_crash_after_any_of_its_commits() {
    at_every_place(|crash| send_with_crash(crash, true)).await;
}

/// Late enough that a message sent again by itself would leave before a status tells that it need not.
const FIRST_STATUS_AFTER: Duration = Duration::from_millis(2500);

async fn send_with_crash(crash: CrashPoint, with_file: bool) {
    let setup = Setup {
        first_status_after: FIRST_STATUS_AFTER,
        ..Setup::default()
    };
    let desk = Desk::with(setup).await.unwrap();
    let conversation = desk.hears_from(alice(), "Is it in stock?").await.unwrap().id;
    let page = desk.upload(b"%PDF-1.4").await.unwrap();
    let (meta, folder) = desk.stop().await.unwrap();

    let id = new_id();
    let message = SendMessage {
        id,
        conversation,
        message: if with_file {
            ToSend::File {
                file: FileToSend {
                    hash: page.hash,
                    name: "page.pdf".to_owned(),
                    as_document: false,
                },
                caption: "It is".to_owned(),
            }
        } else {
            ToSend::text("It is")
        },
        reply_to: None,
    };
    let (meta, folder) = until_crash(meta, folder, crash, async |desk| {
        desk.ask(message.clone()).await?;
        desk.until_delivery(conversation, id, "read", is_read).await?;
        Ok(())
    })
    .await;

    // A client that got no answer asks again with the same id, whether it was lost or not.
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    desk.ask(message).await.unwrap();
    settle(&desk, conversation, id).await;
    let sent = desk
        .meta
        .ledger()
        .iter()
        .filter(|entry| matches!(entry.outcome, Outcome::Accepted { .. }))
        .count();
    assert_eq!(sent, 1, "{crash:?}");
    let thread = desk.thread(conversation).await;
    let answers = thread.iter().filter(|message| match &message.content {
        Content::Text { body } => body == "It is",
        content => content.media().is_some_and(|media| media.caption == "It is"),
    });
    assert_eq!(answers.count(), 1, "{crash:?}");
    // Only a crash between Meta's answer and its commit makes a second one.
    let uploads = desk.meta.uploads();
    assert!(
        uploads == u64::from(with_file) || uploads == 2 && with_file,
        "{uploads}; {crash:?}"
    );
}

/// Waits until the message was read. A doubt is settled by a person who looks at the phone.
async fn settle(desk: &Desk, conversation: ConversationId, id: OutboxId) {
    let clear = |delivery: &Delivery| is_read(delivery) || *delivery == Delivery::NotSure;
    let delivery = desk
        .until_delivery(conversation, id, "read, or not sure", clear)
        .await
        .unwrap();
    let accepted = desk
        .meta
        .ledger()
        .iter()
        .any(|entry| matches!(entry.outcome, Outcome::Accepted { .. }));
    if delivery == Delivery::NotSure && !accepted {
        desk.ask(SettleUnknown { id, was_sent: false }).await.unwrap();
    }
    desk.until_delivery(conversation, id, "read", is_read).await.unwrap();
}

fn is_read(delivery: &Delivery) -> bool {
    *delivery == Delivery::Known { status: Status::Read }
}

#[tokio::test]
async fn incoming_messages_survive_a_crash_after_any_commit() {
    at_every_place(receive_with_crash).await;
}

async fn receive_with_crash(crash: CrashPoint) {
    let (meta, folder) = Desk::new().await.unwrap().stop().await.unwrap();
    let mut written = Vec::new();
    let (meta, folder) = until_crash(meta, folder, crash, async |desk| {
        for text in ["one", "two", "three"] {
            let wamid = desk
                .meta
                .customer_writes(alice(), CustomerMessage::Text(text.to_owned()));
            written.push(wamid.clone());
            desk.until_shown(&wamid).await?;
        }
        Ok(())
    })
    .await;
    // What Meta had not begun to send yet, it sends now; the rest it repeats until it is answered 200.
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    let last = CustomerMessage::Text("four".to_owned());
    written.push(desk.meta.customer_writes(alice(), last));
    desk.until("every webhook answered", async |desk| {
        (desk.meta.undelivered_webhooks() == 0).then_some(())
    })
    .await
    .unwrap();
    for wamid in &written {
        desk.until_shown(wamid).await.unwrap();
    }
    let row = desk.list().await.remove(0);
    let thread = desk.thread(row.id).await;
    let mut shown: Vec<_> = thread.into_iter().filter_map(|message| message.wamid).collect();
    shown.sort();
    let mut expected: Vec<_> = written.into_iter().map(Wamid).collect();
    expected.sort();
    assert_eq!(shown, expected, "each once and none lost; {crash:?}");
    assert_eq!(row.unread, shown.len() as u64, "{crash:?}");
    if crash == NEVER {
        assert_eq!(shown.len(), 4, "nothing crashed");
    }
}
