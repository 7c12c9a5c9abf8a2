//! How messages stand below each other, and what they look like.

use crate::clock::day_number;
use twinbox_domain::{Content, Direction, Origin};
use twinbox_protocol::MessageView;

/// Messages of one author within two minutes belong together.
const JOINED_MS: i64 = 2 * 60 * 1000;

/// How a message stands below another one: whether its day is another, and whether it joins that.
pub fn place_below(above: Option<&MessageView>, message: &MessageView) -> (bool, bool) {
    let starts_day = above.is_none_or(|above| day_number(above.at) != day_number(message.at));
    (starts_day, above.is_some_and(|above| joins(above, message)))
}

fn joins(above: &MessageView, message: &MessageView) -> bool {
    above.direction == message.direction
        && above.origin == message.origin
        && above.author == message.author
        && message.at.ms_since(above.at) < JOINED_MS
        && day_number(above.at) == day_number(message.at)
}

/// The name of an origin in the style sheet.
pub fn look(message: &MessageView) -> &'static str {
    match (message.direction, message.origin) {
        (_, Origin::System) if matches!(message.content, Content::Note { .. }) => "note",
        (_, Origin::System) => "system",
        (Direction::In, _) => "customer",
        (_, Origin::Phone) => "phone",
        (_, Origin::Automation | Origin::Campaign) => "bot",
        (_, Origin::History) => "history",
        (_, Origin::Agent | Origin::Customer) => "agent",
    }
}
