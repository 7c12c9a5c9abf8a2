//! The sentences of one language, from a catalog of the UI that is part of the program.

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

/// The sentences of one language, in Fluent.
pub struct Catalog {
    language: &'static str,
    sentences: FluentBundle<FluentResource>,
}

impl Catalog {
    /// What of `source` is no message is left out; a test of the catalogs holds that there is none.
    pub fn new(language: &'static str, source: &str) -> Self {
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let mut sentences = FluentBundle::new_concurrent(language.parse().into_iter().collect());
        sentences.set_use_isolating(language != "en");
        // It fails where a message is there twice, which a test rules out.
        let _ = sentences.add_resource(resource);
        Self { language, sentences }
    }

    /// The language as in BCP 47, without a region.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// Whether a tag, with or without a region (`ar`, `ar-EG`, `ar_EG`), is of this language.
    pub fn is_of(&self, tag: &str) -> bool {
        let base = tag.split(['-', '_']).next().unwrap_or_default();
        base.eq_ignore_ascii_case(self.language)
    }

    /// The sentence of this id; the id itself where there is none.
    pub fn say(&self, id: &str, arguments: &FluentArgs) -> String {
        let pattern = self.sentences.get_message(id).and_then(|message| message.value());
        let format = |pattern| self.sentences.format_pattern(pattern, Some(arguments), &mut Vec::new());
        pattern.map_or_else(|| id.to_owned(), |pattern| format(pattern).into_owned())
    }
}
