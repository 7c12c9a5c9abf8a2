//! How long a made-up past is, and what is too long.

/// Most people of a past.
const CHATS_MAX: u32 = 1_000_000;

/// Most messages of all chats.
const MESSAGES_MAX: u64 = 20_000_000;

/// Most messages of a chunk: a POST has less than 3 MB (Meta, "history webhook reference", 2026).
pub(super) const CHUNK_MESSAGES_MAX: u32 = 7_000;

/// Most chunks of a past.
const CHUNKS_MAX: u64 = 100_000;

/// How long the past is that the phone shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HistorySize {
    /// How many chats there are, 1,000,000 at most.
    pub chats: u32,
    /// How many messages each of them has; 20,000,000 of all at most.
    pub messages_each: u32,
    /// How many messages one webhook tells at most, 1 to 7,000; so many have just under 3 MB.
    pub chunk_messages: u32,
}

impl HistorySize {
    /// Six chats of twenty messages.
    pub const SMALL: Self = Self {
        chats: 6,
        messages_each: 20,
        chunk_messages: 2_000,
    };

    /// Whether it can be told.
    ///
    /// # Errors
    ///
    /// A sentence that says what is too much.
    pub fn check(&self) -> Result<(), String> {
        if self.chats > CHATS_MAX {
            return Err(format!("A history has at most {CHATS_MAX} chats."));
        }
        if self.messages() > MESSAGES_MAX {
            return Err(format!("A history has at most {MESSAGES_MAX} messages in all."));
        }
        if !(1..=CHUNK_MESSAGES_MAX).contains(&self.chunk_messages) {
            return Err(format!("A chunk has 1 to {CHUNK_MESSAGES_MAX} messages."));
        }
        if self.messages() / u64::from(self.chunk_messages) > CHUNKS_MAX {
            return Err(format!("A history has at most {CHUNKS_MAX} chunks."));
        }
        Ok(())
    }

    /// Of all chats.
    pub(crate) fn messages(&self) -> u64 {
        u64::from(self.chats) * u64::from(self.messages_each)
    }

    /// How many people there are.
    pub(crate) fn people(&self) -> u64 {
        u64::from(self.chats)
    }
}
