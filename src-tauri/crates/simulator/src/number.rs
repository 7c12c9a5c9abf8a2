//! The number's node and its account's, as one in coexistence looks (Meta, "WhatsApp Business phone numbers" and
//! "Onboarding business app users", 2026).

mod condition;

use crate::{
    account::Connection,
    call::Call,
    config::Config,
    fields,
    graph_error::GraphError,
    meta::Meta,
    nodes::{Answer, success, unsupported},
    numbering, subscription,
    world::World,
};
use axum::http::Method;
use condition::{View, account_status, health, status};
use serde_json::{Value, json};

/// The portfolio that owns the account. Meta's sample.
pub(crate) const BUSINESS_ID: &str = "2329417887457253";

/// What the list tells of a number when nothing is named.
const USUAL_FIELDS: [&str; 9] = [
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
    "last_onboarded_time",
    "webhook_configuration",
    "id",
];

/// What a number can have besides (Meta, OpenAPI of the Cloud API and "Phone number" reference, 2026).
const UNSET_NUMBER_FIELDS: [&str; 10] = [
    "conversational_automation",
    "eligibility_for_api_business_global_search",
    "is_preverified_number",
    "new_certificate",
    "new_display_name",
    "settings",
    "unified_cert_status",
    "username",
    "certificate",
    "owner_business_info",
];

/// What an account can have besides (Meta, OpenAPI of the Cloud API, 2026).
const UNSET_ACCOUNT_FIELDS: [&str; 14] = [
    "audiences",
    "analytics",
    "conversation_analytics",
    "pricing_analytics",
    "creation_time",
    "dcc_config",
    "disable_marketing_messages_on_cloud_api",
    "marketing_messages_lite_api_status",
    "marketing_messages_onboarding_status",
    "message_templates",
    "primary_business_location",
    "primary_funding_id",
    "purchase_order_number",
    "schedules",
];

/// `GET` and `POST /{phone_number_id}`.
pub(crate) async fn number_call(meta: &Meta, call: &Call) -> Answer {
    match call.method {
        Method::GET => fields::chosen(
            call,
            &number(meta, &meta.world(), View::Node),
            "WhatsAppBusinessPhoneNumber",
            &USUAL_FIELDS,
        ),
        Method::POST if call.json.get("webhook_configuration").is_some() => {
            let empty = Value::Null;
            let wanted = call.json.get("webhook_configuration").unwrap_or(&empty);
            subscription::override_address(meta, wanted).await?;
            Ok(success())
        }
        _ => Err(unsupported(call, &meta.config.phone_number_id)),
    }
}

/// `GET /{waba_id}`.
pub(crate) fn account_call(meta: &Meta, call: &Call) -> Answer {
    if call.method != Method::GET {
        return Err(unsupported(call, &meta.config.waba_id));
    }
    let subscribed_apps = subscription::listed(meta);
    let world = meta.world();
    let account = json!({
        "id": meta.config.waba_id, "name": "Tandem & Oak", "currency": "USD", "timezone_id": "1",
        "country": numbering::country(&meta.config.display_phone_number).1,
        "message_template_namespace": "c9d41a2f_0d5e_44ab_9d3f_2b6f1c7e8a90", "account_review_status": "APPROVED",
        "business_verification_status": if is_verified(&meta.config) { "VERIFIED" } else { "NOT_VERIFIED" },
        "ownership_type": "CLIENT_OWNED", "status": account_status(&world),
        "is_enabled_for_insights": true, "is_on_biz_app": world.connection != Connection::Disconnected,
        "owner_business_info": {"name": "Tandem & Oak", "id": BUSINESS_ID},
        "on_behalf_of_business_info": null,
        "whatsapp_business_manager_messaging_limit": tier(meta),
        "health_status": health(meta, &world),
        "phone_numbers": {"data": [fields::named(&number(meta, &world, View::List), &USUAL_FIELDS)]},
        "subscribed_apps": subscribed_apps,
    });
    let account = fields::with_unset(account, &UNSET_ACCOUNT_FIELDS);
    let usual = ["id", "name", "currency", "timezone_id", "message_template_namespace"];
    fields::chosen(call, &account, "WhatsAppBusinessAccount", &usual)
}

/// `GET /{waba_id}/phone_numbers`, of an account `beside` the own one or of that.
pub(crate) fn phone_numbers(meta: &Meta, call: &Call, beside: Option<&str>) -> Answer {
    let number = number(meta, &meta.world(), View::List);
    let mut usual = USUAL_FIELDS.to_vec();
    // Meta's sample lists none; its OpenAPI requires one.
    usual.push("status");
    let state = meta.world();
    let own = (beside.is_none() && !state.number.is_unlisted).then(|| number.clone());
    let others = match beside {
        None => &state.number.beside[..],
        Some(account) => state.number.accounts_beside.get(account).map_or(&[][..], Vec::as_slice),
    };
    let others = others.iter().map(|other| {
        let mut other_number = number.clone();
        if let Some(node) = other_number.as_object_mut() {
            node.insert("id".to_owned(), json!(other.id));
            let written = numbering::written(&other.display_phone_number);
            node.insert("display_phone_number".to_owned(), json!(written));
            node.insert("is_on_biz_app".to_owned(), json!(other.is_on_phone));
        }
        other_number
    });
    let numbers = own.into_iter().chain(others);
    let listed = numbers.map(|number| fields::chosen(call, &number, "WhatsAppBusinessPhoneNumber", &usual));
    fields::page(call, listed.collect::<Result<_, _>>()?)
}

