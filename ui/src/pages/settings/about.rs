//! Which version this is, and whose work is in it.

use super::row::Row;
use crate::session::Session;
use crate::text;
use leptos::prelude::*;

/// Version and licenses.
#[component]
pub fn About() -> impl IntoView {
    let session = Session::use_();
    let licenses = RwSignal::new(None::<String>);
    let is_open = RwSignal::new(false);
    let toggle = move |_| {
        is_open.update(|open| *open = !*open);
        if licenses.with_untracked(Option::is_none) {
            session.load_licenses(licenses);
        }
    };
    let list = move || {
        is_open.get().then(|| {
            let words = licenses.get().unwrap_or_else(|| text::LOADING.to_owned());
            view! { <pre class="licenses selectable" tabindex="0" role="region" aria-label=text::LICENSES>{words}</pre> }
        })
    };
    view! {
        <div class="box set__box">
            <Row label=text::PRODUCT hint=text::PRODUCT_HINT><span class="num selectable">{env!("CARGO_PKG_VERSION")}</span></Row>
            <Row label=text::LICENSES hint=text::LICENSES_HINT>
                <button class="btn btn--sm btn--line" type="button" aria-expanded=move || is_open.get().to_string() on:click=toggle>{text::SHOW_LICENSES}</button>
            </Row>
        </div>
        {list}
    }
}
