//! What a person should know in time about a number, even while no window is open.

use crate::{KeepAlive, Millis, Standing};

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// What was told longer ago is no news.
const NEWS_MS: i64 = 7 * DAY_MS;

/// Something to be told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// The phone can be asked for contacts and chats for this many hours more, 6 or 1.
    SyncEnds {
        /// At most.
        hours_left: i64,
    },
    /// The history of the phone is complete.
    ChatsHere,
    /// The phone app has to be opened within so many days.
    PhoneQuiet {
        /// The quiet day it is told at: 9, 11 or 12.
        day: i64,
        /// 0: the link may be gone already.
        days_left: i64,
    },
    /// Meta takes the token of the number for this many days more, 7 or 2, and it could not be renewed.
    TokenEnds {
        /// At most.
        days_left: i64,
    },
    /// No message goes out any more.
    Lost,
    /// WhatsApp told something of the number or its account that somebody has to hear of.
    Told {
        /// Which: the webhook that told it.
        by: i64,
    },
}

/// What reminders are about. Of each the last stage told is kept, so that it is told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReminderAbout {
    /// The 24 hours in which a phone can be asked, and what comes of it.
    Sync,
    /// A quiet phone.
    Quiet,
    /// The connection.
    Link,
    /// What WhatsApp tells.
    Notice,
}

impl ReminderAbout {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sync, Self::Quiet, Self::Link, Self::Notice];

    /// Its word on disk.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Quiet => "quiet",
            Self::Link => "link",
            Self::Notice => "notice",
        }
    }
}

/// How a number is, as far as reminders follow from it.
#[derive(Clone, Debug)]
pub struct Watched {
    /// Until when its phone can be asked; `None`: it was asked for everything, or never has to be.
    pub ask_until: Option<Millis>,
    /// Until when it is news that its history is complete; `None`: it is not.
    pub complete_until: Option<Millis>,
    /// The last sign of life of its phone.
    pub last_sign: Option<Millis>,
    /// When its token ends; `None`: never, or not known. Long before, it is renewed.
    pub token_ends: Option<Millis>,
    /// Whether messages go out.
    pub standing: Standing,
    /// When WhatsApp last told something urgent, and which webhook did.
    pub told: Option<(Millis, i64)>,
}

impl Watched {
    /// What is due about it at `now`.
    pub fn due(&self, about: ReminderAbout, now: Millis) -> Option<Reminder> {
        let may_send = self.standing.may_send();
        match about {
            ReminderAbout::Sync => {
                if self.complete_until.is_some_and(|until| now < until) {
                    return Some(Reminder::ChatsHere);
                }
                let left = self.ask_until.filter(|_| may_send)?.ms_since(now);
                let hours_left = [1, 6].into_iter().find(|hours| left <= hours * HOUR_MS)?;
                (left > 0).then_some(Reminder::SyncEnds { hours_left })
            }
            ReminderAbout::Quiet => {
                let keep_alive = KeepAlive::at(now, self.last_sign.filter(|_| may_send));
                Some(Reminder::PhoneQuiet {
                    day: keep_alive.warned_at_day()?,
                    days_left: keep_alive.days_left()?,
                })
            }
            // On the page it stands for longer.
            ReminderAbout::Notice => {
                let (at, by) = self.told?;
                (now.ms_since(at) < NEWS_MS).then_some(Reminder::Told { by })
            }
            ReminderAbout::Link if !may_send => Some(Reminder::Lost),
            ReminderAbout::Link => {
                let left = self.token_ends?.ms_since(now);
                let days_left = [2, 7].into_iter().find(|days| left <= days * DAY_MS)?;
                Some(Reminder::TokenEnds { days_left })
            }
        }
    }
}

