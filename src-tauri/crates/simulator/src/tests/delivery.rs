//! Who gets webhooks, how often and for how long.

use super::support::{Client, PATIENCE, Receiver, customer};
use crate::{Config, CustomerMessage, Delivery, Simulator, WebhookFault, wire};
use axum::{Router, http::StatusCode, routing::post};
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{net::TcpListener, task::yield_now, time::timeout};

fn hello() -> CustomerMessage {
    CustomerMessage::Text("hello".to_owned())
}

async fn until(what: impl Fn() -> bool) {
    let wait = async {
        while !what() {
            yield_now().await;
        }
    };
    timeout(PATIENCE, wait).await.expect("it to happen");
}

fn first_change(webhook: &Value) -> &Value {
    &webhook["entry"][0]["changes"][0]
}

#[tokio::test]
async fn what_one_app_does_not_take_all_apps_get_again() {
    let (mut ours, mut theirs) = (Receiver::start().await, Receiver::start().await);
    theirs.answers_next(StatusCode::BAD_GATEWAY);
    let simulator = Simulator::start(Config::for_tests(ours.url())).await.unwrap();
    let client = Client::of(&simulator);
    let app = json!({"id": "77", "name": "CRM", "url": theirs.url(), "secret": "their-secret"});
    client.post_json("/_sim/apps", &app).await;
    simulator.customer_writes(customer(), hello());
    let first = ours.next().await;
    let again = ours.next().await;
    assert_eq!(first.body, again.body);
    for _ in 0..2 {
        let delivery = theirs.next().await;
        assert_eq!(delivery.body, first.body);
        let signature = wire::signature("their-secret", &delivery.body);
        assert_eq!(delivery.headers["x-hub-signature-256"], signature.as_str());
    }
    until(|| simulator.undelivered_webhooks() == 0).await;

    let listed = client.get("/v25.0/102290129340398/subscribed_apps").await.json;
    assert_eq!(listed["data"][1]["whatsapp_business_api_data"]["id"], "77");
    client.delete("/_sim/apps").await;
    assert_eq!(client.get("/_sim/apps").await.json, json!([]));
}

#[tokio::test]
async fn the_numbers_address_comes_before_the_accounts_and_the_accounts_before_the_apps() {
    let (mut app, mut account, mut number) = (
        Receiver::start().await,
        Receiver::start().await,
        Receiver::start().await,
    );
    let simulator = Simulator::start(Config::for_tests(app.url())).await.unwrap();
    let client = Client::of(&simulator);
    let wanted = |receiver: &Receiver| json!({"override_callback_uri": receiver.url(), "verify_token": "verify-token"});
    let of_number = "/v25.0/106540352242922";
    client
        .post_json("/v25.0/102290129340398/subscribed_apps", &wanted(&account))
        .await;
    client
        .post_json(of_number, &json!({"webhook_configuration": wanted(&number)}))
        .await;
    let node = client
        .get(&format!("{of_number}?fields=webhook_configuration"))
        .await
        .json;
    assert_eq!(
        node["webhook_configuration"],
        json!({
            "application": app.url(), "whatsapp_business_account": account.url(), "phone_number": number.url(),
        })
    );
    simulator.customer_writes(customer(), hello());
    assert_eq!(first_change(&number.next().await.json())["field"], "messages");
    let cleared = json!({"webhook_configuration": {"override_callback_uri": ""}});
    client.post_json(of_number, &cleared).await;
    simulator.customer_writes(customer(), hello());
    assert_eq!(first_change(&account.next().await.json())["field"], "messages");

    // A mixed batch is split by where its parts go.
    simulator.fail_next_webhook(WebhookFault::Batch {
        count: 2,
        in_one_value: false,
    });
    simulator.customer_writes(customer(), hello());
    simulator.tell("account_update", json!({"event": "ACCOUNT_DELETED"}));
    assert_eq!(first_change(&account.next().await.json())["field"], "messages");
    assert_eq!(first_change(&app.next().await.json())["field"], "account_update");
}

#[tokio::test]
async fn an_app_that_is_not_subscribed_hears_only_of_itself() {
    let mut receiver = Receiver::start().await;
    let mut config = Config::for_tests(receiver.url());
    config.delivery.is_subscribed = false;
    let simulator = Simulator::start(config).await.unwrap();
    let client = Client::of(&simulator);
    simulator.customer_writes(customer(), hello());
    client.post_json("/_sim/event", &json!({"kind": "partner_added"})).await;
    let told = receiver.next().await.json();
    assert_eq!(first_change(&told)["value"]["event"], "PARTNER_ADDED");
    client
        .post_json("/v25.0/102290129340398/subscribed_apps", &json!({}))
        .await;
    let later = simulator.customer_writes(customer(), hello());
    let told = receiver.next().await.json();
    assert_eq!(first_change(&told)["value"]["messages"][0]["id"], later);
}

