//! Customers who live: they have written before the start, someone writes every few seconds, they answer what the
//! business sends, and sometimes the phone is quicker than the team.
//!
//! One task plays all of them. It looks for the next thing to happen, and sleeps until then or until the business
//! sends something. Blue ticks are not its business: statuses come with every accepted send.

mod script;

use crate::{
    customer::{Customer, CustomerMessage},
    meta::{Arrived, Meta},
};
use script::{Line, Lines, Role, Script, Side};
use serde_json::json;
use std::{
    collections::{BTreeMap, HashMap},
    ops::RangeInclusive,
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

/// So many people's past is told at the start.
const OPENING_PEOPLE: u32 = 12;

/// Within this time.
const OPENING: Duration = Duration::from_millis(1800);

/// Between two customers who write unasked, in milliseconds.
const BETWEEN_ASKS_MS: RangeInclusive<u64> = 5_000..=15_000;

/// How long a customer takes to answer, in milliseconds; about as long as it takes to read first.
const ANSWER_MS: RangeInclusive<u64> = 4_000..=11_000;

/// How long the phone takes, in milliseconds.
const PHONE_MS: RangeInclusive<u64> = 8_000..=20_000;

/// How long a customer takes to think again about what they wrote, in milliseconds.
const THINKS_MS: RangeInclusive<u64> = 6_000..=25_000;

/// A customer on the stage.
struct Persona {
    customer: Customer,
    quiet: bool,
    lines: Lines,
    asked: usize,
    answered: usize,
    /// Wrote, and the business has not reacted.
    waits_for_answer: bool,
    is_answering: bool,
}

/// Something that is going to happen.
enum Act {
    /// A line of the past is told, as old as it is by now.
    Tell {
        persona: usize,
        by: Side,
        line: Line,
        ago: Duration,
    },
    /// Somebody writes unasked.
    SomeoneAsks,
    /// A customer answers the business. `None`: it wrote on the phone.
    Answer { persona: usize, to_wamid: Option<String> },
    /// The phone answers a customer, unless the team was quicker.
    PhoneAnswers { persona: usize },
    /// A customer has thought again: new words for that message. `None`: it is deleted.
    ThinksAgain { wamid: String, words: Option<String> },
}

struct Stage {
    meta: Arc<Meta>,
    personas: Vec<Persona>,
    persona_of_user: HashMap<String, usize>,
    phone_answers: Vec<String>,
    random: fastrand::Rng,
    /// By time; the number keeps acts of the same instant apart.
    due: BTreeMap<(Instant, u64), Act>,
    acts_planned: u64,
}

/// Plays the customers until `meta` is cancelled.
pub(crate) async fn live(meta: Arc<Meta>, mut arrived: mpsc::Receiver<Arrived>) {
    let script = match Script::load() {
        Ok(script) => script,
        Err(error) => {
            tracing::error!("the script of the living customers is not readable: {error}");
            return;
        }
    };
    let mut stage = Stage::set(meta, script);
    let cancel = stage.meta.cancel.clone();
    loop {
        // `SomeoneAsks` plans the next of its kind, so there is always an act.
        let Some((&(at, _), _)) = stage.due.first_key_value() else {
            return;
        };
        tokio::select! {
            () = cancel.cancelled() => return,
            Some(message) = arrived.recv() => stage.business_wrote(&message),
            () = sleep_until(at) => stage.play_next(),
        }
    }
}

impl Stage {
    fn set(meta: Arc<Meta>, script: Script) -> Self {
        let cast = script.cast(usize::try_from(meta.config.people).unwrap_or(usize::MAX));
        let random = meta.streams.living.draw();
        let mut stage = Self {
            meta,
            personas: Vec::new(),
            persona_of_user: HashMap::new(),
            phone_answers: script.phone_answers,
            random,
            due: BTreeMap::new(),
            acts_planned: 0,
        };
        for role in cast {
            stage.enter(role);
        }
        stage.plan(OPENING + Duration::from_secs(3), Act::SomeoneAsks);
        stage
    }

    fn enter(&mut self, role: Role) {
        let persona = self.personas.len();
        let customer = role.customer();
        let user_id = {
            let mut world = self.meta.world();
            let person = world.meet(&customer);
            person.shows_reading = role.shows_reading;
            person.user_id.clone()
        };
        self.persona_of_user.insert(user_id, persona);
        let mut waits_for_answer = false;
        if let Some(place) = u32::try_from(persona).ok().filter(|&place| place < OPENING_PEOPLE) {
            let slot = OPENING / OPENING_PEOPLE;
            for past in role.past {
                let ago = Duration::from_secs(past.ago_minutes * 60 + self.random.u64(0..60));
                waits_for_answer = past.by == Side::Customer;
                let within_slot = slot.mul_f64(self.random.f64());
                self.plan(
                    slot * place + within_slot,
                    Act::Tell {
                        persona,
                        by: past.by,
                        line: past.line,
                        ago,
                    },
                );
            }
        }
        let (quiet, lines) = (role.quiet, role.lines);
        let persona = Persona {
            customer,
            quiet,
            lines,
            asked: 0,
            answered: 0,
            waits_for_answer,
            is_answering: false,
        };
        self.personas.push(persona);
    }

    fn plan(&mut self, after: Duration, act: Act) {
        self.acts_planned += 1;
        self.due.insert((Instant::now() + after, self.acts_planned), act);
    }

    fn plan_within(&mut self, range_ms: RangeInclusive<u64>, act: Act) {
        let after = Duration::from_millis(self.random.u64(range_ms));
        self.plan(after, act);
    }

    fn play_next(&mut self) {
        match self.due.pop_first() {
            Some((_, Act::Tell { persona, by, line, ago })) => self.tell(persona, by, &line, ago),
            Some((_, Act::SomeoneAsks)) => self.someone_asks(),
            Some((_, Act::Answer { persona, to_wamid })) => self.answer(persona, to_wamid),
            Some((_, Act::PhoneAnswers { persona })) => self.phone_answers(persona),
            Some((_, Act::ThinksAgain { wamid, words })) => self.thinks_again(&wamid, words.as_deref()),
            None => {}
        }
    }

    fn tell(&self, persona: usize, by: Side, line: &Line, ago: Duration) {
        if let Some(persona) = self.personas.get(persona) {
            match by {
                Side::Customer => {
                    self.meta
                        .customer_wrote(&self.meta.known_now(&persona.customer), &line.message(), ago)
                }
                Side::Phone => self
                    .meta
                    .phone_wrote(&self.meta.known_now(&persona.customer), line.words(), ago),
            };
        }
    }

    fn someone_asks(&mut self) {
        self.plan_within(BETWEEN_ASKS_MS, Act::SomeoneAsks);
        let index = self.random.usize(..self.personas.len().max(1));
        let Some(persona) = self.personas.get_mut(index).filter(|persona| !persona.quiet) else {
            return;
        };
        let Some(line) = nth_again_and_again(&persona.lines.asks, persona.asked) else {
            return;
        };
        persona.asked += 1;
        persona.waits_for_answer = true;
        let (message, words) = (line.message(), line.words().to_owned());
        let customer = self.meta.known_now(&persona.customer);
        let wamid = self.meta.customer_wrote(&customer, &message, Duration::ZERO);
        match self.random.f32() {
            ..0.08 if !words.is_empty() => {
                let words = Some(format!("{words} 🙏"));
                self.plan_within(THINKS_MS, Act::ThinksAgain { wamid, words });
            }
            0.08..0.12 => self.plan_within(THINKS_MS, Act::ThinksAgain { wamid, words: None }),
            _ => {}
        }
        if self.random.f32() < 0.25 {
            self.plan_within(PHONE_MS, Act::PhoneAnswers { persona: index });
        }
    }

    fn thinks_again(&self, wamid: &str, words: Option<&str>) {
        let done = match words {
            Some(words) => self.meta.customer_edits(wamid, words),
            None => self.meta.customer_deletes(wamid),
        };
        if let Err(reason) = done {
            tracing::debug!("a customer could not change a message: {reason}");
        }
    }

    fn business_wrote(&mut self, message: &Arrived) {
        let has_moved_there = |persona: &Persona| {
            let now = self.meta.known_now(&persona.customer);
            now.user_id.as_ref() == Some(&message.user_id)
        };
        let known = self.persona_of_user.get(&message.user_id).copied();
        let Some(index) = known.or_else(|| self.personas.iter().position(has_moved_there)) else {
            return;
        };
        let answers = self.random.f32() < 0.85;
        if let Some(persona) = self.personas.get_mut(index) {
            persona.waits_for_answer = false;
            // Several messages in a row get one answer.
            if answers && !persona.is_answering {
                persona.is_answering = true;
                let to_wamid = Some(message.wamid.clone());
                self.plan_within(
                    ANSWER_MS,
                    Act::Answer {
                        persona: index,
                        to_wamid,
                    },
                );
            }
        }
    }

    fn answer(&mut self, index: usize, to_wamid: Option<String>) {
        let manner = self.random.f32();
        let Some(persona) = self.personas.get_mut(index) else {
            return;
        };
        persona.is_answering = false;
        let Some(line) = nth_again_and_again(&persona.lines.answers, persona.answered) else {
            return;
        };
        let message = match (to_wamid, line) {
            (Some(message_id), _) if manner < 0.15 => CustomerMessage::Raw {
                type_name: "reaction".to_owned(),
                body: json!({"message_id": message_id, "emoji": "👍"}),
            },
            (Some(to_wamid), Line::Text(text)) if manner < 0.35 => CustomerMessage::Reply {
                to_wamid,
                text: text.clone(),
            },
            _ => line.message(),
        };
        if !matches!(message, CustomerMessage::Raw { .. }) {
            persona.answered += 1;
        }
        self.meta
            .customer_wrote(&self.meta.known_now(&persona.customer), &message, Duration::ZERO);
    }

    fn phone_answers(&mut self, index: usize) {
        let Some(persona) = self.personas.get_mut(index).filter(|persona| persona.waits_for_answer) else {
            return;
        };
        let Some(text) = self.random.choice(&self.phone_answers) else {
            return;
        };
        persona.waits_for_answer = false;
        self.meta
            .phone_wrote(&self.meta.known_now(&persona.customer), text, Duration::ZERO);
        if !persona.is_answering && self.random.bool() {
            persona.is_answering = true;
            self.plan_within(
                ANSWER_MS,
                Act::Answer {
                    persona: index,
                    to_wamid: None,
                },
            );
        }
    }
}

fn nth_again_and_again(lines: &[Line], count: usize) -> Option<&Line> {
    lines.iter().cycle().nth(count % lines.len().max(1))
}
