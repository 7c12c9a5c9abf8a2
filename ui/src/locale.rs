//! The language of this window, and what it calls countries.

use crate::text;
use js_sys::{Array, Intl};
use leptos::prelude::document;
use twinbox_domain::Country;
use wasm_bindgen::JsValue;

/// The language of this window, with the region where the system tells one: `en-GB`. `boot.js` decides about it.
pub fn language() -> String {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("lang")).unwrap_or_default()
}

/// What the system speaks, which may be no language of this app: `de-DE`.
pub fn system_language() -> String {
    let root = document().document_element();
    let system = root.and_then(|root| root.get_attribute("data-system"));
    system.unwrap_or_else(language)
}

/// A country's name: in English as the engine has it, else as the system writes it.
pub fn country_name(country: Country) -> String {
    let language = language();
    if language.starts_with("en") {
        return country.name.to_owned();
    }
    let options = Intl::DisplayNamesOptions::new();
    options.set_type(Intl::DisplayNamesType::Region);
    let names = Intl::DisplayNames::new(&Array::of1(&JsValue::from_str(&language)), &options);
    let mut names = country.regions.split(' ').filter_map(|region| names.of(region));
    match (names.next(), names.next()) {
        (None, _) => country.name.to_owned(),
        (Some(name), None) => name.into(),
        (Some(one), Some(other)) => text::either_country(&String::from(one), &String::from(other)),
    }
}