#[tokio::test]
async fn a_webhook_that_is_too_old_is_given_up() {
    let config = Config {
        webhook_retry: Duration::from_millis(5),
        delivery: Delivery {
            longest_age: Duration::from_millis(40),
            ..Delivery::default()
        },
        // Nobody listens there.
        ..Config::for_tests("http://127.0.0.1:9/webhook")
    };
    let simulator = Simulator::start(config).await.unwrap();
    simulator.customer_writes(customer(), hello());
    until(|| simulator.given_up_webhooks() == 1).await;
    until(|| simulator.undelivered_webhooks() == 0).await;
    let told = Client::of(&simulator).get("/_sim/webhooks").await.json;
    assert_eq!(
        (&told[0]["lost"], &told[0]["answered_at_micros"]),
        (&json!("given_up"), &Value::Null)
    );
    assert!(told[0]["attempts"].as_u64().unwrap() >= 2);
}

/// An address that counts the posts it has at once.
async fn counting() -> (String, Arc<AtomicUsize>) {
    let (open, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&most);
    let take = move || {
        let (open, most) = (Arc::clone(&open), Arc::clone(&count));
        async move {
            most.fetch_max(open.fetch_add(1, Ordering::AcqRel) + 1, Ordering::AcqRel);
            tokio::time::sleep(Duration::from_millis(2)).await;
            open.fetch_sub(1, Ordering::AcqRel);
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, Router::new().route("/", post(take))).await });
    (url, most)
}

#[tokio::test]
async fn a_burst_opens_a_bounded_number_of_posts() {
    let (url, most) = counting().await;
    let mut config = Config::for_tests(url);
    config.delivery.most_posts = 3;
    let simulator = Simulator::start(config).await.unwrap();
    for _ in 0..40 {
        simulator.customer_writes(customer(), hello());
    }
    until(|| simulator.undelivered_webhooks() == 0).await;
    assert_eq!(most.load(Ordering::Acquire), 3);
}

#[tokio::test]
async fn what_waits_for_others_counts_and_is_not_kept_for_ever() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    simulator.fail_next_webhook(WebhookFault::Batch {
        count: 1000,
        in_one_value: true,
    });
    let ids = [
        simulator.customer_writes(customer(), hello()),
        simulator.customer_writes(customer(), hello()),
    ];
    assert_eq!(simulator.undelivered_webhooks(), 2);
    let batch = receiver.next().await.json();
    let messages = first_change(&batch)["value"]["messages"].as_array().unwrap();
    assert_eq!(
        messages.iter().map(|message| &message["id"]).collect::<Vec<_>>(),
        ids.each_ref()
    );
    assert_eq!(first_change(&batch)["value"]["contacts"].as_array().unwrap().len(), 1);

    simulator.fail_next_webhook(WebhookFault::Reorder);
    let alone = simulator.customer_writes(customer(), hello());
    assert_eq!(
        first_change(&receiver.next().await.json())["value"]["messages"][0]["id"],
        alone
    );
    until(|| simulator.undelivered_webhooks() == 0).await;
}

#[tokio::test]
async fn the_log_of_webhooks_tells_which_were_answered() {
    let receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    simulator.fail_next_webhook(WebhookFault::Drop);
    simulator.customer_writes(customer(), hello());
    let echo = simulator.phone_writes(customer(), "hi");
    until(|| simulator.undelivered_webhooks() == 0).await;
    let told = client.get("/_sim/webhooks").await.json;
    assert_eq!((&told[0]["lost"], &told[0]["attempts"]), (&json!("dropped"), &json!(0)));
    let since = client.get("/_sim/webhooks?since=1").await.json;
    assert_eq!(since.as_array().unwrap().len(), 1);
    assert_eq!(
        (&since[0]["field"], &since[0]["items"], &since[0]["attempts"]),
        (&json!("smb_message_echoes"), &json!([echo]), &json!(1))
    );
    assert!(since[0]["answered_at_micros"].as_u64() >= since[0]["at_micros"].as_u64());
}
