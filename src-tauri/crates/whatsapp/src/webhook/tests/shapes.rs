//! Shapes with more around them than most: marks above a message, filled-in forms, whole cards, recipients of statuses,
//! and what stands beside what is read.

use super::*;
use twinbox_domain::{HistoryTold, Mark, PersonIds};

/// An object with the fields of another beside its own.
fn joined(mut one: Value, beside: Value) -> Value {
    if let (Some(one), Value::Object(beside)) = (one.as_object_mut(), beside) {
        one.extend(beside);
    }
    one
}

/// A text message with this beside it.
fn text_with(beside: Value) -> Content {
    let text = json!({"from": "16505551234", "id": "wamid.M", "timestamp": "1749416383", "type": "text",
        "text": {"body": "hi"}});
    let message = joined(text, beside);
    only_message(&facts(&change("messages", messages(json!({ "messages": [message] })))))
        .content
        .clone()
}

/// Meta, webhook references `messages/text` and others, Feb 2026.
#[test]
fn a_message_keeps_where_it_comes_from_and_what_it_is_about() {
    let referral = json!({"source_url": "https://fb.me/1", "source_id": "1202", "source_type": "ad",
        "headline": "Spring check", "body": "20 % off", "media_type": "image", "ctwa_clid": "Aff"});
    let ad = Mark::Ad {
        headline: "Spring check".to_owned(),
        body: "20 % off".to_owned(),
        url: "https://fb.me/1".to_owned(),
    };
    let no_link = Mark::Ad {
        headline: String::new(),
        body: String::new(),
        url: String::new(),
    };
    let product = json!({"from": "15550783881", "id": "wamid.Q",
        "referred_product": {"catalog_id": "194", "product_retailer_id": "di9"}});
    for (beside, marks) in [
        (
            json!({"context": {"forwarded": true}}),
            vec![Mark::Forwarded { is_often: false }],
        ),
        (
            json!({"context": {"frequently_forwarded": true}}),
            vec![Mark::Forwarded { is_often: true }],
        ),
        (json!({"context": {"forwarded": false}}), vec![]),
        (
            json!({"context": product}),
            vec![Mark::Product { id: "di9".to_owned() }],
        ),
        (json!({"referral": referral}), vec![ad.clone()]),
        (
            json!({"referral": {"source_url": "javascript:alert(1)", "source_type": "post"}}),
            vec![no_link],
        ),
        (json!({"referral": "an ad"}), vec![]),
        (
            json!({"referral": referral, "context": {"forwarded": true}}),
            vec![ad, Mark::Forwarded { is_often: false }],
        ),
    ] {
        let content = text_with(beside.clone());
        assert_eq!(content.rank(), if marks.is_empty() { 2 } else { 3 });
        let (read, itself) = content.into_parts();
        assert!(read == marks, "{beside}");
        assert_eq!(itself, Content::Text { body: "hi".to_owned() });
    }
}

/// A ghost with a mark would stand above the message that follows it.
#[test]
fn what_cannot_be_shown_is_not_marked() {
    for beside in [json!({"type": "poll"}), json!({"type": "media_placeholder"})] {
        let beside = joined(beside, json!({"context": {"forwarded": true}}));
        assert!(text_with(beside).rank() < 2);
    }
}

/// Meta, webhook reference `messages/interactive` and "Address messages", 2026.
#[test]
fn a_form_tells_what_was_filled_in_also_within_fields() {
    let form = |told: Value| {
        let read = content::content(&json!({"type": "interactive", "interactive": {"type": "nfm_reply",
            "nfm_reply": {"name": "flow", "body": "Sent", "response_json": told}}}));
        match read {
            Content::Form { answers, .. } => answers,
            _ => panic!("a form"),
        }
    };
    let pair = |name: &str, answer: &str| (name.to_owned(), answer.to_owned());
    let flow =
        r#"{"flow_token": "T", "size": "L", "colors": ["red", "blue"], "count": 2, "wants_call": true, "none": null}"#;
    assert_eq!(
        form(json!(flow)),
        [
            pair("colors", "red, blue"),
            pair("count", "2"),
            pair("size", "L"),
            pair("wants_call", "true")
        ]
    );
    let address = r#"{"saved_address_id": "a1", "values": {"city": "Lisboa", "name": "Rui"}}"#;
    assert_eq!(
        form(json!(address)),
        [
            pair("saved_address_id", "a1"),
            pair("city", "Lisboa"),
            pair("name", "Rui")
        ]
    );
    for told in [json!("no JSON"), json!("[1]"), json!(7), Value::Null] {
        assert!(form(told).is_empty());
    }
    let long: serde_json::Map<String, Value> = (0..1000).map(|n| (n.to_string(), json!("x"))).collect();
    assert_eq!(form(Value::Object(long)).len(), 100);
}

