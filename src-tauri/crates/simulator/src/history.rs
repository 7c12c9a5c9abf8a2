//! A made-up past for the `history` webhooks (Meta, "history webhook reference", 2026): three phases of several chunks
//! each, out of order, with placeholders whose media come in webhooks of their own, before or after their chunk.
//!
//! Deterministic from the seed but for media ids. Makes one chunk at a time, so that any length fits in memory. Knows
//! nothing of what was written since the start.

use crate::{library::Kind, meta::Meta, numbering, world::World};
use serde_json::{Map, Value, json};

/// Phases reach back so far, in seconds: a day, 90 days, 180 days.
const PHASES: [(u64, u64); 3] = [(0, DAY), (DAY, 90 * DAY), (90 * DAY, 180 * DAY)];

const DAY: u64 = 24 * 60 * 60;

/// Media younger than this at onboarding follow their placeholder.
const MEDIA_SECONDS: u64 = 14 * DAY;

/// At least so many chunks a phase has, if it has so many messages.
const CHUNKS_MIN: u64 = 3;

/// At most so many messages are in one chunk. Meta: thousands, and 3 MB; these are 0.6 MB.
const CHUNK_MESSAGES: u64 = 2000;

const NAMES: [&str; 8] = [
    "Pablo Morales",
    "Anna Bauer",
    "نور حداد",
    "Yuki Tanaka",
    "Zoë Lindqvist",
    "דנה לוי",
    "Okan Demir",
    "Chloé Martin",
];

const LINES: [&str; 6] = [
    "Is the blue one still there? 🚲",
    "Yes, we keep it until Friday.",
    "شكراً جزيلاً",
    "Danke, bis morgen!",
    "Could you also look at the brakes?",
    "Done: https://luckyshrub.example/orders/17",
];

/// One chunk of a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    phase: usize,
    /// From 1.
    order: u64,
    progress: u64,
    first: u64,
    end: u64,
}

/// A chunk and what comes before and after it; each the value of one webhook but for its metadata.
pub(crate) struct Told {
    /// Media whose placeholder comes later.
    pub before: Vec<Value>,
    /// The chunk.
    pub chunk: Value,
    /// Media whose placeholder came.
    pub after: Vec<Value>,
}

/// The made-up past of one number.
pub(crate) struct History {
    own_number: String,
    seed: u64,
    onboarded_at: u64,
    chats: u64,
    /// Of all chats.
    messages: u64,
}

impl History {
    /// As `meta` was set up.
    pub fn of(meta: &Meta) -> Self {
        let world = meta.world();
        Self {
            own_number: meta.config.display_phone_number.clone(),
            seed: meta.config.seed,
            onboarded_at: world.number.onboarded_at,
            chats: u64::from(world.number.history_chats),
            messages: u64::from(world.number.history_chats) * u64::from(world.number.history_messages),
        }
    }

    /// Every chunk, in the order they are told: phase after phase, mixed within one.
    pub fn chunks(&self) -> Vec<Chunk> {
        let mut random = fastrand::Rng::with_seed(self.seed);
        let mut chunks = Vec::new();
        for phase in 0..PHASES.len() {
            let mut of_phase = self.chunks_of(phase);
            random.shuffle(&mut of_phase);
            if let [first, .., last] = of_phase.as_mut_slice()
                && first.order < last.order
            {
                std::mem::swap(first, last);
            }
            chunks.extend(of_phase);
        }
        chunks
    }

    /// The webhooks of one chunk. New media are put into `world`.
    pub fn tell(&self, chunk: Chunk, world: &mut World) -> Told {
        let mut threads: Vec<(u64, Vec<Value>)> = Vec::new();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for index in chunk.first..chunk.end {
            let chat = index % self.chats.max(1);
            let at = self.sent_at(chunk, index);
            let is_medium = index % 7 == 3;
            let mut message = self.message(chat, index, at);
            if is_medium {
                message.insert("type".to_owned(), json!("media_placeholder"));
                if at + MEDIA_SECONDS > self.onboarded_at {
                    let follow_up = self.follow_up(chat, index, at, world);
                    if index % 2 == 0 { &mut before } else { &mut after }.push(follow_up);
                }
            } else {
                let line = LINES.get(place(index, LINES.len())).copied().unwrap_or_default();
                message.insert("type".to_owned(), json!("text"));
                message.insert("text".to_owned(), json!({"body": line}));
            }
            let status = if is_medium { "PLAYED" } else { "READ" };
            message.insert("history_context".to_owned(), json!({"status": status}));
            match threads.iter_mut().find(|(other, _)| *other == chat) {
                Some((_, messages)) => messages.push(Value::Object(message)),
                None => threads.push((chat, vec![Value::Object(message)])),
            }
        }
        let threads: Vec<Value> = threads
            .into_iter()
            .map(|(chat, messages)| {
                let (phone, user_id) = (phone(chat), user_id(chat));
                json!({"id": phone, "context": {"wa_id": phone, "user_id": user_id}, "messages": messages})
            })
            .collect();
        let metadata = json!({"phase": chunk.phase, "chunk_order": chunk.order, "progress": chunk.progress});
        Told {
            before,
            chunk: json!({"history": [{"metadata": metadata, "threads": threads}]}),
            after,
        }
    }

