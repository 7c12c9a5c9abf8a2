//! What is entered at Meta, and where a tunnel leads.

use crate::clock;
use crate::components::CopyButton;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;

const PATH: &str = "/webhooks/meta";

/// Addresses and the verify token.
#[component]
pub fn Webhooks() -> impl IntoView {
    let session = Session::use_();
    let local = session.memo(Part::Overview, |state| {
        let url = state.overview.as_ref()?.webhook_url.clone()?;
        Some(url.strip_suffix(PATH).map(str::to_owned).unwrap_or(url))
    });
    let public = session.memo(Part::Connecting, |state| {
        let url = &state.connecting.view.as_ref()?.app.public_url;
        (!url.is_empty()).then(|| format!("{url}{PATH}"))
    });
    let last = move || {
        let now = session.read(Part::Now, |state| state.now);
        let last = session.read(Part::Overview, |state| state.overview.as_ref()?.last_webhook_at);
        last.map_or_else(|| text::NO_DELIVERY.to_owned(), |at| clock::day_and_time(at, now))
    };
    view! {
        <dl class="facts">
            {move || local.get().map(|url| fact(text::TUNNEL_TARGET, url))}
            {move || public.get().map(|url| fact(text::CALLBACK_ADDRESS, url))}
            <VerifyToken/>
            <div class="facts__row"><dt>{text::LAST_DELIVERY}</dt><dd class="num">{last}</dd></div>
        </dl>
    }
}

fn fact(name: text::Words, value: String) -> impl IntoView {
    view! {
        <div class="facts__row">
            <dt>{name}</dt>
            <dd><code class="code selectable" dir="ltr">{value.clone()}</code><CopyButton copied=Signal::stored(value)/></dd>
        </div>
    }
}

/// There is one once the settings were kept. It is shown when asked for.
#[component]
fn VerifyToken() -> impl IntoView {
    let session = Session::use_();
    let token = session.memo(Part::Trials, |state| state.connecting.verify_token.clone());
    let shown = move || match token.get() {
        Some(token) => view! {
            <code class="code selectable" dir="ltr">{token.clone()}</code>
            <CopyButton copied=Signal::stored(token)/>
        }
        .into_any(),
        None => view! { <span class="faint">{text::VERIFY_TOKEN_HINT}</span> }.into_any(),
    };
    let is_shown = move || token.with(Option::is_some);
    view! {
        <div class="facts__row">
            <dt>{text::VERIFY_TOKEN}</dt>
            <dd>
                {shown}
                <button
                    class="btn btn--sm btn--line"
                    type="button"
                    aria-pressed=move || is_shown().to_string()
                    on:click=move |_| session.show_verify_token(!is_shown())
                >
                    {move || if is_shown() { text::HIDE } else { text::SHOW }}
                </button>
            </dd>
        </div>
    }
}
