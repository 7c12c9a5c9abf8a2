//! The height of the text field.

use web_sys::{HtmlElement, HtmlTextAreaElement};

/// Grows the field with its text; the style sheet says how far.
pub fn fit(field: &HtmlTextAreaElement) {
    let style = HtmlElement::style(field);
    // Both are valid changes.
    let _ = style.remove_property("height");
    // An empty one is one row high. Asking for that would have a conversation that is just opened laid out before it is whole.
    if !field.value().is_empty() {
        let _ = style.set_property("height", &format!("{}px", field.scroll_height()));
    }
}
