//! The height of the text field.

use web_sys::{HtmlElement, HtmlTextAreaElement};

/// Grows the field with its text; the style sheet says how far.
pub fn fit(field: &HtmlTextAreaElement) {
    let style = HtmlElement::style(field);
    // Both are valid values.
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", field.scroll_height()));
}
