//! A shopping cart.

use super::caption::Caption;
use crate::components::{Icon, IconName};
use crate::text::{self, order_item, order_price};
use leptos::prelude::*;
use twinbox_domain::OrderItem;

/// What was ordered, and what the customer wrote with it.
#[component]
pub fn Order(text: String, items: Vec<OrderItem>, meta: AnyView) -> impl IntoView {
    let items = items.into_iter().map(|item| {
        view! {
            <li>
                <bdi class="grow">{order_item(&item)}</bdi>
                <span class="num muted">{order_price(&item)}</span>
            </li>
        }
    });
    view! {
        <div class="doc">
            <span class="doc__mark"><Icon name=IconName::Cart/></span>
            <span class="doc__words">
                <span class="doc__name">{text::ORDER}</span>
                <ul class="order sm">{items.collect_view()}</ul>
                <span class="xs muted">{text::ORDER_HINT}</span>
            </span>
        </div>
        <Caption caption=text meta/>
    }
}
