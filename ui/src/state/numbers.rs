//! The business numbers: how each is, and which one is looked at.

use super::State;
use std::collections::HashMap;
use twinbox_domain::{KeepAlive, Millis, NumberId, Remedy, Standing, remedy};
use twinbox_protocol::{HealthView, NumberView};

/// Something older than this does not show that a number works now: a day.
pub const FRESH_MS: i64 = 24 * 60 * 60 * 1000;

/// A token that ends within a week could not be renewed.
const TOKEN_ENDS_SOON_MS: i64 = 7 * FRESH_MS;

/// Whether a token ends so soon that somebody has to do something.
pub fn token_ends_soon(ends: Option<Millis>, now: Millis) -> bool {
    ends.is_some_and(|ends| ends.ms_since(now) < TOKEN_ENDS_SOON_MS)
}

/// Whether it helps a number to be connected again. WhatsApp ends a pause or a ban by itself, or its support does; the
/// keychain has to be unlocked.
pub fn wants_signup(number: &NumberView, token_ends: Option<Millis>, now: Millis) -> bool {
    if number.is_locked {
        return false;
    }
    let helps = match number.standing {
        Standing::Disconnected { .. } | Standing::NoAccess { .. } => true,
        Standing::Blocked { code, .. } => remedy(code) == Remedy::Reconnect,
        Standing::Connected => token_ends_soon(token_ends, now),
        Standing::Suspended { .. } | Standing::Disabled { .. } => false,
    };
    helps || !number.can_send
}

/// What the page of numbers knows beside the overview.
#[derive(Default)]
pub struct Numbers {
    /// The one that was chosen; `None`: none was yet.
    pub chosen: Option<NumberId>,
    /// How they are, as far as that was asked for.
    pub health: HashMap<NumberId, HealthView>,
    /// Those of which it could not be told when it was last asked.
    pub failed: Option<NumberId>,
    /// How far the settings of the chosen one are.
    pub saving: Saving,
}

/// Settings on their way to the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// None are.
    #[default]
    Nothing,
    /// They are.
    UnderWay,
    /// The engine has them.
    Done,
    /// It does not, for this reason.
    Refused(String),
}

/// Something that happened to a number.
#[derive(Debug)]
pub enum NumberAction {
    /// It was chosen.
    Chosen(NumberId),
    /// How it is was told.
    Told(Box<HealthView>),
    /// It was not.
    NotTold(NumberId, twinbox_protocol::ApiError),
    /// Its settings are being changed; nothing is on its way yet.
    Editing,
    /// They go to the engine.
    Saving,
    /// They are there.
    Saved,
    /// They are not.
    NotSaved(twinbox_protocol::ApiError),
}

/// How a number is, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberState {
    /// Something has arrived within a day, so many milliseconds ago.
    Working(i64),
    /// The last thing arrived longer ago.
    Silent(i64),
    /// Nothing has ever arrived.
    New,
    /// The phone app has to be opened.
    PhoneQuiet(KeepAlive),
    /// Twinbox cannot send from it: it was only heard of in webhooks.
    Unconnected,
    /// The key to its secrets cannot be had: nothing is sent, and nothing taken.
    Locked,
    /// The phone was set up anew; WhatsApp reconnects by itself.
    Suspended,
    /// It was disconnected.
    Disconnected,
    /// WhatsApp disabled the account.
    Disabled,
    /// Meta refuses the token.
    NoAccess,
    /// WhatsApp refuses what is sent.
    Blocked,
}

/// How much of a number is known to work, as its glyph shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The phone and the Cloud API: both are filled.
    Working,
    /// One of them is in doubt: the phone is dashed.
    Quiet,
    /// The number is in one home alone: outlines.
    Off,
}

impl NumberState {
    /// How its glyph looks.
    pub const fn look(self) -> Look {
        match self {
            Self::Working(_) | Self::Silent(_) | Self::New => Look::Working,
            Self::PhoneQuiet(_) | Self::Locked | Self::Suspended | Self::Blocked => Look::Quiet,
            Self::Unconnected | Self::Disconnected | Self::Disabled | Self::NoAccess => Look::Off,
        }
    }

    /// How it is at `now`.
    pub fn at(now: Millis, number: &NumberView) -> Self {
        let keep_alive = KeepAlive::at(now, number.evidence.last_sign_at);
        match number.standing {
            Standing::Connected => {}
            Standing::Suspended { .. } => return Self::Suspended,
            Standing::Disconnected { .. } => return Self::Disconnected,
            Standing::Disabled { .. } => return Self::Disabled,
            Standing::NoAccess { .. } => return Self::NoAccess,
            Standing::Blocked { .. } => return Self::Blocked,
        }
        match number.evidence.last_event_at.map(|last| now.ms_since(last)) {
            _ if number.is_locked => Self::Locked,
            _ if !number.can_send => Self::Unconnected,
            _ if keep_alive.warned_at_day().is_some() => Self::PhoneQuiet(keep_alive),
            Some(ago) if ago < FRESH_MS => Self::Working(ago.max(0)),
            Some(ago) => Self::Silent(ago),
            None => Self::New,
        }
    }

    /// Whether a person should look at it.
    pub const fn needs_someone(self) -> bool {
        matches!(
            self,
            Self::PhoneQuiet(_)
                | Self::Locked
                | Self::Suspended
                | Self::Disconnected
                | Self::Disabled
                | Self::NoAccess
                | Self::Blocked
        )
    }
}

impl State {
    /// The number with this id, as the engine told last.
    pub fn number_with(&self, id: &NumberId) -> Option<&NumberView> {
        let mut numbers = self.overview.as_ref()?.numbers.iter();
        numbers.find(|number| number.id == *id)
    }

    /// The number whose page is shown: the chosen one, else the first that someone should look at, else the first.
    pub fn shown_number(&self) -> Option<&NumberView> {
        let numbers = &self.overview.as_ref()?.numbers;
        let chosen = self.numbers.chosen.as_ref().and_then(|id| self.number_with(id));
        let wanting = || {
            let mut numbers = numbers.iter();
            numbers.find(|number| NumberState::at(self.now, number).needs_someone())
        };
        chosen.or_else(wanting).or_else(|| numbers.first())
    }
}
