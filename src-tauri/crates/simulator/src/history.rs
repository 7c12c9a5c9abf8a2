//! A made-up past for the `history` webhooks (Meta, "history webhook reference", 2026): three phases of several chunks
//! each, out of order, with placeholders whose media come in webhooks of their own, before or after their chunk.
//!
//! Every message, medium and person follows by formula from the seed and its place, and one chunk is made at a time.
//! So any length fits in memory, and every run tells the same. Knows nothing of what was written since the start.

mod acquaintance;
mod message;
mod size;
mod words;

use crate::{
    config::Config,
    library::Kind,
    number_state::NumberState,
    stream::mixed,
    world::{Person, World},
};
pub(crate) use acquaintance::Acquaintance;
use serde_json::{Value, json};
pub use size::HistorySize;
use std::collections::HashMap;

/// Phases reach back so far, in seconds: a day, 90 days, 180 days.
const PHASES: [(u64, u64); 3] = [(0, DAY), (DAY, 90 * DAY), (90 * DAY, 180 * DAY)];

const DAY: u64 = 24 * 60 * 60;

/// At least so many chunks a phase has, if it has so many messages.
const CHUNKS_MIN: u64 = 3;

/// The phone's page shows a past of so many messages at most.
const SHOWN_MAX: u64 = 5_000;

/// Ids of media of the past begin so; those of others begin with a 1.
const MEDIUM_MARK: &str = "2";

/// One chunk of a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    phase: usize,
    /// From 1; lower is younger.
    order: u64,
    /// How much is told once this is, in percent. Only the one that is told last has 100.
    progress: u64,
    first: u64,
    end: u64,
}

/// A chunk and what comes before and after it; each the value of one webhook but for its metadata.
pub(crate) struct Told {
    /// Media whose placeholder is still to come.
    pub before: Vec<Value>,
    /// The chunk.
    pub chunk: Value,
    /// Media whose placeholder came.
    pub after: Vec<Value>,
}

/// The made-up past of one number.
#[derive(Clone, Debug)]
pub(crate) struct History {
    own_number: String,
    portfolio: u8,
    seed: u64,
    onboarded_at: u64,
    size: HistorySize,
}

impl History {
    /// As the number was set up and onboarded.
    pub fn of(config: &Config, number: &NumberState) -> Self {
        let size = number.history;
        Self {
            own_number: config.display_phone_number.clone(),
            portfolio: config.portfolio,
            seed: mixed(mixed(config.seed, u64::from(size.chats)), u64::from(size.messages_each)),
            onboarded_at: number.onboarded_at,
            size,
        }
    }

    /// When the number was onboarded, in Unix seconds.
    pub fn onboarded_at(&self) -> u64 {
        self.onboarded_at
    }

    /// How many people the business chatted with.
    pub fn people(&self) -> u64 {
        self.size.people()
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
        let mut told = 0;
        for chunk in &mut chunks {
            told += chunk.end - chunk.first;
            chunk.progress = (told * 100 / self.size.messages().max(1)).max(1);
        }
        chunks
    }

    /// The webhooks of one chunk.
    pub fn tell(&self, chunk: Chunk) -> Told {
        let mut threads: Vec<(Acquaintance, Vec<Value>)> = Vec::new();
        let mut thread_of_chat = HashMap::new();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for index in (chunk.first..chunk.end).rev() {
            let chat = self.chat(index);
            let place = *thread_of_chat.entry(chat).or_insert_with(|| {
                threads.push((Acquaintance::nth(self.portfolio, chat), Vec::new()));
                threads.len() - 1
            });
            if let Some((person, messages)) = threads.get_mut(place) {
                messages.push(Value::Object(self.message(index, person)));
                match self.follow_up(index, person) {
                    Some((value, true)) => before.push(value),
                    Some((value, false)) => after.push(value),
                    None => {}
                }
            }
        }
        let threads = threads.into_iter().map(thread).collect();
        let metadata = json!({"phase": chunk.phase, "chunk_order": chunk.order, "progress": chunk.progress});
        let mut told = json!({"history": [{"metadata": metadata, "threads": null}]});
        put(&mut told, "/history/0/threads", Value::Array(threads));
        Told {
            before,
            chunk: told,
            after,
        }
    }

    /// The items of `state_sync` for everyone Meta has heard of who has a name, in order.
    pub fn known_contacts(&self, world: &World) -> Vec<Value> {
        let mut known: Vec<&Person> = world.people().filter(|person| !person.name.is_empty()).collect();
        known.sort_by(|one, other| one.user_id.cmp(&other.user_id));
        let added = |person: &Person| {
            let username = person.username.as_deref();
            self.added(&person.name, person.visible_wa_id(), &person.user_id, username)
        };
        known.into_iter().map(added).collect()
    }

