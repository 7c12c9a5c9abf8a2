//! Templates: what they are made of, and what a customer gets of one when its variables are filled in.
//!
//! The UI shows and checks with the same rules what the engine sends.

use crate::{
    Content, PlaceToSend, SendProblem,
    payload::{at_most, check_header_file, silent},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest body with its variables filled in (Meta, "Templates", 2026).
const LONGEST_BODY: usize = 1024;
/// Longest line above it.
const LONGEST_HEADER: usize = 60;
/// Longest code to copy (Meta, "Coupon code templates", 2026).
const LONGEST_CODE: usize = 15;

/// What a template is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateParts {
    /// Its variables have names; without, they are numbered from 1.
    pub is_named: bool,
    /// What stands above the text.
    pub header: Option<TemplateHeader>,
    /// The text, with variables as `{{name}}`.
    pub body: String,
    /// The small print; empty for none.
    pub footer: String,
    /// Its buttons.
    pub buttons: Vec<TemplateButton>,
    /// It has something that Twinbox does not send yet, for example a carousel or a one-time password.
    pub is_beyond: bool,
}

/// What stands above the text of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename_all = "snake_case")]
pub enum TemplateHeader {
    /// A line, with at most one variable.
    Text {
        /// The line.
        text: String,
    },
    /// A photo.
    Image,
    /// A film.
    Video,
    /// A file.
    Document,
    /// A place on the map.
    Location,
}

/// A button of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TemplateButton {
    /// It opens a page.
    Link {
        /// What it says.
        text: String,
        /// The page, which may end with a variable.
        url: String,
    },
    /// It copies a code.
    CopyCode {
        /// What it says.
        text: String,
    },
    /// It opens a form.
    Form {
        /// What it says.
        text: String,
    },
    /// It needs nothing: an answer, a call.
    Plain {
        /// What it says.
        text: String,
    },
}

/// Where a variable stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "part", content = "index", rename_all = "snake_case")]
pub enum SlotPart {
    /// In the line above the text.
    Header,
    /// In the text.
    Body,
    /// In this button, counted from 0.
    Button(u32),
}

/// A variable to be filled in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// Where.
    pub part: SlotPart,
    /// Its name or number; `code` for the code of a button.
    pub name: String,
}

/// What a variable is to say.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotValue {
    /// The variable.
    pub slot: Slot,
    /// Its text.
    pub text: String,
}

/// A template with its variables filled in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledTemplate {
    /// Its name.
    pub name: String,
    /// Its language, for example `pt_BR`.
    pub language: String,
    /// Its variables have names.
    pub is_named: bool,
    /// What they say, in the order Meta wants them.
    pub values: Vec<SlotValue>,
    /// The place above the text.
    pub place: Option<PlaceToSend>,
    /// The buttons that open a form, counted from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<u32>,
    /// What the customer sees: a [`Content::Card`]. Its header holds the file, if it has one.
    pub shown: Content,
}

silent!(SlotValue, FilledTemplate);

impl TemplateParts {
    /// Its variables, each once, in the order Meta wants them.
    pub fn slots(&self) -> Vec<Slot> {
        let mut slots = Vec::new();
        if let Some(TemplateHeader::Text { text }) = &self.header {
            self.slots_of(text, SlotPart::Header, &mut slots);
        }
        self.slots_of(&self.body, SlotPart::Body, &mut slots);
        for (index, button) in (0..).zip(&self.buttons) {
            let part = SlotPart::Button(index);
            match button {
                TemplateButton::Link { url, .. } => self.slots_of(url, part, &mut slots),
                TemplateButton::CopyCode { .. } => slots.push(Slot {
                    part,
                    name: "code".to_owned(),
                }),
                TemplateButton::Form { .. } | TemplateButton::Plain { .. } => {}
            }
        }
        slots
    }

    fn forms(&self) -> Vec<u32> {
        let buttons = (0..).zip(&self.buttons);
        let forms = buttons.filter(|(_, button)| matches!(button, TemplateButton::Form { .. }));
        forms.map(|(index, _)| index).collect()
    }

    fn slots_of(&self, text: &str, part: SlotPart, slots: &mut Vec<Slot>) {
        let mut found: Vec<Slot> = Vec::new();
        for piece in pieces(text) {
            if let Piece::Variable(name) = piece
                && !found.iter().any(|slot| slot.name == name)
            {
                let place = if self.is_named {
                    found.len()
                } else {
                    found.partition_point(|slot| counted(&slot.name) <= counted(name))
                };
                let name = name.to_owned();
                found.insert(place, Slot { part, name });
            }
        }
        slots.append(&mut found);
    }

    /// Whether a file has to be chosen, and a place.
    pub const fn needs(&self) -> (bool, bool) {
        match self.header {
            Some(TemplateHeader::Image | TemplateHeader::Video | TemplateHeader::Document) => (true, false),
            Some(TemplateHeader::Location) => (false, true),
            Some(TemplateHeader::Text { .. }) | None => (false, false),
        }
    }

