//! What Meta tells of the account: a number that is parted from the Cloud API waits and says why, and goes on by itself.

use crate::rows::connected;
use serde_json::{Value, json};
use twinbox_domain::{
    AccountFact, AccountTold, Content, Direction, Fact, Media, MessageFact, Millis, NumberFact, NumberId, Origin,
    PROOF_LEEWAY_MS, Payload, PersonIds, Reminder, ReminderAbout, Standing, Status, Subject, Telling, TemplateFact,
    ThreadOwner, WabaId, Wamid,
};
use twinbox_protocol::{CheckNumber, Delivery, GetHealth, GetOverview, NumberView};
use twinbox_simulator::{AccountEvent, Fault, WebhookFault};
use twinbox_store::{ConversationList, Finish, JournalLane, Number, NumberConnection, Probed, Store};
use twinbox_tests::desk::{Desk, alice, mayas, new_id, next_reminder};

const NUMBER: &str = "106540352242922";
const WABA: &str = "102290129340398";

async fn number(desk: &Desk) -> NumberView {
    desk.ask(GetOverview {}).await.unwrap().numbers.remove(0)
}

async fn until_standing(desk: &Desk, what: &str, is_so: fn(&Standing) -> bool) -> Standing {
    let look = async |desk: &Desk| Some(number(desk).await.standing).filter(is_so);
    desk.until(what, look).await.unwrap()
}

fn is_queued(delivery: &Delivery) -> bool {
    matches!(delivery, Delivery::Queued { .. })
}

fn is_delivered(delivery: &Delivery) -> bool {
    matches!(
        delivery,
        Delivery::Known {
            status: Status::Delivered | Status::Read
        }
    )
}

async fn simulate(desk: &Desk, route: &str, body: Value) {
    let url = format!("{}/_sim/{route}", desk.meta.graph_url());
    let answer = reqwest::Client::new()
        .post(url)
        .body(body.to_string())
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
}

#[tokio::test]
async fn while_the_phone_is_changed_messages_wait_and_go_out_once_whatsapp_has_reconnected() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Is it in stock?").await.unwrap();
    assert_eq!(number(&desk).await.standing, Standing::Connected);
    assert!(desk.meta.account_event(&AccountEvent::ChangePhone));
    until_standing(&desk, "the pause", |standing| {
        matches!(standing, Standing::Suspended { .. })
    })
    .await;
    let id = desk.send(row.id, "It is").await.unwrap();
    // A colleague's later look: it waits, and Meta was not asked.
    until_standing(&desk, "the pause still", |standing| !standing.may_send()).await;
    assert!(desk.delivery(row.id, id).await.as_ref().is_some_and(is_queued));
    assert_eq!(desk.meta.ledger().len(), 0);

    assert!(desk.meta.account_event(&AccountEvent::Reconnect));
    desk.until_delivery(row.id, id, "delivered", is_delivered)
        .await
        .unwrap();
    assert_eq!(number(&desk).await.standing, Standing::Connected);
    assert_eq!(desk.meta.ledger().len(), 1, "sent once");
    // Somebody had the phone in hand for it.
    assert!(number(&desk).await.evidence.last_sign_at.is_some());
}

#[tokio::test]
async fn a_message_that_was_refused_before_the_loss_was_told_goes_out_once_whatsapp_has_reconnected() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Is it in stock?").await.unwrap();
    desk.meta.fail_next_send(Fault::Error {
        http: 0,
        code: 133_010,
        message: String::new(),
    });
    let id = desk.send(row.id, "It is").await.unwrap();
    until_standing(&desk, "the refusal", |standing| {
        matches!(standing, Standing::Blocked { code: 133_010, .. })
    })
    .await;
    assert!(desk.meta.account_event(&AccountEvent::ChangePhone));
    until_standing(&desk, "the pause", |standing| {
        matches!(standing, Standing::Suspended { .. })
    })
    .await;
    assert!(desk.meta.account_event(&AccountEvent::Reconnect));
    desk.until_delivery(row.id, id, "delivered", is_delivered)
        .await
        .unwrap();
    assert_eq!(number(&desk).await.standing, Standing::Connected);
}