    /// The item of `state_sync` for the one at `place`, unless Meta has heard of them otherwise.
    pub fn contact(&self, place: u64, world: &World) -> Option<Value> {
        let person = Acquaintance::nth(self.portfolio, place);
        let username = person.username.as_deref();
        world
            .person(&person.user_id)
            .is_none()
            .then(|| self.added(&person.name, person.wa_id.as_deref(), &person.user_id, username))
    }

    /// Everything that was said, oldest first, if it is little enough for the phone's page.
    pub fn shown(&self) -> impl Iterator<Item = (Acquaintance, bool, Value)> {
        let count = Some(self.size.messages()).filter(|count| *count <= SHOWN_MAX);
        (0..count.unwrap_or(0)).rev().map(|index| {
            let person = Acquaintance::nth(self.portfolio, self.chat(index));
            let message = Value::Object(self.whole_message(index, &person));
            (person, self.is_own(index), message)
        })
    }

    /// What the medium with that id is, and its number. `None`: it is none of this past.
    pub fn medium(&self, id: &str) -> Option<(Kind, usize)> {
        let index = id.strip_prefix(MEDIUM_MARK)?.get(4..)?.parse().ok()?;
        let kind = self.kind_of_medium(index).filter(|_| self.medium_id(index) == id)?;
        Some((kind, usize::try_from(index).ok()?))
    }

    /// 16 digits: of this past, and the place in it.
    fn medium_id(&self, index: u64) -> String {
        format!("{MEDIUM_MARK}{:04}{index:011}", self.seed % 10_000)
    }

    fn added(&self, name: &str, phone: Option<&str>, user_id: &str, username: Option<&str>) -> Value {
        let first = name.split(' ').next().unwrap_or_default();
        let mut contact = json!({"full_name": name, "first_name": first, "user_id": user_id});
        if let Some(contact) = contact.as_object_mut() {
            contact.extend(phone.map(|phone| ("phone_number".to_owned(), json!(phone))));
            contact.extend(username.map(|username| ("username".to_owned(), json!(username))));
        }
        let at = self.onboarded_at.to_string();
        json!({"type": "contact", "contact": contact, "action": "add", "metadata": {"timestamp": at}})
    }

    fn chunks_of(&self, phase: usize) -> Vec<Chunk> {
        let (begin, end) = self.edges(phase);
        let chunk_messages = u64::from(self.size.chunk_messages).max(1);
        let count = (end - begin).div_ceil(chunk_messages).max(CHUNKS_MIN).min(end - begin);
        let edge = |number: u64| begin + (end - begin) * number / count;
        let chunk = |number: u64| Chunk {
            phase,
            order: number + 1,
            progress: 0,
            first: edge(number),
            end: edge(number + 1),
        };
        (0..count).map(chunk).collect()
    }

    /// The first message of a phase and the first after it: a fifth is a day old at most, half of it up to 90 days,
    /// the rest older.
    fn edges(&self, phase: usize) -> (u64, u64) {
        let messages = self.size.messages();
        match phase {
            0 => (0, messages / 5),
            1 => (messages / 5, messages * 7 / 10),
            _ => (messages * 7 / 10, messages),
        }
    }

    fn phase(&self, index: u64) -> usize {
        (0..PHASES.len())
            .find(|phase| index < self.edges(*phase).1)
            .unwrap_or(PHASES.len() - 1)
    }

    fn chat(&self, index: u64) -> u64 {
        index % self.size.people().max(1)
    }
}

/// A thread, named by its customer (Meta, "Business-scoped user IDs", 2026): without a number if only the username may
/// be known.
fn thread((person, messages): (Acquaintance, Vec<Value>)) -> Value {
    let mut thread = json!({"context": {"user_id": person.user_id}, "messages": null});
    put(&mut thread, "/messages", Value::Array(messages));
    if let Some(context) = thread.pointer_mut("/context").and_then(Value::as_object_mut) {
        context.extend(person.wa_id.iter().map(|wa_id| ("wa_id".to_owned(), json!(wa_id))));
        context.extend(person.username.iter().map(|name| ("username".to_owned(), json!(name))));
    }
    if let Some(thread) = thread.as_object_mut() {
        thread.extend(person.wa_id.iter().map(|wa_id| ("id".to_owned(), json!(wa_id))));
    }
    thread
}

/// Moves a large `part` into its place, which `json!` would copy.
fn put(whole: &mut Value, pointer: &str, part: Value) {
    if let Some(place) = whole.pointer_mut(pointer) {
        *place = part;
    }
}

#[cfg(test)]
mod tests;
