//! The catalogs of `assets/locales`: every language has the same messages, and the code uses exactly those.
//!
//! Reads the catalogs and the sources. Every failure names the message.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;

/// What a message says of itself.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
struct Needs {
    arguments: BTreeSet<String>,
    messages: BTreeSet<String>,
}

type Catalog = BTreeMap<String, Needs>;

#[test]
fn no_message_has_a_syntax_error_or_is_there_twice() -> Result<()> {
    for language in languages()? {
        catalog(&language)?;
    }
    Ok(())
}

#[test]
fn every_language_has_the_same_messages_with_the_same_arguments() -> Result<()> {
    let english = catalog("en")?;
    for language in languages()? {
        let other = catalog(&language)?;
        let ids = |catalog: &Catalog| catalog.keys().cloned().collect::<BTreeSet<_>>();
        let differing: Vec<_> = ids(&english).symmetric_difference(&ids(&other)).cloned().collect();
        ensure!(differing.is_empty(), "only one of en and {language} has {differing:#?}");
        for id in english.keys() {
            let arguments = [&english, &other].map(|catalog| arguments(catalog, id));
            ensure!(
                arguments[0] == arguments[1],
                "{id}: en and {language} differ: {arguments:?}"
            );
        }
    }
    Ok(())
}

#[test]
fn the_code_says_every_message_with_its_arguments_and_no_other() -> Result<()> {
    let english = catalog("en")?;
    let mut said: BTreeSet<&str> = english
        .values()
        .flat_map(|needs| &needs.messages)
        .map(String::as_str)
        .collect();
    let sources = sources(&["ui/src", "src-tauri/src", "src-tauri/crates/server/src"])?;
    // Where the macro is, and what it does with an id that is not there.
    let sources = sources.iter().filter(|(path, _)| !path.ends_with("text/catalog.rs"));
    for (path, source) in sources {
        for (id, given) in says(source).chain(words(source)) {
            let at = path.display();
            ensure!(english.contains_key(id), "{at}: no catalog has {id}");
            let needed = arguments(&english, id);
            ensure!(needed == given, "{at}: {id} is given {given:?} and needs {needed:?}");
            said.insert(id);
        }
    }
    let ids = english.keys().map(String::as_str).filter(|id| !id.starts_with("said-"));
    let dead: Vec<&str> = ids.filter(|id| !said.contains(id)).collect();
    ensure!(dead.is_empty(), "nothing says {dead:#?}");
    Ok(())
}

/// Sentences of the engine are found by their words (`text::said`).
#[test]
fn every_sentence_of_the_engine_in_the_catalog_is_one_that_the_engine_says() -> Result<()> {
    let sources: Vec<String> = sources(&["src-tauri"])?
        .into_values()
        .map(|source| with_numbers(&joined(&source)))
        .collect();
    for (id, english) in values("en")? {
        if id.starts_with("said-") {
            ensure!(id == id_of(&english), "{id} would be looked up as {}", id_of(&english));
            ensure!(
                sources.iter().any(|source| source.contains(&english)),
                "nothing says {id}: {english}"
            );
        }
    }
    Ok(())
}

#[test]
fn whatever_metas_codes_mean_is_said_in_every_language() -> Result<()> {
    let english = values("en")?;
    for code in (0..400).chain(1_000..4_000_000) {
        if let Some(sentence) = twinbox_domain::explain_meta_error(code) {
            ensure!(
                english.contains_key(&id_of(sentence)),
                "{code}: no catalog has {sentence}"
            );
        }
    }
    Ok(())
}

/// In Arabic a noun behind 11 to 99 stands in the accusative, and alone behind 100, 102 and so on.
#[test]
fn what_arabic_counts_beyond_a_hundred_is_not_in_the_accusative() -> Result<()> {
    for path in files_below(&root().join("assets/locales/ar"), "ftl")? {
        let source = std::fs::read_to_string(&path)?;
        for line in source.lines().filter(|line| line.trim_start().starts_with("*[other]")) {
            let counted = line
                .split("} ")
                .skip(1)
                .filter_map(|rest| rest.split([' ', '.', '،', '؟']).next());
            for noun in counted {
                ensure!(
                    !noun.ends_with("ًا") && !noun.ends_with("اً"),
                    "{}: {line}",
                    path.display()
                );
            }
        }
    }
    Ok(())
}

/// As `text::said` does it.
fn id_of(sentence: &str) -> String {
    let mut id = "said".to_owned();
    for word in sentence
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        id += &format!("-{word}");
    }
    id
}

/// What a message is to be given, with what the messages in it need.
fn arguments(catalog: &Catalog, id: &str) -> BTreeSet<String> {
    let Some(needs) = catalog.get(id) else {
        return BTreeSet::new();
    };
    let inner = needs.messages.iter().flat_map(|id| arguments(catalog, id));
    needs.arguments.iter().cloned().chain(inner).collect()
}

