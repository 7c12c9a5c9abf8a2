//! The page of the queue, what waits in a conversation, and what is sent later.

use super::Session;
use crate::state::{Action, QueueAction, State};
use crate::told::Told;
use leptos::prelude::{GetValue, SetValue};
use leptos::task::spawn_local;
use twinbox_domain::{ConversationId, Lane, Millis, NumberId, OutboxId};
use twinbox_protocol::{
    CancelLane, CancelMessage, FailedView, FailureKey, GetQueue, ListFailed, ListQueue, ListWaiting, Page, PauseLane,
    PauseMessage, PauseSending, RescheduleMessage, ResumeLane, ResumeMessage, RetryFailed, ScheduledView, SetUndo,
    UnscheduleMessage, When,
};
use uuid::Uuid;

/// Items in a further page of a lane.
const PAGE: u32 = 100;

impl Session {
    /// Asks for the page of the queue; while that is under way, after it when something else is to be shown by then.
    pub fn load_queue(self) {
        if self.asks_queue.get_value() {
            return;
        }
        self.asks_queue.set_value(true);
        spawn_local(async move {
            // The last known figures stay; the connection says why.
            let wanted = || self.peek(|state| (state.queue.only.clone(), state.queue.scheduled));
            let asked = wanted();
            let (number, scheduled) = asked.clone();
            if let Ok(view) = self.backend.call(GetQueue { number, scheduled }).await {
                self.dispatch(Action::Queue(QueueAction::Told(asked.0.clone(), Box::new(view))));
            }
            self.asks_queue.set_value(false);
            if wanted() != asked {
                self.load_queue();
            }
        });
    }

    /// Asks for what follows on the last item shown of a lane.
    pub fn load_more_of(self, lane: Lane) {
        let Some(after) = self.peek(|state| state.queue.items(lane).last().map(|item| item.position)) else {
            return;
        };
        let only = self.peek(|state| state.queue.only.clone());
        let call = ListQueue {
            number: only.clone(),
            lane,
            after,
            limit: PAGE,
        };
        spawn_local(async move {
            let action = match self.backend.call(call).await {
                Ok(page) => Action::Queue(QueueAction::More {
                    only,
                    lane,
                    after,
                    page,
                }),
                Err(error) => Action::Notice(error.message),
            };
            self.dispatch(action);
        });
    }

    /// Asks for more of what is sent later.
    pub fn load_more_scheduled(self) {
        self.dispatch(Action::Queue(QueueAction::MoreScheduled(PAGE)));
        self.load_queue();
    }

    /// Asks what waits in a conversation, unless that is under way.
    pub fn load_waiting(self, conversation: ConversationId) {
        if self.asks_waiting.get_value() == Some(conversation) {
            return;
        }
        self.asks_waiting.set_value(Some(conversation));
        spawn_local(async move {
            let list = self.backend.call(ListWaiting { conversation }).await;
            // Another conversation may be open by now.
            if self.asks_waiting.get_value() != Some(conversation) {
                return;
            }
            self.asks_waiting.set_value(None);
            if let Ok(list) = list {
                self.dispatch(Action::Queue(QueueAction::Waiting(conversation, list)));
            }
        });
    }

    /// Stops the sending of a number, or of all.
    pub fn pause_sending(self, number: NumberId) {
        self.decide(PauseSending { number });
    }

    /// Shows what waits at a number alone, or at all.
    pub fn show_queue_of(self, number: Option<NumberId>) {
        self.dispatch(Action::Queue(QueueAction::Only(number)));
        self.load_queue();
    }

    /// Stops a lane of what is shown, or lets it go on when all of that is stopped.
    pub fn switch_lane(self, lane: Lane) {
        let (shown, paused) = self.peek(|state| (state.queue.shown_numbers(), state.queue.paused(lane).to_vec()));
        let goes_on = shown.iter().all(|number| paused.contains(number));
        for number in shown {
            match (goes_on, paused.contains(&number)) {
                (true, _) => self.decide(ResumeLane { number, lane }),
                (false, false) => self.decide(PauseLane { number, lane }),
                (false, true) => {}
            }
        }
    }

