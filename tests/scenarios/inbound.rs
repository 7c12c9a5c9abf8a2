//! Messages come in.

use std::time::Duration;
use twinbox_domain::{Content, Direction, MessageId, Origin, Seq, Window};
use twinbox_protocol::{
    ChangeView, Changes, ChangesSince, ConversationFilter, FindUnread, GetConversation, GetOverview, Hello,
    ListConversations, ListMessages, MarkRead, MessageCursor, RowCursor,
};
use twinbox_simulator::{Customer, CustomerMessage};
use twinbox_tests::desk::{Desk, alice, bob, sign};

#[tokio::test]
async fn a_customers_message_opens_a_conversation() {
    let desk = Desk::new().await.unwrap();
    let row = desk
        .hears_from(alice(), "Olá! Do you have it in blue? 🙌")
        .await
        .unwrap();
    assert_eq!(row.person.name, "Alice Almeida");
    assert_eq!(row.person.phone, "16505551234");
    assert_eq!((row.unread, row.needs_reply), (1, true));
    assert_eq!(row.preview.origin, Origin::Customer);

    let thread = desk.thread(row.id).await;
    assert_eq!(thread.len(), 1);
    assert_eq!(
        thread[0].content,
        Content::Text {
            body: "Olá! Do you have it in blue? 🙌".to_owned()
        }
    );
    assert_eq!((thread[0].direction, thread[0].delivery.clone()), (Direction::In, None));

    let overview = desk.ask(GetOverview {}).await.unwrap();
    assert_eq!(
        (overview.conversations, overview.unread, overview.needs_reply),
        (1, 1, 1)
    );
    assert_eq!(overview.numbers[0].name, "Shop");
    assert!(overview.last_webhook_at.is_some());
}

#[tokio::test]
async fn a_message_from_the_phone_says_so_and_answers_the_customer() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Is it in stock?").await.unwrap();
    let opened_by = row.last_customer_at;
    desk.meta.phone_writes(alice(), "It is, come by");
    let row = desk
        .until("the echo", async |desk| {
            desk.list().await.into_iter().find(|row| !row.needs_reply)
        })
        .await
        .unwrap();
    assert_eq!(row.preview.origin, Origin::Phone);
    assert_eq!(
        row.last_customer_at, opened_by,
        "what the phone sends does not open the window"
    );
    let thread = desk.thread(row.id).await;
    assert_eq!(thread.len(), 2);
    assert_eq!((thread[1].origin, thread[1].delivery.clone()), (Origin::Phone, None));

    let details = desk.ask(GetConversation { conversation: row.id }).await.unwrap();
    assert_eq!((details.answered.phone, details.answered.agents), (1, 0));
}

#[tokio::test]
async fn an_echo_to_someone_who_never_wrote_opens_no_window() {
    let desk = Desk::new().await.unwrap();
    desk.meta.phone_writes(bob(), "Your bike is ready");
    let row = desk
        .until("the conversation", async |desk| desk.list().await.into_iter().next())
        .await
        .unwrap();
    assert_eq!(
        Window::at(twinbox_engine::now(), row.last_customer_at),
        Window::NeverOpened
    );
    assert!(desk.send(row.id, "Hello").await.is_err());
}

#[tokio::test]
async fn an_image_shows_what_is_known_about_it_and_an_unknown_type_says_its_name() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Look").await.unwrap();
    desk.meta.customer_writes(
        alice(),
        CustomerMessage::Image {
            caption: "Door to radiator".to_owned(),
        },
    );
    let poll = serde_json::json!({"id": "x"});
    desk.meta.customer_writes(
        alice(),
        CustomerMessage::Raw {
            type_name: "hologram".to_owned(),
            body: poll,
        },
    );
    let thread = desk
        .until("three messages", async |desk| {
            let thread = desk.thread(row.id).await;
            (thread.len() == 3).then_some(thread)
        })
        .await
        .unwrap();
    assert!(
        thread
            .iter()
            .any(|m| matches!(&m.content, Content::Image(media) if media.caption == "Door to radiator"))
    );
    assert!(thread.iter().any(|m| m.content
        == Content::NotUnderstood {
            type_name: "hologram".to_owned(),
            code: None,
        }));
}

