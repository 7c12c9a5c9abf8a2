//! The catalog: every message of one language, from a file beside the program (`assets/locales`).
//!
//! `boot.js` chooses the language, fetches the file and leaves it for this module; another language comes with a reload. Each
//! message is parsed when it is first said, since a start waits for what is parsed before.

use fluent_bundle::resolver::{ResolverError, errors::ReferenceKind};
use fluent_bundle::{FluentArgs, FluentBundle, FluentError, FluentResource, FluentValue};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};

type Bundle = FluentBundle<FluentResource>;

/// What Fluent puts before an argument.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const RIGHT_TO_LEFT_MARK: char = '\u{200F}';

thread_local! {
    static CATALOG: OnceCell<&'static Catalog> = const { OnceCell::new() };
}

struct Catalog {
    /// The messages that were said.
    bundle: RefCell<Bundle>,
    /// The source of each that was not, by id.
    unparsed: RefCell<HashMap<&'static str, &'static str>>,
    is_right_to_left: bool,
    /// Messages without arguments, by id.
    words: RefCell<BTreeMap<&'static str, &'static str>>,
}

/// What a message is told.
#[derive(Clone, Copy, Debug)]
pub enum Argument<'a> {
    /// It decides about the plural.
    Number(f64),
    /// It stands as it is.
    Text(&'a str),
}

/// Words as they are in the language of this window.
pub fn words(id: &'static str) -> &'static str {
    let catalog = catalog();
    if let Some(words) = catalog.words.borrow().get(id) {
        return words;
    }
    // Once for each message, and as long as the window.
    let words = catalog.format(id, None).map_or(id, |words| words.leak());
    catalog.words.borrow_mut().insert(id, words);
    words
}

/// A sentence about these arguments.
pub fn sentence(id: &'static str, arguments: &[(&'static str, Argument)]) -> String {
    let mut args = FluentArgs::with_capacity(arguments.len());
    for (name, argument) in arguments {
        match argument {
            Argument::Number(number) => args.set(*name, *number),
            Argument::Text(text) => args.set(*name, *text),
        }
    }
    match catalog().format(id, Some(&args)) {
        // Inside another sentence its direction is that of its first letter outside of the isolated arguments, which it may
        // not have: a mark is one.
        Some(said) if is_right_to_left() && said.starts_with(FIRST_STRONG_ISOLATE) => {
            format!("{RIGHT_TO_LEFT_MARK}{said}")
        }
        Some(said) => said,
        None => id.to_owned(),
    }
}

/// Whether the lines of this window run from right to left.
pub fn is_right_to_left() -> bool {
    catalog().is_right_to_left
}

/// What was said elsewhere in English, with a number in it or none, in the language of this window; `None` when the catalog
/// does not have it.
pub fn look_up(id: &str, number: Option<&str>) -> Option<String> {
    let mut args = FluentArgs::new();
    number.iter().for_each(|number| args.set("n", *number));
    catalog().format(id, Some(&args))
}

/// A sentence of the catalog: `say!("id")`, `say!("id", name = value, …)`.
macro_rules! say {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::catalog::sentence($id, &[$((stringify!($name), $crate::text::catalog::Argument::from($value))),*])
    };
}
pub(super) use say;