/// `say!("id", name = value, …)`.
fn says(source: &str) -> impl Iterator<Item = (&str, BTreeSet<String>)> {
    source.match_indices("say!(").filter_map(|(at, call)| {
        let call = source.get(at + call.len()..)?;
        let (id, rest) = call.trim_start().strip_prefix('"')?.split_once('"')?;
        let mut depth = 0;
        let mut given = vec![String::new()];
        for c in rest.chars() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' if depth == 0 => break,
                ')' | ']' | '}' => depth -= 1,
                ',' if depth == 0 => given.push(String::new()),
                _ => {}
            }
            if let Some(last) = given.last_mut() {
                last.push(c);
            }
        }
        let name = |argument: &String| Some(argument.split_once('=')?.0.trim_matches([' ', ',', '\n']).to_owned());
        Some((id, given.iter().filter_map(name).collect()))
    })
}

/// `Words("id")`.
fn words(source: &str) -> impl Iterator<Item = (&str, BTreeSet<String>)> {
    let calls = source.split("Words(").skip(1);
    calls.filter_map(|call| Some((call.strip_prefix('"')?.split_once('"')?.0, BTreeSet::new())))
}

fn catalog(language: &str) -> Result<Catalog> {
    let mut catalog = Catalog::new();
    each_message(language, |id, pattern, _| {
        let mut needs = Needs::default();
        read_pattern(pattern, &mut needs);
        ensure!(
            catalog.insert(id.to_owned(), needs).is_none(),
            "{language} has {id} twice"
        );
        Ok(())
    })?;
    Ok(catalog)
}

/// The text of messages that are nothing else.
fn values(language: &str) -> Result<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    each_message(language, |id, pattern, _| {
        let parts = pattern.elements.iter().map(|element| match element {
            PatternElement::TextElement { value } => Some((*value).to_owned()),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => Some(format!("{{ ${} }}", id.name)),
            PatternElement::Placeable { .. } => None,
        });
        if let Some(value) = parts.collect::<Option<String>>() {
            values.insert(id.to_owned(), value);
        }
        Ok(())
    })?;
    Ok(values)
}

fn each_message(language: &str, mut read: impl FnMut(&str, &Pattern<&str>, &Path) -> Result<()>) -> Result<()> {
    for path in files_below(&root().join("assets/locales").join(language), "ftl")? {
        let source = std::fs::read_to_string(&path)?;
        let resource =
            parse(source.as_str()).map_err(|(_, errors)| anyhow::anyhow!("{}: {errors:?}", path.display()))?;
        for entry in &resource.body {
            if let Entry::Message(message) = entry {
                let pattern = message.value.as_ref().context("a message without a text")?;
                read(message.id.name, pattern, &path)?;
            }
        }
    }
    Ok(())
}

fn read_pattern(pattern: &Pattern<&str>, needs: &mut Needs) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression } => read_expression(expression, needs),
        }
    }
}

fn read_expression(expression: &Expression<&str>, needs: &mut Needs) {
    match expression {
        Expression::Inline(inline) => read_inline(inline, needs),
        Expression::Select { selector, variants } => {
            read_inline(selector, needs);
            variants.iter().for_each(|variant| read_pattern(&variant.value, needs));
        }
    }
}

fn read_inline(inline: &InlineExpression<&str>, needs: &mut Needs) {
    match inline {
        InlineExpression::VariableReference { id } => drop(needs.arguments.insert(id.name.to_owned())),
        InlineExpression::MessageReference { id, .. } => drop(needs.messages.insert(id.name.to_owned())),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments
                .positional
                .iter()
                .for_each(|inline| read_inline(inline, needs));
        }
        InlineExpression::Placeable { expression } => read_expression(expression, needs),
        _ => {}
    }
}

fn languages() -> Result<Vec<String>> {
    let entries = std::fs::read_dir(root().join("assets/locales"))?;
    entries
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect()
}

fn sources(folders: &[&str]) -> Result<BTreeMap<PathBuf, String>> {
    let mut sources = BTreeMap::new();
    for folder in folders {
        for path in files_below(&root().join(folder), "rs")? {
            let source = std::fs::read_to_string(&path)?;
            sources.insert(path, source);
        }
    }
    Ok(sources)
}

/// With literals of several lines in one, and apostrophes as they are shown.
fn joined(source: &str) -> String {
    let mut lines = source.replace("\\u{2019}", "’");
    while let Some((before, after)) = lines.split_once("\\\n") {
        lines = format!("{before}{}", after.trim_start());
    }
    lines
}

/// A source whose sentences have `{ $n }` where the program puts a number.
fn with_numbers(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once('{') {
        out += before;
        rest = match after.split_once('}') {
            Some((name, after)) if name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_') => {
                out += "{ $n }";
                after
            }
            _ => {
                out.push('{');
                after
            }
        };
    }
    out + rest
}

fn files_below(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files_below(&path, ending)?);
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
