//! What a seed makes the same.

use super::support::{Client, Receiver, customer, template_to, text_to};
use crate::{Config, CustomerMessage, Simulator};
use serde_json::{Value, json};

/// The ids of the same acts, one of each kind.
async fn ids_with(seed: u64) -> Vec<Value> {
    let mut receiver = Receiver::start().await;
    let config = Config {
        seed,
        ..Config::for_tests(receiver.url())
    };
    let simulator = Simulator::start(config).await.unwrap();
    let client = Client::of(&simulator);
    let mut ids = Vec::new();
    let image = CustomerMessage::Image { caption: String::new() };
    ids.push(json!(simulator.customer_writes(customer(), image)));
    let message = receiver.next().await.json()["entry"][0]["changes"][0]["value"]["messages"][0].clone();
    ids.extend([message["image"]["id"].clone(), message["from_user_id"].clone()]);
    ids.push(json!(simulator.phone_writes(customer(), "hello")));
    ids.push(client.send(&text_to("+16505551234", "hi")).await.json["messages"][0]["id"].clone());
    ids.push(client.send(&template_to("+16505550001")).await.json["messages"][0]["id"].clone());
    let templates = client.get("/v25.0/102290129340398/message_templates").await.json;
    ids.extend(
        templates["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|template| template["id"].clone()),
    );
    let number = json!({"number": "15550783881"});
    ids.push(client.post_json("/_sim/signup/number", &number).await.json["access_code"].clone());
    let history = json!({"messaging_product": "whatsapp", "sync_type": "history"});
    let answer = client.post_json("/v25.0/106540352242922/smb_app_data", &history).await;
    ids.push(answer.json["request_id"].clone());
    assert!(
        ids.iter().all(|id| id.as_str().is_some_and(|id| id.len() > 4)),
        "{ids:?}"
    );
    ids
}

#[tokio::test]
async fn two_runs_with_one_seed_give_the_same_ids_for_the_same_acts() {
    let first = ids_with(7).await;
    assert_eq!(first, ids_with(7).await);
    let other = ids_with(8).await;
    let same: Vec<_> = first.iter().zip(&other).filter(|(one, two)| one == two).collect();
    assert_eq!(same.len(), 1, "a user id is that of the number: {same:?}");
}

#[tokio::test]
async fn what_customers_write_does_not_change_the_ids_of_what_is_sent() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let other = Simulator::start(Config::for_tests("")).await.unwrap();
    for number in 0..3 {
        other.customer_writes(customer(), CustomerMessage::Text(format!("hello {number}")));
    }
    let id = async |simulator: &Simulator| {
        let answer = Client::of(simulator).send(&template_to("+16505551234")).await;
        answer.json["messages"][0]["id"].clone()
    };
    assert_eq!(id(&simulator).await, id(&other).await);
}
