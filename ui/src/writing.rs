//! Changing what stands in the composer as if it were typed: it can be taken back with the usual keys, and whoever
//! listens to typing hears of it.

use crate::keyboard::{self, COMPOSER_ID};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// What takes the place of a part of a text. Places are counted as the page counts them, in UTF-16.
#[derive(Debug, PartialEq, Eq)]
pub struct Change {
    /// The part that goes.
    from: usize,
    to: usize,
    /// What comes.
    text: String,
    /// What is selected then.
    selected: (usize, usize),
}

/// What is selected in the composer.
pub fn selection() -> Option<(usize, usize)> {
    composer().map(|(_, selected)| selected)
}

/// Goes back into the composer, where this was selected: Chromium forgets it while a dialog is open.
pub fn go_back_to(selected: Option<(usize, usize)>) {
    match (composer(), selected) {
        (Some((field, _)), Some((from, to))) => {
            let _ = field.focus();
            let _ = field.set_selection_range(from as u32, to as u32);
        }
        _ => keyboard::focus_composer(),
    }
}

/// Puts a text where the caret is, in place of what is selected.
pub fn insert(text: &str) {
    if let Some((field, (from, to))) = composer() {
        let end = from + length(text);
        let text = text.to_owned();
        let selected = (end, end);
        write(
            &field,
            &Change {
                from,
                to,
                text,
                selected,
            },
        );
    }
}

/// What of `text`, which stands in the composer, is before the caret; all of it while that is not known.
pub fn before_caret(text: &str) -> String {
    match composer() {
        Some((field, (from, _))) if field.value() == text => part(text, from),
        _ => text.to_owned(),
    }
}

/// Puts a text in place of all that is there, with the caret behind `before` of it.
pub fn replace(text: &str, before: &str) {
    if let Some((field, _)) = composer() {
        let end = length(before);
        let change = Change {
            from: 0,
            to: length(&field.value()),
            text: text.to_owned(),
            selected: (end, end),
        };
        write(&field, &change);
    }
}

/// The first `units` of a text.
fn part(text: &str, units: usize) -> String {
    let units: Vec<u16> = text.encode_utf16().take(units).collect();
    String::from_utf16_lossy(&units)
}

/// Puts WhatsApp's mark around what is selected, or takes it away.
pub fn mark_selection(mark: char) {
    if let Some((field, (from, to))) = composer() {
        let change = marked(&field.value(), from, to, mark);
        write(&field, &change);
    }
}

/// The composer's field, while it can be written in, and what is selected in it. While a form stands in its place it takes no
/// focus, and what is written would go into the field that has it.
fn composer() -> Option<(HtmlTextAreaElement, (usize, usize))> {
    let field: HtmlTextAreaElement = document().get_element_by_id(COMPOSER_ID)?.dyn_into().ok()?;
    let place = |place: Result<Option<u32>, _>| Some(place.ok()?? as usize);
    let selected = (place(field.selection_start())?, place(field.selection_end())?);
    (!field.disabled() && keyboard::is_shown(&field)).then_some((field, selected))
}

fn write(field: &HtmlTextAreaElement, change: &Change) {
    let select = |(from, to): (usize, usize)| {
        // A text field always has a selection.
        let _ = field.set_selection_range(from as u32, to as u32);
    };
    let _ = field.focus();
    select((change.from, change.to));
    if let Some(page) = document().dyn_ref::<HtmlDocument>() {
        let command = if change.text.is_empty() { "delete" } else { "insertText" };
        // The only way to write that the page's own undo knows of; every engine has it.
        let _ = page.exec_command_with_show_ui_and_value(command, false, &change.text);
    }
    select(change.selected);
}

/// The mark goes around each line, without the white space at its edges. Where it is already it is taken away; with
/// nothing selected the caret stands between two of them.
fn marked(text: &str, from: usize, to: usize, mark: char) -> Change {
    let units: Vec<u16> = text.encode_utf16().collect();
    let part = |from: usize, to: usize| String::from_utf16_lossy(units.get(from..to).unwrap_or_default());
    let is_mark = |at: Option<usize>| {
        at.and_then(|at| units.get(at))
            .is_some_and(|unit| u32::from(*unit) == u32::from(mark))
    };
    let inside = part(from, to);
    if is_mark(from.checked_sub(1)) && is_mark(Some(to)) {
        let selected = (from - 1, to - 1);
        return Change {
            from: from - 1,
            to: to + 1,
            text: inside,
            selected,
        };
    }
    let bare = |line: &str| line.trim().strip_prefix(mark)?.strip_suffix(mark).map(str::to_owned);
    let lines: Vec<&str> = inside.split('\n').collect();
    let is_marked = inside.trim().len() > 1 && lines.iter().all(|line| line.trim().is_empty() || bare(line).is_some());
    let line = |line: &&str| {
        let inner = line.trim();
        let now = match bare(line).filter(|_| is_marked) {
            Some(bare) => bare,
            None if inner.is_empty() && lines.len() > 1 => return (*line).to_owned(),
            None => format!("{mark}{inner}{mark}"),
        };
        let (before, after) = line.split_once(inner).unwrap_or_default();
        format!("{before}{now}{after}")
    };
    let changed: Vec<String> = lines.iter().map(line).collect();
    let changed = changed.join("\n");
    let end = from + length(&changed);
    // Without its marks, so that the same keys take them away.
    let leading = length(&inside) - length(inside.trim_start());
    let trailing = length(inside.trim_start()) - length(inside.trim());
    let selected = match lines.len() {
        1 if !is_marked => (from + leading + 1, end - trailing.min(end) - 1),
        _ => (from, end),
    };
    Change {
        from,
        to,
        text: changed,
        selected,
    }
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `[` and `]` stand around what is selected, before and after.
    fn after(text: &str, mark: char) -> String {
        let from = length(text.split_once('[').unwrap().0);
        let to = length(text.split_once(']').unwrap().0) - 1;
        let bare = text.replace(['[', ']'], "");
        let change = marked(&bare, from, to, mark);
        let mut units: Vec<u16> = bare.encode_utf16().collect();
        units.splice(change.from..change.to, change.text.encode_utf16());
        let (start, end) = change.selected;
        units.insert(end, u16::from(b']'));
        units.insert(start, u16::from(b'['));
        String::from_utf16(&units).unwrap()
    }

    #[test]
    fn a_mark_goes_around_what_is_selected_and_away_again() {
        assert_eq!(after("say [hello] now", '*'), "say *[hello]* now");
        assert_eq!(after("say *[hello]* now", '*'), "say [hello] now");
        assert_eq!(after("say [*hello*] now", '*'), "say [hello] now");
        assert_eq!(after("[]", '_'), "_[]_");
        assert_eq!(after("_[]_", '_'), "[]");
    }

    #[test]
    fn a_mark_touches_the_word_and_not_the_space_beside_it() {
        assert_eq!(after("say[ hello ]now", '~'), "say ~[hello]~ now");
        assert_eq!(after("😀[é 😀]😀", '*'), "😀*[é 😀]*😀");
    }

    #[test]
    fn each_line_is_marked_because_a_mark_ends_with_its_line() {
        assert_eq!(after("[one\n\n two]", '*'), "[*one*\n\n *two*]");
        assert_eq!(after("[*one*\n\n *two*]", '*'), "[one\n\n two]");
    }
}
