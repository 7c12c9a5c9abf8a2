//! Where secrets are kept, and the choice when there is no keychain.

use super::no_key::NoKey;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::SecretsView;

/// One line, or a choice. With `is_trouble` only what keeps secrets from being kept, without it the rest.
#[component]
pub fn Secrets(is_trouble: bool) -> impl IntoView {
    let session = Session::use_();
    let place = session.memo(Part::Connecting, move |state| {
        let secrets = state.connecting.view.as_ref().map(|view| view.secrets.clone());
        secrets.filter(|secrets| {
            let is_shut = matches!(secrets, SecretsView::Unlocking | SecretsView::Nowhere { .. });
            is_shut == is_trouble
        })
    });
    let row = move || -> Option<AnyView> {
        Some(match place.get()? {
            SecretsView::Unlocking => banner(
                "",
                IconName::Hourglass,
                text::SECRETS_UNLOCKING,
                text::SECRETS_UNLOCKING_HINT,
            ),
            SecretsView::Keychain => banner("", IconName::Lock, text::SECRETS_KEYCHAIN, text::SECRETS_KEYCHAIN_HINT),
            SecretsView::File => banner(
                "banner--warn",
                IconName::Warning,
                text::SECRETS_FILE,
                text::SECRETS_FILE_HINT,
            ),
            SecretsView::Nowhere { reason, has_secrets } => view! { <NoKey reason has_secrets/> }.into_any(),
        })
    };
    view! {
        <Show when=move || place.with(Option::is_some)>
            <section aria-labelledby="secrets-title">
                <h2 class="wiz__h2" id="secrets-title">{text::SECRETS}</h2>
                {row}
            </section>
        </Show>
    }
}

fn banner(look: &'static str, icon: IconName, title: text::Words, hint: text::Words) -> AnyView {
    view! {
        <div class=format!("banner {look}")>
            <Icon name=icon/>
            <div class="banner__words"><b>{title}</b><p>{hint}</p></div>
        </div>
    }
    .into_any()
}
