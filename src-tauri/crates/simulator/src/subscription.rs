//! `subscribed_apps`, and the addresses that take the place of the app's (Meta, "Webhook overrides", Nov 2025).

use crate::{
    call::Call,
    courier::{Courier, Slot},
    graph_error::GraphError,
    meta::Meta,
    nodes::{Answer, success, unsupported},
    send::text_at,
};
use axum::http::Method;
use serde_json::{Value, json};

/// The longest address that may take the app's place.
const ADDRESS_MAX_CHARS: usize = 200;

/// `GET`, `POST` and `DELETE /{waba_id}/subscribed_apps`.
pub(crate) async fn subscribed_apps(meta: &Meta, call: &Call) -> Answer {
    match call.method {
        Method::GET => Ok(listed(meta)),
        Method::POST => {
            let wanted = json!({
                "override_callback_uri": call.text("override_callback_uri"),
                "verify_token": call.text("verify_token"),
            });
            put_into(Slot::Account, meta, &wanted).await?;
            meta.courier.subscribe(true);
            Ok(success())
        }
        Method::DELETE => {
            meta.courier.subscribe(false);
            Ok(success())
        }
        _ => Err(unsupported(call, &meta.config.waba_id)),
    }
}

/// The apps that get webhooks of the account: this one unless it is not subscribed, and the others.
pub(crate) fn listed(meta: &Meta) -> Value {
    let mut apps = Vec::new();
    if meta.courier.is_subscribed() {
        let mut app = listed_app(&meta.config.app_id, "Twinbox");
        let address = meta.courier.address_in(Slot::Account);
        if let Some(app) = app.as_object_mut().filter(|_| !address.is_empty()) {
            app.insert("override_callback_uri".to_owned(), json!(address));
        }
        apps.push(app);
    }
    let others = meta.courier.other_apps();
    apps.extend(others.iter().map(|app| listed_app(&app.id, &app.name)));
    json!({"data": apps})
}

/// The number's `webhook_configuration`.
pub(crate) fn configuration(courier: &Courier) -> Value {
    let mut configuration = json!({"application": courier.address()});
    for (name, slot) in [
        ("whatsapp_business_account", Slot::Account),
        ("phone_number", Slot::Number),
    ] {
        let address = courier.address_in(slot);
        if let Some(configuration) = configuration.as_object_mut().filter(|_| !address.is_empty()) {
            configuration.insert(name.to_owned(), json!(address));
        }
    }
    configuration
}

/// Puts `override_callback_uri` in the place of the account's address and the app's, for what is told of the number.
pub(crate) async fn override_address(meta: &Meta, wanted: &Value) -> Result<(), GraphError> {
    put_into(Slot::Number, meta, wanted).await
}

/// Fills the slot once the address has passed the challenge with `verify_token`; without an address, or with an empty
/// one, the slot is empty again.
async fn put_into(slot: Slot, meta: &Meta, wanted: &Value) -> Result<(), GraphError> {
    let address = text_at(wanted, "/override_callback_uri").unwrap_or_default();
    if !address.is_empty() {
        if address.chars().count() > ADDRESS_MAX_CHARS {
            return Err(GraphError::parameter(format!(
                "Param override_callback_uri must be at most {ADDRESS_MAX_CHARS} characters long."
            )));
        }
        let verify_token = text_at(wanted, "/verify_token").ok_or_else(|| GraphError::required("verify_token"))?;
        if let Err(problem) = meta.courier.verify_at(address, verify_token).await {
            return Err(GraphError::callback(&problem));
        }
    }
    meta.courier.set_address(slot, address.to_owned());
    Ok(())
}

fn listed_app(id: &str, name: &str) -> Value {
    let link = format!("https://www.facebook.com/games/?app_id={id}");
    json!({"whatsapp_business_api_data": {"id": id, "link": link, "name": name}})
}
