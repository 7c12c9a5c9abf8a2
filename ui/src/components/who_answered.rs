//! Who answered a conversation: people in Twinbox, the phone, or bots.

use crate::text;
use leptos::prelude::*;
use twinbox_protocol::SourceSplit;

/// The shares of a split in percent, adding up to about 100.
fn percent(part: u64, total: u64) -> u64 {
    (part * 200 + total) / (total * 2).max(1)
}

/// A bar with the same in words.
#[component]
pub fn WhoAnswered(answered: SourceSplit) -> impl IntoView {
    let SourceSplit { agents, phone, bots } = answered;
    let total = agents + phone + bots;
    if total == 0 {
        return view! { <p class="sm muted">{text::NOBODY_ANSWERED}</p> }.into_any();
    }
    let parts = [
        ("k-agent", text::AGENTS, agents),
        ("k-phone", text::PHONE, phone),
        ("k-bot", text::BOTS, bots),
    ];
    let shares = text::shares(percent(agents, total), percent(phone, total), percent(bots, total));
    let bar = parts
        .map(|(class, _, count)| (count > 0).then(|| view! { <i class=class style:flex-grow=count.to_string()></i> }));
    let legend = parts.map(|(class, name, count)| {
        view! { <li><i class=format!("swatch {class}")></i>{name}" "<b class="num">{count}</b></li> }
    });
    view! {
        <div class="stack" role="img" aria-label=shares>{bar}</div>
        <ul class="legend">{legend}</ul>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_rounded() {
        assert_eq!([percent(19, 36), percent(12, 36), percent(5, 36)], [53, 33, 14]);
        assert_eq!(percent(0, 0), 0);
    }
}
