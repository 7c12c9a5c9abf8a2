//! Words of the catalog that are the same each time: a message by its id, which a view takes as it takes text.

use leptos::attr::AttributeValue;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::Element;
use leptos::tachys::view::{Position, PositionState};
use std::fmt;
use std::ops::Deref;

/// A message without arguments, by its id in the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub(super) &'static str);

impl Words {
    /// As they are in the language of this window.
    pub fn get(self) -> &'static str {
        super::catalog::words(self.0)
    }

    /// The same, to be kept.
    pub fn to_owned(self) -> String {
        self.get().to_owned()
    }
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        self.get()
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get())
    }
}

impl From<Words> for String {
    fn from(words: Words) -> Self {
        words.to_owned()
    }
}

impl From<Words> for Oco<'static, str> {
    fn from(words: Words) -> Self {
        words.get().into()
    }
}

impl From<Words> for TextProp {
    fn from(words: Words) -> Self {
        words.get().into()
    }
}

impl PartialEq<Words> for String {
    fn eq(&self, words: &Words) -> bool {
        self == words.get()
    }
}

impl PartialEq<&str> for Words {
    fn eq(&self, words: &&str) -> bool {
        self.get() == *words
    }
}

type Text = &'static str;

impl Render for Words {
    type State = <Text as Render>::State;

    fn build(self) -> Self::State {
        Render::build(self.get())
    }

    fn rebuild(self, state: &mut Self::State) {
        Render::rebuild(self.get(), state);
    }
}

impl AddAnyAttr for Words {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self::Output<NewAttr>
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Words {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.get()
            .to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        RenderHtml::hydrate::<FROM_SERVER>(self.get(), cursor, position)
    }

    fn into_owned(self) -> Self::Owned {
        self
    }
}

impl AttributeValue for Words {
    type State = <Text as AttributeValue>::State;
    type AsyncOutput = Self;
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        self.len()
    }

    fn to_html(self, key: &str, buf: &mut String) {
        AttributeValue::to_html(self.get(), key, buf);
    }

    fn to_template(_: &str, _: &mut String) {}

    fn hydrate<const FROM_SERVER: bool>(self, key: &str, element: &Element) -> Self::State {
        AttributeValue::hydrate::<FROM_SERVER>(self.get(), key, element)
    }

    fn build(self, element: &Element, key: &str) -> Self::State {
        AttributeValue::build(self.get(), element, key)
    }

    fn rebuild(self, key: &str, state: &mut Self::State) {
        AttributeValue::rebuild(self.get(), key, state);
    }

    fn into_cloneable(self) -> Self::Cloneable {
        self
    }

    fn into_cloneable_owned(self) -> Self::CloneableOwned {
        self
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }
}
