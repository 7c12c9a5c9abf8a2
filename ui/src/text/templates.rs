//! Words of templates.

use twinbox_domain::{Slot, SlotPart};

/// The panel.
pub const TEMPLATES: &str = "Templates";
/// Its heading.
pub const CHOOSE_TEMPLATE: &str = "Choose a template";
/// The button of the composer.
pub const TEMPLATE: &str = "Template";
/// The search field.
pub const SEARCH_TEMPLATES: &str = "Search templates";
/// Asks Meta for the list.
pub const REFRESH_TEMPLATES: &str = "Get the list from WhatsApp again";
/// While the list is on its way.
pub const TEMPLATES_COMING: &str = "The templates are on their way.";
/// An empty list.
pub const NO_TEMPLATES: &str = "This number has no templates. Make one in WhatsApp Manager.";
/// A search without results.
pub const NO_TEMPLATE_FOUND: &str = "No template has these words.";
/// Above a template with a file.
pub const TEMPLATE_FILE: &str = "File above the text";
/// A template with a place.
pub const TEMPLATE_NEEDS_PLACE: &str = "This template shows a place, which cannot be chosen here yet.";
/// The button on a message.
pub const REACT: &str = "React";
/// Takes our emoji away.
pub const TAKE_REACTION_AWAY: &str = "Take the reaction away";
/// While an emoji of ours is on its way.
pub const REACTION_COMING: &str = "On its way";

/// Nobody knows whether an emoji arrived.
pub const REACTION_NOT_SURE: &str = "Nobody knows whether it arrived. React again to be sure.";
/// Opens the templates while replies are free-form no more.
pub const SEND_TEMPLATE: &str = "Choose a template";

/// Language and category.
pub fn template_kind(language: &str, category: &str) -> String {
    format!("{language} · {}", category_name(category))
}

/// A category in words.
pub fn category_name(category: &str) -> &str {
    match category.to_ascii_uppercase().as_str() {
        "MARKETING" => "Marketing",
        "UTILITY" => "Utility",
        "AUTHENTICATION" => "Authentication",
        "SERVICE" => "Reply",
        _ => category,
    }
}

/// What a variable is called in the form.
pub fn variable(slot: &Slot) -> String {
    let name = &slot.name;
    match slot.part {
        SlotPart::Header => format!("{{{{{name}}}}} above the text"),
        SlotPart::Body => format!("{{{{{name}}}}}"),
        SlotPart::Button(_) if name == "code" => "Code to copy".to_owned(),
        SlotPart::Button(index) => format!("End of the link of button {}", index + 1),
    }
}
