//! What belongs to the app and to businesses rather than to an account: the webhook subscription of the app, the tokens
//! of businesses that signed up without the app's page, and which accounts a business has (Meta, "Graph API: App
//! subscriptions", "Hosted Embedded Signup" and OpenAPI of the Cloud API, 2025 and 2026).

use crate::{
    account::{Connection, PARTNER_BUSINESS_ID},
    call::Call,
    courier::Slot,
    fields,
    graph_error::GraphError,
    logins::SYSTEM_USER_ID,
    meta::Meta,
    nodes::{Answer, success, unsupported},
    number::{self, BUSINESS_ID},
    numbering,
};
use axum::http::Method;
use serde_json::{Value, json};

/// The one object that can be subscribed to here.
const OBJECT: &str = "whatsapp_business_account";

/// What can be subscribed to (Meta, "Webhooks overview", 2026).
const FIELDS: [&str; 25] = [
    "account_alerts",
    "account_review_update",
    "account_settings_update",
    "account_update",
    "automatic_events",
    "business_capability_update",
    "business_status_update",
    "business_username_updates",
    "calls",
    "flows",
    "history",
    "message_echoes",
    "message_template_components_update",
    "message_template_quality_update",
    "message_template_status_update",
    "messages",
    "messaging_handovers",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
    "smb_app_state_sync",
    "smb_message_echoes",
    "standby",
    "template_category_update",
    "user_preferences",
];

/// The fields the app is told of: all, as if somebody had ticked them in the dashboard, until it says which.
fn subscribed(meta: &Meta) -> Vec<String> {
    let all = || FIELDS.iter().map(|field| (*field).to_owned()).collect();
    meta.courier.fields().unwrap_or_else(all)
}

/// The app's own token.
pub(crate) fn token(meta: &Meta) -> String {
    format!("{}|{}", meta.config.app_id, meta.config.app_secret)
}

/// `GET /me`: the system user that tokens belong to.
pub(crate) fn me(call: &Call) -> Answer {
    if call.method != Method::GET {
        return Err(unsupported(call, "me"));
    }
    let user = json!({"id": SYSTEM_USER_ID, "name": "Twinbox"});
    fields::chosen(call, &user, "SystemUser", &["name", "id"])
}

/// `GET`, `POST` and `DELETE /{app_id}/subscriptions`, with the app's own token. The callback becomes the address of
/// every webhook once it has passed the challenge.
pub(crate) async fn subscriptions(meta: &Meta, call: &Call) -> Answer {
    if call.proven_token(meta)? != token(meta) {
        call.admit(meta)?;
        return Err(GraphError::app_token_only());
    }
    match call.method {
        Method::GET => Ok(listed(meta)),
        Method::POST => {
            check_object(call.required("object")?)?;
            let callback = call.required("callback_url")?;
            let fields = match call.json.get("fields") {
                Some(fields) => known(&names(fields))?,
                None => Vec::new(),
            };
            let verify_token = call.required("verify_token")?;
            if let Err(problem) = meta.courier.verify_at(callback, verify_token).await {
                return Err(GraphError::callback(&problem));
            }
            meta.courier.set_fields(fields);
            meta.courier.set_address(Slot::App, callback.to_owned());
            Ok(success())
        }
        Method::DELETE => {
            call.text("object").map_or(Ok(()), check_object)?;
            let ended = call.json.get("fields").map(names);
            let mut left = subscribed(meta);
            left.retain(|field| ended.as_ref().is_some_and(|ended| !ended.contains(field)));
            let is_over = left.is_empty();
            meta.courier.set_fields(left);
            if is_over {
                meta.courier.set_address(Slot::App, String::new());
            }
            Ok(success())
        }
        _ => Err(unsupported(call, &meta.config.app_id)),
    }
}

/// Whether `id` is one of the two businesses: the one that owns the account, and the one that made the app.
pub(crate) fn is_business(id: &str) -> bool {
    [BUSINESS_ID, PARTNER_BUSINESS_ID].contains(&id)
}

/// `GET /{business_id}`.
pub(crate) fn business_call(call: &Call, id: &str) -> Answer {
    if call.method != Method::GET {
        return Err(unsupported(call, id));
    }
    let name = if id == BUSINESS_ID { "Tandem & Oak" } else { "Twinbox" };
    let business = json!({"id": id, "name": name, "timezone_id": 1, "verification_status": "verified"});
    fields::chosen(call, &business, "Business", &["id", "name"])
}

/// The edges of `/{business_id}`. The account is the owner's own, and a client's of the app's business while the number
/// is connected.
pub(crate) fn business_edge(meta: &Meta, call: &Call, id: &str, edge: &str) -> Answer {
    let accounts = |has_it: bool| {
        let account = has_it.then(|| number::account_call(meta, call)).transpose()?;
        fields::page(call, account.into_iter().collect())
    };
    match edge {
        "owned_whatsapp_business_accounts" if call.method == Method::GET => accounts(id == BUSINESS_ID),
        "client_whatsapp_business_accounts" if call.method == Method::GET => {
            let is_client = meta.world().connection != Connection::Disconnected;
            accounts(id == PARTNER_BUSINESS_ID && is_client)
        }
        "system_user_access_tokens" if id == BUSINESS_ID => system_user_access_tokens(meta, call),
        _ => Err(unsupported(call, id)),
    }
}

/// `POST /{business_id}/system_user_access_tokens`: the token of a business that signed up by the hosted form, for the
/// app's own system token and a proof that it is the app that asks.
fn system_user_access_tokens(meta: &Meta, call: &Call) -> Answer {
    if call.method != Method::POST {
        return Err(unsupported(call, "system_user_access_tokens"));
    }
    // Its value was checked at the door.
    call.required("appsecret_proof")?;
    let waba_ids = vec![meta.config.waba_id.clone()];
    let token = meta.world().logins.of_business(waba_ids, numbering::unix_seconds());
    Ok(json!({"access_token": token}))
}

fn listed(meta: &Meta) -> Value {
    let address = meta.courier.address();
    if address.is_empty() {
        return json!({"data": []});
    }
    let fields = subscribed(meta).into_iter();
    let fields: Vec<Value> = fields.map(|name| json!({"name": name, "version": "v25.0"})).collect();
    json!({"data": [{"object": OBJECT, "callback_url": address, "active": true, "fields": fields}]})
}

fn check_object(object: &str) -> Result<(), GraphError> {
    if object == OBJECT {
        return Ok(());
    }
    Err(GraphError::parameter(format!(
        "Param object must be one of {{{OBJECT}}}."
    )))
}

/// Names in a list or, separated by commas, in a text.
fn names(fields: &Value) -> Vec<String> {
    let listed = fields.as_array().into_iter().flatten().filter_map(Value::as_str);
    let written = fields.as_str().unwrap_or_default().split(',');
    let names = listed.chain(written).map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

fn known(names: &[String]) -> Result<Vec<String>, GraphError> {
    match names.iter().find(|name| !FIELDS.contains(&name.as_str())) {
        Some(name) => Err(GraphError::parameter(format!(
            "Param fields: {name} is no field of {OBJECT}."
        ))),
        None => Ok(names.to_vec()),
    }
}
