//! What is known about a conversation.

use super::avatar::avatar_id;
use super::fields::fields;
use super::identities::Identities;
use super::triage::{label_chips, label_menu};
use super::who_answered::WhoAnswered;
use super::{Avatar, Icon, IconName, NumberBadge};
use crate::clock;
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::html::Aside;
use leptos::prelude::*;
use std::time::Duration;
use twinbox_domain::ConversationId;

/// Fields and the counts of who answered follow what changed after this long, so that a burst asks once.
const SETTLES_AFTER: Duration = Duration::from_secs(1);

/// Name, identities, dates, and who answered. It stays while another conversation is opened.
#[component]
pub fn DetailsPane(conversation: Memo<ConversationId>) -> impl IntoView {
    let session = Session::use_();
    let row = session.row(conversation);
    let details = session.details(conversation);
    let name = session.called(row);
    let number = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.number.clone())));
    let person = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.person.clone())));
    let pane = NodeRef::<Aside>::new();
    Effect::new(move |_| {
        session.load_details(conversation.get());
        pane.get_untracked().iter().for_each(|pane| pane.set_scroll_top(0));
    });
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop_waiting = move || {
        waiting.try_update_value(|waiting| waiting.take().iter().for_each(TimeoutHandle::clear));
    };
    on_cleanup(stop_waiting);
    Effect::new(move |before: Option<ConversationId>| {
        let conversation = conversation.get();
        session.track(Part::RowTold(conversation));
        stop_waiting();
        if before == Some(conversation) {
            let load = move || session.load_details(conversation);
            waiting.set_value(set_timeout_with_handle(load, SETTLES_AFTER).ok());
        }
        conversation
    });
    let labels = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.labels.clone()).unwrap_or_default()));
    let last_wrote = move || {
        let last = row.with(|row| row.as_ref()?.last_customer_at);
        let now = session.read(Part::Now, |state| state.now);
        last.map_or(text::NEVER.to_owned(), |last| clock::day_and_time(last, now))
    };
    let first_message = move || details.with(|details| details.as_ref().map(|details| clock::date(details.first_at)));
    let stops_marketing = move || row.with(|row| row.as_ref().is_some_and(|row| row.stops_marketing));
    let answered = move || details.with(|details| details.as_ref().map(|details| details.answered));
    view! {
        <aside node_ref=pane class="pane pane--details scroll" aria-label=text::DETAILS tabindex="0">
            <header class="pane__head pane__head--low"><h2 class="medium muted">{text::DETAILS}</h2></header>
            <div class="contact">
                <Avatar name id=avatar_id(row) size=56/>
                <div class="contact__name selectable" dir="auto">{move || name.get()}</div>
            </div>
            <section class="sect">
                <h3 class="sect__head">{text::IDENTITIES}</h3>
                {move || person.get().map(|person| view! { <Identities person/> })}
            </section>
            <section class="sect">
                <h3 class="sect__head">
                    {text::LABELS}
                    <span class="sect__aside">
                        {label_menu(session, Some(keyboard::LABEL_ID), "icon-btn icon-btn--xs", view! { <Icon name=IconName::Plus size=14/> }.into_any())}
                    </span>
                </h3>
                <div class="labs">{move || label_chips(session, &labels.get())}</div>
            </section>
            <section class="sect">
                <h3 class="sect__head">{text::FIELDS}</h3>
                {fields(session, conversation)}
            </section>
            <section class="sect">
                <h3 class="sect__head">{text::ABOUT}</h3>
                <dl class="kv">
                    <dt>{text::NUMBER}</dt>
                    <dd><NumberBadge number/></dd>
                    <dt>{text::LAST_WROTE}</dt>
                    <dd>{last_wrote}</dd>
                    <dt>{text::FIRST_MESSAGE}</dt>
                    <dd>{first_message}</dd>
                    <Show when=stops_marketing>
                        <dt>{text::MARKETING}</dt>
                        <dd>{text::NO_MARKETING}</dd>
                    </Show>
                </dl>
            </section>
            <section class="sect">
                <h3 class="sect__head">
                    {text::WHO_ANSWERED}
                    <span class="sect__aside">{text::LAST_30_DAYS}</span>
                </h3>
                {move || answered().map(|answered| view! { <WhoAnswered answered/> })}
            </section>
        </aside>
    }
}