impl Reminder {
    /// What is kept of it: two reminders about one thing with the same stage are the same. Never 0.
    pub const fn stage(self) -> i64 {
        match self {
            Self::SyncEnds { hours_left } => hours_left,
            Self::ChatsHere => 100,
            Self::PhoneQuiet { day, .. } => day,
            Self::TokenEnds { days_left } => days_left,
            Self::Lost => 1,
            Self::Told { by } => by,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(100 * 24 * HOUR_MS);

    fn number() -> Watched {
        Watched {
            ask_until: None,
            complete_until: None,
            last_sign: Some(NOW),
            token_ends: None,
            standing: Standing::Connected,
            told: None,
        }
    }

    #[test]
    fn the_end_of_the_24_hours_is_told_six_hours_and_one_hour_before() {
        let due = |left_ms: i64| {
            let number = Watched {
                ask_until: Some(NOW.plus_ms(left_ms)),
                ..number()
            };
            number.due(ReminderAbout::Sync, NOW).map(Reminder::stage)
        };
        let stages = [7 * HOUR_MS, 6 * HOUR_MS, HOUR_MS + 1, HOUR_MS, 1, 0, -HOUR_MS].map(due);
        assert_eq!(stages, [None, Some(6), Some(6), Some(1), Some(1), None, None]);
        assert_eq!(number().due(ReminderAbout::Sync, NOW), None);
    }

    #[test]
    fn that_all_chats_are_here_is_told_while_it_is_news() {
        let due = |left_ms: i64| {
            let number = Watched {
                complete_until: Some(NOW.plus_ms(left_ms)),
                ..number()
            };
            number.due(ReminderAbout::Sync, NOW)
        };
        assert_eq!((due(1), due(0)), (Some(Reminder::ChatsHere), None));
    }

    #[test]
    fn a_quiet_phone_is_told_of_on_three_days() {
        let due = |days: i64| {
            let number = Watched {
                last_sign: Some(NOW.plus_ms(-days * 24 * HOUR_MS)),
                ..number()
            };
            number.due(ReminderAbout::Quiet, NOW).map(Reminder::stage)
        };
        let stages = [0, 8, 9, 10, 11, 12, 40].map(due);
        assert_eq!(stages, [None, None, Some(9), Some(9), Some(11), Some(12), Some(12)]);
    }

    #[test]
    fn a_token_that_was_not_renewed_is_told_of_a_week_and_two_days_before_it_ends() {
        let due = |left_ms: i64| {
            let number = Watched {
                token_ends: Some(NOW.plus_ms(left_ms)),
                ..number()
            };
            number.due(ReminderAbout::Link, NOW).map(Reminder::stage)
        };
        let stages = [20 * DAY_MS, 7 * DAY_MS, 2 * DAY_MS + 1, 2 * DAY_MS, 0, -DAY_MS].map(due);
        assert_eq!(stages, [None, Some(7), Some(7), Some(2), Some(2), Some(2)]);
    }

    #[test]
    fn what_whatsapp_told_is_a_reminder_while_it_is_news_and_each_is_another_one() {
        let due = |days: i64, by| {
            let number = Watched {
                told: Some((NOW.plus_ms(-days * DAY_MS), by)),
                ..number()
            };
            number.due(ReminderAbout::Notice, NOW).map(Reminder::stage)
        };
        assert_eq!(
            [due(0, 3), due(6, 3), due(0, 4), due(7, 4)],
            [Some(3), Some(3), Some(4), None]
        );
        assert_eq!(number().due(ReminderAbout::Notice, NOW), None);
    }

    #[test]
    fn a_number_that_is_lost_is_told_of_and_of_nothing_else() {
        let lost = Watched {
            ask_until: Some(NOW.plus_ms(1)),
            complete_until: None,
            last_sign: Some(Millis(0)),
            token_ends: Some(NOW),
            standing: Standing::NoAccess { since: NOW },
            told: None,
        };
        let due = ReminderAbout::ALL.map(|about| lost.due(about, NOW));
        assert_eq!(due, [None, None, Some(Reminder::Lost), None]);
        assert_eq!(number().due(ReminderAbout::Link, NOW), None);
    }
}
