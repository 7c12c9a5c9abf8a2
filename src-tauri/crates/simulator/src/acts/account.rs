//! What happens around a chat: contacts of the phone, marketing that is stopped, conversations that another app has.

use super::ActRefusal;
use crate::{customer::Customer, meta::Meta, numbering, world::Person};
use serde::Deserialize;
use serde_json::{Value, json};

/// Who has a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Owner {
    /// The app under test.
    App,
    /// Another app of the account.
    AnotherApp,
    /// Meta's own agent.
    AiAgent,
}

impl Owner {
    fn role(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::AnotherApp => "another_app",
            Self::AiAgent => "ai_agent",
        }
    }
}

impl Meta {
    /// Someone is put into the phone's contacts, or their name there is changed (field `smb_app_state_sync`; Meta,
    /// "smb_app_state_sync webhook", 2026). Without a `name` they are taken out.
    pub fn phone_keeps_contact(&self, who: &str, name: Option<&str>) {
        let value = {
            let mut world = self.world();
            let known = world.find(who).map(Customer::known);
            let person = world.meet(&known.unwrap_or_else(|| Customer::new(who, "")));
            json!({"state_sync": [{
                "type": "contact", "contact": contact(person, name), "action": if name.is_some() { "add" } else { "remove" },
                "metadata": {"timestamp": numbering::unix_seconds().to_string()},
            }]})
        };
        self.tell(&self.sender().of_number("smb_app_state_sync", value));
    }

    /// The customer stops marketing messages, or takes them again (field `user_preferences`; Meta, "user_preferences
    /// webhook", Nov 2025). Marketing templates to them are refused with 131050 meanwhile.
    pub fn customer_stops_marketing(&self, who: &str, stops: bool) -> Result<(), ActRefusal> {
        let value = {
            let mut world = self.world();
            let user_id = world.find(who).ok_or(ActRefusal::UnknownPerson)?;
            let person = world.person_mut(&user_id).ok_or(ActRefusal::UnknownPerson)?;
            person.stops_marketing = stops;
            let value = if stops { "stop" } else { "resume" };
            let mut preference = json!({
                "user_id": user_id, "detail": format!("User requested to {value} marketing messages"),
                "category": "marketing_messages", "value": value, "timestamp": numbering::unix_seconds(),
            });
            let mut contact = json!({"profile": {"name": person.name}, "user_id": user_id});
            for item in [&mut preference, &mut contact] {
                set(item, "wa_id", person.visible_wa_id());
            }
            json!({"contacts": [contact], "user_preferences": [preference]})
        };
        self.tell(&self.sender().of_number("user_preferences", value));
        Ok(())
    }

    /// Another app gets the conversation with that customer, or the app gets it back. What is told of it comes under
    /// `standby` meanwhile.
    pub fn hand_over(&self, who: &str, owner: Owner) -> Result<(), ActRefusal> {
        let user_id = self.world().find(who).ok_or(ActRefusal::UnknownPerson)?;
        self.pass_control(&user_id, owner, "pass");
        Ok(())
    }

    /// A service message of the app takes a conversation back.
    pub fn take_control(&self, user_id: &str) {
        let is_elsewhere = |person: &Person| person.is_with_another_app;
        let has_to = self.world().person(user_id).is_some_and(is_elsewhere);
        if has_to {
            self.pass_control(user_id, Owner::App, "take");
        }
    }

    /// Changes the owner and tells it. The page of `messaging_handovers` is not public; this is the sample of Meta's
    /// dashboard with what its changelog of Aug 2026 adds.
    fn pass_control(&self, user_id: &str, owner: Owner, handover_type: &str) {
        let value = {
            let mut world = self.world();
            let Some(person) = world.person_mut(user_id) else {
                return;
            };
            let was_elsewhere = std::mem::replace(&mut person.is_with_another_app, owner != Owner::App);
            let before = if was_elsewhere { Owner::AnotherApp } else { Owner::App };
            let mut sender = json!({"user_id": person.user_id});
            set(&mut sender, "phone_number", person.visible_wa_id());
            json!({
                "messaging_product": "whatsapp", "sender": sender,
                "recipient": {
                    "display_phone_number": self.config.display_phone_number,
                    "phone_number_id": self.config.phone_number_id,
                },
                "timestamp": numbering::unix_seconds().to_string(), "handover_type": handover_type,
                "previous_owner": {"role": before.role()}, "new_owner": {"role": owner.role()},
                "control_passed": {"metadata": ""},
            })
        };
        self.tell(&self.sender().of_number_as_is("messaging_handovers", value));
    }
}

/// Names come with an addition only.
fn contact(person: &Person, name: Option<&str>) -> Value {
    let mut contact = json!({"user_id": person.user_id});
    set(&mut contact, "phone_number", person.visible_wa_id());
    set(&mut contact, "username", person.username.as_deref());
    if let Some(name) = name {
        set(&mut contact, "full_name", Some(name));
        set(&mut contact, "first_name", name.split(' ').next());
    }
    contact
}

fn set(object: &mut Value, key: &str, value: Option<&str>) {
    if let (Some(object), Some(value)) = (object.as_object_mut(), value) {
        object.insert(key.to_owned(), json!(value));
    }
}
