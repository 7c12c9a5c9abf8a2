//! `user_preferences` and `messaging_handovers`: what people want, and who answers them.

use super::{Context, message, text};
use serde_json::Value;
use twinbox_domain::{Fact, HandoverFact, PreferenceFact, ThreadOwner};

/// A person stops messages of some kind, or takes them again (Meta, webhook reference `user_preferences`, Nov 2025).
pub(super) fn read_preference(preference: &Value, context: &Context<'_>) -> Result<Fact, &'static str> {
    let is_stopped = match text(preference, "value") {
        Some("stop") => true,
        Some("resume") => false,
        _ => return Err("a preference this version does not know"),
    };
    let person = message::person_of(preference, "wa_id", "user_id", context).ok_or("a preference of nobody")?;
    Ok(Fact::Preference(PreferenceFact {
        number: context.number.id.clone(),
        person,
        category: text(preference, "category").unwrap_or("marketing_messages").to_owned(),
        is_stopped,
        at: context.time_of(preference),
    }))
}

/// Somebody else answers a person (Meta, changelog of "Conversation routing", Aug 2026). Meta's page on it is not
/// public; payloads were seen with the roles within `control_passed` or `control_taken`, beside each other, and with
/// the previous owner alone, after whom the other side answers.
pub(super) fn read_handover(value: &Value, context: &Context<'_>) -> Result<Fact, &'static str> {
    let sender = value.get("sender").ok_or("a hand-over that names nobody")?;
    let person = message::person_of(sender, "phone_number", "user_id", context)
        .or_else(|| message::person_of(sender, "wa_id", "user_id", context))
        .ok_or("a hand-over that names nobody")?;
    let control = ["control_passed", "control_taken"]
        .into_iter()
        .find_map(|key| value.get(key))
        .unwrap_or(value);
    let role = |owner: &str| {
        let within = |place: &'_ Value| {
            [format!("{owner}_role"), format!("{owner}_app_role")]
                .iter()
                .find_map(|key| text(place, key).map(str::to_lowercase))
                .or_else(|| text(place.get(owner)?, "role").map(str::to_lowercase))
        };
        within(control).or_else(|| within(value))
    };
    let owner = match (role("new_owner"), role("previous_owner")) {
        (Some(new), _) => owner(&new),
        (None, Some(previous)) if owner(&previous) == ThreadOwner::AiAgent => ThreadOwner::Team,
        (None, _) => return Err("a hand-over to nobody"),
    };
    Ok(Fact::Handover(HandoverFact {
        number: context.number.id.clone(),
        person,
        owner,
        at: context.time_of(value),
    }))
}

fn owner(role: &str) -> ThreadOwner {
    match role {
        "app" | "business_app" | "escalation" => ThreadOwner::Team,
        "ai_agent" | "meta_business_agent" | "meta_ai" => ThreadOwner::AiAgent,
        _ => ThreadOwner::Other,
    }
}
