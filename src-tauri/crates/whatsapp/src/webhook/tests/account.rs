//! Payloads after Meta's webhook references (`account_update`, Apr 2026; the fields of numbers, templates and
//! preferences, Nov 2025), in their older and newer forms.
#![allow(clippy::indexing_slicing, reason = "tests")]

use super::*;
use twinbox_domain::{HandoverFact, PreferenceFact, TemplateFact, ThreadOwner};

const AT: i64 = 1_748_477_359;

/// A change of an account: with a time, under `id`.
fn of(id: &str, field: &str, value: Value) -> Vec<Fact> {
    facts(
        &json!({"object": "whatsapp_business_account", "entry": [{"id": id, "time": AT, "changes": [
        {"field": field, "value": value}]}]}),
    )
}

/// Of whom, and what, as the store keeps it.
fn told(facts: &[Fact]) -> Vec<(String, Value)> {
    let told = |fact: &Fact| match fact {
        Fact::Account(fact) => {
            assert_eq!(fact.at, Millis::from_unix_seconds(AT));
            let subject = match &fact.subject {
                Subject::Waba(id) => format!("waba {id}"),
                Subject::Number(id) => format!("number {id}"),
                Subject::Phone(phone) => format!("phone {phone}"),
            };
            (subject, json!(fact.told))
        }
        other => panic!("of an account, not {other:?}"),
    };
    facts.iter().map(told).collect()
}

fn update(value: Value) -> (String, Value) {
    let mut told = told(&of("102290129340398", "account_update", value));
    assert_eq!(told.len(), 1);
    told.remove(0)
}

#[test]
fn what_parts_a_number_from_the_cloud_api_and_brings_it_back_is_told_of_whom_it_concerns() {
    let removed = |reason: &str, by: &str| json!({"event": "partner_removed", "reason": reason, "initiated_by": by});
    let waba_info = json!({"waba_id": "980198427658004", "owner_business_id": "2329417887457253"});
    for (value, subject, event) in [
        (
            json!({"event": "PARTNER_REMOVED", "waba_info": waba_info,
                "disconnection_info": {"reason": "PRIMARY_INACTIVITY", "initiated_by": "SYSTEM"}}),
            "waba 980198427658004",
            removed("PRIMARY_INACTIVITY", "SYSTEM"),
        ),
        (
            json!({"event": "PARTNER_REMOVED", "phone_number": "+1 555-078-3881"}),
            "phone 15550783881",
            removed("", ""),
        ),
        (
            json!({"event": "PARTNER_REMOVED"}),
            "waba 102290129340398",
            removed("", ""),
        ),
        (
            json!({"event": "PARTNER_REMOVED", "waba_info": null, "disconnection_info": "gone", "phone_number": "PN"}),
            "waba 102290129340398",
            removed("", ""),
        ),
        (
            json!({"event": "ACCOUNT_OFFBOARDED"}),
            "waba 102290129340398",
            json!({"event": "offboarded"}),
        ),
        (
            json!({"event": "ACCOUNT_RECONNECTED"}),
            "waba 102290129340398",
            json!({"event": "reconnected"}),
        ),
        (
            json!({"event": "PARTNER_ADDED", "waba_info": {"waba_id": 980_198_427_658_004_i64}}),
            "waba 980198427658004",
            json!({"event": "partner_added"}),
        ),
        (
            json!({"event": "ACCOUNT_DELETED"}),
            "waba 102290129340398",
            json!({"event": "deleted"}),
        ),
    ] {
        assert_eq!(update(value), (subject.to_owned(), event));
    }
}

