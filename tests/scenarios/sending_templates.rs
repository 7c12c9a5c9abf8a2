//! Templates: the list of an account, and what Meta gets of one that is sent.

use crate::rows::connected;
use serde_json::{Value, json};
use twinbox_domain::{
    Content, Millis, NumberId, Origin, PlaceToSend, Slot, SlotPart, SlotValue, Status, TemplateParts, WabaId,
};
use twinbox_protocol::{
    ApiError, ConversationRow, Delivery, ErrorCode, FileToSend, GetSpending, ListTemplates, MessageView,
    RefreshTemplates, SendMessage, TemplateView, ToSend,
};
use twinbox_store::{Store, TemplateItem};
use twinbox_tests::desk::{Desk, alice, bob, new_id};

fn is_delivered(delivery: &Delivery) -> bool {
    matches!(
        delivery,
        Delivery::Known {
            status: Status::Delivered | Status::Read
        }
    )
}

fn number() -> NumberId {
    NumberId::from("106540352242922")
}

async fn listed(desk: &Desk, name: &str) -> anyhow::Result<TemplateView> {
    desk.until(name, async |desk| {
        let list = desk.ask(ListTemplates { number: number() }).await.ok()?;
        list.templates.into_iter().find(|template| template.name == name)
    })
    .await
}

/// bob wrote yesterday: only a template reaches him.
async fn desk_with_bob() -> (Desk, ConversationRow) {
    let desk = Desk::new().await.unwrap();
    let row = desk.heard_yesterday_from(bob()).await.unwrap();
    listed(&desk, "pickup").await.unwrap();
    (desk, row)
}

fn value(part: SlotPart, name: &str, text: &str) -> SlotValue {
    SlotValue {
        slot: Slot {
            part,
            name: name.to_owned(),
        },
        text: text.to_owned(),
    }
}

fn template(name: &str, language: &str, values: Vec<SlotValue>) -> ToSend {
    ToSend::Template {
        name: name.to_owned(),
        language: language.to_owned(),
        values,
        file: None,
        place: None,
    }
}

async fn ask(desk: &Desk, row: &ConversationRow, message: ToSend) -> Result<MessageView, ApiError> {
    let call = SendMessage {
        id: new_id(),
        conversation: row.id,
        message,
        reply_to: None,
    };
    desk.ask(call).await
}

/// What Meta saw of it, and what the thread shows.
async fn sent(desk: &Desk, row: &ConversationRow, message: ToSend) -> (Value, Content) {
    let shown = ask(desk, row, message).await.unwrap();
    desk.until_delivery(row.id, shown.outbox.unwrap(), "delivered", is_delivered)
        .await
        .unwrap();
    (desk.meta.ledger().pop().unwrap().content, shown.content)
}

fn body_of(shown: &Content) -> &str {
    match shown {
        Content::Card { body, .. } => body,
        _ => "no card",
    }
}

async fn create(desk: &Desk, template: Value) {
    let url = format!("{}/v25.0/102290129340398/message_templates", desk.meta.graph_url());
    let request = reqwest::Client::new().post(url).bearer_auth("access-token");
    let answer = request.json(&template).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
}

#[tokio::test]
async fn a_template_reaches_a_customer_who_wrote_long_ago_and_is_shown_filled_in() {
    let (desk, row) = desk_with_bob().await;
    let values = vec![value(SlotPart::Body, "1", "Bob"), value(SlotPart::Body, "2", "17")];
    let (seen, shown) = sent(&desk, &row, template("order_ready", "de", values)).await;
    assert_eq!(
        seen,
        json!({"name": "order_ready", "language": {"code": "de"}, "components": [
            {"type": "body", "parameters": [{"type": "text", "text": "Bob"}, {"type": "text", "text": "17"}]},
        ]})
    );
    assert_eq!(body_of(&shown), "Hallo Bob, Ihre Bestellung 17 ist fertig.");
    let row = &desk.list().await[0];
    assert_eq!(
        body_of(&row.preview.content),
        "Hallo Bob, Ihre Bestellung 17 ist fertig."
    );
}

#[tokio::test]
async fn named_variables_go_out_with_their_names() {
    let (desk, row) = desk_with_bob().await;
    let values = vec![
        value(SlotPart::Body, "time", "10:30"),
        value(SlotPart::Body, "day", "Friday"),
        value(SlotPart::Header, "name", "Bob"),
    ];
    let (seen, shown) = sent(&desk, &row, template("appointment", "en_US", values)).await;
    assert_eq!(
        seen["components"],
        json!([
            {"type": "header", "parameters": [{"type": "text", "parameter_name": "name", "text": "Bob"}]},
            {"type": "body", "parameters": [
                {"type": "text", "parameter_name": "day", "text": "Friday"},
                {"type": "text", "parameter_name": "time", "text": "10:30"},
            ]},
        ])
    );
    assert_eq!(body_of(&shown), "We expect you on Friday at 10:30.");
}

