//! `subscribed_apps`, and the addresses that take the place of the app's (Meta, "Webhook overrides", Nov 2025).

use crate::{
    call::Call,
    courier::Courier,
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
            override_address(meta, &wanted).await?;
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

/// The apps that get webhooks: this one, or none.
pub(crate) fn listed(meta: &Meta) -> Value {
    if !meta.courier.is_subscribed() {
        return json!({"data": []});
    }
    let link = "https://www.facebook.com/games/?app_id=";
    let mut app = json!({"whatsapp_business_api_data": {
        "id": meta.config.app_id, "link": format!("{link}{}", meta.config.app_id), "name": "Twinbox",
    }});
    let address = meta.courier.override_address();
    if let Some(app) = app.as_object_mut().filter(|_| !address.is_empty()) {
        app.insert("override_callback_uri".to_owned(), json!(address));
    }
    json!({"data": [app]})
}

/// The number's `webhook_configuration`.
pub(crate) fn configuration(courier: &Courier) -> Value {
    let mut configuration = json!({"application": courier.address()});
    let address = courier.override_address();
    if let Some(configuration) = configuration.as_object_mut().filter(|_| !address.is_empty()) {
        configuration.insert("whatsapp_business_account".to_owned(), json!(address));
    }
    configuration
}

/// Puts `override_callback_uri` in the app's place once it has passed the challenge with `verify_token`; without one,
/// or with an empty one, the app's address is used again.
pub(crate) async fn override_address(meta: &Meta, wanted: &Value) -> Result<(), GraphError> {
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
    meta.courier.set_override_address(address.to_owned());
    Ok(())
}