#[tokio::test]
async fn what_is_told_of_the_link_is_looked_into_at_once() {
    let desk = Desk::new().await.unwrap();
    desk.hears_from(alice(), "Is it in stock?").await.unwrap();
    let number = NumberId::from(NUMBER);
    let asked_at = async |desk: &Desk| {
        let number = number.clone();
        desk.ask(GetHealth { number }).await.unwrap().asked_at
    };
    desk.until("the first question", asked_at).await.unwrap();
    for event in [AccountEvent::ChangePhone, AccountEvent::Reconnect] {
        let before = asked_at(&desk).await;
        assert!(desk.meta.account_event(&event));
        desk.until("another question", async |desk| {
            (asked_at(desk).await > before).then_some(())
        })
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn an_account_that_removes_the_app_pauses_its_numbers_before_meta_refuses_anything() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(false).await.unwrap();
    let row = desk.hears_from(alice(), "Is it in stock?").await.unwrap();
    let tell = |event: &str, app: &str| {
        let waba_info = json!({"waba_id": WABA, "owner_business_id": "1284", "partner_app_id": app});
        desk.meta
            .tell("account_update", json!({"event": event, "waba_info": waba_info}));
    };
    // Other apps come and go.
    tell("PARTNER_APP_UNINSTALLED", "8693");
    desk.hears_from(alice(), "Hello?").await.unwrap();
    assert_eq!(number(&desk).await.standing, Standing::Connected);

    tell("PARTNER_APP_UNINSTALLED", "670843887433847");
    until_standing(&desk, "the pause", |standing| {
        matches!(standing, Standing::NoAccess { .. })
    })
    .await;
    let id = desk.send(row.id, "It is").await.unwrap();
    until_standing(&desk, "the pause still", |standing| !standing.may_send()).await;
    assert!(desk.delivery(row.id, id).await.as_ref().is_some_and(is_queued));
    assert_eq!(desk.meta.ledger().len(), 0);

    tell("PARTNER_APP_INSTALLED", "670843887433847");
    until_standing(&desk, "the end of the pause", Standing::may_send).await;
    desk.until_delivery(row.id, id, "delivered", is_delivered)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_number_that_is_disconnected_on_the_phone_says_why_also_after_a_restart_and_can_still_be_read() {
    for reason in [None, Some("PRIMARY_INACTIVITY")] {
        let desk = Desk::new().await.unwrap();
        let row = desk.hears_from(alice(), "Is it in stock?").await.unwrap();
        let told = AccountEvent::Disconnect {
            reason: reason.map(str::to_owned),
        };
        assert!(desk.meta.account_event(&told));
        until_standing(&desk, "the end", |standing| !standing.may_send()).await;
        let id = desk.send(row.id, "It is").await.unwrap();
        let (meta, folder) = desk.stop().await.unwrap();
        let desk = Desk::resume(meta, folder, twinbox_tests::desk::Setup::default())
            .await
            .unwrap();
        let Standing::Disconnected { reason: known, .. } = number(&desk).await.standing else {
            panic!("it is disconnected")
        };
        assert_eq!(known, reason.unwrap_or_default());
        assert_eq!(desk.thread(row.id).await.len(), 2);
        assert!(desk.delivery(row.id, id).await.as_ref().is_some_and(is_queued));
        assert_eq!(desk.meta.ledger().len(), 0);
        // Signed up again, of which nothing else is told here.
        desk.meta.tell(
            "account_update",
            json!({"event": "PARTNER_ADDED", "waba_info": {"waba_id": WABA}}),
        );
        until_standing(&desk, "the new beginning", Standing::may_send).await;
    }
}

#[tokio::test]
async fn a_person_is_told_once_that_a_number_is_lost() {
    let desk = Desk::new().await.unwrap();
    let mut reminders = desk.host().engine().reminders();
    assert!(desk.meta.account_event(&AccountEvent::Disconnect { reason: None }));
    until_standing(&desk, "the end", |standing| !standing.may_send()).await;
    desk.ask(CheckNumber {
        number: NumberId::from(NUMBER),
    })
    .await
    .unwrap();
    assert_eq!(next_reminder(&mut reminders).await, Reminder::Lost);

    let (_, folder) = desk.stop().await.unwrap();
    let store = Store::open(folder.path()).unwrap();
    let told = async |stage| {
        store
            .remind(NumberId::from(NUMBER), ReminderAbout::Link, stage)
            .await
            .unwrap()
    };
    assert!(!told(1).await, "it was told before the restart");
    assert!(told(0).await, "it is back");
    assert!(told(1).await, "lost again, told again");
}

#[tokio::test]
async fn a_person_is_told_once_of_whatever_urgent_thing_whatsapp_tells() {
    let desk = Desk::new().await.unwrap();
    let mut reminders = desk.host().engine().reminders();
    desk.hears_from(alice(), "Hi").await.unwrap();
    for (at, kind) in ["ADULT", "SPAM"].into_iter().enumerate() {
        let value = json!({"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": kind}});
        desk.meta.tell("account_update", value);
        let number = NumberId::from(NUMBER);
        let told = async |desk: &Desk| {
            let health = desk.ask(GetHealth { number: number.clone() }).await.ok()?;
            (health.notices.len() == at + 1).then_some(())
        };
        desk.until("the violation", told).await.unwrap();
        for _ in 0..2 {
            let number = number.clone();
            desk.ask(CheckNumber { number }).await.unwrap();
        }
        let reminder = next_reminder(&mut reminders).await;
        assert!(matches!(reminder, Reminder::Told { .. }), "{reminder:?}");
    }
    assert!(reminders.try_recv().is_err(), "each once");
}

#[tokio::test]
async fn the_quality_and_the_limit_of_a_number_are_shown() {
    let desk = Desk::new().await.unwrap();
    desk.hears_from(alice(), "Hi").await.unwrap();
    let quality =
        |event: &str| json!({"display_phone_number": "15550783881", "event": event, "current_limit": "TIER_2K"});
    for (event, is_flagged) in [("FLAGGED", true), ("UNFLAGGED", false)] {
        desk.meta.tell("phone_number_quality_update", quality(event));
        let told = async |desk: &Desk| Some(number(desk).await).filter(|number| number.is_flagged == is_flagged);
        let number = desk.until("the quality", told).await.unwrap();
        assert_eq!(number.tier.as_deref(), Some("TIER_2K"));
        assert!(number.standing.may_send());
    }
    assert_eq!(desk.ask(GetOverview {}).await.unwrap().not_understood, 0);
}

#[tokio::test]
async fn a_number_that_people_do_not_like_is_shown_so_without_a_webhook() {
    let desk = Desk::new().await.unwrap();
    desk.hears_from(alice(), "Hi").await.unwrap();
    desk.meta.fail_next_webhook(WebhookFault::Drop);
    desk.meta.tell(
        "phone_number_quality_update",
        json!({"display_phone_number": "15550783881", "event": "FLAGGED"}),
    );
    assert!(!number(&desk).await.is_flagged);
    let id = number(&desk).await.id;
    desk.ask(CheckNumber { number: id }).await.unwrap();
    assert!(number(&desk).await.is_flagged);
}

#[tokio::test]
async fn what_was_told_of_the_quality_counts_until_a_newer_answer() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with_alice(folder.path()).await;
    let answered = async |second: i64, is_flagged| {
        let probed = Probed {
            token_is_valid: true,
            is_linked: Some(true),
            missing_fields: None,
            is_flagged,
        };
        store
            .keep_probe(NumberId::from(NUMBER), probed, Millis(second * 1000))
            .await
            .unwrap();
        store.number_standing(NumberId::from(NUMBER)).await.unwrap().is_flagged
    };
    assert!(!answered(90, Some(false)).await);
    let flagged = AccountFact {
        subject: Subject::Number(NumberId::from(NUMBER)),
        at: Millis(100_000),
        told: AccountTold::Quality {
            word: "FLAGGED".to_owned(),
        },
    };
    apply(&store, vec![Fact::Account(flagged)]).await;
    assert!(answered(110, Some(false)).await, "it may have been asked before");
    assert!(!answered(100 + 600, Some(false)).await);
    assert!(answered(100 + 4200, Some(true)).await);
    assert!(answered(100 + 8000, None).await, "as it was");
}

