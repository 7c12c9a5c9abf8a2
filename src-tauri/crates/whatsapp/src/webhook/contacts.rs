//! `smb_app_state_sync`: the contacts of the phone (Meta, webhook reference `smb_app_state_sync`, 2026).

use super::{Context, digits, text};
use serde_json::Value;
use twinbox_domain::{ContactFact, Fact, PersonIds};

/// A contact that was added, changed or removed.
pub(super) fn read(item: &Value, context: &Context<'_>) -> Result<Fact, &'static str> {
    if text(item, "type") != Some("contact") {
        return Err("a part of the phone's state that is not read");
    }
    let contact = item.get("contact").ok_or("a contact without itself")?;
    let phone = text(contact, "phone_number")
        .map(digits)
        .filter(|phone| !phone.is_empty());
    let bsuid = text(contact, "user_id").map(str::to_owned);
    if phone.is_none() && bsuid.is_none() {
        return Err("a contact of nobody");
    }
    let name = match text(item, "action") {
        Some("add") => text(contact, "full_name").or_else(|| text(contact, "first_name")),
        Some("remove") => None,
        _ => return Err("something was done to a contact that is not known"),
    };
    Ok(Fact::Contact(ContactFact {
        number: context.number.id.clone(),
        person: PersonIds {
            phone,
            bsuid,
            parent: text(contact, "parent_user_id").map(str::to_owned),
            waba: context.waba.cloned(),
            profile_name: String::new(),
            username: text(contact, "username")
                .unwrap_or_default()
                .trim_start_matches('@')
                .to_owned(),
        },
        name: name.unwrap_or_default().to_owned(),
        at: item
            .get("metadata")
            .map_or(context.received_at, |metadata| context.time_of(metadata)),
    }))
}