/// `POST /{phone_number_id}/register`, which a number in coexistence must never see: registering takes it off the
/// phone. Counted and refused loudly.
pub(crate) fn register(meta: &Meta, call: &Call) -> Answer {
    if call.method != Method::POST {
        return Err(unsupported(call, &meta.config.phone_number_id));
    }
    meta.world().number.register_calls += 1;
    tracing::error!("a client called register: with the real Meta the number would have left the phone");
    Err(GraphError::coded(
        100,
        "Invalid parameter",
        "Register must not be called for a number in coexistence: it would take the number off the WhatsApp Business \
         app.",
    ))
}

/// `POST /{phone_number_id}/deregister` (Meta, OpenAPI of the Cloud API, 2026).
pub(crate) fn deregister(call: &Call) -> Answer {
    if call.method != Method::POST {
        return Err(unsupported(call, "deregister"));
    }
    Err(GraphError::oauth(
        "(#100) Deregister is not available for phone numbers that use the SMB API solution.",
        None,
    ))
}

/// `whatsapp_business_profile`: the phone's app keeps it, so it can only be read.
pub(crate) fn profile(call: &Call) -> Answer {
    match call.method {
        Method::GET => {
            let profile = json!({
                "messaging_product": "whatsapp", "about": "Bicycles and furniture.", "address": "1 Hacker Way",
                "description": "Bicycles and furniture, mended and made.", "email": "hello@tandemandoak.example",
                "websites": ["https://tandemandoak.example/"], "vertical": "RETAIL",
                "profile_picture_url": null,
            });
            let usual = [
                "messaging_product",
                "about",
                "address",
                "description",
                "email",
                "websites",
                "vertical",
            ];
            let view = fields::chosen(call, &profile, "WhatsAppBusinessProfile", &usual)?;
            Ok(json!({"data": [view]}))
        }
        Method::POST => Err(GraphError::coded(
            100,
            "Invalid parameter",
            "The business profile of this number is managed in the WhatsApp Business app.",
        )),
        _ => Err(unsupported(call, "whatsapp_business_profile")),
    }
}

/// `settings`: one feature a call; what is written is kept.
pub(crate) fn settings(meta: &Meta, call: &Call) -> Answer {
    const FEATURES: [&str; 4] = [
        "calling",
        "user_identity_change",
        "payload_encryption",
        "storage_configuration",
    ];
    let mut world = meta.world();
    match call.method {
        Method::GET => {
            let mut settings = json!({
                "calling": {
                    "status": "disabled", "call_icon_visibility": "hidden", "ip_addresses": {"default": []},
                    "callback_permission_status": "disabled",
                },
                "storage_configuration": {"status": "default"},
                "payload_encryption": {"status": "disabled"},
                "user_identity_change": {"enabled": false, "enable_identity_key_check": false},
            });
            if let Some(all) = settings.as_object_mut() {
                all.extend(world.number.settings.clone());
            }
            let usual = [
                "calling",
                "storage_configuration",
                "payload_encryption",
                "user_identity_change",
            ];
            fields::chosen(call, &settings, "WhatsAppBusinessPhoneNumberSettings", &usual)
        }
        Method::POST => {
            let named: Vec<&str> = FEATURES
                .into_iter()
                .filter(|feature| call.json.get(feature).is_some())
                .collect();
            match named.as_slice() {
                ["calling"] => Err(GraphError::coded(
                    100,
                    "Invalid parameter",
                    "Calling is not available for numbers in coexistence.",
                )),
                [feature] => {
                    let value = call.json.get(feature).cloned().unwrap_or_default();
                    world.number.settings.insert((*feature).to_owned(), value);
                    Ok(success())
                }
                _ => Err(GraphError::parameter("Exactly one feature can be set at a time.")),
            }
        }
        _ => Err(unsupported(call, &meta.config.phone_number_id)),
    }
}

/// Whether Meta verified the business: without that it reaches 250 people a day (Meta, "Messaging limits", Oct 2025).
pub(crate) fn is_verified(config: &Config) -> bool {
    config.new_people_a_day.is_none_or(|people| people > 250)
}

fn number(meta: &Meta, world: &World, view: View) -> Value {
    let digits = &meta.config.display_phone_number;
    let standing = &world.number.standing;
    // What a number that left the Cloud API answers is not documented; these are the values there are.
    let platform = if world.connection.is_up() {
        "CLOUD_API"
    } else {
        "NOT_APPLICABLE"
    };
    let number = json!({
        "id": meta.config.phone_number_id, "verified_name": "Tandem & Oak", "code_verification_status": "VERIFIED",
        "display_phone_number": numbering::written(digits), "quality_rating": standing.quality(),
        "quality_score": {"score": standing.quality()}, "platform_type": platform,
        "throughput": {"level": "STANDARD"}, "last_onboarded_time": numbering::graph_time(world.number.onboarded_at),
        "webhook_configuration": subscription::configuration(&meta.courier),
        "is_on_biz_app": world.connection != Connection::Disconnected, "status": status(world, view),
        "name_status": "APPROVED", "new_name_status": "NONE", "account_mode": "LIVE",
        "host_platform": platform, "is_official_business_account": false, "is_pin_enabled": false,
        "country_dial_code": numbering::country(digits).0, "country_code": numbering::country(digits).1,
        "search_visibility": "VISIBLE", "messaging_limit_tier": tier(meta),
        "whatsapp_business_manager_messaging_limit": tier(meta), "health_status": health(meta, world),
    });
    fields::with_unset(number, &UNSET_NUMBER_FIELDS)
}

fn tier(meta: &Meta) -> &'static str {
    match meta.config.new_people_a_day {
        Some(..=250) => "TIER_250",
        Some(..=2_000) => "TIER_2K",
        Some(..=10_000) => "TIER_10K",
        Some(..=100_000) => "TIER_100K",
        _ => "TIER_UNLIMITED",
    }
}