    /// Adds the next messages of a group of failures to those that are shown, or begins with another group.
    pub fn load_failed(
        self,
        number: NumberId,
        group: FailureKey,
        shown: Told<Option<(NumberId, FailureKey, Page<FailedView>)>>,
    ) {
        let known = shown.peek().filter(|(of, key, _)| *of == number && *key == group);
        let known = known.map(|(_, _, page)| page.items).unwrap_or_default();
        let call = ListFailed {
            number: number.clone(),
            group: group.clone(),
            before: known.last().map(|item| item.position),
            limit: PAGE,
        };
        spawn_local(async move {
            match self.backend.call(call).await {
                Ok(mut page) => {
                    page.items.splice(0..0, known);
                    shown.set(Some((number, group, page)));
                }
                Err(error) => self.dispatch(Action::Notice(error.message)),
            }
        });
    }

    /// Takes a waiting message back for good.
    pub fn cancel_item(self, id: OutboxId) {
        self.decide(CancelMessage { id });
    }

    /// Stops a waiting message, or lets it go on.
    pub fn switch_item(self, id: OutboxId, is_held: bool) {
        if is_held {
            self.decide(ResumeMessage { id });
        } else {
            self.decide(PauseMessage { id });
        }
    }

    /// Takes back what waits in a lane of a number.
    pub fn cancel_lane(self, number: NumberId, lane: Lane) {
        self.decide(CancelLane { number, lane });
    }

    /// Sends a group of failures again.
    pub fn retry_failed(self, number: NumberId, group: FailureKey) {
        self.decide(RetryFailed { number, group });
    }

    /// How long replies of a number can be taken back.
    pub fn set_undo(self, number: NumberId, undo_ms: u32) {
        self.decide(SetUndo { number, undo_ms });
    }

    /// Sends what the composer holds at another time.
    pub fn submit_later(self, conversation: ConversationId, when: When) {
        while self.peek(|state| state.composes(conversation)) {
            let id = OutboxId(Uuid::now_v7());
            self.dispatch(Action::Submitted { id, conversation });
            self.dispatch(Action::Queue(QueueAction::Later(id, when)));
        }
        self.forget_sent_files();
        self.hand_over(conversation);
    }

    /// When what was submitted is to be sent; `None`: at once.
    pub(super) fn when_of(self, id: OutboxId, conversation: ConversationId) -> Option<When> {
        self.peek(|state| {
            state
                .queue
                .later
                .get(&id)
                .copied()
                .or_else(|| undo_of(state, conversation))
        })
    }

    /// Another time for a message that waits for its time.
    pub fn reschedule(self, id: OutboxId, at: Millis) {
        self.decide(RescheduleMessage { id, when: When::At(at) });
    }

    /// Sends a message now that waits for its time.
    pub fn send_now(self, id: OutboxId) {
        self.decide(RescheduleMessage { id, when: When::Now });
    }

    /// Takes a message back that waits for its time, and its text and file into the composer.
    pub fn unschedule(self, scheduled: &ScheduledView) {
        let (id, conversation) = (scheduled.id, scheduled.conversation);
        let taken_back = Action::of_scheduled(scheduled);
        spawn_local(async move {
            if self.decided(UnscheduleMessage { id }.into()).await {
                self.dispatch(Action::Queue(QueueAction::Dropped(conversation, id)));
                self.dispatch(taken_back);
            }
        });
    }
}

/// A number whose replies can be taken back keeps each for a moment.
fn undo_of(state: &State, conversation: ConversationId) -> Option<When> {
    let number = &state.rows.get(&conversation)?.number;
    let mut numbers = state.overview.iter().flat_map(|overview| &overview.numbers);
    let undo_ms = numbers.find(|known| known.id == *number)?.undo_ms;
    (undo_ms > 0).then_some(When::AfterUndo)
}
