//! The send queue: its page, and what waits in the conversations.

use super::{Part, State, Touched};
use std::collections::HashMap;
use twinbox_domain::{ConversationId, Lane, NumberId, OutboxId, Seq};
use twinbox_protocol::{GaugeView, Page, QueueView, ScheduledView, WaitingList, WaitingView, When};

/// Most items of a lane that are shown at once.
const MOST_SHOWN: usize = 1000;

/// What is known of the queue.
#[derive(Default)]
pub struct Queue {
    /// The page as it was told last; `None`: never.
    pub view: Option<QueueView>,
    /// Whose lanes it shows; `None`: those of all numbers.
    pub only: Option<NumberId>,
    /// What of a lane follows on its first page, as far as somebody asked for it.
    pub more: HashMap<Lane, Page<WaitingView>>,
    /// How much of what is sent later was asked for; fewer than the first page: that.
    pub scheduled: u32,
    /// What waits in conversations.
    pub waiting: HashMap<ConversationId, WaitingList>,
    /// What on its way to the engine is not to be sent at once.
    pub later: HashMap<OutboxId, When>,
}

/// Something that happened to the queue.
#[derive(Debug)]
pub enum QueueAction {
    /// The page was told, as it is with the lanes of this number, or of all.
    Told(Option<NumberId>, Box<QueueView>),
    /// The page shows the lanes of this number, or of all.
    Only(Option<NumberId>),
    /// So was what follows in a lane.
    More {
        /// Of which number; `None`: of all.
        only: Option<NumberId>,
        /// In which lane.
        lane: Lane,
        /// On the item of this position.
        after: Seq,
        /// What does.
        page: Page<WaitingView>,
    },
    /// So much more of what is sent later is wanted than is shown.
    MoreScheduled(u32),
    /// What waits in a conversation was told.
    Waiting(ConversationId, WaitingList),
    /// What was submitted under this id goes at another time.
    Later(OutboxId, When),
    /// The engine keeps it until then.
    Kept(Box<ScheduledView>),
    /// It was taken back.
    Dropped(ConversationId, OutboxId),
}

impl Queue {
    /// What is shown of a lane.
    pub fn items(&self, lane: Lane) -> impl Iterator<Item = &WaitingView> {
        let first = self.view.iter().flat_map(|view| &view.lanes);
        let first = first.filter(move |one| one.lane == lane).flat_map(|one| &one.items);
        first.chain(self.more.get(&lane).into_iter().flat_map(|page| &page.items))
    }

    /// An item of a lane.
    pub fn item(&self, lane: Lane, id: OutboxId) -> Option<&WaitingView> {
        self.items(lane).find(|item| item.id == id)
    }

    /// Whether more of a lane can be asked for.
    pub fn has_more(&self, lane: Lane) -> bool {
        let first = self.view.iter().flat_map(|view| &view.lanes);
        let first = first.into_iter().any(|one| one.lane == lane && one.more);
        let asked = self.more.get(&lane);
        first && asked.is_none_or(|page| page.more && page.items.len() < MOST_SHOWN)
    }

    /// Whether more of what is sent later can be asked for.
    pub fn has_more_scheduled(&self) -> bool {
        self.view.as_ref().is_some_and(|view| {
            let shown = view.scheduled.len();
            (shown as u64) < view.scheduled_count && shown < MOST_SHOWN
        })
    }

    /// The numbers whose lanes are shown.
    pub fn shown_numbers(&self) -> Vec<NumberId> {
        let gauges = self.view.iter().flat_map(|view| &view.numbers);
        let numbers = gauges.map(|gauge| gauge.number.clone());
        numbers
            .filter(|number| self.only.as_ref().is_none_or(|only| only == number))
            .collect()
    }

    /// Those of them whose lane is paused.
    pub fn paused(&self, lane: Lane) -> &[NumberId] {
        let mut lanes = self.view.iter().flat_map(|view| &view.lanes);
        lanes
            .find(|one| one.lane == lane)
            .map(|one| one.paused.as_slice())
            .unwrap_or_default()
    }

    /// Whether what is sent now leaves now: nothing is paused or waits for Meta, and every number may send. Undo aside, which is the
    /// setting of a number.
    fn is_open(&self) -> bool {
        let Some(view) = &self.view else { return false };
        let shown = |gauge: &&GaugeView| self.only.as_ref().is_none_or(|only| *only == gauge.number);
        let open = |gauge: &GaugeView| gauge.may_send && gauge.pause.is_none() && gauge.waits_ms.is_none();
        view.numbers.iter().filter(shown).all(open) && view.lanes.iter().all(|lane| lane.paused.is_empty())
    }