#[tokio::test]
async fn what_whatsapp_told_of_a_number_or_its_account_is_shown_the_newest_first() {
    let desk = Desk::new().await.unwrap();
    desk.hears_from(alice(), "Hi").await.unwrap();
    desk.meta.tell(
        "account_update",
        json!({"event": "DISABLED_UPDATE",
            "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE", "waba_ban_date": "April 17, 2025"}}),
    );
    desk.meta.tell(
        "security",
        json!({"display_phone_number": "15550783881", "event": "PIN_RESET_REQUEST", "requester": "61555822107539"}),
    );
    let number = NumberId::from(NUMBER);
    let told = async |desk: &Desk| {
        let health = desk.ask(GetHealth { number: number.clone() }).await.ok()?;
        (health.notices.len() == 2).then_some(health.notices)
    };
    let notices = desk.until("both", told).await.unwrap();
    assert!(notices.iter().all(|notice| notice.told.needs_someone()));
    let (word, date) = ("PIN_RESET_REQUEST".to_owned(), "April 17, 2025".to_owned());
    let state = "SCHEDULE_FOR_DISABLE".to_owned();
    assert!(notices[0].told == AccountTold::Other { word });
    assert!(notices[1].told == AccountTold::Ban { state, date });
    assert!(self::number(&desk).await.standing.may_send());
}

