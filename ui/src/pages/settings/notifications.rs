//! What the desktop tells.

use super::row::{Choice, Row, Switch};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::{NotifiedChats, TryNotification};

/// Messages, of which chats, their content, sound, do not disturb, and what becomes of a closed window.
#[component]
pub fn Notifications() -> impl IntoView {
    let session = Session::use_();
    let is_desktop = session.memo(Part::Connection, |state| state.is_desktop());
    let desktop = move || {
        is_desktop.get().then(|| {
            view! {
                <Switch label=text::STAYS_IN_TRAY hint=text::STAYS_IN_TRAY_HINT read=|it| it.stays_in_tray.unwrap_or(true) set=|it, on| it.stays_in_tray = Some(on)/>
                <Switch label=text::STARTS_WITH_SYSTEM hint=text::STARTS_WITH_SYSTEM_HINT read=|it| it.starts_with_system set=|it, on| it.starts_with_system = on/>
                <Row label=text::TRY_NOTIFICATION hint=text::TRY_NOTIFICATION_HINT>
                    <button class="btn btn--sm btn--line" type="button" on:click=move |_| session.decide(TryNotification {})>
                        {text::TRY_IT}
                    </button>
                </Row>
            }
        })
    };
    let chats = [
        NotifiedChats::All,
        NotifiedChats::MineAndUnassigned,
        NotifiedChats::Mine,
    ];
    let chats = chats.map(|it| (it, text::notified_chats(it).to_owned()));
    view! {
        <div class="box set__box">
            <Switch label=text::SHOWS_MESSAGES hint=text::SHOWS_MESSAGES_HINT read=|it| it.notifications.shows_messages set=|it, on| it.notifications.shows_messages = on/>
            <Choice label=text::NOTIFIED_CHATS hint=text::NOTIFIED_CHATS_HINT options=chats.into() read=|it| it.notifications.chats set=|it, chats| it.notifications.chats = chats/>
            <Switch label=text::HIDES_CONTENT hint=text::HIDES_CONTENT_HINT read=|it| it.notifications.hides_content set=|it, on| it.notifications.hides_content = on/>
            <Switch label=text::HAS_SOUND read=|it| it.notifications.has_sound set=|it, on| it.notifications.has_sound = on/>
            <Switch label=text::DO_NOT_DISTURB hint=text::DO_NOT_DISTURB_HINT read=|it| it.notifications.do_not_disturb set=|it, on| it.notifications.do_not_disturb = on/>
            {desktop}
        </div>
        <p class="sm muted">{move || if is_desktop.get() { text::NOTIFICATIONS_DESKTOP } else { text::NOTIFICATIONS_BROWSER }}</p>
    }
}
