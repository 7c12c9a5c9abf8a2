//! Putting a text on the clipboard.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Whether `text` is on the clipboard now. A page that is not served securely has none.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    let has_one = js_sys::Reflect::has(&navigator, &"clipboard".into()).unwrap_or(false);
    if !has_one || !window().is_secure_context() {
        return false;
    }
    let written: Promise = navigator.clipboard().write_text(text);
    JsFuture::from(written).await.is_ok()
}
