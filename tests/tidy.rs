//! The rules of `ARCHITECTURE.md` that a compiler does not check: who may depend on whom, who reads the clock, who
//! starts tasks, how long files are and what types are called.
//!
//! Reads `cargo metadata`, `Cargo.lock` and the sources, builds nothing. Every failure names the file and the rule.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Which package of the workspace may depend on which other one. `xtask` on none, `twinbox-tests` on all.
const EDGES: [(&str, &[&str]); 9] = [
    (
        "twinbox",
        &["twinbox-server", "twinbox-engine", "twinbox-protocol", "twinbox-domain"],
    ),
    ("twinbox-ui", &["twinbox-protocol", "twinbox-domain"]),
    (
        "twinbox-server",
        &["twinbox-engine", "twinbox-protocol", "twinbox-domain"],
    ),
    (
        "twinbox-engine",
        &[
            "twinbox-store",
            "twinbox-whatsapp",
            "twinbox-protocol",
            "twinbox-domain",
        ],
    ),
    ("twinbox-store", &["twinbox-domain"]),
    ("twinbox-whatsapp", &["twinbox-domain"]),
    ("twinbox-protocol", &["twinbox-domain"]),
    ("twinbox-domain", &[]),
    // Shares nothing with what it tests, or both sides would share one mistake.
    ("twinbox-simulator", &[]),
];

/// Libraries (and what extends them, such as `tauri-build`) with the only packages that may use them.
const LIBRARIES: [(&str, &[&str]); 4] = [
    ("tauri", &["twinbox"]),
    ("leptos", &["twinbox-ui"]),
    ("rusqlite", &["twinbox-store", "twinbox-tests"]),
    ("reqwest", &["twinbox-whatsapp", "twinbox-tests"]),
];

const PURE: [&str; 2] = ["twinbox-domain", "twinbox-protocol"];
const IMPURE_LIBRARIES: [&str; 5] = ["tokio", "reqwest", "rusqlite", "tauri", "web-sys"];

const CLOCK: [&str; 6] = [
    "SystemTime::now",
    "Instant::now",
    "Date::now",
    "Date::new_0",
    "Utc::now",
    "Local::now",
];
const CLOCK_READERS: [&str; 5] = [
    "src-tauri/crates/engine/src/clock.rs",
    "ui/src/clock.rs",
    "src-tauri/crates/simulator/",
    "src-tauri/crates/xtask/",
    "tests/",
];

const SPAWNS: [&str; 5] = [
    "tokio::spawn",
    "task::spawn",
    ".spawn(",
    "spawn_blocking(",
    "spawn_local(",
];
const TASK_STARTERS: [&str; 6] = [
    "src-tauri/crates/engine/src/engine.rs",
    "src-tauri/src/",
    "src-tauri/crates/server/",
    "src-tauri/crates/simulator/",
    "src-tauri/crates/xtask/",
    "tests/",
];

const MOST_LINES: usize = 800;
const VAGUE_ENDINGS: [&str; 6] = ["Manager", "Service", "Helper", "Util", "Utils", "Processor"];

#[test]
fn packages_depend_only_in_the_allowed_direction() -> Result<()> {
    let packages = packages()?;
    let names: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    let allowed: BTreeMap<&str, &[&str]> = EDGES.into_iter().collect();
    let mut faults = Vec::new();
    for package in packages.iter().filter(|package| package.name != "twinbox-tests") {
        let allowed = allowed.get(package.name.as_str()).copied().unwrap_or_default();
        for dependency in package.dependencies.keys().map(String::as_str) {
            if names.contains(dependency) && !allowed.contains(&dependency) {
                faults.push(format!(
                    "{}: {} may not depend on {dependency}",
                    package.manifest, package.name
                ));
            }
        }
    }
    none_of(&faults)
}

#[test]
fn a_library_is_used_only_where_it_belongs() -> Result<()> {
    let mut faults = Vec::new();
    for package in packages()? {
        for dependency in package.dependencies.keys() {
            for (library, users) in LIBRARIES {
                if is_part_of(dependency, library) && !users.contains(&package.name.as_str()) {
                    faults.push(format!(
                        "{}: {dependency} is for {} only",
                        package.manifest,
                        users.join(" and ")
                    ));
                }
            }
            let is_impure = IMPURE_LIBRARIES.iter().any(|library| is_part_of(dependency, library));
            if PURE.contains(&package.name.as_str()) && is_impure {
                faults.push(format!(
                    "{}: {} is pure and may not use {dependency}",
                    package.manifest, package.name
                ));
            }
        }
    }
    none_of(&faults)
}

#[test]
fn whatsapp_and_store_never_name_each_other() -> Result<()> {
    let pairs = [
        ("src-tauri/crates/whatsapp/", "store"),
        ("src-tauri/crates/store/", "whatsapp"),
    ];
    let mut faults = Vec::new();
    for source in sources(&["rs", "toml"])? {
        for (folder, other) in pairs {
            let names_it = [format!("twinbox_{other}"), format!("twinbox-{other}")];
            if source.path.starts_with(folder) && names_it.iter().any(|name| source.text.contains(name)) {
                faults.push(format!(
                    "{}: names the {other} crate; only the engine sees both",
                    source.path
                ));
            }
        }
    }
    none_of(&faults)
}

