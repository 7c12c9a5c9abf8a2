//! The catalogs of the UI: the files of each language in one, to be fetched at once.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// From the tag of a language to its catalog.
///
/// # Errors
/// When a file cannot be read.
pub fn catalogs(workspace: &Workspace) -> Result<BTreeMap<String, String>> {
    let folder = workspace.root.join("assets/locales");
    let mut catalogs = BTreeMap::new();
    for language in names_in(&folder)? {
        let mut catalog = String::new();
        for file in names_in(&folder.join(&language))? {
            let path = folder.join(&language).join(file);
            let part = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            // Comments are for whoever translates.
            let lines = part.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
            lines.for_each(|line| {
                catalog.push_str(line);
                catalog.push('\n');
            });
        }
        catalogs.insert(language, catalog);
    }
    Ok(catalogs)
}

/// In order.
fn names_in(folder: &Path) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
