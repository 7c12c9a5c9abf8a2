//! What the phone shares: `history` and `smb_app_state_sync` (Mar and Aug 2026), and people's new ids.

use super::*;
use twinbox_domain::{HistoryTold, PersonIds, Telling};

fn chunk(threads: Value) -> Value {
    change(
        "history",
        messages(
            json!({"history": [{"metadata": {"phase": 0, "chunk_order": 1, "progress": 55}, "threads": threads}]}),
        ),
    )
}

fn only_past_message(facts: &[Fact]) -> &MessageFact {
    match facts {
        [Fact::Number(_), Fact::Message(message), Fact::History(_)] => message,
        other => panic!("one message and its chunk, not {other:?}"),
    }
}

#[test]
fn a_message_of_the_history_goes_the_way_its_numbers_say_and_belongs_to_its_thread() {
    for (ends, direction) in [
        (json!({"from": "15550783881", "to": "16505551234"}), Direction::Out),
        (json!({"from": "15550783881"}), Direction::Out),
        (json!({"from": "16505551234", "from_user_id": "US.1349"}), Direction::In),
        (json!({"from_user_id": "US.1349", "to": "15550783881"}), Direction::In),
    ] {
        let mut message = json!({"id": "wamid.A", "timestamp": "1739230955", "type": "text", "text": {"body": "hi"},
            "history_context": {"status": "READ"}});
        if let (Some(message), Value::Object(ends)) = (message.as_object_mut(), ends) {
            message.extend(ends);
        }
        let facts = facts(&chunk(json!([{"id": "16505551234", "messages": [message],
            "context": {"wa_id": "16505551234", "user_id": "US.1349", "username": "pablo"}}])));
        let message = only_past_message(&facts);
        assert_eq!((message.direction, message.origin), (direction, Origin::History));
        assert_eq!(message.telling, Telling::History);
        let PersonIds {
            phone, bsuid, username, ..
        } = &message.person;
        assert_eq!(
            (phone.as_deref(), bsuid.as_deref(), username.as_str()),
            (Some("16505551234"), Some("US.1349"), "pablo")
        );
    }
}