#[test]
fn the_clock_is_read_in_one_place_of_each_side() -> Result<()> {
    let mut faults = Vec::new();
    for source in sources(&["rs"])?
        .iter()
        .filter(|source| !source.is_under(&CLOCK_READERS))
    {
        for (number, line) in source.code_lines() {
            if CLOCK.iter().any(|reading| line.contains(reading)) {
                faults.push(format!(
                    "{}:{number}: reads the clock; take `now` as an argument",
                    source.path
                ));
            }
        }
    }
    none_of(&faults)
}

#[test]
fn tasks_are_started_by_the_engine_and_its_hosts_only() -> Result<()> {
    let mut faults = Vec::new();
    for source in sources(&["rs"])?
        .iter()
        .filter(|source| !source.is_under(&TASK_STARTERS))
    {
        for (number, line) in source.code_lines() {
            // In the page nothing can wait but a local task.
            let is_page = source.path.starts_with("ui/") && line.contains("spawn_local");
            if !is_page && SPAWNS.iter().any(|start| line.contains(start)) {
                faults.push(format!(
                    "{}:{number}: starts a task; the engine and its hosts do that",
                    source.path
                ));
            }
        }
    }
    none_of(&faults)
}

#[test]
fn files_are_short_and_modules_have_their_own_name() -> Result<()> {
    let mut faults = Vec::new();
    for source in sources(&["rs", "css"])? {
        let lines = source.text.lines().count();
        if lines > MOST_LINES {
            faults.push(format!("{}: {lines} lines, {MOST_LINES} are the most", source.path));
        }
        if source.path.ends_with("/mod.rs") {
            faults.push(format!(
                "{}: write name.rs beside the folder name/ instead",
                source.path
            ));
        }
    }
    none_of(&faults)
}

#[test]
fn types_have_names_of_the_business() -> Result<()> {
    let mut faults = Vec::new();
    for source in sources(&["rs"])? {
        for (number, line) in source.code_lines() {
            if let Some(name) = defined_type(line).filter(|name| VAGUE_ENDINGS.iter().any(|end| name.ends_with(end))) {
                faults.push(format!(
                    "{}:{number}: {name} says nothing; name what it is",
                    source.path
                ));
            }
        }
    }
    none_of(&faults)
}

#[test]
fn nothing_is_left_for_later_in_the_sources() -> Result<()> {
    // Put together here, or this file would find itself.
    let words = [["TO", "DO"], ["FIX", "ME"]].map(|halves| halves.concat());
    let calls = [["to", "do!"], ["unimple", "mented!"]].map(|halves| halves.concat());
    let mut faults = Vec::new();
    for source in sources(&["rs", "css", "js", "html", "sql", "toml"])? {
        for (number, line) in (1..).zip(source.text.lines()) {
            let is_note = line
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| words.iter().any(|note| note == word));
            if is_note || calls.iter().any(|call| line.contains(call)) {
                faults.push(format!(
                    "{}:{number}: unfinished; finish it or write an issue",
                    source.path
                ));
            }
        }
    }
    none_of(&faults)
}

/// One such rule makes WebKit look up the styles of everything beside and below a new element anew: 40 ms for each message.
#[test]
fn no_style_depends_on_whether_an_element_is_empty() -> Result<()> {
    let mut faults = Vec::new();
    for source in sources(&["css"])? {
        let rules = source.text.lines().zip(1..).filter(|(line, _)| !line.contains("/*"));
        let found = rules.filter(|(line, _)| line.contains(":empty"));
        faults.extend(found.map(|(_, number)| format!("{}:{number}: `hidden` says the same", source.path)));
    }
    none_of(&faults)
}

/// WebKit reads `&` as `:is(…)` and then asks of every element on the page whether each such rule is meant for it: the
/// styles of a thread took three times as long.
#[test]
fn no_style_stands_within_another() -> Result<()> {
    let mut faults = Vec::new();
    for source in sources(&["css"])? {
        let text = without_comments(&source.text);
        let mut open = Vec::new();
        let mut begin = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| "{};".contains(*c)) {
            let before = text.get(begin..at).unwrap_or_default().trim();
            begin = at + 1;
            match c {
                '{' => {
                    if open.last().is_some_and(|outer: &&str| !outer.starts_with('@')) {
                        faults.push(format!("{}: `{before}` stands within another rule", source.path));
                    }
                    open.push(before);
                }
                '}' => drop(open.pop()),
                _ => {}
            }
        }
    }
    none_of(&faults)
}