#[tokio::test]
async fn a_person_with_a_user_name_only_is_one_person_also_when_the_phone_number_shows_up() {
    let desk = Desk::new().await.unwrap();
    let shy = Customer {
        phone: String::new(),
        name: String::new(),
        user_id: Some("PT.88412093".to_owned()),
        username: Some("rui.pedala".to_owned()),
    };
    let first = desk.hears_from(shy.clone(), "oi").await.unwrap();
    assert_eq!(first.person.name, "@rui.pedala");
    assert_eq!(first.person.phone, "");
    let known = Customer {
        phone: "351912345678".to_owned(),
        name: "Rui Pedala".to_owned(),
        ..shy
    };
    let second = desk.hears_from(known, "it is me again").await.unwrap();
    assert_eq!(second.id, first.id);
    assert_eq!(second.person.phone, "351912345678");
    assert_eq!(second.person.name, "Rui Pedala");
}

#[tokio::test]
async fn whoever_has_no_name_is_called_by_their_phone_number_or_not_at_all() {
    let desk = Desk::new().await.unwrap();
    let nameless = Customer {
        phone: "351912345678".to_owned(),
        name: String::new(),
        user_id: None,
        username: None,
    };
    let row = desk.hears_from(nameless.clone(), "oi").await.unwrap();
    assert_eq!(row.person.phone_as_name(), Some("351912345678"));
    let unknown = Customer {
        phone: String::new(),
        user_id: Some("PT.88412093".to_owned()),
        ..nameless
    };
    let row = desk.hears_from(unknown, "bom dia").await.unwrap();
    assert_eq!((row.person.name.as_str(), row.person.phone_as_name()), ("", None));
}

#[tokio::test]
async fn a_quote_finds_its_original() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Will it fit?").await.unwrap();
    let original = desk.thread(row.id).await[0].clone();
    let wamid = original.wamid.unwrap();
    let reply = |to_wamid: &str| CustomerMessage::Reply {
        to_wamid: to_wamid.to_owned(),
        text: "this one".to_owned(),
    };
    desk.meta.customer_writes(alice(), reply(wamid.as_str()));
    desk.meta.customer_writes(alice(), reply("wamid.never-seen"));
    let thread = desk
        .until("both replies", async |desk| {
            let thread = desk.thread(row.id).await;
            (thread.len() == 3).then_some(thread)
        })
        .await
        .unwrap();
    let quotes: Vec<_> = thread.iter().filter_map(|message| message.quote.clone()).collect();
    let found = quotes
        .iter()
        .find(|quote| quote.wamid == wamid)
        .unwrap()
        .original
        .clone()
        .unwrap();
    assert_eq!((found.message, found.at), (original.id, original.at));
    assert_eq!(found.content, original.content);
    assert!(quotes.iter().any(|quote| quote.original.is_none()));
}

