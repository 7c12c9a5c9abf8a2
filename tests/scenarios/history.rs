//! A number is connected: the phone shares its contacts and its chats.

use serde_json::json;
use twinbox_domain::{Content, Origin};
use twinbox_protocol::{GetOverview, HistoryView};
use twinbox_simulator::HistorySharing;
use twinbox_tests::desk::{Desk, alice};

/// Asks for one of the two, as whoever connects the number does.
async fn request(desk: &Desk, sync_type: &str) {
    let url = format!("{}/v25.0/106540352242922/smb_app_data", desk.meta.graph_url());
    let body = json!({"messaging_product": "whatsapp", "sync_type": sync_type}).to_string();
    let request = reqwest::Client::new().post(url).bearer_auth("access-token");
    let answer = request
        .header("Content-Type", "application/json")
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200, "{sync_type}");
}

async fn progress(desk: &Desk) -> HistoryView {
    desk.ask(GetOverview {}).await.unwrap().numbers[0].history
}

#[tokio::test]
async fn the_chats_of_the_phone_are_shown_under_the_names_of_its_contacts_and_disturb_nobody() {
    let desk = Desk::new().await.unwrap();
    request(&desk, "smb_app_state_sync").await;
    request(&desk, "history").await;
    desk.until("all of the history", async |desk| {
        let is_told = desk.meta.undelivered_webhooks() == 0;
        (is_told && progress(desk).await.percent == Some(100)).then_some(())
    })
    .await
    .unwrap();
    desk.hears_from(alice(), "and one as it happens").await.unwrap();

    let rows = desk.list().await;
    let past: Vec<_> = rows
        .iter()
        .filter(|row| row.preview.origin == Origin::History)
        .collect();
    assert!(past.len() >= 5, "{} chats", past.len());
    for row in &past {
        assert_eq!((row.unread, row.needs_reply, row.last_customer_at), (0, false, None));
        assert!(!row.person.name.starts_with('+'), "each is a contact with a name");
    }
    let mut files = 0;
    for row in &past {
        let thread = desk.thread(row.id).await;
        assert!(thread.is_sorted_by_key(|message| message.at));
        files += thread
            .iter()
            .filter(|message| matches!(message.content, Content::Image(_)))
            .count();
    }
    assert!(files > 0, "young files have come after their placeholders");
    assert_eq!(rows.iter().map(|row| row.unread).sum::<u64>(), 1);
}

#[tokio::test]
async fn a_history_that_is_not_shared_is_no_failure_and_is_known() {
    let desk = Desk::new().await.unwrap();
    desk.meta.onboard(HistorySharing::Declined);
    request(&desk, "history").await;
    let told = desk
        .until("the refusal", async |desk| {
            let progress = progress(desk).await;
            progress.refused.is_some().then_some(progress)
        })
        .await
        .unwrap();
    assert_eq!(
        told,
        HistoryView {
            percent: None,
            refused: Some(2_593_109)
        }
    );
}