#[tokio::test]
async fn who_wants_no_marketing_is_marked_until_they_take_it_again() {
    let desk = Desk::new().await.unwrap();
    desk.hears_from(alice(), "Hi").await.unwrap();
    for stops in [true, false] {
        simulate(
            &desk,
            "customer/marketing",
            json!({"customer": alice().phone, "stops": stops}),
        )
        .await;
        let told = async |desk: &Desk| desk.list().await.into_iter().find(|row| row.stops_marketing == stops);
        desk.until("the mark", told).await.unwrap();
    }
}

#[tokio::test]
async fn a_hand_over_is_a_line_of_the_conversation_that_asks_for_nothing() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Hi").await.unwrap();
    simulate(
        &desk,
        "customer/owner",
        json!({"customer": alice().phone, "owner": "ai_agent"}),
    )
    .await;
    let owner = async |desk: &Desk| match desk.thread(row.id).await.last()?.content {
        Content::HandedOver { owner } => Some(owner),
        _ => None,
    };
    assert_eq!(desk.until("the hand-over", owner).await.unwrap(), ThreadOwner::AiAgent);
    // A reply takes the conversation back.
    desk.send(row.id, "Hello").await.unwrap();
    let back = async |desk: &Desk| {
        let thread = desk.thread(row.id).await;
        let owners = thread.iter().filter_map(|message| match message.content {
            Content::HandedOver { owner } => Some(owner),
            _ => None,
        });
        Some(owners.collect::<Vec<_>>()).filter(|owners| owners.len() == 2)
    };
    assert_eq!(
        desk.until("the way back", back).await.unwrap(),
        [ThreadOwner::AiAgent, ThreadOwner::Team]
    );
    assert_eq!(desk.list().await[0].unread, 1);
}

