//! Who may read what, here.

use super::passphrase::Passphrase;
use super::row::{Choice, Switch};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;

const MINUTES: [Option<u16>; 5] = [None, Some(1), Some(5), Some(15), Some(60)];

/// Masked phone numbers, and the lock of a window that was left.
#[component]
pub fn Privacy() -> impl IntoView {
    let session = Session::use_();
    let has_one = session.memo(Part::Settings, |state| state.has_passphrase);
    let minutes = || MINUTES.map(|minutes| (minutes, text::lock_after(minutes)));
    view! {
        <div class="box set__box">
            <Switch label=text::MASKS_NUMBERS hint=text::MASKS_NUMBERS_HINT read=|it| it.masks_numbers set=|it, on| it.masks_numbers = on/>
        </div>
        <h3 class="settings__sub">{text::APP_LOCK}</h3>
        <p class="sm muted">{text::APP_LOCK_HINT}</p>
        <div class="box set__box">
            <Passphrase/>
            <Show when=move || has_one.get()>
                <Choice label=text::LOCK_AFTER options=minutes().into() read=|it| it.lock_after_minutes set=|it, minutes| it.lock_after_minutes = minutes/>
            </Show>
        </div>
    }
}