#[tokio::test]
async fn a_conversation_that_was_merged_into_another_is_still_opened_and_read_by_its_old_id() {
    let desk = Desk::new().await.unwrap();
    let known = desk.hears_from(alice(), "hello").await.unwrap();
    let hears = async |wamid: &str, ids: &str| {
        let body = format!(
            r#"{{"object":"whatsapp_business_account","entry":[{{"id":"102290129340398","changes":[{{"field":"messages","value":{{
            "messaging_product":"whatsapp","metadata":{{"display_phone_number":"15550783881","phone_number_id":"{}"}},
            "messages":[{{{ids},"id":"{wamid}","timestamp":"1749854575","type":"text","text":{{"body":"oi"}}}}]}}}}]}}]}}"#,
            known.number
        )
        .into_bytes();
        desk.post_webhook(body.clone(), Some(&sign(&body))).await.unwrap();
        desk.until_shown(wamid).await.unwrap()
    };
    let old = hears("wamid.1", r#""from":"351912345678""#).await;
    let kept = hears("wamid.2", r#""from_user_id":"PT.88412093""#).await;
    assert_ne!(old.id, kept.id);
    let merged = hears("wamid.3", r#""from":"351912345678","from_user_id":"PT.88412093""#).await;
    assert_eq!(merged.id, kept.id);

    let thread = desk.thread(old.id).await;
    assert_eq!(thread.len(), 3);
    let opened = desk.ask(GetConversation { conversation: old.id }).await.unwrap();
    assert_eq!(opened.row.id, kept.id);
    desk.ask(MarkRead {
        conversation: old.id,
        up_to: thread.last().unwrap().id,
    })
    .await
    .unwrap();
    let read = desk.ask(GetConversation { conversation: kept.id }).await.unwrap();
    assert_eq!(read.row.unread, 0);
}

#[tokio::test]
async fn what_was_read_stays_read_and_a_late_arrival_is_unread_again() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "one").await.unwrap();
    let seen = desk.thread(row.id).await.last().unwrap().id;
    desk.ask(MarkRead {
        conversation: row.id,
        up_to: seen,
    })
    .await
    .unwrap();
    assert_eq!(desk.list().await[0].unread, 0);

    // An hour late: it sorts before what was read, and has not been seen all the same.
    let hour = Duration::from_secs(3600);
    desk.meta
        .customer_wrote(alice(), CustomerMessage::Text("late".to_owned()), hour);
    desk.until("the late message", async |desk| {
        (desk.list().await[0].unread == 1).then_some(())
    })
    .await
    .unwrap();
    let (row, late) = (desk.list().await.remove(0), desk.thread(row.id).await.remove(0));
    assert_eq!(row.read_up_to, seen);
    let unread = |after| FindUnread {
        conversation: row.id,
        after,
    };
    let found = desk.ask(unread(seen)).await.unwrap();
    assert_eq!(
        found,
        Some(MessageCursor {
            at: late.at,
            id: late.id
        })
    );
    assert_eq!(desk.ask(unread(late.id)).await.unwrap(), None);
    let thread = desk.thread(row.id).await;
    assert_eq!(
        thread[0].content,
        Content::Text {
            body: "late".to_owned()
        }
    );

    desk.ask(MarkRead {
        conversation: row.id,
        up_to: MessageId(i64::MAX),
    })
    .await
    .unwrap();
    desk.ask(MarkRead {
        conversation: row.id,
        up_to: seen,
    })
    .await
    .unwrap();
    assert_eq!(desk.list().await[0].unread, 0, "it never moves back");
}

#[tokio::test]
async fn pages_of_a_long_thread_and_of_the_list_join_without_gap_or_overlap() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(bob(), "first").await.unwrap();
    for n in 0..30 {
        desk.meta
            .customer_writes(bob(), CustomerMessage::Text(format!("message {n}")));
        desk.meta.customer_writes(
            Customer::new(format!("4915112345{n:02}"), format!("Customer {n}")),
            CustomerMessage::Text("hi".to_owned()),
        );
    }
    desk.until("everything", async |desk| {
        (desk.list().await.len() == 31 && desk.thread(row.id).await.len() == 31).then_some(())
    })
    .await
    .unwrap();

    let mut before = None;
    let mut paged = Vec::new();
    loop {
        let page = desk
            .ask(ListMessages {
                conversation: row.id,
                before,
                limit: 7,
            })
            .await
            .unwrap();
        paged.extend(page.items);
        before = paged.last().map(|message| MessageCursor {
            at: message.at,
            id: message.id,
        });
        if !page.more {
            break;
        }
    }
    paged.reverse();
    assert_eq!(paged, desk.thread(row.id).await);

    let mut before = None;
    let mut rows = Vec::new();
    loop {
        let call = ListConversations {
            filter: ConversationFilter::NeedsReply,
            before,
            limit: 4,
        };
        let page = desk.ask(call).await.unwrap();
        rows.extend(page.items);
        before = rows.last().map(|row| RowCursor {
            last_at: row.last_at,
            id: row.id,
        });
        if !page.more {
            break;
        }
    }
    assert_eq!(rows, desk.list().await);
}

