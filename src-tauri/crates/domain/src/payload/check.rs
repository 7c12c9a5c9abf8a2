//! What Meta takes, checked here so that nothing is queued that it would refuse (Meta, "Send messages" and the pages of
//! each type, Feb 2026).

use super::{Action, CardToSend, Interactive, ListSection, Payload, PlaceToSend, ReplyButton};
use crate::{Content, LONGEST_CAPTION};
use std::collections::HashSet;

/// Longest text of a message, in characters.
pub const LONGEST_TEXT: usize = 4096;
const LONGEST_EDGE: usize = 60;
const LONGEST_BODY: usize = 1024;
const MOST_BUTTONS: usize = 3;
const LONGEST_BUTTON: usize = 20;
const LONGEST_BUTTON_ID: usize = 256;
const MOST_SECTIONS: usize = 10;
const MOST_ROWS: usize = 10;
const LONGEST_ROW: usize = 24;
const LONGEST_ROW_ID: usize = 200;
const LONGEST_ROW_DESCRIPTION: usize = 72;

/// An emoji of many parts, as a family or a flag, has up to 10 characters and a few variation marks.
const LONGEST_EMOJI: usize = 16;

/// The emojis that Unicode counts among the letters.
const LETTER_EMOJIS: [char; 6] = ['ℹ', 'Ⓜ', '🅰', '🅱', '🅾', '🅿'];