impl Catalog {
    fn new(tag: &str, source: &'static str) -> Self {
        let mut bundle = Bundle::new(tag.parse().into_iter().collect());
        // In English they would only be in the way of whoever copies or searches.
        bundle.set_use_isolating(!tag.starts_with("en"));
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(super::decimal(number.value)),
            _ => None,
        }));
        // It does not fail in a bundle that is new.
        let _ = bundle.add_builtins();
        Self {
            bundle: RefCell::new(bundle),
            unparsed: RefCell::new(messages(source)),
            is_right_to_left: tag.starts_with("ar"),
            words: RefCell::default(),
        }
    }

    /// Parses a message that was not said yet. Whether there was one.
    fn parse(&self, id: &str) -> bool {
        let Some(source) = self.unparsed.borrow_mut().remove(id) else {
            return false;
        };
        // A message that is wrong is left out; a test holds that none is.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        self.bundle.borrow_mut().add_resource(resource).is_ok()
    }

    fn format(&self, id: &str, args: Option<&FluentArgs>) -> Option<String> {
        loop {
            let mut errors = Vec::new();
            let said = {
                let bundle = self.bundle.borrow();
                let pattern = bundle.get_message(id).and_then(|message| message.value());
                pattern.map(|pattern| bundle.format_pattern(pattern, args, &mut errors).into_owned())
            };
            // What is said often is parsed, and nothing is looked up for it.
            let referred = errors.iter().filter_map(|error| match error {
                FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Message { id, .. })) => Some(id),
                _ => None,
            });
            let is_complete = match said {
                Some(_) => referred.filter(|id| self.parse(id)).count() == 0,
                None => !self.parse(id),
            };
            if is_complete {
                return said;
            }
        }
    }
}

/// The messages of a file by id. Each begins with a line that begins with a letter.
fn messages(source: &str) -> HashMap<&str, &str> {
    let lines = std::iter::once(0).chain(source.match_indices('\n').map(|(end, _)| end + 1));
    let begins = |line: &usize| source.as_bytes().get(*line).is_some_and(u8::is_ascii_alphabetic);
    let starts: Vec<usize> = lines.filter(begins).collect();
    let ends = starts.iter().skip(1).copied().chain([source.len()]);
    let messages = starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| source.get(*start..end));
    messages
        .filter_map(|message| Some((message.split([' ', '=']).next()?, message)))
        .collect()
}

fn catalog() -> &'static Catalog {
    CATALOG.with(|catalog| {
        *catalog.get_or_init(|| {
            let (tag, source) = source();
            Box::leak(Box::new(Catalog::new(&tag, source.leak())))
        })
    })
}

/// What `boot.js` fetched.
#[cfg(not(test))]
fn source() -> (String, String) {
    let words = js_sys::Reflect::get(&js_sys::global(), &wasm_bindgen::JsValue::from_str("twinboxWords"));
    let words = words.ok().and_then(|words| words.as_string());
    (crate::locale::language(), words.unwrap_or_default())
}

#[cfg(test)]
fn source() -> (String, String) {
    ("en-US".to_owned(), tests::source("en"))
}

impl From<f64> for Argument<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Argument<'_> {
            fn from(number: $number) -> Self {
                // Nothing here counts beyond 2^53.
                Self::Number(number as f64)
            }
        }
    )*};
}