#[tokio::test]
async fn a_form_below_a_template_is_named() {
    let (desk, row) = desk_with_bob().await;
    let (seen, _) = sent(&desk, &row, template("survey", "en_US", Vec::new())).await;
    assert_eq!(
        seen["components"],
        json!([{"type": "button", "sub_type": "flow", "index": "0"}])
    );
}

#[tokio::test]
async fn a_photo_above_a_template_is_uploaded_first_and_its_link_gets_its_end() {
    let (desk, row) = desk_with_bob().await;
    let photo = desk
        .upload(include_bytes!(
            "../../src-tauri/crates/domain/src/media/samples/photo.jpg"
        ))
        .await
        .unwrap();
    let values = vec![
        value(SlotPart::Body, "1", "20 %"),
        value(SlotPart::Button(0), "1", "bells"),
    ];
    let mut message = template("spring_promo", "en_US", values);
    if let ToSend::Template { file, .. } = &mut message {
        *file = Some(FileToSend {
            hash: photo.hash,
            name: "bells.jpg".to_owned(),
            as_document: false,
        });
    }
    let (seen, _) = sent(&desk, &row, message).await;
    assert!(
        seen.pointer("/components/0/parameters/0/image/id")
            .is_some_and(Value::is_string)
    );
    assert_eq!(
        seen["components"][2],
        json!({"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "bells"}]})
    );
}

#[tokio::test]
async fn a_place_stands_above_a_template() {
    let (desk, row) = desk_with_bob().await;
    let components = json!([{"type": "HEADER", "format": "LOCATION"}, {"type": "BODY", "text": "We have moved."}]);
    create(
        &desk,
        json!({"name": "moved", "language": "en", "category": "UTILITY", "components": components}),
    )
    .await;
    desk.until("its approval", async |desk| {
        let template = listed(desk, "moved").await.ok()?;
        template.blocked.is_none().then_some(())
    })
    .await
    .unwrap();
    let mut message = template("moved", "en", Vec::new());
    if let ToSend::Template { place, .. } = &mut message {
        *place = Some(PlaceToSend {
            latitude_e6: 38_722_300,
            longitude_e6: -9_139_300,
            name: "The shop".to_owned(),
            address: "Rua 1".to_owned(),
        });
    }
    let (seen, _) = sent(&desk, &row, message).await;
    assert_eq!(
        seen["components"][0]["parameters"][0]["location"]["latitude"],
        json!("38.722300")
    );
}

#[tokio::test]
async fn a_variable_that_is_not_filled_in_is_named_and_nothing_is_queued() {
    let (desk, row) = desk_with_bob().await;
    let values = vec![value(SlotPart::Body, "1", "Bob")];
    let refused = ask(&desk, &row, template("order_ready", "de", values))
        .await
        .unwrap_err();
    assert_eq!(
        (refused.code, refused.message.as_str()),
        (ErrorCode::Invalid, "The variable {{2}} is not filled in.")
    );
    for (name, why) in [
        (
            "winter_promo",
            "WhatsApp has paused this template because of low quality.",
        ),
        ("login_code", "Twinbox cannot send this kind of template yet."),
        ("unheard_of", "This template does not exist any more."),
    ] {
        let refused = ask(&desk, &row, template(name, "en_US", Vec::new())).await.unwrap_err();
        assert_eq!(refused.message, why);
    }
    assert!(desk.meta.ledger().is_empty());
}

#[tokio::test]
async fn every_page_of_the_list_is_read_and_webhooks_about_templates_bring_it_up_to_date() {
    let (desk, _) = desk_with_bob().await;
    let before = desk.ask(ListTemplates { number: number() }).await.unwrap();
    // As long as they may be, so that a page has some hundred kilobytes.
    let body = "مفتوح ".repeat(170);
    let link = format!("https://example.com/{}", "open/".repeat(380));
    for n in 0..95 {
        let components = json!([
            {"type": "BODY", "text": body.trim_end()},
            {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "See", "url": link}]},
        ]);
        create(
            &desk,
            json!({"name": format!("open_{n:02}"), "language": "en", "category": "UTILITY", "components": components}),
        )
        .await;
    }
    desk.until("every template, approved", async |desk| {
        let list = desk.ask(ListTemplates { number: number() }).await.ok()?;
        let open = list
            .templates
            .iter()
            .filter(|template| template.name.starts_with("open_"));
        (list.templates.len() == before.templates.len() + 95 && open.clone().all(|template| template.blocked.is_none()))
            .then_some(())
    })
    .await
    .unwrap();
    let asked = desk.ask(RefreshTemplates { number: number() }).await.unwrap();
    assert!(asked.listed_at > before.listed_at && asked.templates.len() > 100);
}