    /// What the customer sees; a variable without a value stands there as it is written.
    pub fn shown(&self, values: &[SlotValue], file: Option<&Content>, place: Option<&PlaceToSend>) -> Content {
        let above = match &self.header {
            Some(TemplateHeader::Text { text }) => Some(Content::Text {
                body: filled(text, SlotPart::Header, values),
            }),
            Some(TemplateHeader::Location) => place.map(PlaceToSend::content),
            Some(TemplateHeader::Image | TemplateHeader::Video | TemplateHeader::Document) => file.cloned(),
            None => None,
        };
        Content::Card {
            header: above.map(Box::new),
            body: filled(&self.body, SlotPart::Body, values),
            footer: self.footer.clone(),
            buttons: self.buttons.iter().map(|button| button.text().to_owned()).collect(),
        }
    }

    /// The template `name` in `language`, filled in.
    ///
    /// # Errors
    /// [`SendProblem`], of the first thing that is missing or too much.
    pub fn fill(
        &self,
        (name, language): (String, String),
        values: &[SlotValue],
        file: Option<&Content>,
        place: Option<PlaceToSend>,
    ) -> Result<FilledTemplate, SendProblem> {
        if self.is_beyond {
            return Err(SendProblem::TemplateBeyond);
        }
        self.check_header(file, place.as_ref())?;
        let values = self
            .slots()
            .into_iter()
            .map(|slot| {
                let text = value_of(&slot, values).unwrap_or_default().trim().to_owned();
                check_value(&slot, &text)?;
                Ok(SlotValue { slot, text })
            })
            .collect::<Result<Vec<_>, SendProblem>>()?;
        let shown = self.shown(&values, file, place.as_ref());
        if let Content::Card { header, body, .. } = &shown {
            at_most(body, "The text with its variables", LONGEST_BODY)?;
            if let Some(Content::Text { body }) = header.as_deref() {
                at_most(body, "The line above the text", LONGEST_HEADER)?;
            }
        }
        Ok(FilledTemplate {
            name,
            language,
            is_named: self.is_named,
            values,
            place,
            forms: self.forms(),
            shown,
        })
    }

    fn check_header(&self, file: Option<&Content>, place: Option<&PlaceToSend>) -> Result<(), SendProblem> {
        let (needs_file, needs_place) = self.needs();
        match (needs_file, file) {
            (false, Some(_)) => return Err(SendProblem::TemplateFile),
            (true, None) => return Err(SendProblem::Missing("The file above the text")),
            (true, Some(file)) => {
                check_header_file(file)?;
                let fits = matches!(
                    (&self.header, file),
                    (Some(TemplateHeader::Image), Content::Image(_))
                        | (Some(TemplateHeader::Video), Content::Video(_))
                        | (Some(TemplateHeader::Document), Content::Document { .. })
                );
                if !fits {
                    return Err(SendProblem::TemplateFile);
                }
            }
            (false, None) => {}
        }
        match place {
            Some(place) if needs_place => place.check(),
            Some(_) => Err(SendProblem::TemplatePlace),
            None if needs_place => Err(SendProblem::Missing("The place above the text")),
            None => Ok(()),
        }
    }
}

impl TemplateButton {
    /// What it says.
    pub fn text(&self) -> &str {
        match self {
            Self::Link { text, .. } | Self::CopyCode { text } | Self::Form { text } | Self::Plain { text } => text,
        }
    }
}

fn check_value(slot: &Slot, text: &str) -> Result<(), SendProblem> {
    if text.is_empty() {
        return Err(SendProblem::Variable(slot.name.clone()));
    }
    // Error 132018 (Meta, "Error codes", Feb 2026).
    if text.contains(['\n', '\r', '\t']) || text.contains("     ") {
        return Err(SendProblem::VariableSpace(slot.name.clone()));
    }
    if slot.name == "code" && matches!(slot.part, SlotPart::Button(_)) {
        at_most(text, "The code to copy", LONGEST_CODE)?;
    }
    Ok(())
}

fn value_of<'a>(slot: &Slot, values: &'a [SlotValue]) -> Option<&'a str> {
    let value = values.iter().find(|value| value.slot == *slot);
    value.map(|value| value.text.as_str())
}

fn filled(text: &str, part: SlotPart, values: &[SlotValue]) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Variable(name) => {
                let name = name.to_owned();
                let slot = Slot { part, name };
                let told = value_of(&slot, values).filter(|value| !value.trim().is_empty());
                told.map_or_else(|| format!("{{{{{}}}}}", slot.name), str::to_owned)
            }
        })
        .collect()
}

/// The place of a variable that is a number; others come last.
fn counted(name: &str) -> u32 {
    name.parse().unwrap_or(u32::MAX)
}