whole_numbers!(u8, u16, u32, u64, i64, usize);

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Argument<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<super::Words> for Argument<'_> {
    fn from(words: super::Words) -> Self {
        Self::Text(words.get())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The files of a language in one.
    pub fn source(language: &str) -> String {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/locales/");
        let files = std::fs::read_dir(format!("{folder}{language}")).unwrap();
        files
            .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap() + "\n")
            .collect()
    }

    /// Speaks another language from here to the end of the test, each of which has a thread of its own.
    pub fn speak(language: &str) {
        let catalog = Box::leak(Box::new(Catalog::new(language, source(language).leak())));
        assert!(
            CATALOG.with(|it| it.set(catalog)).is_ok(),
            "speak before anything is said"
        );
    }

    #[test]
    fn what_the_catalog_does_not_have_is_shown_by_its_name() {
        assert_eq!(words("no-such-message"), "no-such-message");
        assert_eq!(say!("no-such-sentence", count = 1_u64), "no-such-sentence");
    }

    #[test]
    fn english_counts_in_two_ways() {
        let said = [0_u64, 1, 2, 11, 1234].map(|count| say!("count-messages", count = count));
        assert_eq!(
            said,
            ["0 messages", "1 message", "2 messages", "11 messages", "1,234 messages"]
        );
    }

    #[test]
    fn arabic_counts_in_six_ways_and_keeps_numbers_apart_from_the_words_around_them() {
        speak("ar");
        let said = [0_u64, 1, 2, 3, 11, 100, 1234].map(|count| say!("count-messages", count = count));
        let plain = said.map(|words| words.replace(['\u{200F}', '\u{2068}', '\u{2069}'], ""));
        assert_eq!(
            plain,
            [
                "لا رسائل",
                "رسالة واحدة",
                "رسالتان",
                "3 رسائل",
                "11 رسالة",
                "100 رسالة",
                "1,234 رسالة"
            ]
        );
        let days = [2_i64, 5, 14, 100].map(|days| super::super::duration(days * 86_400_000));
        let plain = days.map(|words| words.replace(['\u{200F}', '\u{2068}', '\u{2069}'], ""));
        assert_eq!(plain, ["يومين", "5 أيام", "14 يومًا", "100 يوم"]);
        let gap = say!("says", name = "Ana", words = "مرحبا");
        assert_eq!(gap, "\u{200F}\u{2068}Ana\u{2069}: \u{2068}مرحبا\u{2069}");
    }

    #[test]
    fn a_phone_number_in_arabic_runs_from_left_to_right() {
        speak("ar");
        assert_eq!(
            super::super::phone_number("441174960142"),
            "\u{2066}+44 117 496 0142\u{2069}"
        );
        let asked = super::super::not_expected("441174960208", "5511987654321");
        assert!(asked.starts_with("ربطت الرقم \u{2068}\u{2066}+44 117"), "{asked}");
    }

    #[test]
    fn a_date_inside_a_sentence_runs_the_way_the_sentence_does() {
        speak("ar");
        let month = say!("month-of-year", month = "مارس", year = "2026");
        assert_eq!(month, "\u{200F}\u{2068}مارس\u{2069} \u{2068}2026\u{2069}");
        let listed = say!(
            "country-refused-hint",
            code = "+234",
            listed = &month,
            unlisted = "",
            source = ""
        );
        assert!(listed.contains("حتى \u{2068}\u{200F}\u{2068}مارس"), "{listed}");
    }

    #[test]
    fn what_the_engine_says_is_said_in_the_language_of_the_window() {
        let known = "This person does not want marketing messages.";
        assert_eq!(super::super::said(known), known);
        assert_eq!(super::super::said("Made up just now."), "Made up just now.");
    }

    #[test]
    fn what_the_engine_says_is_translated_where_the_catalog_has_it() {
        speak("ar");
        let known = super::super::said("This person does not want marketing messages.");
        assert_eq!(known, "لا يريد هذا الشخص رسائل تسويقية.");
        let counted = super::super::said("Meta does not take this secret for this app (code 190).");
        assert_eq!(
            counted,
            "لا تقبل Meta هذا المفتاح السري لهذا التطبيق (الرمز \u{2068}190\u{2069})."
        );
        let about = super::super::said("The settings cannot be used: no such host.");
        assert_eq!(about, "لا يمكن استخدام هذه الإعدادات: no such host.");
        assert_eq!(super::super::said("Made up just now."), "Made up just now.");
        assert_eq!(super::super::said("Made up: just now."), "Made up: just now.");
    }

    #[test]
    fn words_are_kept_once() {
        let twice = [words("comma"), words("comma")];
        assert_eq!(twice, [", ", ", "]);
        assert!(std::ptr::eq(twice[0], twice[1]));
    }

    #[test]
    fn a_message_of_more_lines_is_one_and_may_refer_to_others() {
        let source = "# Said.\nsum = { one } and { two }\none = First\n    and { three }\n\n# Then.\ntwo =\n    { $n ->\n        [one] one\n       *[other] many\n    }\nthree = third\n";
        let catalog = Catalog::new("en", source);
        let mut args = FluentArgs::new();
        args.set("n", 2);
        assert_eq!(catalog.format("sum", Some(&args)).unwrap(), "First\nand third and many");
        assert_eq!(catalog.format("none", None), None);
    }
}
