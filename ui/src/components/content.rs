//! What a message says.

mod caption;
mod card;
mod choice;
mod contacts;
mod document;
mod file_note;
mod film;
mod form;
mod location;
mod marks;
mod media_frame;
mod order;
mod picture;
mod player;
mod save_button;
mod sound;
mod viewer;
mod waveform;

use super::rich_text::RichText;
use super::{Icon, IconName};
use crate::clock;
use crate::session::Session;
use crate::text;
use card::Card;
use choice::Choice;
use contacts::Contacts;
use document::Document;
use film::Film;
use form::Form;
use leptos::prelude::*;
use location::Location;
pub use marks::marks;
use order::Order;
use picture::Picture;
use sound::Sound;
use twinbox_domain::{Content, MessageId, ThreadOwner, save_name};
use twinbox_protocol::FileView;
pub use viewer::{OpenPicture, Viewer};

/// A line of a card, unless it says nothing.
fn doc_line(class: &'static str, words: String) -> Option<impl IntoView> {
    (!words.is_empty()).then(|| view! { <span class=class dir="auto">{words}</span> })
}

/// The picture of its kind; text has none.
pub const fn content_icon(content: &Content) -> Option<IconName> {
    match content.unmarked() {
        Content::Text { .. } | Content::Marked { .. } => None,
        Content::Image(_) => Some(IconName::Image),
        Content::Video(_) => Some(IconName::Video),
        Content::Audio { is_voice: true, .. } => Some(IconName::Mic),
        Content::Audio { is_voice: false, .. } => Some(IconName::Music),
        Content::Document { .. } => Some(IconName::Document),
        Content::Sticker(_) => Some(IconName::Sticker),
        Content::Location { .. } => Some(IconName::MapPin),
        Content::Contacts { .. } | Content::IdsChanged { .. } => Some(IconName::User),
        Content::Choice { .. } | Content::CallPermission { .. } => Some(IconName::Reply),
        Content::Card { .. } => Some(IconName::Form),
        Content::Form { .. } => Some(IconName::Form),
        Content::Order { .. } => Some(IconName::Cart),
        Content::HandedOver {
            owner: ThreadOwner::Team,
        } => Some(IconName::User),
        Content::HandedOver { .. } => Some(IconName::Bot),
        Content::Note { .. } => Some(IconName::Lock),
        Content::Placeholder | Content::NotUnderstood { .. } => Some(IconName::Smartphone),
    }
}

/// Whether a frame or card fills the bubble up to its edge.
pub const fn is_card(content: &Content) -> bool {
    match content.unmarked() {
        Content::Text { .. }
        | Content::Marked { .. }
        | Content::Choice { .. }
        | Content::CallPermission { .. }
        | Content::Card { .. }
        | Content::Form { .. }
        | Content::IdsChanged { .. }
        | Content::HandedOver { .. }
        | Content::Note { .. }
        | Content::Placeholder
        | Content::NotUnderstood { .. } => false,
        Content::Image(_)
        | Content::Video(_)
        | Content::Audio { .. }
        | Content::Document { .. }
        | Content::Sticker(_)
        | Content::Location { .. }
        | Content::Contacts { .. }
        | Content::Order { .. } => true,
    }
}

/// The content with `meta` (time and ticks) at its end.
#[component]
pub fn ContentView(message: MessageId, content: Content, file: Option<FileView>, meta: AnyView) -> impl IntoView {
    let save_as = save_name(&content);
    match content {
        Content::Text { body } => view! { <div class="bubble__text"><RichText body/>{meta}</div> }.into_any(),
        Content::Image(media) => view! { <Picture message file media save_as is_sticker=false meta/> }.into_any(),
        Content::Sticker(media) => view! { <Picture message file media save_as is_sticker=true meta/> }.into_any(),
        Content::Video(media) => view! { <Film message file media save_as meta/> }.into_any(),
        Content::Audio { media, is_voice } => view! { <Sound message file media save_as is_voice meta/> }.into_any(),
        Content::Document { media, filename } => {
            view! { <Document message file media save_as filename meta/> }.into_any()
        }
        Content::Location {
            latitude_e6,
            longitude_e6,
            name,
            address,
        } => view! { <Location latitude_e6 longitude_e6 name address meta/> }.into_any(),
        Content::Contacts { cards } => view! { <Contacts cards meta/> }.into_any(),
        Content::Choice { title, description } => view! { <Choice title description meta/> }.into_any(),
        Content::Form { name, body, answers } => view! { <Form name body answers meta/> }.into_any(),
        Content::Card {
            header,
            body,
            footer,
            buttons,
        } => view! { <Card message header body footer buttons file meta/> }.into_any(),
        Content::Order { text, items } => view! { <Order text items meta/> }.into_any(),
        Content::CallPermission { until: Some(until), .. } => {
            let (title, description) = (
                Session::use_().one_line(&content, false),
                text::until(&clock::date_and_time(until)),
            );
            view! { <Choice title description meta/> }.into_any()
        }
        Content::CallPermission {
            is_granted: _,
            until: None,
        } => view! { <Choice title=Session::use_().one_line(&content, false) description=String::new() meta/> }
            .into_any(),
        // A bubble shows the marks by itself.
        Content::IdsChanged { .. } | Content::HandedOver { .. } | Content::Marked { .. } | Content::Note { .. } => {
            view! { <div class="bubble__text">{Session::use_().one_line(&content, false)}{meta}</div> }.into_any()
        }
        Content::Placeholder => on_the_phone(text::PLACEHOLDER_HINT.to_owned(), meta),
        Content::NotUnderstood { type_name, code } => on_the_phone(text::not_understood(&type_name, code), meta),
    }
}

/// What is only on the phone, and why.
fn on_the_phone(why: String, meta: AnyView) -> AnyView {
    view! {
        <div class="gone">
            <Icon name=IconName::Smartphone size=18/>
            <span>{why}</span>
        </div>
        <div class="bubble__foot">{meta}</div>
    }
    .into_any()
}