/// A style sheet without what is between `/*` and `*/`.
fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some((before, comment)) = rest.split_once("/*") {
        out += before;
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

#[test]
fn the_binding_generator_is_as_old_as_the_bindings() -> Result<()> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))?;
    let (_, entry) = lock
        .split_once("name = \"wasm-bindgen\"\nversion = \"")
        .context("no wasm-bindgen locked")?;
    let locked = entry.split('"').next().unwrap_or_default();
    let packages = packages()?;
    let xtask = packages
        .iter()
        .find(|package| package.name == "xtask")
        .context("no xtask")?;
    let required = xtask
        .dependencies
        .get("wasm-bindgen-cli-support")
        .context("xtask binds nothing")?;
    let wanted = format!("={locked}");
    if *required != wanted {
        bail!(
            "{}: wasm-bindgen-cli-support must be \"{wanted}\", as in Cargo.lock, not {required}",
            xtask.manifest
        );
    }
    Ok(())
}

#[test]
fn a_type_definition_is_told_from_its_use() {
    assert_eq!(
        defined_type("pub(crate) struct QueueManager<T> {"),
        Some("QueueManager")
    );
    assert_eq!(defined_type("enum Kind {"), Some("Kind"));
    assert_eq!(defined_type("impl Service for Kind {"), None);
    assert_eq!(defined_type("/// the type Manager"), None);
}

struct Package {
    name: String,
    /// Relative to the root.
    manifest: String,
    /// Of every kind, from the name to the version required.
    dependencies: BTreeMap<String, String>,
}

fn packages() -> Result<Vec<Package>> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root())
        .output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata failed")?;
    let packages = metadata
        .get("packages")
        .and_then(Value::as_array)
        .context("cargo metadata lists no packages")?;
    packages.iter().map(package).collect()
}

fn package(metadata: &Value) -> Result<Package> {
    let dependencies = metadata
        .get("dependencies")
        .and_then(Value::as_array)
        .context("no dependencies")?;
    let required = |dependency| Ok((text(dependency, "name")?, text(dependency, "req")?));
    Ok(Package {
        name: text(metadata, "name")?,
        manifest: relative(Path::new(&text(metadata, "manifest_path")?)),
        dependencies: dependencies.iter().map(required).collect::<Result<_>>()?,
    })
}

fn text(value: &Value, key: &str) -> Result<String> {
    value
        .get(key)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .with_context(|| format!("no {key}"))
}

/// `tauri` and `tauri-build`, but not `taurus`.
fn is_part_of(package: &str, library: &str) -> bool {
    package
        .strip_prefix(library)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

struct Source {
    /// Relative to the root, with slashes.
    path: String,
    text: String,
}

impl Source {
    fn is_under(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path.starts_with(place))
    }

    /// Numbered lines without comments, and without tests: those at the end of a file, or a file of them.
    fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test_file = self.path.ends_with("/tests.rs") || self.path.contains("/tests/");
        let code = if is_test_file { "" } else { without_tests(&self.text) };
        (1..)
            .zip(code.lines())
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// What stands before the tests of a file. A module of them that is a file of its own ends nothing.
fn without_tests(text: &str) -> &str {
    let is_inline = |after: &str| after.lines().next().is_some_and(|name| name.ends_with('{'));
    let mut modules = text.match_indices("\n#[cfg(test)]\nmod ");
    let begin = modules.find_map(|(place, opening)| {
        let (code, tests) = text.split_at_checked(place)?;
        is_inline(tests.get(opening.len()..)?).then_some(code)
    });
    begin.unwrap_or(text)
}

#[test]
fn only_tests_that_stand_in_a_file_end_its_code() {
    let code = "use a;\n\n#[cfg(test)]\nmod plan;\n\nfn b() {}\n";
    assert_eq!(without_tests(code), code);
    let tested = format!("{code}\n#[cfg(test)]\nmod tests {{\n}}\n");
    assert_eq!(without_tests(&tested), code);
}

/// The files of the project with one of these endings; nothing that is built, nothing of other projects.
fn sources(endings: &[&str]) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut folders = ["src-tauri", "ui", "tests"].map(|folder| root().join(folder)).to_vec();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            let is_wanted = path
                .extension()
                .is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted));
            if path.is_dir() && !path.ends_with("ui/dist") {
                folders.push(path);
            } else if is_wanted {
                sources.push(Source {
                    path: relative(&path),
                    text: std::fs::read_to_string(&path)?,
                });
            }
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

/// Asked at run time, not with `env!`: two checkouts that share a target folder share this program as well.
fn root() -> PathBuf {
    let tests = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from);
    tests.join("..").canonicalize().unwrap_or(tests)
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

/// The type that a line starts to define.
fn defined_type(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
    let is_definition = matches!(words.next()?, "struct" | "enum" | "trait" | "type" | "union");
    let name = words.next().filter(|_| is_definition)?;
    name.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

fn none_of(faults: &[String]) -> Result<()> {
    if faults.is_empty() {
        return Ok(());
    }
    bail!("{} found:\n{}", faults.len(), faults.join("\n"))
}