#[tokio::test]
async fn a_client_that_was_away_is_told_what_it_missed_and_a_lost_one_to_load_anew() {
    let desk = Desk::new().await.unwrap();
    let away_at = desk.ask(Hello {}).await.unwrap().seq;
    let row = desk.hears_from(alice(), "while you were away").await.unwrap();
    let Changes::Next(event) = desk.ask(ChangesSince { seq: away_at }).await.unwrap() else {
        panic!("changes")
    };
    assert_eq!(event.after, away_at);
    let messages: Vec<_> = event
        .changes
        .iter()
        .filter(|change| matches!(change, ChangeView::Message(_)))
        .collect();
    assert_eq!(messages.len(), 1);
    assert!(
        event
            .changes
            .iter()
            .any(|change| matches!(change, ChangeView::Conversation(r) if r.id == row.id))
    );

    let Changes::Next(nothing) = desk.ask(ChangesSince { seq: event.seq }).await.unwrap() else {
        panic!("nothing")
    };
    assert_eq!(
        (nothing.after, nothing.seq, nothing.changes.len()),
        (event.seq, event.seq, 0)
    );
    assert_eq!(
        desk.ask(ChangesSince { seq: Seq(1_000_000) }).await.unwrap(),
        Changes::Reload
    );
}

#[tokio::test]
async fn events_arrive_over_http_and_go_on_after_the_last_one_seen() {
    let desk = Desk::new().await.unwrap();
    let token = std::fs::read_to_string(desk.folder().join("api-token")).unwrap();
    let client = reqwest::Client::new();
    desk.hears_from(alice(), "before").await.unwrap();
    let mut stream = client
        .get(desk.url("/api/events"))
        .bearer_auth(&token)
        .header("Last-Event-ID", "0")
        .send()
        .await
        .unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    // A proxy passes each of them on at once.
    assert_eq!(stream.headers()["x-accel-buffering"], "no");
    let mut text = String::new();
    while !text.contains("\n\n") {
        text.push_str(std::str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap());
    }
    assert!(text.contains("id: ") && text.contains("\"before\""), "{text}");
}

#[tokio::test]
async fn an_edit_a_deletion_and_reactions_change_the_message_they_are_about() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Is it in stok?").await.unwrap();
    let original = desk.thread(row.id).await.remove(0);
    let wamid = original.wamid.clone().unwrap();
    let webhook = |message: serde_json::Value| {
        serde_json::json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages",
            "value": {"messaging_product": "whatsapp", "metadata": {"display_phone_number": "15550783881",
            "phone_number_id": "106540352242922"}, "messages": [message]}}]}]})
        .to_string()
        .into_bytes()
    };
    let from = "16505551234";
    let edit = serde_json::json!({"from": from, "id": "wamid.e", "timestamp": "1749854575", "type": "edit", "edit": {
        "original_message_id": wamid, "message": {"type": "text", "text": {"body": "Is it in stock?"}}}});
    let reaction = serde_json::json!({"from": from, "id": "wamid.r", "timestamp": "1749854576", "type": "reaction",
        "reaction": {"message_id": wamid, "emoji": "❤️"}});
    let deletion = serde_json::json!({"from": from, "id": "wamid.d", "timestamp": "1749854577", "type": "revoke",
        "revoke": {"original_message_id": wamid}});
    for message in [edit, reaction] {
        let body = webhook(message);
        assert_eq!(desk.post_webhook(body.clone(), Some(&sign(&body))).await.unwrap(), 200);
    }
    let changed = desk
        .until("the edit and the reaction", async |desk| {
            let message = desk.thread(row.id).await.pop()?;
            (message.edited_at.is_some() && !message.reactions.is_empty()).then_some(message)
        })
        .await
        .unwrap();
    assert_eq!(changed.id, original.id);
    assert_eq!(
        changed.content,
        Content::Text {
            body: "Is it in stock?".to_owned()
        }
    );
    assert_eq!(changed.reactions[0].emoji, "❤️");

    let body = webhook(deletion);
    assert_eq!(desk.post_webhook(body.clone(), Some(&sign(&body))).await.unwrap(), 200);
    desk.until("the deletion", async |desk| {
        desk.thread(row.id).await.pop().filter(|message| message.is_deleted)
    })
    .await
    .unwrap();
    let row = desk.list().await.remove(0);
    assert!(row.preview.is_deleted);
    assert_eq!(row.unread, 1, "none of this is a new message");
}
