//! Icons, drawn from the sprite of `index.html`.

use leptos::prelude::*;

/// An icon of the sprite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum IconName {
    Alarm,
    Alert,
    ArrowRight,
    At,
    Ban,
    Bell,
    Bot,
    Cart,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    CircleX,
    Clock,
    Close,
    Coexist,
    CoexistOff,
    CoexistQuiet,
    Copy,
    Document,
    Download,
    Drive,
    Eye,
    Filter,
    Fingerprint,
    Form,
    Help,
    History,
    Hourglass,
    Image,
    Inbox,
    Keyboard,
    Lock,
    MapPin,
    Megaphone,
    Message,
    Mic,
    Moon,
    Music,
    Outside,
    Panel,
    Paperclip,
    Pause,
    Phone,
    Play,
    Plus,
    Queue,
    Refresh,
    Reply,
    Search,
    Send,
    Settings,
    Shield,
    Smartphone,
    Sticker,
    Sun,
    Tag,
    Tick,
    Timer,
    Unplug,
    User,
    UserPlus,
    Users,
    Video,
    Warning,
    Wifi,
    ZoomIn,
    ZoomOut,
}

impl IconName {
    /// Whether it points along the line, and so the other way in a right-to-left window.
    const fn points_along(self) -> bool {
        matches!(
            self,
            Self::ArrowRight | Self::ChevronLeft | Self::ChevronRight | Self::Panel | Self::Reply | Self::Send
        )
    }

    const fn href(self) -> &'static str {
        match self {
            Self::Alarm => "#i-alarm-clock",
            Self::Alert => "#i-circle-alert",
            Self::ArrowRight => "#i-arrow-right",
            Self::At => "#i-at-sign",
            Self::Ban => "#i-ban",
            Self::Bell => "#i-bell",
            Self::Bot => "#i-bot",
            Self::Cart => "#i-shopping-cart",
            Self::Check => "#i-circle-check",
            Self::ChevronDown => "#i-chevron-down",
            Self::ChevronLeft => "#i-chevron-left",
            Self::ChevronRight => "#i-chevron-right",
            Self::CircleX => "#i-circle-x",
            Self::Clock => "#i-clock",
            Self::Close => "#i-x",
            Self::Coexist => "#i-coexist",
            Self::CoexistOff => "#i-coexist-off",
            Self::CoexistQuiet => "#i-coexist-phone-quiet",
            Self::Copy => "#i-copy",
            Self::Document => "#i-file-text",
            Self::Download => "#i-download",
            Self::Drive => "#i-hard-drive",
            Self::Eye => "#i-eye",
            Self::Filter => "#i-list-filter",
            Self::Fingerprint => "#i-fingerprint",
            Self::Form => "#i-clipboard-list",
            Self::Help => "#i-circle-help",
            Self::History => "#i-history",
            Self::Hourglass => "#i-hourglass",
            Self::Image => "#i-image",
            Self::Inbox => "#i-inbox",
            Self::Keyboard => "#i-keyboard",
            Self::Lock => "#i-lock",
            Self::MapPin => "#i-map-pin",
            Self::Megaphone => "#i-megaphone",
            Self::Message => "#i-message-square",
            Self::Mic => "#i-mic",
            Self::Moon => "#i-moon",
            Self::Music => "#i-music",
            Self::Outside => "#i-arrow-up-right",
            Self::Panel => "#i-panel-right",
            Self::Paperclip => "#i-paperclip",
            Self::Pause => "#i-pause",
            Self::Phone => "#i-phone",
            Self::Play => "#i-play",
            Self::Plus => "#i-plus",
            Self::Queue => "#i-list-ordered",
            Self::Refresh => "#i-refresh-cw",
            Self::Reply => "#i-reply",
            Self::Search => "#i-search",
            Self::Send => "#i-send-horizontal",
            Self::Settings => "#i-settings",
            Self::Shield => "#i-shield-alert",
            Self::Smartphone => "#i-smartphone",
            Self::Sticker => "#i-sticker",
            Self::Sun => "#i-sun",
            Self::Tag => "#i-tag",
            Self::Tick => "#i-check",
            Self::Timer => "#i-timer",
            Self::Unplug => "#i-unplug",
            Self::User => "#i-user",
            Self::UserPlus => "#i-user-plus",
            Self::Users => "#i-users",
            Self::Video => "#i-video",
            Self::Warning => "#i-triangle-alert",
            Self::Wifi => "#i-wifi",
            Self::ZoomIn => "#i-zoom-in",
            Self::ZoomOut => "#i-zoom-out",
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
    let along = if name.points_along() { " icon--along" } else { "" };
    view! {
        <svg class=format!("icon icon--{size} {class}{along}") aria-hidden="true">
            <use_ href=name.href()/>
        </svg>
    }
}
