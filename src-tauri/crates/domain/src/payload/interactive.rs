//! Texts with buttons or a list.

use super::silent;
use crate::Content;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A text that can be answered with a tap.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interactive {
    /// A line above the text; empty for none.
    pub header: String,
    /// The text.
    pub body: String,
    /// The small print below; empty for none.
    pub footer: String,
    /// What can be tapped.
    pub action: Action,
}

/// What can be tapped below a text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Action {
    /// Buttons that answer.
    Buttons {
        /// 1 to 3.
        buttons: Vec<ReplyButton>,
    },
    /// A button that opens a list to choose from.
    List {
        /// What the button says.
        button: String,
        /// 1 to 10 sections with 1 to 10 rows in all.
        sections: Vec<ListSection>,
    },
    /// A button that opens a web page.
    Link {
        /// What the button says.
        label: String,
        /// The page.
        url: String,
    },
}

/// A button that answers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyButton {
    /// What comes back with the answer.
    pub id: String,
    /// What it says.
    pub title: String,
}

/// A part of a list.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSection {
    /// Its heading; only a list with a single section may have none.
    pub title: String,
    /// What can be chosen.
    pub rows: Vec<ListRow>,
}

/// A row of a list.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRow {
    /// What comes back with the answer.
    pub id: String,
    /// What it says.
    pub title: String,
    /// Its second line; empty for none.
    pub description: String,
}

impl Interactive {
    pub(super) fn content(&self, file: Option<&Content>) -> Content {
        let text = Content::Text {
            body: self.header.clone(),
        };
        let header = file.cloned().or_else(|| (!self.header.is_empty()).then_some(text));
        let buttons = match &self.action {
            Action::Buttons { buttons } => buttons.iter().map(|button| button.title.clone()).collect(),
            Action::List { button, .. } => vec![button.clone()],
            Action::Link { label, .. } => vec![label.clone()],
        };
        Content::Card {
            header: header.map(Box::new),
            body: self.body.clone(),
            footer: self.footer.clone(),
            buttons,
        }
    }
}

silent!(Interactive, Action, ReplyButton, ListSection, ListRow);
