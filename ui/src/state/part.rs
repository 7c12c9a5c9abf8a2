//! What can change on its own.

use std::collections::HashSet;
use twinbox_domain::{ConversationId, MessageId};

/// A part of the [`State`](super::State) that views read. A view wakes only when a part it has read changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The minute.
    Now,
    /// The second.
    Second,
    /// How the engine is reached, and who we are to it.
    Connection,
    /// The counters.
    Overview,
    /// The counters were told, whether or not they are different: something beside them may be.
    OverviewTold,
    /// The connected numbers.
    Numbers,
    /// Which filter is chosen.
    Filter,
    /// Which rows the list shows, in which order.
    List,
    /// What one row shows.
    Row(ConversationId),
    /// A row was told, whether or not it is different: something beside it may be.
    RowTold(ConversationId),
    /// Which conversation is open.
    Open,
    /// Which messages a thread has, in which order.
    Thread(ConversationId),
    /// Whether older messages of a thread are on their way, or did not come.
    ThreadState(ConversationId),
    /// One message.
    Message(MessageId),
    /// What the details pane adds.
    Details(ConversationId),
    /// The draft, when something other than typing changed it.
    Draft(ConversationId),
    /// The files in the composer.
    Files(ConversationId),
    /// Which message the next text quotes.
    Quote(ConversationId),
    /// Texts and files on their way to the engine.
    Outgoing,
    /// What is looked for and was found.
    Found,
    /// What this person has set, and whether the window is locked.
    Settings,
    /// The palette.
    Palette,
    /// The search within the open conversation.
    Within,
    /// Which message someone went to.
    Jump,
    /// The sentence about something that did not work.
    Notice,
    /// What fills the window.
    Place,
    /// How connecting a number stands.
    Connecting,
    /// What was answered before a signup.
    Answers,
    /// What was tried out of the settings, and the verify token.
    Trials,
    /// How far contacts and history have come.
    Sync,
    /// The page of the queue.
    Queue,
    /// What waits in conversations.
    Waiting,
    /// Which number's page is shown.
    ShownNumber,
    /// How the numbers are.
    Health,
    /// Colleagues, labels and canned replies.
    Team,
    /// The list of emoji.
    Emoji,
    /// Which conversations are selected.
    Selected,
    /// Who is writing a reply where.
    Replying,
    /// Who was faster.
    Faster,
    /// What was unread in the open conversation.
    Unread,
    /// The templates that can be sent.
    Templates,
    /// How far changed settings of a number are.
    Saving,
}

/// The parts an action has changed.
#[derive(Debug, Default)]
pub struct Touched(HashSet<Part>);

impl Touched {
    /// One more.
    pub fn add(&mut self, part: Part) {
        self.0.insert(part);
    }

    /// Whether `part` is different now.
    #[cfg(test)]
    pub fn contains(&self, part: Part) -> bool {
        self.0.contains(&part)
    }

    /// All of them, in no order.
    pub fn into_parts(self) -> impl Iterator<Item = Part> {
        self.0.into_iter()
    }
}