#[tokio::test]
async fn what_becomes_of_a_template_is_known() {
    let desk = Desk::new().await.unwrap();
    desk.meta.tell(
        "message_template_status_update",
        json!({"event": "REJECTED", "message_template_id": 7, "message_template_name": "abandoned_cart",
            "message_template_language": "en", "message_template_category": "MARKETING", "reason": "SCAM"}),
    );
    let taken = async |desk: &Desk| (desk.meta.undelivered_webhooks() == 0).then_some(());
    desk.until("the webhook's answer", taken).await.unwrap();
    let (_, folder) = desk.stop().await.unwrap();
    let store = Store::open(folder.path()).unwrap();
    // The engine may have stopped between taking and applying it.
    twinbox_engine::reapply(&store).await.unwrap();
    let template = store.templates().await.unwrap().remove(0);
    assert_eq!(
        [
            template.waba.as_str(),
            &template.name,
            &template.category,
            &template.status,
            &template.reason
        ],
        [WABA, "abandoned_cart", "MARKETING", "REJECTED", "SCAM"]
    );
}

fn told(told: AccountTold, second: i64) -> Fact {
    Fact::Account(AccountFact {
        subject: Subject::Waba(WabaId::from(WABA)),
        at: Millis(second * 1000),
        told,
    })
}

fn seen(waba: Option<&str>) -> Fact {
    Fact::Number(NumberFact {
        number: NumberId::from(NUMBER),
        waba: waba.map(WabaId::from),
        display_phone_number: "15550783881".to_owned(),
    })
}

async fn apply(store: &Store, facts: Vec<Fact>) {
    apply_at(store, 0, facts).await;
}

/// What a webhook tells that arrives at this second.
async fn apply_at(store: &Store, second: i64, facts: Vec<Fact>) {
    let id = store
        .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(second * 1000))
        .await
        .unwrap();
    store.apply(id, facts).await.unwrap();
}

/// A store of a number in the account that alice wrote to.
async fn store_with_alice(folder: &std::path::Path) -> Store {
    let store = Store::open(folder).unwrap();
    apply(&store, vec![seen(Some(WABA)), hi(Millis(1000))]).await;
    store
}

fn hi(at: Millis) -> Fact {
    Fact::Message(MessageFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from("wamid.1"),
        person: PersonIds {
            phone: Some(alice().phone),
            ..PersonIds::default()
        },
        direction: Direction::In,
        origin: Origin::Customer,
        telling: Telling::Live,
        at,
        content: Content::Text { body: "Hi".to_owned() },
        reply_to: None,
        status: None,
    })
}

/// Meta refuses a message at this second.
async fn refused(store: &Store, second: i64, code: i64) {
    let conversation = store.conversations(ConversationList::All, None, 1).await.unwrap()[0].id;
    let (id, at) = (new_id(), Millis(second * 1000));
    let item = mayas(id, conversation, Payload::text("It is".to_owned()), at);
    store.enqueue(item).await.unwrap();
    assert!(store.begin_attempt(id, at).await.unwrap());
    let reason = String::new();
    store
        .finish_attempt(id, Finish::Pauses { code, reason }, at)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_refusal_that_speaks_of_the_link_is_over_once_a_later_webhook_tells_that_it_is_back() {
    for (code, is_about_link) in [(133_010, true), (33, true), (131_031, false)] {
        for back in [AccountTold::Reconnected, AccountTold::PartnerAdded] {
            let folder = tempfile::tempdir().unwrap();
            let store = store_with_alice(folder.path()).await;
            refused(&store, 100, code).await;
            apply_at(&store, 110, vec![told(AccountTold::Offboarded, 95)]).await;
            let since = Millis(100_000);
            // One that arrived before the refusal, and is applied now, says nothing of it.
            apply_at(&store, 99, vec![told(back.clone(), 98)]).await;
            assert_eq!(standing(&store).await, Standing::Blocked { since, code });
            apply_at(&store, 120, vec![told(back.clone(), 118)]).await;
            assert_eq!(standing(&store).await.may_send(), is_about_link, "{code}");
        }
    }
}

#[tokio::test]
async fn files_of_a_number_that_is_parted_wait_until_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let Fact::Message(message) = hi(Millis(1000)) else {
        panic!("a message")
    };
    let photo = Content::Image(Media {
        media_id: "1003".to_owned(),
        ..Media::default()
    });
    let message = Fact::Message(MessageFact {
        content: photo,
        ..message
    });
    apply(&store, vec![seen(Some(WABA)), message]).await;
    let wanted = async || {
        let numbers = vec![NumberId::from(NUMBER)];
        store.wanted_files(numbers, Millis(0), 10).await.unwrap().len()
    };
    // Only sending is forbidden.
    refused(&store, 100, 131_031).await;
    assert_eq!(wanted().await, 1);
    for (link, waits) in [(AccountTold::Offboarded, true), (AccountTold::Reconnected, false)] {
        apply_at(&store, 120, vec![told(link, 110)]).await;
        assert_eq!(wanted().await == 0, waits);
    }
}

