//! What is told of an account, a number or a template (Meta, webhook references `account_update`, Apr 2026, and
//! `account_alerts`, `account_review_update`, `business_capability_update`, `phone_number_name_update`,
//! `phone_number_quality_update`, `security`, `message_template_*_update`, `template_category_update`, Nov 2025).
//! Every part that the references leave out somewhere is optional.

use super::{Entry, digits, integer, items, text, word};
use serde_json::Value;
use twinbox_domain::{AccountFact, AccountTold, Fact, Millis, NumberId, Subject, TemplateFact, WabaId};

/// Whether `field` is read here.
pub(super) fn is_read(field: &str) -> bool {
    is_of_template(field)
        || matches!(
            field,
            "account_update"
                | "account_alerts"
                | "account_review_update"
                | "business_capability_update"
                | "business_username_updates"
                | "partner_solutions"
                | "payment_configuration_update"
                | "phone_number_name_update"
                | "phone_number_quality_update"
                | "security"
        )
}

fn is_of_template(field: &str) -> bool {
    field.starts_with("message_template_") || field == "template_category_update"
}

/// Everything a change of such a field says; `Err` for one that cannot be read.
pub(super) fn read(field: &str, value: &Value, entry: &Entry) -> Vec<Result<Fact, &'static str>> {
    if is_of_template(field) {
        return vec![read_template(value, entry)];
    }
    let told = match field {
        "account_update" => read_update(value).map(|told| vec![told]),
        "account_alerts" => Ok(vec![read_alert(value)]),
        "account_review_update" => needed(value, "decision").map(|decision| vec![AccountTold::Review { decision }]),
        "business_capability_update" => tier(value)
            .map(|tier| vec![tier])
            .ok_or("a capability this version does not know"),
        "phone_number_quality_update" => read_quality(value),
        "phone_number_name_update" => read_name(value).map(|told| vec![told]),
        "security" => needed(value, "event").map(|word| vec![AccountTold::Other { word }]),
        _ => Ok(vec![AccountTold::Other { word: field.to_owned() }]),
    };
    match told {
        Ok(told) => {
            let subject = subject(value, entry);
            let fact = |told| {
                Ok(Fact::Account(AccountFact {
                    subject: subject.clone(),
                    at: entry.at,
                    told,
                }))
            };
            told.into_iter().map(fact).collect()
        }
        Err(reason) => vec![Err(reason)],
    }
}

/// Of whom something is told. `entry.id` is the account except for what happens between partners, where it is the
/// partner's portfolio and `waba_info` has the account.
fn subject(value: &Value, entry: &Entry) -> Subject {
    let phone = ["phone_number", "display_phone_number"]
        .into_iter()
        .filter_map(|key| word(value, key))
        .map(|phone| digits(&phone))
        .find(|phone| !phone.is_empty());
    let entity = word(value, "entity_id");
    let waba = value.get("waba_info").and_then(|info| word(info, "waba_id"));
    match (phone, text(value, "entity_type"), entity) {
        (Some(phone), _, _) => Subject::Phone(phone),
        (None, Some("PHONE_NUMBER"), Some(id)) => Subject::Number(NumberId(id)),
        (None, Some("WABA" | "WHATSAPP_BUSINESS_ACCOUNT"), Some(id)) => Subject::Waba(WabaId(id)),
        _ => Subject::Waba(
            waba.map(WabaId)
                .or_else(|| entry.waba.clone())
                .unwrap_or(WabaId(String::new())),
        ),
    }
}

