//! The UI: compiled to WebAssembly, split into what the first screen needs and the rest, bound to JavaScript, and laid out
//! in `ui/dist` for the shell and the server.
//!
//! Compiling and binding are skipped when their input is unchanged: cargo decides about the first, a stamp about the second.

use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::wasm::{self, WasmCompiler};
use crate::workspace::Workspace;
use crate::{dist, licenses, locales, process};

/// The part of the program that the first screen needs.
const FIRST: &str = "ui_bg.wasm";

/// The most it may have, in thousands of bytes, gzipped.
const BUDGET_KB: usize = 900;

/// Builds the UI into `ui/dist`.
///
/// # Errors
/// When no compiler can be had, the UI does not compile, or a file cannot be written.
pub fn build(workspace: &Workspace) -> Result<()> {
    let bound = bind(workspace)?;
    publish(workspace, &bound)
}

/// Compiles, splits and binds, and returns the folder with `ui.js`, `ui_bg.wasm` and the other parts, before they are published.
///
/// # Errors
/// As [`build`].
pub fn bind(workspace: &Workspace) -> Result<PathBuf> {
    let version = workspace.locked_version("wasm-bindgen")?;
    let ours = workspace.locked_version("wasm-bindgen-cli-support")?;
    ensure!(
        version == ours,
        "Cargo.lock has wasm-bindgen {version} but wasm-bindgen-cli-support {ours}: \
         pin the latter to ={version} in the Cargo.toml of xtask"
    );
    let compiler = WasmCompiler::find_or_install()?;
    let mut cargo = compiler.cargo(workspace, "build");
    process::run(cargo.args(["-p", "twinbox-ui", "--profile", "wasm-release"]))?;

    let folder = wasm::target_folder(workspace);
    let compiled = folder.join(wasm::TARGET).join("wasm-release/twinbox-ui.wasm");
    let bytes = std::fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let bound = folder.join("bound");
    let stamp_file = folder.join("bound.stamp");
    let stamp = stamp(&version, &bytes);
    if std::fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) && bound.join(FIRST).is_file() {
        return Ok(bound);
    }
    if bound.is_dir() {
        std::fs::remove_dir_all(&bound).with_context(|| format!("cannot empty {}", bound.display()))?;
    }
    let first = split(&bytes, &folder, &bound)?;
    Bindgen::new()
        .input_bytes("ui", first)
        .web(true)?
        .typescript(false)
        // The other parts reach the first one by these exports and their names.
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&bound)
        .context("wasm-bindgen failed")?;
    std::fs::write(&stamp_file, stamp).with_context(|| format!("cannot write {}", stamp_file.display()))?;
    Ok(bound)
}

/// Takes out what `ui/src/apart.rs` has loaded apart: its parts and `parts.js`, which loads them, come to lie in `bound`. What
/// remains for the first screen is returned.
fn split(program: &[u8], folder: &Path, bound: &Path) -> Result<Vec<u8>> {
    let first = folder.join("first.wasm");
    let mut options = wasm_split_cli_support::Options::new(program);
    options.output_dir = bound;
    options.main_out_path = &first;
    options.main_module = "./ui.js";
    options.link_name = "./parts.js";
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("{error:#}"))
        .context("the UI cannot be split")?;
    let loader_file = bound.join("parts.js");
    let mut loader = std::fs::read_to_string(&loader_file).context("cannot read parts.js")?;
    for part in split.split_modules {
        // Written anew: without names, and without the room the linker left in every number.
        let mut module = walrus::ModuleConfig::new()
            .generate_name_section(false)
            .generate_producers_section(false)
            .parse_file(&part)
            .with_context(|| format!("cannot read {}", part.display()))?;
        // Named after the program: a page that is open while another version takes its place must not load a part of that.
        let name = part
            .file_stem()
            .and_then(OsStr::to_str)
            .context("a part without a name")?;
        let named = format!("{name}.{:016x}.wasm", hash(program));
        loader = loader.replace(&format!("{name}.wasm"), &named);
        std::fs::remove_file(&part).with_context(|| format!("cannot remove {}", part.display()))?;
        std::fs::write(bound.join(&named), module.emit_wasm()).with_context(|| format!("cannot write {named}"))?;
    }
    std::fs::write(&loader_file, loader).context("cannot write parts.js")?;
    std::fs::read(&first).with_context(|| format!("cannot read {}", first.display()))
}