#[tokio::test]
async fn what_is_told_of_another_account_ends_no_refusal() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with_alice(folder.path()).await;
    refused(&store, 100, 133_010).await;
    let elsewhere = Fact::Account(AccountFact {
        subject: Subject::Waba(WabaId::from("999")),
        at: Millis(118_000),
        told: AccountTold::Reconnected,
    });
    apply_at(&store, 120, vec![elsewhere]).await;
    assert!(!standing(&store).await.may_send());
}

#[tokio::test]
async fn a_refusal_that_speaks_of_the_link_is_over_once_meta_answers_that_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with_alice(folder.path()).await;
    let asked = async |second: i64, is_linked| {
        let probed = Probed {
            token_is_valid: true,
            is_linked: Some(is_linked),
            missing_fields: None,
            is_flagged: None,
        };
        let at = Millis(second * 1000);
        store.keep_probe(NumberId::from(NUMBER), probed, at).await.unwrap();
        standing(&store).await.may_send()
    };
    assert!(asked(90, true).await);
    refused(&store, 100, 133_010).await;
    assert!(!asked(110, true).await, "as before: it was refused all the same");
    assert!(!asked(200, false).await);
    assert!(asked(300, true).await);
}

async fn standing(store: &Store) -> Standing {
    let standing = store.number_standing(NumberId::from(NUMBER)).await;
    standing.unwrap().standing
}

#[tokio::test]
async fn an_account_that_is_not_known_yet_keeps_its_story_until_a_number_belongs_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    apply(&store, vec![told(AccountTold::Offboarded, 5)]).await;
    apply(&store, vec![seen(None)]).await;
    apply(&store, vec![seen(Some("999"))]).await;
    assert!(standing(&store).await.may_send(), "it is of another account");
    apply(&store, vec![seen(Some(WABA))]).await;
    assert_eq!(standing(&store).await, Standing::Suspended { since: Millis(5000) });
    assert_eq!(store.notices(NumberId::from(NUMBER), 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_arrives_last_holds_whatever_its_time_and_what_is_delivered_again_is_not_new() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    apply(&store, vec![seen(Some(WABA))]).await;
    // As in Meta's sample: the reconnection is a second older than the loss it ends.
    let offboarded = told(AccountTold::Offboarded, 1_768_477_204);
    let reconnected = told(AccountTold::Reconnected, 1_768_477_203);
    apply(&store, vec![offboarded.clone()]).await;
    assert!(!standing(&store).await.may_send());
    apply(&store, vec![reconnected]).await;
    assert!(standing(&store).await.may_send());
    apply(&store, vec![offboarded]).await;
    assert!(standing(&store).await.may_send(), "Meta delivers a webhook again");
    apply(&store, vec![told(AccountTold::Offboarded, 1_768_480_000)]).await;
    assert!(!standing(&store).await.may_send(), "this one is another");
}

#[tokio::test]
async fn a_number_that_is_signed_up_anew_is_not_disabled_even_if_nobody_told_that_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let connect = async || {
        let (number, connection) = connected(NUMBER, WABA);
        store.connect_number(number, connection).await.unwrap();
    };
    connect().await;
    let ban = |second: i64| {
        let (state, date) = ("DISABLE".to_owned(), String::new());
        told(AccountTold::Ban { state, date }, second)
    };
    apply(&store, vec![ban(5)]).await;
    assert_eq!(standing(&store).await, Standing::Disabled { since: Millis(5000) });
    connect().await;
    assert!(standing(&store).await.may_send());
    apply(&store, vec![ban(9)]).await;
    assert!(!standing(&store).await.may_send(), "this one is another");
}

