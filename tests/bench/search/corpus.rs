//! Made-up messages: lengths as people write them, words as often as words are (Zipf), one in five Chinese.

use twinbox_domain::{Content, Direction, MessageFact, Millis, NumberId, Origin, PersonIds, Telling, Wamid};

const WORDS: usize = 20_000;
/// The first of it are the most common, as in texts.
const CHINESE: &str =
    "的一是不了人我在有他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后";

/// What is typed, and why; a space ends a word.
pub(crate) const SEARCHES: [(&str, &str); 6] = [
    ("a rare word", "w19000 "),
    ("a common word", "w0 "),
    ("a prefix of 3", "w12"),
    ("a prefix of 5", "w1234"),
    ("two common words", "w3 w1 "),
    ("two characters of Chinese", "的一"),
];

/// A generator whose messages are the same every time.
pub(crate) struct Corpus {
    messages: usize,
    people: usize,
    /// Of each word, how often it or one before it comes, of a million.
    sums: Vec<f64>,
}

struct Dice(u64);

impl Dice {
    /// 0 to 1, without 1.
    fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        #[allow(clippy::cast_precision_loss, reason = "a fraction")]
        let share = (self.0 >> 11) as f64 / (1_u64 << 53) as f64;
        share
    }

    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small"
    )]
    fn below(&mut self, limit: usize) -> usize {
        (self.roll() * limit as f64) as usize
    }
}

impl Corpus {
    pub(crate) fn new(messages: usize, people: usize) -> Self {
        let mut sum = 0.0;
        let sums = (1..=WORDS)
            .map(|rank| {
                #[allow(clippy::cast_precision_loss, reason = "small")]
                let share = 1.0 / rank as f64;
                sum += share;
                sum
            })
            .collect();
        Self { messages, people, sums }
    }

    /// Thread by thread, as the history comes; some threads are much longer than others.
    pub(crate) fn messages(&self) -> impl Iterator<Item = MessageFact> + '_ {
        let mut dice = Dice(0x2545_f491_4f6c_dd17);
        let mut person = 0;
        let mut left = 0;
        let mut second = 0;
        (0..self.messages).map(move |n| {
            if left == 0 {
                person = (person + 1) % self.people;
                // Half of them short, one in a hundred very long.
                let mean = self.messages / self.people;
                left = 1
                    + dice.below(mean)
                    + if dice.below(100) == 0 {
                        dice.below(mean * 50)
                    } else {
                        dice.below(mean)
                    };
                second = 1_740_000_000 + i64::try_from(dice.below(10_000_000)).unwrap_or_default();
            }
            left -= 1;
            second += i64::try_from(dice.below(4000)).unwrap_or_default();
            self.message(&mut dice, n, person, second)
        })
    }

    fn message(&self, dice: &mut Dice, n: usize, person: usize, second: i64) -> MessageFact {
        let is_out = dice.below(2) == 0;
        MessageFact {
            number: NumberId::from("106540352242922"),
            wamid: Wamid(format!("wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQz{n:020}")),
            person: PersonIds {
                phone: Some(format!("49151{person:07}")),
                ..PersonIds::default()
            },
            direction: if is_out { Direction::Out } else { Direction::In },
            origin: Origin::History,
            telling: Telling::History,
            at: Millis(second * 1000),
            content: Content::Text { body: self.text(dice) },
            reply_to: None,
            status: None,
        }
    }

    /// Most are short: 13 words on average.
    fn text(&self, dice: &mut Dice) -> String {
        let words = 1 + dice.below(12) + if dice.below(8) == 0 { dice.below(100) } else { 0 };
        if dice.below(5) == 0 {
            let letters: Vec<char> = CHINESE.chars().collect();
            let pick = |dice: &mut Dice| letters.get(dice.below(letters.len()).min(dice.below(letters.len())));
            return (0..words * 2).filter_map(|_| pick(dice).copied()).collect();
        }
        let most = self.sums.last().copied().unwrap_or_default();
        let mut text = String::new();
        for _ in 0..words {
            let at = dice.roll() * most;
            let word = self.sums.partition_point(|sum| *sum < at);
            text.push_str(&format!("w{word} "));
        }
        text
    }
}
