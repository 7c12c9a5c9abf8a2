//! Whose work is in Twinbox: a list of every crate it is built from, with the texts of their licenses.
//!
//! Made of what cargo knows, at each build of the UI, which shows it. Crates that only build or test it are in it as well.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process;
use crate::workspace::Workspace;

/// How files with the text of a license begin.
const NAMES: [&str; 4] = ["LICENSE", "LICENCE", "COPYING", "NOTICE"];

/// The whole text.
///
/// # Errors
/// When cargo cannot say what the workspace depends on, or a file cannot be read.
pub fn text(workspace: &Workspace) -> Result<String> {
    let mut cargo = workspace.cargo();
    let told = process::read(cargo.args(["metadata", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&told).context("cargo metadata is not JSON")?;
    let packages = metadata.get("packages").and_then(Value::as_array);
    let mut list = String::new();
    // From the text of a license to those who use it.
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages.into_iter().flatten() {
        let field = |name: &str| package.get(name).and_then(Value::as_str).unwrap_or_default();
        // Those without a source are Twinbox itself.
        if field("source").is_empty() {
            continue;
        }
        let name = format!("{} {}", field("name"), field("version"));
        writeln!(list, "{name}: {} {}", field("license"), field("repository"))?;
        if let Some(folder) = Path::new(field("manifest_path")).parent() {
            add_texts(folder, &name, &mut texts)?;
        }
    }
    let ours = workspace.root.join("assets/licenses");
    add_texts_of(&ours, |_| true, "Fonts and icons", &mut texts)?;
    let mut all = format!(
        "Twinbox is licensed under the MIT license or the Apache License, Version 2.0, as you choose.\n\nIt is built \
         from:\n\n{list}"
    );
    for (text, names) in texts {
        write!(all, "\n----\n{}\n\n{}\n", names.join(", "), text.trim())?;
    }
    Ok(all)
}

fn add_texts(folder: &Path, name: &str, texts: &mut BTreeMap<String, Vec<String>>) -> Result<()> {
    let is_license = |file: &str| NAMES.iter().any(|begin| file.to_uppercase().starts_with(begin));
    add_texts_of(folder, is_license, name, texts)
}

fn add_texts_of(
    folder: &Path,
    is_wanted: impl Fn(&str) -> bool,
    name: &str,
    texts: &mut BTreeMap<String, Vec<String>>,
) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        if !entry.path().is_file() || !is_wanted(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let bytes = std::fs::read(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()))?;
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        let users = texts.entry(text).or_default();
        if users.last().is_none_or(|last| last != name) {
            users.push(name.to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_stands_once_with_all_who_use_it() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        std::fs::write(folder.join("LICENSE-MIT"), "Permission is granted").unwrap();
        std::fs::write(folder.join("README.md"), "not one").unwrap();
        let mut texts = BTreeMap::new();
        add_texts(folder, "a 1.0.0", &mut texts).unwrap();
        add_texts(folder, "b 2.0.0", &mut texts).unwrap();
        assert_eq!(
            texts.into_iter().collect::<Vec<_>>(),
            [(
                "Permission is granted".to_owned(),
                vec!["a 1.0.0".to_owned(), "b 2.0.0".to_owned()]
            )]
        );
    }
}