/// Meta, webhook reference `messages/contacts`, Feb 2026.
#[test]
fn a_card_tells_all_that_is_on_it() {
    let card = json!([{"name": {"formatted_name": "Barbara J. Johnson"}, "birthday": "1999-01-23",
        "phones": [{"phone": "+1 (415) 555-0829", "wa_id": "14155550829", "type": "MOBILE"}],
        "addresses": [{"street": "1 Lucky St", "city": "Menlo Park", "zip": "94025", "country_code": "US"}, {}],
        "org": {"company": "Lucky Shrub", "department": "Legal", "title": "Counsel"},
        "urls": [{"url": "https://www.luckyshrub.com", "type": "WORK"}]}]);
    let Content::Contacts { cards } = content::content(&json!({"type": "contacts", "contacts": card})) else {
        panic!("a card")
    };
    let details = cards.first().map(|card| card.details.join("; "));
    assert_eq!(
        details.as_deref(),
        Some("Counsel, Legal; 1 Lucky St, Menlo Park, 94025; https://www.luckyshrub.com; 1999-01-23")
    );
}

/// Meta, webhook reference `messages`, statuses, 2026, and "Business-scoped user IDs", Aug 2026.
#[test]
fn a_status_says_whom_the_message_went_to() {
    let recipient = |status: Value, contacts: Value| {
        let status = joined(status, json!({"id": "wamid.OUT", "status": "delivered"}));
        let value = messages(json!({"contacts": contacts, "statuses": [status]}));
        match facts(&change("messages", value)).as_slice() {
            [Fact::Number(_), Fact::Status(status)] => status.person.clone(),
            other => panic!("one status, not {other:?}"),
        }
    };
    let contact =
        json!([{"profile": {"name": "Pablo M.", "username": "pablo"}, "wa_id": "16505551234", "user_id": "US.1"}]);
    let whole = recipient(
        json!({"recipient_id": "16505551234", "recipient_user_id": "US.1"}),
        contact.clone(),
    );
    assert_eq!(
        (whole.phone.as_deref(), whole.bsuid.as_deref()),
        (Some("16505551234"), Some("US.1"))
    );
    assert_eq!(
        (whole.profile_name.as_str(), whole.username.as_str()),
        ("Pablo M.", "pablo")
    );
    let number = recipient(json!({"recipient_id": "16505551234"}), contact);
    assert_eq!(number.bsuid.as_deref(), Some("US.1"), "the contact tells the rest");
    for key in ["recipient_parent_user_id", "parent_recipient_user_id"] {
        let by_id = recipient(json!({"recipient_user_id": "US.1", key: "US.ENT.1"}), json!([]));
        assert_eq!((by_id.phone, by_id.parent.as_deref()), (None, Some("US.ENT.1")));
    }
    for nobody in [json!({}), json!({"recipient_id": "1203630", "recipient_type": "group"})] {
        assert_eq!(recipient(nobody, json!([])), PersonIds::default());
    }
}

/// Meta, webhook reference `history`, Mar 2026: six values, in either case.
#[test]
fn a_message_of_the_history_tells_how_far_it_came() {
    let read = |from: &str, status: Value| {
        let message = json!({"from": from, "to": "16505551234", "id": "wamid.H", "timestamp": "1739230955",
            "type": "text", "text": {"body": "hi"}, "history_context": {"status": status}});
        let thread = json!({"id": "16505551234", "messages": [message]});
        let facts = facts(&change(
            "history",
            messages(json!({"history": [{"threads": [thread],
            "metadata": {"phase": 0, "chunk_order": 1, "progress": 55}}]})),
        ));
        let status = facts.iter().find_map(|fact| match fact {
            Fact::Message(message) => Some(message.status),
            _ => None,
        });
        (
            status.flatten(),
            facts.iter().any(|fact| matches!(fact, Fact::NotUnderstood(_))),
        )
    };
    for (word, status) in [
        ("SENT", Some(Status::Sent)),
        ("delivered", Some(Status::Delivered)),
        ("Read", Some(Status::Read)),
        ("PLAYED", Some(Status::Played)),
        ("ERROR", Some(Status::Failed)),
        ("PENDING", None),
    ] {
        assert_eq!(read("15550783881", json!(word)), (status, false), "{word}");
        assert_eq!(read("16505551234", json!(word)), (None, false), "the customer's");
    }
    assert_eq!(read("15550783881", json!("LOST")), (None, true));
    assert_eq!(read("15550783881", Value::Null), (None, false));
}

#[test]
fn a_number_in_its_other_form_is_still_the_businesss_own() {
    let value = |list: &str, message: Value| json!({"metadata": {"display_phone_number": "+55 11 98765-4321", "phone_number_id": "1"}, list: [message]});
    let echo =
        json!({"from": "551187654321", "to": "16505551234", "id": "wamid.E", "type": "text", "text": {"body": "oi"}});
    for (field, list) in [("smb_message_echoes", "message_echoes"), ("messages", "messages")] {
        let facts = facts(&change(field, value(list, echo.clone())));
        let message = only_message(&facts);
        assert_eq!((message.direction, message.origin), (Direction::Out, Origin::Phone));
        assert_eq!(message.person.phone.as_deref(), Some("16505551234"));
    }
}