#[tokio::test]
async fn what_meta_bills_is_shown_with_each_message_and_added_up_by_category_and_sender() {
    let (desk, row) = desk_with_bob().await;
    let values = vec![value(SlotPart::Body, "1", "Bob"), value(SlotPart::Body, "2", "17")];
    sent(&desk, &row, template("order_ready", "de", values)).await;
    let alices = desk.hears_from(alice(), "hi").await.unwrap();
    let reply = desk.send(alices.id, "hello").await.unwrap();
    desk.until_delivery(alices.id, reply, "delivered", is_delivered)
        .await
        .unwrap();

    let cost = async |conversation| desk.thread(conversation).await.pop().unwrap().cost.unwrap();
    let of_template = cost(row.id).await;
    assert_eq!(
        (of_template.category.as_str(), of_template.is_billable),
        ("utility", true)
    );
    let of_reply = cost(alices.id).await;
    assert_eq!((of_reply.category.as_str(), of_reply.is_billable), ("service", false));

    let spending = async |from: i64, to: i64| {
        let call = GetSpending {
            number: number(),
            from: Millis(from),
            to: Millis(to),
        };
        desk.ask(call).await.unwrap()
    };
    let all = spending(0, i64::MAX).await;
    let lines: Vec<(&str, Origin, u64, u64, u64)> = all
        .lines
        .iter()
        .map(|line| {
            (
                line.category.as_str(),
                line.origin,
                line.delivered,
                line.billed,
                line.unpriced,
            )
        })
        .collect();
    assert_eq!(
        lines,
        [("service", Origin::Agent, 1, 0, 0), ("utility", Origin::Agent, 1, 1, 1)],
        "the list of rates has none for bob's country"
    );
    assert!(!all.is_checked, "nobody has looked at the rates");
    assert!(spending(0, 1).await.lines.is_empty());
}

const HOUR_MS: i64 = 60 * 60 * 1000;

/// A store with one number whose account lists these templates at `at`.
async fn list_at(store: &Store, names: &[&str], at: Millis) {
    let items = names.iter().map(|name| TemplateItem {
        id: (*name).to_owned(),
        name: (*name).to_owned(),
        language: "en".to_owned(),
        status: "APPROVED".to_owned(),
        reason: String::new(),
        quality: String::new(),
        category: "UTILITY".to_owned(),
        parts: TemplateParts::default(),
    });
    let set = store.set_templates(WabaId::from("1"), items.collect(), at, 0);
    set.await.unwrap();
}

async fn names(store: &Store, number: &NumberId) -> Vec<String> {
    let list = store.template_list(number.clone()).await.unwrap();
    list.templates.into_iter().map(|template| template.name).collect()
}

#[tokio::test]
async fn the_list_is_what_was_listed_last_also_after_the_clock_was_set_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (number, connection) = connected("106540352242922", "1");
    let id = number.id.clone();
    store.connect_number(number, connection).await.unwrap();
    list_at(&store, &["gone", "pickup"], Millis(2 * HOUR_MS)).await;
    list_at(&store, &["new", "pickup"], Millis(HOUR_MS)).await;
    assert_eq!(names(&store, &id).await, ["new", "pickup"]);
}

#[tokio::test]
async fn a_list_of_some_hours_ago_is_asked_for_again_whatever_the_clock_did() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (number, connection) = connected("106540352242922", "1");
    let id = number.id.clone();
    store.connect_number(number, connection).await.unwrap();
    let is_stale = async |at| {
        !store
            .stale_templates(vec![id.clone()], Millis(at))
            .await
            .unwrap()
            .is_empty()
    };
    let day = 24 * HOUR_MS;
    assert!(is_stale(day).await, "never listed");
    list_at(&store, &["pickup"], Millis(day)).await;
    assert!(!is_stale(day).await && !is_stale(day + HOUR_MS).await);
    assert!(is_stale(day + 7 * HOUR_MS).await && is_stale(day - 7 * HOUR_MS).await);
}