/// Meta, "Business-scoped user IDs", Aug 2026.
#[test]
fn parent_ids_are_read_wherever_a_person_is_named() {
    let parent = |message: Value, contact: Value| {
        let value = json!({"messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
            "contacts": [contact], "messages": [message]});
        let body = json!({"object": "whatsapp_business_account",
            "entry": [{"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}]});
        match facts(&body).as_slice() {
            [Fact::Number(_), Fact::Message(message)] => message.person.parent.clone(),
            [Fact::Number(_), Fact::IdsChanged(change)] => change
                .before
                .parent
                .clone()
                .zip(change.after.parent.clone())
                .map(|both| format!("{both:?}")),
            other => panic!("one message, not {other:?}"),
        }
    };
    let text = json!({"from": "551187654321", "id": "wamid.A", "timestamp": "1749416383", "type": "text", "text": {"body": "oi"}});
    let with = |more: Value| {
        let mut message = text.clone();
        if let (Some(message), Value::Object(more)) = (message.as_object_mut(), more) {
            message.extend(more);
        }
        message
    };
    let own = with(json!({"from_user_id": "BR.1", "from_parent_user_id": "BR.ENT.1"}));
    assert_eq!(parent(own, json!({})).as_deref(), Some("BR.ENT.1"));
    // The contact's number is of the other form.
    let contact = json!({"wa_id": "5511987654321", "user_id": "BR.1", "parent_user_id": "BR.ENT.2"});
    assert_eq!(parent(text.clone(), contact).as_deref(), Some("BR.ENT.2"));
    let change = with(
        json!({"type": "system", "system": {"type": "user_changed_user_id", "user_id": "BR.2",
        "previous_user_id": "BR.1", "parent_user_id": "BR.ENT.2", "previous_parent_user_id": "BR.ENT.1"}}),
    );
    assert_eq!(
        parent(change, json!({})).as_deref(),
        Some(r#"("BR.ENT.1", "BR.ENT.2")"#)
    );
}

#[test]
fn an_older_thread_has_nothing_but_the_phone_number() {
    let facts = facts(&chunk(
        json!([{"id": "16505551234", "messages": [{"from": "15550783881", "id": "wamid.A",
        "timestamp": "1739230970", "type": "media_placeholder", "history_context": {"status": "PLAYED"}}]}]),
    ));
    let message = only_past_message(&facts);
    assert_eq!(message.person.phone.as_deref(), Some("16505551234"));
    assert_eq!(message.content, Content::Placeholder);
}

#[test]
fn a_chunk_tells_how_far_the_history_is_even_when_it_is_empty() {
    let facts = facts(&chunk(json!([])));
    let [Fact::Number(_), Fact::History(history)] = facts.as_slice() else {
        panic!("the chunk alone, not {facts:?}")
    };
    let told = HistoryTold::Chunk {
        phase: 0,
        order: 1,
        progress: 55,
        messages: 0,
    };
    assert_eq!(history.told, told);
}

#[test]
fn each_of_two_chunks_in_one_webhook_tells_how_many_messages_are_its_own() {
    let said = |wamid: &str| json!({"from": "16505551234", "id": wamid, "timestamp": "1739230970", "type": "text", "text": {"body": "hi"}});
    let part = |order: i64, said: Vec<serde_json::Value>| json!({"metadata": {"phase": 0, "chunk_order": order, "progress": 50}, "threads": [{"id": "16505551234", "messages": said}]});
    let facts = facts(&change(
        "history",
        messages(json!({"history": [part(1, vec![said("wamid.A"), said("wamid.B")]), part(2, vec![said("wamid.C")])]})),
    ));
    let brought: Vec<_> = facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::History(history) => Some(history.told),
            _ => None,
        })
        .map(|told| match told {
            HistoryTold::Chunk { messages, .. } => messages,
            HistoryTold::Refused { .. } => panic!("it is not refused"),
        })
        .collect();
    assert_eq!(brought, [2, 1]);
}

#[test]
fn a_history_that_is_not_shared_says_so() {
    let facts = facts(&change(
        "history",
        messages(json!({"history": [{"errors": [{"code": 2_593_109, "title": "History sync is turned off"}]}]})),
    ));
    let [Fact::Number(_), Fact::History(history)] = facts.as_slice() else {
        panic!("the refusal alone, not {facts:?}")
    };
    assert_eq!(history.told, HistoryTold::Refused { code: 2_593_109 });
}

/// As Meta's page shows it (webhook reference `history`, Mar 2026).
#[test]
fn a_history_that_is_not_shared_says_so_also_without_an_envelope() {
    let bare = messages(json!({"history": [{"errors": [{"code": 2_593_109}]}]}));
    let facts = facts(&bare);
    let [Fact::Number(_), Fact::History(history)] = facts.as_slice() else {
        panic!("the refusal alone, not {facts:?}")
    };
    assert_eq!(history.told, HistoryTold::Refused { code: 2_593_109 });
}

#[test]
fn a_system_message_that_is_not_known_is_of_whatsapp_and_says_its_type() {
    let system = json!({"type": "customer_identity_changed", "body": "The security code changed"});
    let facts = facts(&change(
        "messages",
        messages(
            json!({"messages": [{"from": "16505551234", "id": "wamid.S", "timestamp": "1750269342",
            "type": "system", "system": system}]}),
        ),
    ));
    let [Fact::Number(_), Fact::Message(message)] = facts.as_slice() else {
        panic!("a message, not {facts:?}")
    };
    assert_eq!(message.origin, Origin::System, "it opens no window and wants no answer");
    assert_eq!(
        message.content,
        Content::NotUnderstood {
            type_name: "customer_identity_changed".to_owned(),
            code: None,
        }
    );
}

#[test]
fn a_medium_that_follows_its_placeholder_is_told_as_such_in_either_list() {
    let image = json!({"from": "16505551234", "id": "wamid.M", "timestamp": "1738796547", "type": "image",
        "image": {"mime_type": "image/jpeg", "sha256": "3f9d", "id": "2423"}});
    for list in ["messages", "message_echoes"] {
        let facts = facts(&change("history", messages(json!({list: [image]}))));
        let message = only_message(&facts);
        assert_eq!((message.telling, message.origin), (Telling::FollowUp, Origin::History));
        assert!(matches!(message.content, Content::Image(_)));
    }
}

#[test]
fn contacts_are_named_renamed_and_removed() {
    let facts = facts(&change(
        "smb_app_state_sync",
        messages(json!({"state_sync": [
            {"type": "contact", "contact": {"full_name": "Pablo Morales", "phone_number": "+1 650 555 1234"},
                "action": "add", "metadata": {"timestamp": "1739321024"}},
            {"type": "contact", "contact": {"user_id": "US.22", "username": "@anna.b"}, "action": "remove",
                "metadata": {"timestamp": "1739321100"}},
            {"type": "contact", "contact": {"full_name": "Nobody"}, "action": "add"},
            {"type": "label"}]})),
    ));
    let [
        Fact::Number(_),
        Fact::Contact(added),
        Fact::Contact(removed),
        Fact::NotUnderstood(_),
        Fact::NotUnderstood(_),
    ] = facts.as_slice()
    else {
        panic!("two contacts, not {facts:?}")
    };
    assert_eq!(
        (added.name.as_str(), added.person.phone.as_deref()),
        ("Pablo Morales", Some("16505551234"))
    );
    assert_eq!(
        (removed.name.as_str(), removed.person.bsuid.as_deref()),
        ("", Some("US.22"))
    );
    assert_eq!(removed.person.username, "anna.b");
    assert_eq!(removed.at, Millis::from_unix_seconds(1_739_321_100));
}

#[test]
fn a_change_of_number_names_the_ids_before_and_after() {
    for system in [
        json!({"type": "user_changed_number", "body": "User changed", "wa_id": "12195555358", "user_id": "US.NEW",
            "previous_user_id": "US.OLD"}),
        json!({"type": "user_changed_number", "body": "User changed", "new_wa_id": "12195555358", "user_id": "US.NEW"}),
    ] {
        let facts = facts(&change(
            "messages",
            messages(
                json!({"messages": [{"from": "16505551234", "from_user_id": "US.OLD", "id": "wamid.S",
                "timestamp": "1750269342", "type": "system", "system": system}]}),
            ),
        ));
        let [Fact::Number(_), Fact::IdsChanged(changed)] = facts.as_slice() else {
            panic!("a change of ids, not {facts:?}")
        };
        assert_eq!(
            (changed.before.phone.as_deref(), changed.before.bsuid.as_deref()),
            (Some("16505551234"), Some("US.OLD"))
        );
        assert_eq!(
            (changed.after.phone.as_deref(), changed.after.bsuid.as_deref()),
            (Some("12195555358"), Some("US.NEW"))
        );
    }
}
