//! Icons, drawn from the sprite of `index.html`.

use leptos::prelude::*;

/// An icon of the sprite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum IconName {
    Alert,
    At,
    Ban,
    Bot,
    Cart,
    Check,
    ChevronDown,
    Clock,
    Close,
    Coexist,
    CoexistOff,
    CoexistQuiet,
    Document,
    Download,
    Eye,
    Fingerprint,
    Form,
    Help,
    History,
    Image,
    Inbox,
    Lock,
    MapPin,
    Megaphone,
    Message,
    Mic,
    Moon,
    Music,
    Panel,
    Pause,
    Phone,
    Play,
    Plus,
    Queue,
    Reply,
    Search,
    Send,
    Shield,
    Smartphone,
    Sticker,
    Sun,
    Tick,
    Timer,
    Unplug,
    User,
    Video,
    Warning,
    Wifi,
}

impl IconName {
    const fn href(self) -> &'static str {
        match self {
            Self::Alert => "#i-circle-alert",
            Self::At => "#i-at-sign",
            Self::Ban => "#i-ban",
            Self::Bot => "#i-bot",
            Self::Cart => "#i-shopping-cart",
            Self::Check => "#i-circle-check",
            Self::ChevronDown => "#i-chevron-down",
            Self::Clock => "#i-clock",
            Self::Close => "#i-x",
            Self::Coexist => "#i-coexist",
            Self::CoexistOff => "#i-coexist-off",
            Self::CoexistQuiet => "#i-coexist-phone-quiet",
            Self::Document => "#i-file-text",
            Self::Download => "#i-download",
            Self::Eye => "#i-eye",
            Self::Fingerprint => "#i-fingerprint",
            Self::Form => "#i-clipboard-list",
            Self::Help => "#i-circle-help",
            Self::History => "#i-history",
            Self::Image => "#i-image",
            Self::Inbox => "#i-inbox",
            Self::Lock => "#i-lock",
            Self::MapPin => "#i-map-pin",
            Self::Megaphone => "#i-megaphone",
            Self::Message => "#i-message-square",
            Self::Mic => "#i-mic",
            Self::Moon => "#i-moon",
            Self::Music => "#i-music",
            Self::Panel => "#i-panel-right",
            Self::Pause => "#i-pause",
            Self::Phone => "#i-phone",
            Self::Play => "#i-play",
            Self::Plus => "#i-plus",
            Self::Queue => "#i-list-ordered",
            Self::Reply => "#i-reply",
            Self::Search => "#i-search",
            Self::Send => "#i-send-horizontal",
            Self::Shield => "#i-shield-alert",
            Self::Smartphone => "#i-smartphone",
            Self::Sticker => "#i-sticker",
            Self::Sun => "#i-sun",
            Self::Tick => "#i-check",
            Self::Timer => "#i-timer",
            Self::Unplug => "#i-unplug",
            Self::User => "#i-user",
            Self::Video => "#i-video",
            Self::Warning => "#i-triangle-alert",
            Self::Wifi => "#i-wifi",
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