/// Lays the bound UI, the page, styles and fonts out in `ui/dist`, and prints the sizes of the program's parts.
///
/// # Errors
/// When a file cannot be read or written, or the first screen needs too much.
pub fn publish(workspace: &Workspace, bound: &Path) -> Result<()> {
    let ui = workspace.root.join("ui");
    let mut files = dist::Files::default();
    files.add_folder(bound, "")?;
    files.add_file(&ui.join("index.html"), "index.html")?;
    files.add_file(&ui.join("boot.js"), "boot.js")?;
    files.add_text("styles/main.css", style_sheet(&ui.join("styles"))?);
    files.add_folder(&workspace.root.join("assets/fonts"), "fonts")?;
    files.add_text("licenses.txt", licenses::text(workspace)?);
    for (language, catalog) in locales::catalogs(workspace)? {
        files.add_text(format!("locales/{language}.ftl"), catalog);
    }
    let written = files.write_to(&ui.join("dist"))?;

    println!("ui/dist: {written} files changed");
    let mut programs = files.with_extension("wasm").collect::<Vec<_>>();
    // What the first screen needs comes last, next to the prompt.
    programs.sort_by_key(|(name, _)| name.ends_with(FIRST));
    for (name, program) in programs {
        let (size, gzipped) = (program.len() / 1000, gzipped_size(program)? / 1000);
        println!("{}: {size} kB, {gzipped} kB gzipped", name.display());
        ensure!(
            !name.ends_with(FIRST) || gzipped <= BUDGET_KB,
            "what the first screen needs is to stay under {BUDGET_KB} kB gzipped: move views to ui/src/apart.rs"
        );
    }
    Ok(())
}

/// `main.css` with what it imports in its place: the first paint waits for one file then, and not for twenty.
fn style_sheet(folder: &Path) -> Result<String> {
    let read = |name: &str| {
        let file = folder.join(name);
        std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
    };
    let mut sheet = String::new();
    for line in read("main.css")?.lines() {
        let imported = line
            .strip_prefix("@import url(\"")
            .and_then(|rest| rest.strip_suffix("\");"));
        match imported {
            Some(name) => sheet.push_str(&read(name)?),
            None => sheet.push_str(line),
        }
        sheet.push('\n');
    }
    ensure!(
        !sheet.contains("@import"),
        "an import of main.css that is not `@import url(\"a.css\");`"
    );
    Ok(sheet)
}

fn hash(program: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    program.hash(&mut hasher);
    hasher.finish()
}

/// Only ever compared with a stamp of the same build of this program; another one binds once more, no harm done.
fn stamp(version: &str, wasm: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    wasm.hash(&mut hasher);
    // The options of the binding step stand in this file.
    include_str!("ui.rs").hash(&mut hasher);
    format!("{version} {} {:016x}", wasm.len(), hasher.finish())
}

fn gzipped_size(bytes: &[u8]) -> Result<usize> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_is_one_file_in_the_order_of_its_imports() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write(
            "main.css",
            "@layer a, b;\n@import url(\"a.css\");\n@import url(\"b.css\");\n",
        );
        write("a.css", ".a {}\n");
        write("b.css", ".b {}\n");
        assert_eq!(style_sheet(folder.path()).unwrap(), "@layer a, b;\n.a {}\n\n.b {}\n\n");
        write("main.css", "@import \"c.css\";");
        assert!(
            style_sheet(folder.path()).is_err(),
            "another kind of import would be asked for by the page"
        );
    }
}
