//! Meta's samples of what is told of accounts, numbers and templates (Meta, "account_update", "phone_number_*",
//! "business_capability_update", "template_*", "security", "account_alerts" and "user_preferences" webhook references,
//! 2025 and 2026).

use crate::{account::PARTNER_BUSINESS_ID, number::BUSINESS_ID, numbering, stream::Streams, webhook::Sender};
use serde_json::{Value, json};

/// Every kind there is a sample of.
pub(crate) const KINDS: [&str; 33] = [
    "quality",
    "name",
    "capability",
    "template_quality",
    "template_category",
    "template_rejected",
    "security",
    "alert",
    "review",
    "preference",
    "username",
    "restriction",
    "violation",
    "ban",
    "reinstated",
    "deleted",
    "offboarded",
    "reconnected",
    "pricing_tier",
    "country",
    "international_price",
    "partner_added",
    "partner_removed",
    "partner_app_installed",
    "partner_app_uninstalled",
    "marketing_terms",
    "ad_account",
    "certification",
    "rate_limited",
    "empty_interactive",
    "link_click",
    "standby",
    "user_id",
];

/// The sample of that kind; `None` if there is none. Ids come from `streams`.
pub(crate) fn sample(sender: &Sender<'_>, streams: &Streams, kind: &str) -> Option<Value> {
    let number = sender.display_phone_number;
    let template = |mut value: Value| {
        if let Some(value) = value.as_object_mut() {
            value.insert("message_template_id".to_owned(), json!(278_077_987_957_091_u64));
            value.insert("message_template_name".to_owned(), json!("welcome_template"));
            value.insert("message_template_language".to_owned(), json!("en_US"));
        }
        value
    };
    let (field, value) = match kind {
        "quality" => (
            "phone_number_quality_update",
            json!({
                "display_phone_number": number, "event": "THROUGHPUT_UPGRADE", "old_limit": "TIER_2K",
                "current_limit": "TIER_UNLIMITED", "max_daily_conversations_per_business": "TIER_UNLIMITED",
            }),
        ),
        "name" => (
            "phone_number_name_update",
            json!({
                "display_phone_number": number, "decision": "APPROVED", "requested_verified_name": "Tandem & Oak",
                "rejection_reason": null,
            }),
        ),
        "capability" => (
            "business_capability_update",
            json!({"max_daily_conversations_per_business": 2000, "max_phone_numbers_per_waba": 25}),
        ),
        "template_quality" => (
            "message_template_quality_update",
            template(json!({"previous_quality_score": "GREEN", "new_quality_score": "YELLOW"})),
        ),
        "template_category" => (
            "template_category_update",
            template(json!({"new_category": "UTILITY", "correct_category": "MARKETING"})),
        ),
        "security" => (
            "security",
            json!({"display_phone_number": number, "event": "PIN_RESET_REQUEST", "requester": "61555822107539"}),
        ),
        "alert" => (
            "account_alerts",
            json!({
                "entity_type": "BUSINESS", "entity_id": BUSINESS_ID,
                "alert_info": {
                    "alert_severity": "WARNING", "alert_status": "ACTIVE",
                    "alert_type": "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED", "alert_description": "Deferred.",
                },
            }),
        ),
        "review" => ("account_review_update", json!({"decision": "APPROVED"})),
        "preference" => (
            "user_preferences",
            json!({
                "contacts": [{"profile": {"name": "Alice"}, "wa_id": "16505551234"}],
                "user_preferences": [{
                    "wa_id": "16505551234", "detail": "User requested to stop marketing messages",
                    "category": "marketing_messages", "value": "stop", "timestamp": numbering::unix_seconds(),
                }],
            }),
        ),
        "restriction" => (
            "account_update",
            json!({"event": "ACCOUNT_RESTRICTION", "restriction_info": [{
                "restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING",
                "expiration": numbering::unix_seconds() + 86_400,
            }]}),
        ),
        "violation" => (
            "account_update",
            json!({"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "ADULT"}}),
        ),
        "ban" => (
            "account_update",
            json!({"event": "DISABLED_UPDATE", "ban_info": {
                "waba_ban_state": "DISABLE", "waba_ban_date": "April 17, 2025",
            }}),
        ),
        "deleted" => ("account_update", json!({"event": "ACCOUNT_DELETED"})),
        "reinstated" => (
            "account_update",
            json!({"event": "DISABLED_UPDATE", "ban_info": {
                "waba_ban_state": "REINSTATE", "waba_ban_date": "April 17, 2025",
            }}),
        ),
        "offboarded" => ("account_update", json!({"event": "ACCOUNT_OFFBOARDED"})),
        "reconnected" => ("account_update", json!({"event": "ACCOUNT_RECONNECTED"})),
        "pricing_tier" => (
            "account_update",
            json!({"event": "VOLUME_BASED_PRICING_TIER_UPDATE", "volume_tier_info": {
                "tier_update_time": numbering::unix_seconds(), "pricing_category": "UTILITY",
                "tier": "25000001:50000000", "effective_month": "2025-11", "region": "India",
            }}),
        ),
        "international_price" => (
            "account_update",
            json!({"event": "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE", "auth_international_rate_eligibility": {
                "start_time": numbering::unix_seconds(), "exception_countries": [],
            }}),
        ),
        "country" => (
            "account_update",
            json!({"event": "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", "country": "US"}),
        ),
        "template_rejected" => (
            "message_template_status_update",
            template(json!({
                "event": "REJECTED", "reason": "INVALID_FORMAT", "message_template_category": "MARKETING",
                "rejection_info": {"reason": "The example is missing.", "recommendation": "Add an example."},
            })),
        ),
        "username" => (
            "business_username_updates",
            json!({"display_phone_number": number, "username": "tandem.oak", "status": "approved"}),
        ),
        _ => return of_app(sender, kind).or_else(|| of_chats(sender, streams, kind)),
    };
    Some(sender.of(field, value))
}

/// What is told of the app rather than of the account: the entry is the portfolio of the app's owner.
fn of_app(sender: &Sender<'_>, kind: &str) -> Option<Value> {
    let mut waba_info = json!({"waba_id": sender.waba_id, "owner_business_id": BUSINESS_ID});
    let event = match kind {
        "partner_added" | "partner_removed" => kind.to_uppercase(),
        "partner_app_installed" | "partner_app_uninstalled" => {
            if let Some(info) = waba_info.as_object_mut() {
                info.insert("partner_app_id".to_owned(), json!("573198416582947"));
            }
            kind.to_uppercase()
        }
        "marketing_terms" => "MM_LITE_TERMS_SIGNED".to_owned(),
        "ad_account" => "AD_ACCOUNT_LINKED".to_owned(),
        "certification" => "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE".to_owned(),
        _ => return None,
    };
    let value = json!({"event": event, "waba_info": waba_info});
    Some(sender.of_entry(PARTNER_BUSINESS_ID, "account_update", value))
}

/// What is told under `messages`, or instead of it, besides messages and statuses.
fn of_chats(sender: &Sender<'_>, streams: &Streams, kind: &str) -> Option<Value> {
    let now = numbering::unix_seconds();
    let error = |code: i64, title: &str| {
        json!([{
            "code": code, "title": title, "message": title, "error_data": {"details": title},
            "href": "/documentation/business-messaging/whatsapp/support/error-codes",
        }])
    };
    let message = |kind: &str, body: Value| {
        let id = numbering::wamid(&streams.received, None);
        json!([{
            "from": "16505551234", "from_user_id": "US.13491208655302741918", "id": id,
            "timestamp": now.to_string(), "type": kind, kind: body,
        }])
    };
    let contacts = json!([{
        "profile": {"name": "Sheena Nelson"}, "wa_id": "16505551234", "user_id": "US.13491208655302741918",
    }]);
    let (field, value) = match kind {
        "rate_limited" => ("messages", json!({"errors": error(130_429, "Rate limit hit")})),
        "empty_interactive" => (
            "messages",
            json!({
                "contacts": contacts, "messages": message("interactive", json!({})),
                "errors": error(131_000, "Something went wrong"),
            }),
        ),
        "link_click" => (
            "messages",
            json!({"user_actions": [{
                "action_type": "marketing_messages_link_click", "timestamp": now.to_string(),
                "marketing_messages_link_click_data": {
                    "click_component": "CTA", "click_id": "1", "tracking_token": "2",
                },
            }]}),
        ),
        "standby" => (
            "standby",
            json!({"contacts": contacts, "messages": message("text", json!({"body": "Hello"}))}),
        ),
        "user_id" => (
            "user_id_update",
            json!({"user_id_update": [{
                "wa_id": "16505551234", "detail": "User id changed", "timestamp": now.to_string(),
                "user_id": {"previous": "US.13491208655302741918", "current": "US.22491208655302741918"},
            }]}),
        ),
        _ => return None,
    };
    Some(sender.of_number(field, value))
}
