//! The worlds a simulator can start in: who lives in them, and how long their past is.

use crate::history::HistorySize;

/// A world to start in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Setting {
    /// Nobody writes unasked, and the past is short: for tests.
    #[default]
    Quiet,
    /// Tandem & Oak, a bike and furniture workshop, on a living day: for the demo.
    BikeShop,
    /// A past of a million messages, told without being held in memory.
    Big,
}

impl Setting {
    /// How many customers write by themselves.
    pub fn people(self) -> u32 {
        match self {
            Self::Quiet | Self::Big => 0,
            Self::BikeShop => 24,
        }
    }

    /// The past that is told when it is asked for.
    pub fn history(self) -> HistorySize {
        match self {
            Self::Quiet => HistorySize::SMALL,
            Self::BikeShop => HistorySize {
                chats: 24,
                messages_each: 60,
                chunk_messages: 200,
            },
            Self::Big => HistorySize {
                chats: 2_000,
                messages_each: 500,
                chunk_messages: 7_000,
            },
        }
    }
}
