//! Which emoji are offered: found by words, used last, in the skin tone that was chosen.

use twinbox_protocol::EmojiView;

/// In a row of the grid.
pub const COLUMNS: usize = 9;
/// Most that a search shows.
const MOST_FOUND: usize = 90;
/// Most that are remembered.
const MOST_RECENT: usize = 45;

/// What is chosen: the emoji as it is written, and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// As it is written.
    pub emoji: String,
    /// Its name.
    pub name: String,
}

/// An emoji in a tone: 0 for none, 1 to 5 from light to dark.
pub fn cell(view: &EmojiView, tone: usize) -> Cell {
    let toned = tone.checked_sub(1).and_then(|tone| view.tones.get(tone));
    Cell {
        emoji: toned.unwrap_or(&view.emoji).clone(),
        name: view.name.clone(),
    }
}

/// Those of which every typed word begins a word; those whose name begins so come first.
pub fn find(groups: &[Vec<EmojiView>], typed: &str, tone: usize) -> Vec<Cell> {
    let typed = typed.trim().trim_matches(':').to_lowercase();
    let asked: Vec<&str> = words(&typed).collect();
    let is_like = |view: &&EmojiView| {
        let name = view.name.to_lowercase();
        let begins = |asked: &&str| {
            words(&name)
                .chain(words(&view.words))
                .any(|word| word.starts_with(*asked))
        };
        view.emoji == typed || (!asked.is_empty() && asked.iter().all(begins))
    };
    let mut found: Vec<_> = groups.iter().flatten().filter(is_like).collect();
    found.sort_by_key(|view| !view.name.starts_with(&typed) && !view.words.starts_with(&typed));
    found
        .into_iter()
        .take(MOST_FOUND)
        .map(|view| cell(view, tone))
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Those that were used last, out of what was kept.
pub fn recent(groups: &[Vec<EmojiView>], kept: &str) -> Vec<Cell> {
    let known = |emoji: &str| {
        let is_it = |view: &&EmojiView| view.emoji == emoji || view.tones.iter().any(|toned| toned == emoji);
        groups.iter().flatten().find(is_it)
    };
    let cell = |emoji: &str| {
        Some(Cell {
            emoji: emoji.to_owned(),
            name: known(emoji)?.name.clone(),
        })
    };
    kept.split(' ').filter_map(cell).collect()
}

/// What is kept once this one was used.
pub fn keep_recent(kept: &str, used: &str) -> String {
    let others = kept.split(' ').filter(|emoji| !emoji.is_empty() && *emoji != used);
    let all: Vec<_> = std::iter::once(used).chain(others).take(MOST_RECENT).collect();
    all.join(" ")
}

/// Where a key leads from a place in a grid of so many; `None`: out of it at the top, or nowhere.
pub fn step(at: usize, count: usize, key: &str) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" => Some((at + 1).min(last)),
        "ArrowLeft" => Some(at.saturating_sub(1)),
        "ArrowDown" => Some(if at + COLUMNS <= last { at + COLUMNS } else { last }),
        "ArrowUp" => at.checked_sub(COLUMNS),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups() -> Vec<Vec<EmojiView>> {
        let view = |emoji: &str, name: &str, words: &str, tones: &[&str]| EmojiView {
            emoji: emoji.to_owned(),
            name: name.to_owned(),
            words: words.to_owned(),
            tones: tones.iter().map(|tone| (*tone).to_owned()).collect(),
        };
        vec![
            vec![view("😺", "grinning cat", "smiley cat", &[])],
            vec![view("👍", "thumbs up", "+1 thumbsup", &["👍🏻", "👍🏼", "👍🏽", "👍🏾", "👍🏿"])],
            vec![
                view("🐈", "cat", "cat2", &[]),
                view("🇨🇮", "flag: Côte d’Ivoire", "cote divoire", &[]),
            ],
        ]
    }

    fn found(typed: &str) -> Vec<String> {
        find(&groups(), typed, 0).into_iter().map(|cell| cell.emoji).collect()
    }

    #[test]
    fn an_emoji_is_found_by_the_beginnings_of_its_words() {
        assert_eq!(found("cat"), ["🐈", "😺"]);
        assert_eq!(found("CAT gri"), ["😺"]);
        assert_eq!(found(":thumbsup:"), ["👍"]);
        assert_eq!(found("+1"), ["👍"]);
        assert_eq!(found("Ivoire"), ["🇨🇮"]);
        assert_eq!(found("👍"), ["👍"]);
        assert_eq!(found("at"), [""; 0]);
        assert_eq!(found("-"), [""; 0]);
    }

    #[test]
    fn the_chosen_tone_is_on_all_that_have_skin() {
        let toned = find(&groups(), "thumbs", 5);
        assert_eq!(toned.first().map(|cell| cell.emoji.as_str()), Some("👍🏿"));
        assert_eq!(
            find(&groups(), "grinning", 5).first().map(|it| it.emoji.as_str()),
            Some("😺")
        );
    }

    #[test]
    fn what_was_used_last_comes_first_and_once() {
        let kept = ["😺", "👍🏿", "😺", "no such"]
            .iter()
            .fold(String::new(), |kept, used| keep_recent(&kept, used));
        assert_eq!(kept, "no such 😺 👍🏿");
        let recent: Vec<_> = recent(&groups(), &kept).into_iter().map(|cell| cell.name).collect();
        assert_eq!(recent, ["grinning cat", "thumbs up"]);
        let many = (0..99).fold(String::new(), |kept, used| keep_recent(&kept, &used.to_string()));
        assert_eq!(many.split(' ').count(), MOST_RECENT);
    }

    #[test]
    fn arrows_stay_in_the_grid_and_leave_it_at_the_top() {
        let to = |at, key| step(at, 21, key);
        assert_eq!(
            [to(0, "ArrowRight"), to(8, "ArrowRight"), to(20, "ArrowRight")],
            [Some(1), Some(9), Some(20)]
        );
        assert_eq!([to(3, "ArrowDown"), to(13, "ArrowDown")], [Some(12), Some(20)]);
        assert_eq!([to(12, "ArrowUp"), to(8, "ArrowUp")], [Some(3), None]);
        assert_eq!(
            [to(9, "ArrowLeft"), to(0, "ArrowLeft"), to(5, "End"), to(5, "Home")],
            [Some(8), Some(0), Some(20), Some(0)]
        );
        assert_eq!((step(0, 0, "End"), to(0, "x")), (None, None));
    }
}
