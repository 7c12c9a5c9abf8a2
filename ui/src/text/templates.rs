//! Words of templates.

use super::{Words, say, separated};
use twinbox_domain::{Slot, SlotPart};

/// The panel.
pub const TEMPLATES: Words = Words("templates");
/// Its heading.
pub const CHOOSE_TEMPLATE: Words = Words("choose-template");
/// The button of the composer.
pub const TEMPLATE: Words = Words("template");
/// The search field.
pub const SEARCH_TEMPLATES: Words = Words("search-templates");
/// Asks Meta for the list.
pub const REFRESH_TEMPLATES: Words = Words("refresh-templates");
/// While the list is on its way.
pub const TEMPLATES_COMING: Words = Words("templates-coming");
/// An empty list.
pub const NO_TEMPLATES: Words = Words("no-templates");
/// A search without results.
pub const NO_TEMPLATE_FOUND: Words = Words("no-template-found");
/// Above a template with a file.
pub const TEMPLATE_FILE: Words = Words("template-file");
/// A template with a place.
pub const TEMPLATE_NEEDS_PLACE: Words = Words("template-needs-place");
/// The button on a message.
pub const REACT: Words = Words("react");
/// Takes our emoji away.
pub const TAKE_REACTION_AWAY: Words = Words("take-reaction-away");
/// While an emoji of ours is on its way.
pub const REACTION_COMING: Words = Words("reaction-coming");

/// Nobody knows whether an emoji arrived.
pub const REACTION_NOT_SURE: Words = Words("reaction-not-sure");
/// Opens the templates while replies are free-form no more.
pub const SEND_TEMPLATE: Words = Words("send-template");

/// Language and category.
pub fn template_kind(language: &str, category: &str) -> String {
    separated(&[language, &category_name(category)])
}

/// A category in words.
pub fn category_name(category: &str) -> String {
    let words = match category.to_ascii_uppercase().as_str() {
        "MARKETING" => Words("category-marketing"),
        "UTILITY" => Words("category-utility"),
        "AUTHENTICATION" => Words("category-authentication"),
        "SERVICE" => Words("category-reply"),
        _ => return category.to_owned(),
    };
    words.to_owned()
}

/// What a variable is called in the form.
pub fn variable(slot: &Slot) -> String {
    let name = format!("{{{{{}}}}}", slot.name);
    match slot.part {
        SlotPart::Header => say!("variable-above", name = &name),
        SlotPart::Body => name,
        SlotPart::Button(_) if slot.name == "code" => Words("variable-code").to_owned(),
        SlotPart::Button(index) => say!("variable-link", button = index + 1),
    }
}