#[test]
fn without_the_businesss_number_the_thread_says_which_way_a_message_went() {
    for (from, to, direction) in [
        ("15550783881", "16505551234", Direction::Out),
        ("16505551234", "15550783881", Direction::In),
    ] {
        let message = json!({"from": from, "to": to, "id": "wamid.H", "type": "text", "text": {"body": "hi"}});
        let facts = facts(&change(
            "history",
            json!({"metadata": {"phone_number_id": "1"},
            "history": [{"metadata": {"phase": "0", "progress": "7"}, "threads": [{"id": "16505551234", "messages": [message]}]}]}),
        ));
        let [Fact::Number(_), Fact::Message(message), Fact::History(history)] = facts.as_slice() else {
            panic!("a message and its chunk, not {facts:?}")
        };
        assert_eq!(
            (message.direction, message.person.phone.as_deref()),
            (direction, Some("16505551234"))
        );
        let told = HistoryTold::Chunk {
            phase: 0,
            order: 0,
            progress: 7,
            messages: 1,
        };
        assert_eq!(history.told, told, "numbers may be text");
    }
}

#[test]
fn what_is_billed_follows_from_its_type_once_meta_no_longer_says_so() {
    let is_billable = |pricing: Value| {
        let status = json!({"id": "wamid.OUT", "status": "sent", "recipient_id": "16505551234", "pricing": pricing});
        let facts = facts(&change("messages", messages(json!({ "statuses": [status] }))));
        let [_, Fact::Status(status)] = facts.as_slice() else {
            panic!("a status")
        };
        status.pricing.as_ref().map(|pricing| pricing.is_billable)
    };
    for (kind, is_billed) in [
        ("regular", true),
        ("free_customer_service", false),
        ("free_entry_point", false),
    ] {
        let told = json!({"pricing_model": "PMP", "type": kind, "category": "service"});
        assert_eq!(is_billable(told), Some(is_billed), "{kind}");
    }
    let told = json!({"billable": false, "type": "regular", "category": "marketing"});
    assert_eq!(is_billable(told), Some(false));
}

#[test]
fn an_edit_may_tell_the_new_caption_alone() {
    let edited = |kind: &str, body: Value| {
        let edit = json!({"original_message_id": "wamid.O", "message": {"type": kind, kind: body}});
        let message = json!({"from": "16505551234", "id": "wamid.E", "type": "edit", "edit": edit});
        match facts(&change("messages", messages(json!({ "messages": [message] })))).as_slice() {
            [_, Fact::Edit(edit)] => Some(edit.content.clone()),
            _ => None,
        }
    };
    for kind in ["image", "video", "document"] {
        let content = edited(kind, json!({"caption": "Updated"}));
        let told = content.as_ref().and_then(Content::media);
        let told = told.map(|media| (media.media_id.as_str(), media.caption.as_str()));
        assert_eq!(told, Some(("", "Updated")));
        assert!(
            edited(kind, json!({"mime_type": "x/y"})).is_none(),
            "{kind} that tells nothing"
        );
    }
    assert!(edited("audio", json!({"caption": "Updated"})).is_none());
}

#[test]
fn nothing_beside_what_is_read_goes_by_unnoticed() {
    let text = json!({"from": "16505551234", "id": "wamid.T", "type": "text", "text": {"body": "hi"}});
    let message = |beside: Value| change("messages", messages(joined(json!({"messages": [text]}), beside)));
    let chunk = |chunk: Value| change("history", messages(json!({"history": [chunk]})));
    let metadata = json!({"phase": 0, "chunk_order": 1, "progress": 10});
    for body in [
        message(json!({"statuses": {"id": "wamid.OUT"}})),
        message(json!({"user_actions": [{"action_type": "marketing_messages_link_click"}]})),
        message(json!({"contacts": "nobody"})),
        chunk(json!({})),
        chunk(json!({"metadata": {"progress": 10}})),
        chunk(json!({"metadata": metadata, "threads": {}})),
        chunk(json!({"metadata": metadata, "threads": [{"id": "16505551234"}]})),
    ] {
        let unread = facts(&body);
        let count = unread
            .iter()
            .filter(|fact| matches!(fact, Fact::NotUnderstood(_)))
            .count();
        assert_eq!(count, 1, "{body}");
    }
    for (field, list) in [
        ("smb_app_state_sync", "state_sync"),
        ("user_preferences", "user_preferences"),
    ] {
        let facts = facts(&change(
            field,
            messages(json!({list: [], "errors": [{"code": "130429", "title": "Rate limit hit"}]})),
        ));
        assert!(
            matches!(facts.as_slice(), [Fact::Number(_), Fact::Account(_)]),
            "{facts:?}"
        );
    }
    let alone = facts(&change("history", messages(json!({"errors": [{"code": 2_593_109}]}))));
    let [Fact::Number(_), Fact::History(history)] = alone.as_slice() else {
        panic!("the refusal, not {alone:?}")
    };
    assert_eq!(history.told, HistoryTold::Refused { code: 2_593_109 });
}
