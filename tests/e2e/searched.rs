//! Looks for texts where they do not belong: in files, and in the memory of the processes that show the app's pages
//! (Linux). Nothing is held but a chunk at a time.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use memchr::memmem::Finder;

/// Bytes in a page of memory.
const PAGE: u64 = 4096;
/// Pages looked at at once: 4 MiB.
const CHUNK_PAGES: u64 = 1024;

/// What is looked for.
pub(crate) struct Wanted {
    name: String,
    /// As UTF-8, and as scripts keep text with letters beyond Latin.
    forms: Vec<Finder<'static>>,
}

impl Wanted {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        Self {
            name: name.to_owned(),
            forms: [text.as_bytes(), &wide]
                .map(|form| Finder::new(form).into_owned())
                .into(),
        }
    }

    pub(crate) fn bytes(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            forms: vec![Finder::new(bytes).into_owned()],
        }
    }

    fn longest(&self) -> usize {
        self.forms
            .iter()
            .map(|form| form.needle().len())
            .max()
            .unwrap_or_default()
    }
}

/// The names of those that are found, each with its place: never the text itself.
type Found = Vec<(String, String)>;

/// Looks through every file below a folder.
pub(crate) fn in_files(folder: &Path, wanted: &[Wanted]) -> Result<Found> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                let place = entry.path().display().to_string();
                let mut file = File::open(entry.path()).with_context(|| place.clone())?;
                let mut stream = Stream::new(wanted);
                let mut chunk = vec![0; (CHUNK_PAGES * PAGE) as usize];
                loop {
                    match file.read(&mut chunk)? {
                        0 => break,
                        read => stream.look_at(chunk.get(..read).unwrap_or_default(), &place, &mut found),
                    }
                }
            }
        }
    }
    Ok(found)
}

/// Looks through the memory of the web and network processes that descend from `ancestor`.
pub(crate) fn in_pages(ancestor: u32, wanted: &[Wanted]) -> Result<Found> {
    let processes = descendants(ancestor)?;
    let (mut found, mut looked_at) = (Vec::new(), 0);
    for process in processes {
        let command = fs::read_to_string(process.join("cmdline")).unwrap_or_default();
        let name = command.split('\0').next().unwrap_or_default();
        if name.ends_with("WebKitWebProcess") || name.ends_with("WebKitNetworkProcess") {
            in_memory(&process, wanted, &mut found)?;
            looked_at += 1;
        }
    }
    ensure!(
        looked_at >= 2,
        "a web and a network process of the app, not {looked_at}"
    );
    Ok(found)
}

fn descendants(ancestor: u32) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let folder = entry.path();
        // After the name in brackets: state, parent.
        let parent = fs::read_to_string(folder.join("stat")).ok().and_then(|stat| {
            let (_, rest) = stat.rsplit_once(')')?;
            rest.split_whitespace().nth(1)?.parse::<u32>().ok()
        });
        let id = entry.file_name().to_str().and_then(|id| id.parse::<u32>().ok());
        all.extend(id.zip(parent).map(|(id, parent)| (id, parent, folder)));
    }
    let (mut family, mut of) = (Vec::new(), vec![ancestor]);
    while let Some(one) = of.pop() {
        for (id, _, folder) in all.iter().filter(|(_, parent, _)| *parent == one) {
            of.push(*id);
            family.push(folder.clone());
        }
    }
    Ok(family)
}

/// The pages that are there of every private mapping that can be written to. A webview reserves far more than this
/// machine has.
fn in_memory(process: &Path, wanted: &[Wanted], found: &mut Found) -> Result<()> {
    let memory = File::open(process.join("mem")).context("its memory cannot be opened")?;
    let present = File::open(process.join("pagemap")).context("its pages cannot be told")?;
    let maps = fs::read_to_string(process.join("maps")).context("its mappings cannot be read")?;
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (range, rights) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let (start, end) = range.split_once('-').context("a mapping without a range")?;
        if rights.starts_with("rw") && rights.ends_with('p') {
            let (start, end) = (u64::from_str_radix(start, 16)?, u64::from_str_radix(end, 16)?);
            let place = format!("{}: {line}", process.display());
            let mut stream = Stream::new(wanted);
            for first in (start / PAGE..end / PAGE).step_by(CHUNK_PAGES as usize) {
                let pages = CHUNK_PAGES.min(end / PAGE - first);
                for (page, is_there) in (first..).zip(are_present(&present, first, pages)?) {
                    let mut content = [0; PAGE as usize];
                    // One that goes away meanwhile ends nothing.
                    if is_there && memory.read_exact_at(&mut content, page * PAGE).is_ok() {
                        stream.look_at(&content, &place, found);
                    } else {
                        stream.begins_anew();
                    }
                }
            }
        }
    }
    Ok(())
}

/// Whether each of these pages is in memory (Linux, `proc_pid_pagemap(5)`).
fn are_present(present: &File, first: u64, pages: u64) -> io::Result<Vec<bool>> {
    const IS_PRESENT: u64 = 1 << 63;
    let mut entries = vec![0; 8 * pages as usize];
    if present.read_exact_at(&mut entries, first * 8).is_err() {
        // The mapping is gone.
        return Ok(vec![false; pages as usize]);
    }
    let entries = entries.as_chunks::<8>().0.iter();
    Ok(entries
        .map(|entry| u64::from_le_bytes(*entry) & IS_PRESENT != 0)
        .collect())
}

/// Looks through pieces that follow each other, also across their borders.
struct Stream<'a> {
    wanted: &'a [Wanted],
    overlap: usize,
    before: Vec<u8>,
}

impl<'a> Stream<'a> {
    fn new(wanted: &'a [Wanted]) -> Self {
        let longest = wanted.iter().map(Wanted::longest).max().unwrap_or_default();
        Self {
            wanted,
            overlap: longest.saturating_sub(1),
            before: Vec::new(),
        }
    }

    fn begins_anew(&mut self) {
        self.before.clear();
    }

    fn look_at(&mut self, piece: &[u8], place: &str, found: &mut Found) {
        self.before.extend_from_slice(piece);
        for wanted in self.wanted {
            if wanted.forms.iter().any(|form| form.find(&self.before).is_some()) {
                found.push((wanted.name.clone(), place.to_owned()));
            }
        }
        let kept = self.before.len().saturating_sub(self.overlap);
        self.before.drain(..kept);
    }
}