/// Why a message cannot be sent. It reads as a sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendProblem {
    /// It says nothing.
    #[error("There is nothing to send.")]
    Nothing,
    /// A part has more characters than WhatsApp takes.
    #[error("{what} has at most {most} characters.")]
    TooLong {
        /// The part, as the subject of a sentence.
        what: &'static str,
        /// Meta's limit, in characters.
        most: usize,
    },
    /// A part is not there that cannot be missing.
    #[error("{0} is missing.")]
    Missing(&'static str),
    /// There are more of something than WhatsApp takes, or none.
    #[error("{what}: at least 1 and at most {most}.")]
    Count {
        /// The parts, as the subject of a sentence.
        what: &'static str,
        /// Meta's limit.
        most: usize,
    },
    /// Two of them are the same, so that nobody could tell which was tapped.
    #[error("Two {0} are the same.")]
    Twice(&'static str),
    /// Not on the globe.
    #[error("This place is not on the map: latitude goes from -90 to 90, longitude from -180 to 180.")]
    OffTheMap,
    /// A card without anything to reach somebody by.
    #[error("A contact needs a phone number or an e-mail address.")]
    Unreachable,
    /// More or less than one emoji.
    #[error("A reaction is one emoji.")]
    NoEmoji,
    /// A reaction cannot quote.
    #[error("A reaction cannot answer another message.")]
    ReactionQuotes,
    /// The address of a button.
    #[error("The address of the button has to begin with https:// or http://.")]
    NoWebAddress,
    /// A text and a file above a message.
    #[error("Above the text stands either a line or a file, not both.")]
    TwoHeaders,
    /// A file that cannot stand there.
    #[error("Only a photo, a video or a document can stand above the text.")]
    HeaderFile,
    /// A list has a file.
    #[error("A list has no file above its text.")]
    ListWithFile,
    /// A variable of a template has no value.
    #[error("The variable {{{{{0}}}}} is not filled in.")]
    Variable(String),
    /// A variable of a template has a value that Meta refuses.
    #[error("The variable {{{{{0}}}}} has line breaks, tabs or more than four spaces in a row.")]
    VariableSpace(String),
    /// The file does not fit the template.
    #[error("This template takes no file, or one of another kind.")]
    TemplateFile,
    /// The template has no place.
    #[error("This template has no place above its text.")]
    TemplatePlace,
    /// The template has parts that cannot be sent from here.
    #[error("Twinbox cannot send this kind of template yet.")]
    TemplateBeyond,
    /// A text below a file that takes none.
    #[error("WhatsApp shows no text with audio and stickers. Send it by itself.")]
    NoCaption,
}

type Checked = Result<(), SendProblem>;

impl Payload {
    /// Whether Meta takes it; `quotes`: it answers a message.
    ///
    /// # Errors
    /// [`SendProblem`], of the first thing in the way.
    pub fn check(&self, quotes: bool) -> Checked {
        match self {
            Self::Text { body, .. } => {
                needed(body, SendProblem::Nothing)?;
                at_most(body, "A message", LONGEST_TEXT)
            }
            Self::File(content) => check_file(content),
            Self::Location(place) => place.check(),
            Self::Contacts(cards) => {
                needed_any(cards, "The contact")?;
                cards.iter().try_for_each(CardToSend::check)
            }
            Self::Reaction { emoji, .. } => {
                if quotes {
                    return Err(SendProblem::ReactionQuotes);
                }
                check_emoji(emoji)
            }
            Self::Interactive { message, file } => message.check(file.as_ref()),
            // It was checked when it was filled in.
            Self::Template(_) => Ok(()),
        }
    }
}

fn check_file(content: &Content) -> Checked {
    let caption = content.media().map_or("", |media| media.caption.as_str());
    let takes_caption = !matches!(content, Content::Audio { .. } | Content::Sticker(_));
    if !caption.is_empty() && !takes_caption {
        return Err(SendProblem::NoCaption);
    }
    at_most(caption, "The text with a file", LONGEST_CAPTION)
}

impl PlaceToSend {
    pub(crate) fn check(&self) -> Checked {
        let is_within = |degrees_e6: i64, most: u64| degrees_e6.unsigned_abs() <= most * 1_000_000;
        if is_within(self.latitude_e6, 90) && is_within(self.longitude_e6, 180) {
            Ok(())
        } else {
            Err(SendProblem::OffTheMap)
        }
    }
}

impl CardToSend {
    fn check(&self) -> Checked {
        needed(&self.name, SendProblem::Missing("The name of the contact"))?;
        let is_told = |text: &str| !text.trim().is_empty();
        let has_phone = self.phones.iter().any(|phone| is_told(&phone.phone));
        if has_phone || self.emails.iter().any(|email| is_told(email)) {
            Ok(())
        } else {
            Err(SendProblem::Unreachable)
        }
    }
}

fn check_emoji(emoji: &str) -> Checked {
    let is_letter = |letter: char| letter.is_alphabetic() && !LETTER_EMOJIS.contains(&letter);
    let is_part = |letter: char| !letter.is_whitespace() && !letter.is_control() && !is_letter(letter);
    // Digits and # are emojis only with a key cap around them.
    let is_emoji = !emoji.is_ascii();
    let is_short = emoji.chars().count() <= LONGEST_EMOJI;
    if emoji.is_empty() || (is_short && is_emoji && emoji.chars().all(is_part)) {
        Ok(())
    } else {
        Err(SendProblem::NoEmoji)
    }
}

impl Interactive {
    fn check(&self, file: Option<&Content>) -> Checked {
        needed(&self.body, SendProblem::Missing("The text"))?;
        let longest_body = match self.action {
            Action::List { .. } => LONGEST_TEXT,
            Action::Buttons { .. } | Action::Link { .. } => LONGEST_BODY,
        };
        at_most(&self.body, "The text", longest_body)?;
        at_most(&self.header, "The line above the text", LONGEST_EDGE)?;
        at_most(&self.footer, "The small print", LONGEST_EDGE)?;
        match (&self.action, file) {
            (_, None) => {}
            (_, Some(_)) if !self.header.is_empty() => return Err(SendProblem::TwoHeaders),
            (Action::List { .. }, Some(_)) => return Err(SendProblem::ListWithFile),
            (_, Some(file)) => check_header_file(file)?,
        }
        match &self.action {
            Action::Buttons { buttons } => check_buttons(buttons),
            Action::List { button, sections } => check_list(button, sections),
            Action::Link { label, url } => {
                needed(label, SendProblem::Missing("The text of the button"))?;
                at_most(label, "The text of the button", LONGEST_BUTTON)?;
                check_url(url)
            }
        }
    }
}

pub(crate) fn check_header_file(file: &Content) -> Checked {
    match file {
        Content::Image(_) | Content::Video(_) | Content::Document { .. } => Ok(()),
        _ => Err(SendProblem::HeaderFile),
    }
}

fn check_url(url: &str) -> Checked {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if rest.is_some_and(|rest| !rest.is_empty() && !rest.chars().any(char::is_whitespace)) {
        Ok(())
    } else {
        Err(SendProblem::NoWebAddress)
    }
}

fn check_buttons(buttons: &[ReplyButton]) -> Checked {
    count(buttons.len(), "Buttons", MOST_BUTTONS)?;
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    for ReplyButton { id, title } in buttons {
        needed(title, SendProblem::Missing("The text of a button"))?;
        at_most(title, "The text of a button", LONGEST_BUTTON)?;
        needed(id, SendProblem::Missing("The id of a button"))?;
        at_most(id, "The id of a button", LONGEST_BUTTON_ID)?;
        if !ids.insert(id) || !titles.insert(title) {
            return Err(SendProblem::Twice("buttons"));
        }
    }
    Ok(())
}

fn check_list(button: &str, sections: &[ListSection]) -> Checked {
    needed(button, SendProblem::Missing("The text of the button"))?;
    at_most(button, "The text of the button", LONGEST_BUTTON)?;
    count(sections.len(), "Sections", MOST_SECTIONS)?;
    let rows = sections.iter().map(|section| section.rows.len()).sum();
    count(rows, "Rows", MOST_ROWS)?;
    let mut ids = HashSet::new();
    for section in sections {
        if sections.len() > 1 {
            needed(&section.title, SendProblem::Missing("The title of a section"))?;
        }
        at_most(&section.title, "The title of a section", LONGEST_ROW)?;
        needed_any(&section.rows, "A row of a section")?;
        for row in &section.rows {
            needed(&row.title, SendProblem::Missing("The text of a row"))?;
            at_most(&row.title, "The text of a row", LONGEST_ROW)?;
            at_most(&row.description, "The second line of a row", LONGEST_ROW_DESCRIPTION)?;
            needed(&row.id, SendProblem::Missing("The id of a row"))?;
            at_most(&row.id, "The id of a row", LONGEST_ROW_ID)?;
            if !ids.insert(&row.id) {
                return Err(SendProblem::Twice("rows"));
            }
        }
    }
    Ok(())
}

fn needed(text: &str, problem: SendProblem) -> Checked {
    if text.trim().is_empty() { Err(problem) } else { Ok(()) }
}

fn needed_any<T>(all: &[T], what: &'static str) -> Checked {
    if all.is_empty() {
        Err(SendProblem::Missing(what))
    } else {
        Ok(())
    }
}

pub(crate) fn at_most(text: &str, what: &'static str, most: usize) -> Checked {
    if text.chars().count() > most {
        Err(SendProblem::TooLong { what, most })
    } else {
        Ok(())
    }
}

fn count(many: usize, what: &'static str, most: usize) -> Checked {
    if (1..=most).contains(&many) {
        Ok(())
    } else {
        Err(SendProblem::Count { what, most })
    }
}
