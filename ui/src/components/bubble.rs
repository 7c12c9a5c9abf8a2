//! A message: who or what sent it, what it quotes, what it says, when, and how far it came.

use super::bubble_meta::BubbleMeta;
use super::content::{ContentView, is_card, marks};
use super::quote::QuoteView;
use super::react::React;
use super::reactions::Reactions;
use super::{Avatar, Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{Direction, Origin};
use twinbox_protocol::{Delivery, MessageView};

/// The bubble. A joined one does not say again who it is from. What can be done with it is shown to whoever is `near`.
/// What changes while it stays (its edit's time, cost, reactions) is told by `now`.
#[component]
pub fn Bubble(
    message: MessageView,
    #[prop(into)] now: Signal<Option<MessageView>>,
    delivery: Memo<Option<Delivery>>,
    joined: Memo<bool>,
    #[prop(into)] can_quote: Signal<bool>,
    #[prop(into)] near: Signal<bool>,
) -> impl IntoView {
    let session = Session::use_();
    let MessageView {
        id,
        conversation,
        at,
        arrived_late_at,
        content,
        quote,
        direction,
        origin,
        author,
        file,
        ..
    } = message;
    let (above, content) = content.into_parts();
    let is_card = is_card(&content);
    let from = move || (!joined.get() && direction == Direction::Out).then(|| from(origin, author.clone()));
    let edit_and_cost = part_of(now, |message| (message.edited_at, message.cost.clone()));
    let meta = move || {
        let (edited_at, cost) = edit_and_cost.get().unwrap_or_default();
        view! { <BubbleMeta at arrived_late_at edited_at cost delivery/> }
    };
    let quote = quote.map(|quote| view! { <QuoteView conversation quote/> });
    let reacted = part_of(now, |message| (message.reactions.clone(), message.reacting.clone()));
    let reactions = move || {
        let (reactions, reacting) = reacted.get().unwrap_or_default();
        view! { <Reactions conversation reactions reacting/> }
    };
    let ours = part_of(now, |message| {
        let ours = message
            .reactions
            .iter()
            .find(|reaction| reaction.from == Direction::Out);
        ours.map(|reaction| reaction.emoji.clone())
    });
    // There are as many as messages, and hardly any is ever pressed.
    let acts = move || {
        let quote_it = move |_| {
            session.quote(conversation, Some(id));
            keyboard::focus_composer();
        };
        // By keyboard: Enter or R on the message.
        near.get().then(|| {
            view! {
                <button
                    class="msg__reply icon-btn icon-btn--xs"
                    type="button"
                    tabindex="-1"
                    aria-label=text::REPLY_TO_MESSAGE
                    title=text::REPLY
                    on:click=quote_it
                >
                    <Icon name=IconName::Reply size=14/>
                </button>
                <React conversation message=id there=Signal::derive(move || ours.get().flatten())/>
            }
        })
    };
    view! {
        <div class="msg__line">
            <div class="bubble" class:bubble--media=is_card>
                {from}
                {marks(above)}
                {quote}
                <ContentView message=id content file meta=meta.into_any()/>
            </div>
            <Show when=move || can_quote.get()>
                <span class="msg__acts">{acts}</span>
            </Show>
        </div>
        {reactions}
    }
}

/// A part of what is told of a message now.
fn part_of<T>(now: Signal<Option<MessageView>>, part: fn(&MessageView) -> T) -> Memo<Option<T>>
where
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| now.with(|message| message.as_ref().map(part)))
}

fn from(origin: Origin, author: String) -> impl IntoView {
    let name = text::author(origin, &author);
    let icon = |icon| view! { <Icon name=icon size=14/> }.into_any();
    let mark = match origin {
        Origin::Phone => icon(IconName::Smartphone),
        Origin::Automation => icon(IconName::Bot),
        Origin::Campaign => icon(IconName::Megaphone),
        Origin::History => icon(IconName::History),
        Origin::Agent | Origin::Customer | Origin::System => {
            view! { <Avatar name=name.clone() id=0 size=16/> }.into_any()
        }
    };
    view! { <div class="bubble__from">{mark}<span dir="auto">{name}</span></div> }
}