#[test]
fn what_else_happens_to_an_account_is_a_line_of_its_story() {
    let kinds = json!([{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 1_641_330_498},
        {"restriction_type": "RESTRICTED_UTILITY_TEMPLATES", "remediation": "Look."},
        {"remediation": "Look."}, {"remediation": "Call."}, "odd"]);
    for (value, event) in [
        (
            json!({"event": "ACCOUNT_RESTRICTION", "restriction_info": kinds}),
            json!({"event": "restriction", "until": 1_641_330_498_000_i64,
                "kinds": ["RESTRICTED_BIZ_INITIATED_MESSAGING", "RESTRICTED_UTILITY_TEMPLATES"],
                "remedy": "Look. Call."}),
        ),
        (
            json!({"event": "ACCOUNT_RESTRICTION"}),
            json!({"event": "restriction", "until": null, "kinds": []}),
        ),
        (
            json!({"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "ADULT", "remediation": "Look."}}),
            json!({"event": "violation", "kind": "ADULT", "remedy": "Look."}),
        ),
        (
            json!({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE", "waba_ban_date": "April 17, 2025"}}),
            json!({"event": "ban", "state": "REINSTATE", "date": "April 17, 2025"}),
        ),
        (
            json!({"event": "PARTNER_APP_UNINSTALLED", "waba_info": {"waba_id": "1", "partner_app_id": "8693"}}),
            json!({"event": "app", "app": "8693", "is_installed": false}),
        ),
        (
            json!({"event": "VERIFIED_ACCOUNT"}),
            json!({"event": "other", "word": "VERIFIED_ACCOUNT"}),
        ),
        (
            json!({"event": "VOLUME_BASED_PRICING_TIER_UPDATE", "volume_tier_info": {"tier": "25000001:50000000"}}),
            json!({"event": "other", "word": "VOLUME_BASED_PRICING_TIER_UPDATE"}),
        ),
    ] {
        assert_eq!(update(value).1, event);
    }
}

#[test]
fn an_event_that_is_not_known_is_kept_and_takes_nothing_with_it() {
    for value in [
        json!({"event": "FROM_THE_FUTURE"}),
        json!({}),
        json!({"event": "DISABLED_UPDATE"}),
    ] {
        let facts = of("102290129340398", "account_update", value);
        assert!(matches!(facts.as_slice(), [Fact::NotUnderstood(_)]), "{facts:?}");
    }
}

#[test]
fn a_field_that_stands_a_level_too_high_or_too_low_is_found() {
    let value = json!({"event": "PARTNER_APP_INSTALLED", "waba_info": {"waba_id": "1191", "partner_app_id": "57"}});
    let mut inside = value.clone();
    inside["field"] = json!("account_update");
    for entry in [
        json!({"id": "29", "time": AT, "changes": [{"value": value}], "field": "account_update"}),
        json!({"id": "29", "time": AT, "changes": [{"value": inside}]}),
    ] {
        let told = told(&facts(&json!({"entry": [entry]})));
        assert_eq!(
            told[0],
            (
                "waba 1191".to_owned(),
                json!({"event": "app", "app": "57", "is_installed": true})
            )
        );
    }
}

#[test]
fn quality_limits_and_names_are_of_the_number_that_is_named() {
    let number = |field: &str, mut value: Value| {
        value["display_phone_number"] = json!("15550783881");
        let told = told(&of("102290129340398", field, value));
        assert!(
            told.iter().all(|(subject, _)| subject == "phone 15550783881"),
            "{told:?}"
        );
        told.into_iter().map(|(_, told)| told).collect::<Vec<_>>()
    };
    let quality = |word: &str| json!({"event": "quality", "word": word});
    let tier = |tier: &str| json!({"event": "tier", "tier": tier});
    assert_eq!(
        number(
            "phone_number_quality_update",
            json!({"event": "FLAGGED", "current_limit": "TIER_10K"})
        ),
        [quality("FLAGGED"), tier("TIER_10K")]
    );
    // An integer in Meta's example, a word in its table; what is newer counts.
    assert_eq!(
        number(
            "phone_number_quality_update",
            json!({"event": "THROUGHPUT_UPGRADE", "old_limit": "TIER_2K", "current_limit": "TIER_10K",
                "max_daily_conversations_per_business": 2000})
        ),
        [quality("THROUGHPUT_UPGRADE"), tier("2000")]
    );
    assert_eq!(
        number(
            "phone_number_name_update",
            json!({"decision": "APPROVED", "requested_verified_name": "Lucky Shrub", "rejection_reason": null})
        ),
        [json!({"event": "name", "decision": "APPROVED", "requested": "Lucky Shrub", "reason": ""})]
    );
    assert_eq!(
        number(
            "security",
            json!({"event": "PIN_RESET_REQUEST", "requester": "61555822107539"})
        ),
        [json!({"event": "other", "word": "PIN_RESET_REQUEST"})]
    );
    let capability = json!({"max_daily_conversations_per_business": "TIER_2K", "max_phone_numbers_per_waba": 25});
    let capability = told(&of("524126980791429", "business_capability_update", capability));
    assert_eq!(capability, [("waba 524126980791429".to_owned(), tier("TIER_2K"))]);
}

#[test]
fn an_alert_and_a_review_are_read_in_both_forms() {
    let info =
        json!({"alert_severity": "WARNING", "alert_status": "ACTIVE", "alert_type": "LOW", "alert_description": "…"});
    let alert = json!({"event": "alert", "severity": "WARNING", "status": "ACTIVE", "kind": "LOW", "description": "…"});
    let mut older = info.clone();
    older["entity_type"] = json!("PHONE_NUMBER");
    older["entity_id"] = json!(106_540_352_242_922_i64);
    let newer = json!({"entity_type": "BUSINESS", "entity_id": "506914307656634", "alert_info": info});
    for (value, subject) in [(newer, "waba 102290129340398"), (older, "number 106540352242922")] {
        let told = told(&of("102290129340398", "account_alerts", value));
        assert_eq!(told, [(subject.to_owned(), alert.clone())]);
    }
    let review = told(&of(
        "102290129340398",
        "account_review_update",
        json!({"decision": "APPROVED"}),
    ));
    assert_eq!(review[0].1, json!({"event": "review", "decision": "APPROVED"}));
}

fn template(field: &str, mut extra: Value) -> TemplateFact {
    extra["message_template_id"] = json!(1_689_556_908_129_835_i64);
    extra["message_template_name"] = json!("abandoned_cart");
    extra["message_template_language"] = json!("en-US");
    match of("102290129340398", field, extra).as_slice() {
        [Fact::Template(fact)] => fact.clone(),
        other => panic!("a template, not {other:?}"),
    }
}

#[test]
fn a_template_is_told_of_by_its_keys_whatever_the_field_says() {
    let nothing = TemplateFact {
        waba: WabaId::from("102290129340398"),
        id: "1689556908129835".to_owned(),
        name: "abandoned_cart".to_owned(),
        language: "en-US".to_owned(),
        status: None,
        quality: None,
        category: None,
        at: Millis::from_unix_seconds(AT),
    };
    let pair = |one: &str, other: &str| Some((one.to_owned(), other.to_owned()));
    let status = "message_template_status_update";
    assert_eq!(
        template(
            status,
            json!({"event": "REJECTED", "reason": "INVALID_FORMAT", "message_template_category": "MARKETING"})
        ),
        TemplateFact {
            status: pair("REJECTED", "INVALID_FORMAT"),
            category: pair("MARKETING", ""),
            ..nothing.clone()
        }
    );
    for reason in [json!("NONE"), json!(null)] {
        let fact = template(status, json!({"event": "PAUSED", "reason": reason, "other_info": {}}));
        assert_eq!(fact.status, pair("PAUSED", ""));
    }
    for field in [status, "message_template_quality_update"] {
        let quality = json!({"previous_quality_score": "GREEN", "new_quality_score": "YELLOW"});
        let quality = template(field, quality);
        assert_eq!((quality.status, quality.quality.as_deref()), (None, Some("YELLOW")));
    }
    let category = template(
        "template_category_update",
        json!({"new_category": "UTILITY", "correct_category": "MARKETING"}),
    );
    assert_eq!(category.category, pair("UTILITY", "MARKETING"));
    assert_eq!(
        template(
            "message_template_components_update",
            json!({"message_template_title": "Hi"})
        ),
        nothing
    );
    let nameless = of("102290129340398", status, json!({"event": "APPROVED"}));
    assert!(matches!(nameless.as_slice(), [Fact::NotUnderstood(_)]));
}

#[test]
fn a_template_that_can_be_sent_again_or_still_is_an_approved_one() {
    for event in ["APPROVED", "FLAGGED", "REINSTATED", "UNARCHIVED", "UNPAUSED"] {
        let fact = template("message_template_status_update", json!({"event": event}));
        assert_eq!(fact.status, Some(("APPROVED".to_owned(), String::new())), "{event}");
    }
}

fn preference(item: Value) -> Vec<Fact> {
    let value = json!({"contacts": [{"profile": {"name": "Sheena"}, "wa_id": "16505551234", "user_id": "US.1349"}],
        "user_preferences": [item]});
    facts(&change("user_preferences", messages(value)))
}

#[test]
fn a_person_stops_marketing_and_takes_it_again() {
    for (word, is_stopped, timestamp) in [("stop", true, json!(AT)), ("resume", false, json!(AT.to_string()))] {
        let facts = preference(
            json!({"wa_id": "16505551234", "detail": "…", "category": "marketing_messages",
            "value": word, "timestamp": timestamp}),
        );
        let [Fact::Number(number), Fact::Preference(fact)] = facts.as_slice() else {
            panic!("a preference, not {facts:?}")
        };
        assert_eq!(number.waba, Some(WabaId::from("102290129340398")));
        let expected = PreferenceFact {
            number: number.number.clone(),
            person: fact.person.clone(),
            category: "marketing_messages".to_owned(),
            is_stopped,
            at: Millis::from_unix_seconds(AT),
        };
        assert_eq!(*fact, expected);
        assert_eq!(fact.person.bsuid.as_deref(), Some("US.1349"));
    }
    for item in [
        json!({"wa_id": "16505551234", "value": "sometimes"}),
        json!({"value": "stop"}),
    ] {
        let facts = preference(item);
        assert!(
            matches!(facts.as_slice(), [Fact::Number(_), Fact::NotUnderstood(_)]),
            "{facts:?}"
        );
    }
}

#[test]
fn an_error_without_a_message_is_of_the_number() {
    let error = json!({"code": 130_429, "title": "Rate limit hit", "message": "Rate limit hit"});
    let facts = facts(&change("messages", messages(json!({"errors": [error]}))));
    let [Fact::Number(_), Fact::Account(fact)] = facts.as_slice() else {
        panic!("an error, not {facts:?}")
    };
    assert!(matches!(&fact.subject, Subject::Number(number) if number.as_str() == "106540352242922"));
    assert_eq!(fact.at, NOW);
    assert_eq!(
        json!(fact.told),
        json!({"event": "error", "code": 130_429, "title": "Rate limit hit"})
    );
}

fn handover(extra: Value) -> Vec<Fact> {
    let mut value = json!({"messaging_product": "whatsapp", "sender": {"phone_number": "16505551234"},
        "recipient": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
        "timestamp": AT.to_string()});
    if let (Some(value), Value::Object(extra)) = (value.as_object_mut(), extra) {
        value.extend(extra);
    }
    facts(&change("messaging_handovers", value))
}

/// Roles as public code names them that has seen such payloads (Aug to Oct 2026).
#[test]
fn a_hand_over_says_who_answers_now_in_each_form_that_was_seen() {
    for (extra, owner) in [
        (
            json!({"type": "control_passed", "control_passed": {"previous_owner_role": "ai_agent", "new_owner_role": "escalation"}}),
            ThreadOwner::Team,
        ),
        (
            json!({"type": "control_taken", "control_taken": {"previous_owner_role": "escalation", "new_owner_role": "ai_agent"}}),
            ThreadOwner::AiAgent,
        ),
        // Only the owner before: then it is the other side.
        (
            json!({"control_passed": {"previous_owner_app_role": "META_AI"}}),
            ThreadOwner::Team,
        ),
        (
            json!({"handover_type": "pass", "previous_owner": {"role": "app"}, "new_owner": {"role": "another_app"},
                "control_passed": {"metadata": ""}}),
            ThreadOwner::Other,
        ),
    ] {
        let facts = handover(extra);
        let [Fact::Number(number), Fact::Handover(fact)] = facts.as_slice() else {
            panic!("a hand-over, not {facts:?}")
        };
        let expected = HandoverFact {
            number: number.number.clone(),
            person: fact.person.clone(),
            owner,
            at: Millis::from_unix_seconds(AT),
        };
        assert_eq!(*fact, expected);
        assert_eq!(fact.person.phone.as_deref(), Some("16505551234"));
    }
}

#[test]
fn a_hand_over_of_nobody_or_to_nobody_is_kept() {
    for extra in [
        json!({"sender": {}}),
        json!({"sender": null}),
        json!({"control_passed": {"metadata": "why"}}),
        json!({"control_passed": {"previous_owner_role": "escalation"}}),
    ] {
        let facts = handover(extra);
        assert!(
            matches!(facts.as_slice(), [Fact::Number(_), Fact::NotUnderstood(_)]),
            "{facts:?}"
        );
    }
}

#[test]
fn nothing_of_an_account_shows_in_debug_output() {
    let facts = of(
        "102290129340398",
        "phone_number_name_update",
        json!({"display_phone_number": "15550783881", "decision": "APPROVED", "requested_verified_name": "Lucky Shrub"}),
    );
    let shown = format!("{facts:?}");
    assert!(!shown.contains("15550783881") && !shown.contains("Lucky"), "{shown}");
}