enum Piece<'a> {
    Text(&'a str),
    Variable(&'a str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        match after.split_once("}}") {
            Some((name, behind)) if is_name(name.trim()) => {
                pieces.extend([Piece::Text(before), Piece::Variable(name.trim())]);
                rest = behind;
            }
            _ => {
                pieces.extend([Piece::Text(before), Piece::Text("{{")]);
                rest = after;
            }
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Media;

    fn parts(body: &str) -> TemplateParts {
        TemplateParts {
            body: body.to_owned(),
            ..TemplateParts::default()
        }
    }

    fn value(part: SlotPart, name: &str, text: &str) -> SlotValue {
        let name = name.to_owned();
        SlotValue {
            slot: Slot { part, name },
            text: text.to_owned(),
        }
    }

    fn fill(parts: &TemplateParts, values: &[SlotValue], file: Option<&Content>) -> Result<String, String> {
        let key = ("order_ready".to_owned(), "en_US".to_owned());
        match parts.fill(key, values, file, None) {
            Ok(filled) => match filled.shown {
                Content::Card { body, .. } => Ok(body),
                _ => Err("no card".to_owned()),
            },
            Err(problem) => Err(problem.to_string()),
        }
    }

    #[test]
    fn a_template_is_shown_with_its_variables_filled_in() {
        let template = parts("Hi {{1}}, your order {{ 2 }} is ready, {{1}}. {{not one}} {{");
        let values = [
            value(SlotPart::Body, "1", "Alice"),
            value(SlotPart::Body, "2", "17"),
            value(SlotPart::Header, "1", "other"),
        ];
        assert_eq!(
            fill(&template, &values, None),
            Ok("Hi Alice, your order 17 is ready, Alice. {{not one}} {{".to_owned())
        );
    }

    #[test]
    fn numbered_variables_go_by_number_and_named_ones_in_the_order_of_the_text() {
        let names = |parts: &TemplateParts| parts.slots().into_iter().map(|slot| slot.name).collect::<Vec<_>>();
        assert_eq!(names(&parts("{{10}} {{2}} {{1}} {{2}}")), ["1", "2", "10"]);
        let named = TemplateParts {
            is_named: true,
            ..parts("{{time}} on {{day}}")
        };
        assert_eq!(names(&named), ["time", "day"]);
    }

    #[test]
    fn a_missing_variable_is_named() {
        let template = parts("Hi {{1}}, {{2}}");
        let values = [value(SlotPart::Body, "1", "Alice"), value(SlotPart::Body, "2", " ")];
        assert_eq!(
            fill(&template, &values, None),
            Err("The variable {{2}} is not filled in.".to_owned())
        );
    }

    #[test]
    fn a_variable_has_no_line_breaks_and_the_text_stays_within_1024_characters() {
        let template = parts("Hi {{1}}");
        let with = |text: &str| fill(&template, &[value(SlotPart::Body, "1", text)], None);
        for text in ["a\nb", "a\tb", "a     b"] {
            assert!(with(text).is_err_and(|problem| problem.starts_with("The variable {{1}} has")));
        }
        assert!(with(&"ë".repeat(1021)).is_ok());
        assert!(with(&"ë".repeat(1022)).is_err_and(|problem| problem.contains("1024")));
    }

    #[test]
    fn a_photo_stands_above_only_where_the_template_has_one() {
        let with_photo = TemplateParts {
            header: Some(TemplateHeader::Image),
            ..parts("See")
        };
        let photo = Content::Image(Media::default());
        let video = Content::Video(Media::default());
        assert!(fill(&with_photo, &[], Some(&photo)).is_ok());
        assert_eq!(
            fill(&with_photo, &[], None),
            Err("The file above the text is missing.".to_owned())
        );
        assert!(fill(&with_photo, &[], Some(&video)).is_err());
        assert!(fill(&parts("See"), &[], Some(&photo)).is_err());
    }

    #[test]
    fn a_button_wants_the_end_of_its_link_or_its_code() {
        let template = TemplateParts {
            buttons: vec![
                TemplateButton::Plain { text: "Yes".to_owned() },
                TemplateButton::Link {
                    text: "See".to_owned(),
                    url: "https://example.com/{{1}}".to_owned(),
                },
                TemplateButton::CopyCode {
                    text: "Copy".to_owned(),
                },
            ],
            ..parts("See")
        };
        let values = |code: &str| {
            [
                value(SlotPart::Button(1), "1", "bells"),
                value(SlotPart::Button(2), "code", code),
            ]
        };
        assert!(fill(&template, &values("BELL25"), None).is_ok());
        assert!(fill(&template, &values(&"x".repeat(16)), None).is_err());
        assert!(fill(&template, &[], None).is_err());
    }

    #[test]
    fn what_twinbox_does_not_send_yet_is_refused() {
        let carousel = TemplateParts {
            is_beyond: true,
            ..parts("See")
        };
        assert!(fill(&carousel, &[], None).is_err());
    }
}