    fn told(&mut self, view: QueueView) {
        // What has moved up is on the first page now.
        self.more.retain(|lane, page| {
            let lane = view.lanes.iter().find(|one| one.lane == *lane && one.more);
            let last = lane.and_then(|lane| lane.items.last()).map(|item| item.position);
            page.items.retain(|item| Some(item.position) > last);
            last.is_some() && !page.items.is_empty()
        });
        self.view = Some(view);
    }
}

impl State {
    /// Whether a reply leaves at once, whatever number it is sent from of those that the queue shows.
    pub fn sends_at_once(&self) -> bool {
        let waits = |number: &NumberId| self.number_with(number).is_some_and(|number| number.undo_ms > 0);
        self.queue.is_open() && !self.queue.shown_numbers().iter().any(waits)
    }

    /// What is to be sent later in a conversation.
    pub fn scheduled(&self, conversation: ConversationId) -> &[ScheduledView] {
        let waiting = self.queue.waiting.get(&conversation);
        waiting.map(|list| list.scheduled.as_slice()).unwrap_or_default()
    }

    /// What is known of a message that waits in a conversation.
    pub fn waiting(&self, conversation: ConversationId, id: OutboxId) -> Option<&WaitingView> {
        let waiting = self.queue.waiting.get(&conversation)?;
        waiting.queued.iter().find(|item| item.id == id)
    }

    pub(in crate::state) fn queue(&mut self, action: QueueAction, t: &mut Touched) {
        match action {
            QueueAction::Told(only, view) => {
                if only == self.queue.only {
                    self.queue.told(*view);
                    t.add(Part::Queue);
                }
            }
            QueueAction::Only(number) => {
                self.queue.only = number;
                self.queue.more.clear();
                self.queue.scheduled = 0;
                t.add(Part::Queue);
            }
            QueueAction::More {
                only,
                lane,
                after,
                page,
            } => {
                // Another number may have been chosen meanwhile, or the button pressed twice.
                let last = self.queue.items(lane).last().map(|item| item.position);
                if only != self.queue.only || Some(after) != last {
                    return;
                }
                let known = self.queue.more.entry(lane).or_insert(Page {
                    items: Vec::new(),
                    more: true,
                });
                known.more = page.more;
                known.items.extend(page.items);
                t.add(Part::Queue);
            }
            QueueAction::MoreScheduled(more) => {
                let shown = self.queue.view.as_ref().map_or(0, |view| view.scheduled.len());
                self.queue.scheduled = u32::try_from(shown).unwrap_or(u32::MAX).saturating_add(more);
            }
            QueueAction::Waiting(conversation, list) => {
                self.queue.waiting.retain(|known, _| *known == conversation);
                // It is asked for whenever anything happens, and seldom is anything else.
                if self.queue.waiting.get(&conversation) != Some(&list) {
                    self.queue.waiting.insert(conversation, list);
                    t.add(Part::Waiting);
                }
            }
            QueueAction::Later(id, when) => drop(self.queue.later.insert(id, when)),
            QueueAction::Kept(scheduled) => {
                self.outgoing.retain(|outgoing| outgoing.id != scheduled.id);
                self.queue.later.remove(&scheduled.id);
                let list = self.queue.waiting.entry(scheduled.conversation).or_default();
                list.scheduled.retain(|known| known.id != scheduled.id);
                let place = list
                    .scheduled
                    .partition_point(|known| known.send_at <= scheduled.send_at);
                list.scheduled.insert(place, *scheduled);
                t.add(Part::Outgoing);
                t.add(Part::Waiting);
            }
            QueueAction::Dropped(conversation, id) => self.forget_scheduled(conversation, id, t),
        }
    }

    /// It is a message by now, or nothing any more.
    pub(in crate::state) fn forget_scheduled(&mut self, conversation: ConversationId, id: OutboxId, t: &mut Touched) {
        let Some(list) = self.queue.waiting.get_mut(&conversation) else {
            return;
        };
        let before = list.scheduled.len();
        list.scheduled.retain(|known| known.id != id);
        if list.scheduled.len() < before {
            t.add(Part::Waiting);
        }
    }
}
