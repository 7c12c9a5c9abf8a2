//! Meta's samples of what is told of accounts, numbers and templates (Meta, "account_update", "phone_number_*",
//! "business_capability_update", "template_*", "security", "account_alerts" and "user_preferences" webhook references,
//! 2025 and 2026).

use crate::webhook::Sender;
use serde_json::{Value, json};

/// The portfolio of the business that made the app.
const PARTNER_BUSINESS_ID: &str = "2949482758682047";

/// The portfolio that owns the account.
const OWNER_BUSINESS_ID: &str = "2329417887457253";

/// The sample of that kind; `None` if there is none.
pub(crate) fn sample(sender: &Sender<'_>, kind: &str) -> Option<Value> {
    let number = sender.display_phone_number;
    let owner = json!({"waba_id": sender.waba_id, "owner_business_id": OWNER_BUSINESS_ID});
    let template = |mut value: Value| {
        if let Some(value) = value.as_object_mut() {
            value.insert("message_template_id".to_owned(), json!(278_077_987_957_091_u64));
            value.insert("message_template_name".to_owned(), json!("welcome_template"));
            value.insert("message_template_language".to_owned(), json!("en-US"));
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
                "entity_type": "BUSINESS", "entity_id": OWNER_BUSINESS_ID,
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
                    "category": "marketing_messages", "value": "stop", "timestamp": crate::numbering::unix_seconds(),
                }],
            }),
        ),
        "restriction" => (
            "account_update",
            json!({"event": "ACCOUNT_RESTRICTION", "restriction_info": [{
                "restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING",
                "expiration": crate::numbering::unix_seconds() + 86_400,
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
        "partner_added" | "partner_removed" => {
            let value = json!({"event": kind.to_uppercase(), "waba_info": owner});
            return Some(sender.of_entry(PARTNER_BUSINESS_ID, "account_update", value));
        }
        _ => return None,
    };
    Some(sender.of(field, value))
}
