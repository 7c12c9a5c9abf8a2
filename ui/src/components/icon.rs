//! Icons, drawn from the sprite of `index.html`.

use leptos::prelude::*;

/// An icon of the sprite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum IconName {
    Alert,
    At,
    Bot,
    Check,
    ChevronDown,
    Clock,
    Close,
    Coexist,
    Fingerprint,
    Help,
    History,
    Image,
    Inbox,
    Lock,
    Megaphone,
    Message,
    Moon,
    Panel,
    Phone,
    Plus,
    Queue,
    Reply,
    Send,
    Shield,
    Smartphone,
    Sun,
    Timer,
}

impl IconName {
    const fn href(self) -> &'static str {
        match self {
            Self::Alert => "#i-circle-alert",
            Self::At => "#i-at-sign",
            Self::Bot => "#i-bot",
            Self::Check => "#i-circle-check",
            Self::ChevronDown => "#i-chevron-down",
            Self::Clock => "#i-clock",
            Self::Close => "#i-x",
            Self::Coexist => "#i-coexist",
            Self::Fingerprint => "#i-fingerprint",
            Self::Help => "#i-circle-help",
            Self::History => "#i-history",
            Self::Image => "#i-image",
            Self::Inbox => "#i-inbox",
            Self::Lock => "#i-lock",
            Self::Megaphone => "#i-megaphone",
            Self::Message => "#i-message-square",
            Self::Moon => "#i-moon",
            Self::Panel => "#i-panel-right",
            Self::Phone => "#i-phone",
            Self::Plus => "#i-plus",
            Self::Queue => "#i-list-ordered",
            Self::Reply => "#i-reply",
            Self::Send => "#i-send-horizontal",
            Self::Shield => "#i-shield-alert",
            Self::Smartphone => "#i-smartphone",
            Self::Sun => "#i-sun",
            Self::Timer => "#i-timer",
        }
    }
}

/// An icon beside words that say the same. `size` is one of 12, 14, 16, 18, 20, 24, 32; `class` adds to its look.
#[component]
pub fn Icon(
    name: IconName,
    #[prop(default = 16)] size: u8,
    #[prop(default = "")] class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=format!("icon icon--{size} {class}") aria-hidden="true">
            <use_ href=name.href()/>
        </svg>
    }
}