fn read_update(value: &Value) -> Result<AccountTold, &'static str> {
    let part = |key: &str| value.get(key).unwrap_or(&Value::Null);
    let event = text(value, "event").ok_or("an account event without its name")?;
    Ok(match event {
        "PARTNER_REMOVED" => AccountTold::PartnerRemoved {
            reason: word(part("disconnection_info"), "reason").unwrap_or_default(),
            initiated_by: word(part("disconnection_info"), "initiated_by").unwrap_or_default(),
        },
        "ACCOUNT_OFFBOARDED" => AccountTold::Offboarded,
        "ACCOUNT_RECONNECTED" => AccountTold::Reconnected,
        "PARTNER_ADDED" => AccountTold::PartnerAdded,
        "ACCOUNT_DELETED" => AccountTold::Deleted,
        "PARTNER_APP_INSTALLED" | "PARTNER_APP_UNINSTALLED" => AccountTold::App {
            app: word(part("waba_info"), "partner_app_id").unwrap_or_default(),
            is_installed: event == "PARTNER_APP_INSTALLED",
        },
        "ACCOUNT_RESTRICTION" => AccountTold::Restriction {
            kinds: items(value, "restriction_info")
                .iter()
                .filter_map(|info| word(info, "restriction_type"))
                .collect(),
            until: items(value, "restriction_info")
                .iter()
                .filter_map(|info| integer(info, "expiration"))
                .max()
                .map(Millis::from_unix_seconds),
            remedy: remedies(items(value, "restriction_info")),
        },
        "ACCOUNT_VIOLATION" => AccountTold::Violation {
            kind: word(part("violation_info"), "violation_type").unwrap_or_default(),
            remedy: word(part("violation_info"), "remediation").unwrap_or_default(),
        },
        "DISABLED_UPDATE" => AccountTold::Ban {
            state: needed(part("ban_info"), "waba_ban_state")?,
            date: word(part("ban_info"), "waba_ban_date").unwrap_or_default(),
        },
        "AD_ACCOUNT_LINKED"
        | "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE"
        | "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE"
        | "MM_LITE_TERMS_SIGNED"
        | "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE"
        | "VERIFIED_ACCOUNT"
        | "VOLUME_BASED_PRICING_TIER_UPDATE" => AccountTold::Other { word: event.to_owned() },
        _ => return Err("an account event this version does not know"),
    })
}

/// What helps against each, once.
fn remedies(told: &[Value]) -> String {
    let mut remedies: Vec<String> = Vec::new();
    for remedy in told.iter().filter_map(|info| word(info, "remediation")) {
        if !remedies.contains(&remedy) {
            remedies.push(remedy);
        }
    }
    remedies.join(" ")
}

/// Newer payloads have an `alert_info`; in older ones its fields stand beside the entity.
fn read_alert(value: &Value) -> AccountTold {
    let info = value.get("alert_info").unwrap_or(value);
    let part = |key: &str| word(info, key).unwrap_or_default();
    AccountTold::Alert {
        severity: part("alert_severity"),
        status: part("alert_status"),
        kind: part("alert_type"),
        description: part("alert_description"),
    }
}

/// The limit of people in 24 hours: of the business, or in older payloads of the number. An integer in Meta's example,
/// a word in its table.
fn tier(value: &Value) -> Option<AccountTold> {
    [
        "max_daily_conversations_per_business",
        "max_daily_conversation_per_phone",
        "current_limit",
    ]
    .into_iter()
    .find_map(|key| word(value, key))
    .map(|tier| AccountTold::Tier { tier })
}

fn read_quality(value: &Value) -> Result<Vec<AccountTold>, &'static str> {
    let quality = word(value, "event").map(|word| AccountTold::Quality { word });
    let told: Vec<_> = quality.into_iter().chain(tier(value)).collect();
    (!told.is_empty()).then_some(told).ok_or("a quality without a word")
}

fn read_name(value: &Value) -> Result<AccountTold, &'static str> {
    Ok(AccountTold::Name {
        decision: needed(value, "decision")?,
        requested: word(value, "requested_verified_name").unwrap_or_default(),
        reason: word(value, "rejection_reason").unwrap_or_default(),
    })
}

/// By its keys, not by its field: in Meta's own sample a quality comes under the field of a status.
fn read_template(value: &Value, entry: &Entry) -> Result<Fact, &'static str> {
    let reason = || {
        let reason = word(value, "reason").filter(|reason| reason != "NONE");
        reason.unwrap_or_default()
    };
    Ok(Fact::Template(TemplateFact {
        waba: entry.waba.clone().ok_or("a template of no account")?,
        id: needed(value, "message_template_id")?,
        name: word(value, "message_template_name").unwrap_or_default(),
        language: word(value, "message_template_language").unwrap_or_default(),
        status: word(value, "event").map(|event| (status_after(event), reason())),
        quality: word(value, "new_quality_score"),
        category: word(value, "new_category")
            .or_else(|| word(value, "message_template_category"))
            .map(|category| (category, word(value, "correct_category").unwrap_or_default())),
        at: entry.at,
    }))
}

/// What a template is after an event, in the words of the account's list: it can be sent again, or still.
fn status_after(event: String) -> String {
    match event.as_str() {
        "FLAGGED" | "REINSTATED" | "UNARCHIVED" | "UNPAUSED" => "APPROVED".to_owned(),
        _ => event,
    }
}

fn needed(value: &Value, key: &str) -> Result<String, &'static str> {
    word(value, key).ok_or("it lacks what it is about")
}