#[tokio::test]
async fn another_number_of_the_account_that_is_signed_up_does_not_bring_a_lost_one_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let phone = "15550783881".to_owned();
    let connect = async || {
        let (number, connection) = connected(NUMBER, WABA);
        let display_phone_number = phone.clone();
        let number = Number {
            display_phone_number,
            ..number
        };
        store.connect_number(number, connection).await.unwrap();
    };
    connect().await;
    let (reason, initiated_by) = ("PRIMARY_INACTIVITY".to_owned(), "SYSTEM".to_owned());
    let removed = AccountTold::PartnerRemoved { reason, initiated_by };
    let removed = Fact::Account(AccountFact {
        subject: Subject::Phone(phone.clone()),
        at: Millis(5000),
        told: removed,
    });
    apply(&store, vec![removed]).await;
    apply(&store, vec![told(AccountTold::PartnerAdded, 9)]).await;
    let stands = standing(&store).await;
    assert!(
        matches!(&stands, Standing::Disconnected { since, reason } if *since == Millis(5000) && reason == "PRIMARY_INACTIVITY"),
        "{stands:?}"
    );
    // Once it is signed up itself, nothing of that counts.
    connect().await;
    assert_eq!(standing(&store).await, Standing::Connected);
    // What is told of the whole account still does.
    apply(&store, vec![told(AccountTold::Offboarded, 11)]).await;
    apply(&store, vec![told(AccountTold::Reconnected, 12)]).await;
    assert_eq!(standing(&store).await, Standing::Connected);
}

#[tokio::test]
async fn a_token_of_before_that_is_renewed_late_does_not_replace_that_of_a_new_signup() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (number, connection) = connected(NUMBER, WABA);
    let id = number.id.clone();
    let connection = NumberConnection {
        token: b"new".to_vec(),
        ..connection
    };
    store.connect_number(number, connection).await.unwrap();
    let renew = async |before: &[u8], token: &[u8]| {
        let (before, token) = (before.to_vec(), token.to_vec());
        store
            .set_token(id.clone(), before, token, Some(Millis(9)))
            .await
            .unwrap()
    };
    assert!(!renew(b"old", b"renewed too late").await);
    assert!(renew(b"new", b"renewed").await);
    let kept = store.number_connection(id.clone()).await.unwrap().unwrap();
    assert_eq!(
        (kept.token, kept.token_expires_at),
        (b"renewed".to_vec(), Some(Millis(9)))
    );
}

#[tokio::test]
async fn a_customer_who_writes_well_after_the_loss_proves_that_the_number_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let wrote_at = Millis(1_760_000_000_000);
    apply(&store, vec![seen(Some(WABA)), hi(wrote_at)]).await;
    for (before_ms, may_send) in [(PROOF_LEEWAY_MS, false), (PROOF_LEEWAY_MS + 1000, true)] {
        let second = (wrote_at.0 - before_ms) / 1000;
        apply(&store, vec![told(AccountTold::Offboarded, second)]).await;
        assert_eq!(standing(&store).await.may_send(), may_send);
    }
}

#[tokio::test]
async fn of_two_things_told_of_a_template_in_one_second_the_later_arrival_holds() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let status = |status: &str, second: i64| {
        Fact::Template(TemplateFact {
            waba: WabaId::from(WABA),
            id: "7".to_owned(),
            name: "abandoned_cart".to_owned(),
            language: "en".to_owned(),
            status: Some((status.to_owned(), String::new())),
            quality: None,
            category: None,
            at: Millis(second * 1000),
        })
    };
    for (told, second, holds) in [
        ("PAUSED", 5, "PAUSED"),
        ("APPROVED", 5, "APPROVED"),
        ("REJECTED", 4, "APPROVED"),
        ("DISABLED", 6, "DISABLED"),
    ] {
        apply(&store, vec![status(told, second)]).await;
        assert_eq!(store.templates().await.unwrap()[0].status, holds);
    }
}