    /// The items of `state_sync`: everyone of the past, and everyone Meta has heard of who has a name.
    pub fn contacts(&self, world: &World) -> Vec<Value> {
        let added = |name: &str, phone: Option<&str>, user_id: &str| {
            let first = name.split(' ').next().unwrap_or_default();
            let mut contact = json!({"full_name": name, "first_name": first, "user_id": user_id});
            if let (Some(phone), Some(contact)) = (phone, contact.as_object_mut()) {
                contact.insert("phone_number".to_owned(), json!(phone));
            }
            let at = self.onboarded_at.to_string();
            json!({"type": "contact", "contact": contact, "action": "add", "metadata": {"timestamp": at}})
        };
        let known = world
            .people()
            .filter(|person| !person.name.is_empty())
            .map(|person| added(&person.name, person.wa_id.as_deref(), &person.user_id));
        let past = (0..self.chats).filter(|chat| world.person(&user_id(*chat)).is_none());
        known
            .chain(past.map(|chat| added(name(chat), Some(&phone(chat)), &user_id(chat))))
            .collect()
    }

    fn chunks_of(&self, phase: usize) -> Vec<Chunk> {
        // A fifth is a day old at most, half of it up to 90 days, the rest older.
        let shares = [0, self.messages / 5, self.messages * 7 / 10, self.messages];
        let (Some(&begin), Some(&end)) = (shares.get(phase), shares.get(phase + 1)) else {
            return Vec::new();
        };
        let count = (end - begin).div_ceil(CHUNK_MESSAGES).max(CHUNKS_MIN).min(end - begin);
        (0..count)
            .map(|number| {
                let edge = |number: u64| begin + (end - begin) * number / count;
                let (first, end) = (edge(number), edge(number + 1));
                Chunk {
                    phase,
                    order: number + 1,
                    progress: (end * 100 / self.messages.max(1)).max(1),
                    first,
                    end,
                }
            })
            .collect()
    }

    /// The higher the index, the older.
    fn sent_at(&self, chunk: Chunk, index: u64) -> u64 {
        let (youngest, oldest) = PHASES.get(chunk.phase).copied().unwrap_or_default();
        let shares = [0, self.messages / 5, self.messages * 7 / 10, self.messages];
        let (Some(&begin), Some(&end)) = (shares.get(chunk.phase), shares.get(chunk.phase + 1)) else {
            return self.onboarded_at;
        };
        let age = youngest + (oldest - youngest) * (index - begin + 1) / (end - begin + 1);
        self.onboarded_at.saturating_sub(age)
    }

    /// Who wrote to whom; every other message of a chat is the business's.
    fn message(&self, chat: u64, index: u64, at: u64) -> Map<String, Value> {
        let (phone, user_id) = (phone(chat), user_id(chat));
        let is_own = (index / self.chats.max(1)) % 2 == 1;
        let ends = if is_own {
            json!({"from": self.own_number, "to": phone, "to_user_id": user_id})
        } else {
            json!({"from": phone, "from_user_id": user_id})
        };
        let mut message = match ends {
            Value::Object(message) => message,
            _ => Map::new(),
        };
        message.insert(
            "id".to_owned(),
            json!(numbering::wamid_of(&phone, self.seed.wrapping_mul(1_000_003) + index)),
        );
        message.insert("timestamp".to_owned(), json!(at.to_string()));
        message
    }

    fn follow_up(&self, chat: u64, index: u64, at: u64, world: &mut World) -> Value {
        let mut message = self.message(chat, index, at);
        message.insert("type".to_owned(), json!("image"));
        message.insert(
            "image".to_owned(),
            world.library.drawn(Kind::Image, numbering::unix_seconds()),
        );
        let items = if message.contains_key("to") {
            "message_echoes"
        } else {
            "messages"
        };
        json!({"contacts": [{"wa_id": phone(chat), "user_id": user_id(chat)}], items: [message]})
    }
}

fn name(chat: u64) -> &'static str {
    NAMES.get(place(chat, NAMES.len())).copied().unwrap_or_default()
}

fn phone(chat: u64) -> String {
    format!("1650556{chat:04}")
}

fn user_id(chat: u64) -> String {
    numbering::user_id(Some(&phone(chat)), None)
}

fn place(number: u64, count: usize) -> usize {
    usize::try_from(number).unwrap_or_default() % count.max(1)
}
