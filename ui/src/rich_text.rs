//! WhatsApp's marks in a text: `*bold*`, `_italic_`, `~strike~`, `` `code` ``, ```` ```mono``` ````, quotes, lists and
//! addresses.
//!
//! The result is a tree of texts. It never becomes HTML on the way, so nothing a customer writes can act as such.

use std::mem;
use twinbox_domain::FragmentPart;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// As it is.
    Text(String),
    /// `*..*`
    Bold(Vec<Span>),
    /// `_.._`
    Italic(Vec<Span>),
    /// `~..~`
    Strike(Vec<Span>),
    /// `` `..` `` or ```` ```..``` ````
    Mono(String),
    /// An address of the web.
    Link {
        /// With its scheme.
        href: String,
        /// As it was written.
        text: String,
    },
}

/// A part of a text that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Lines as they are.
    Lines(Vec<Span>),
    /// `> ..`
    Quote(Vec<Span>),
    /// `* ..` or `- ..`
    Bullets(Vec<Vec<Span>>),
    /// `1. ..`, and the number of the first.
    Numbers(u32, Vec<Vec<Span>>),
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Quote,
    Bullet,
    Number(u32),
}

/// Takes a text apart. Lines of a kind that follow each other are one block.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut found: Vec<(Kind, Vec<String>)> = Vec::new();
    for (line, is_fenced) in lines(text) {
        let (kind, rest) = kind(line);
        match found.last_mut() {
            Some((_, lines)) if is_fenced => lines.iter_mut().last().into_iter().for_each(|last| {
                last.push('\n');
                last.push_str(line);
            }),
            Some((before, lines)) if mem::discriminant(before) == mem::discriminant(&kind) => {
                lines.push(rest.to_owned())
            }
            _ => found.push((kind, vec![rest.to_owned()])),
        }
    }
    let items = |lines: Vec<String>| lines.iter().map(|line| parse(line)).collect();
    let block = |(kind, lines): (Kind, Vec<String>)| match kind {
        Kind::Plain => Block::Lines(parse(&lines.join("\n"))),
        Kind::Quote => Block::Quote(parse(&lines.join("\n"))),
        Kind::Bullet => Block::Bullets(items(lines)),
        Kind::Number(first) => Block::Numbers(first, items(lines)),
    };
    found.into_iter().map(block).collect()
}

/// The lines of a text, and whether each begins between the fences of a block of code.
fn lines(text: &str) -> impl Iterator<Item = (&str, bool)> {
    // A fence that is never closed is none.
    let mut fences = text.matches("```").count() / 2 * 2;
    text.split('\n').map(move |line| {
        let is_fenced = !fences.is_multiple_of(2);
        fences = fences.saturating_sub(line.matches("```").count());
        (line, is_fenced)
    })
}

/// Whether a text has any marks.
pub fn is_formatted(text: &str) -> bool {
    let is_plain = |span: &Span| matches!(span, Span::Text(_) | Span::Link { .. });
    blocks(text.trim())
        .iter()
        .any(|block| !matches!(block, Block::Lines(spans) if spans.iter().all(is_plain)))
}

/// What a line is, and what it says without its mark.
fn kind(line: &str) -> (Kind, &str) {
    if let Some(rest) = line.strip_prefix("> ") {
        return (Kind::Quote, rest);
    }
    if let Some(rest) = line.strip_prefix("* ").or_else(|| line.strip_prefix("- ")) {
        return (Kind::Bullet, rest);
    }
    let number = line
        .split_once(". ")
        .filter(|(digits, _)| digits.len() <= 3 && !digits.starts_with('+'));
    match number.and_then(|(digits, rest)| Some((digits.parse().ok()?, rest))) {
        Some((number, rest)) => (Kind::Number(number), rest),
        None => (Kind::Plain, line),
    }
}

/// Marks within marks beyond this depth stay letters.
const DEPTH: u8 = 4;

/// Takes the lines of one block apart.
fn parse(text: &str) -> Vec<Span> {
    let chars: Vec<char> = text.chars().collect();
    spans(&chars, DEPTH)
}

/// The words of a text without its marks, for a line of a list or a quote. Those of lists stay: in one line they keep its
/// items apart.
pub fn plain(text: &str) -> String {
    fn words(spans: Vec<Span>) -> String {
        spans
            .into_iter()
            .map(|span| match span {
                Span::Text(text) | Span::Mono(text) | Span::Link { text, .. } => text,
                Span::Bold(inside) | Span::Italic(inside) | Span::Strike(inside) => words(inside),
            })
            .collect()
    }
    let unquoted = lines(text).map(|(line, is_fenced)| match kind(line) {
        (Kind::Quote, rest) if !is_fenced => rest,
        _ => line,
    });
    words(parse(&unquoted.collect::<Vec<_>>().join("\n")))
}

/// What was found in a text, without the marks of that text.
pub fn plain_parts(parts: Vec<FragmentPart>) -> Vec<FragmentPart> {
    let text: String = parts.iter().map(|part| part.text.as_str()).collect();
    let words = plain(&text);
    // Nothing was added and nothing moved.
    let mut left = words.chars().peekable();
    let mut kept = |part: FragmentPart| FragmentPart {
        text: part.text.chars().filter(|c| left.next_if_eq(c).is_some()).collect(),
        ..part
    };
    parts
        .into_iter()
        .map(&mut kept)
        .filter(|part| !part.text.is_empty())
        .collect()
}

fn spans(chars: &[char], depth: u8) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut plain = String::new();
    let mut before: Option<char> = None;
    let mut rest = chars;
    while let Some((&first, after)) = rest.split_first() {
        let found = may_open(before)
            .then(|| mark(rest, depth).or_else(|| link(rest)))
            .flatten();
        if let Some((span, length)) = found {
            if !plain.is_empty() {
                spans.push(Span::Text(std::mem::take(&mut plain)));
            }
            spans.push(span);
            let (taken, left) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            before = taken.last().copied();
            rest = left;
        } else {
            plain.push(first);
            before = Some(first);
            rest = after;
        }
    }
    if !plain.is_empty() {
        spans.push(Span::Text(plain));
    }
    spans
}

/// A mark counts only at the edge of a word, so that `2*3*4` and `snake_case_name` stay what they are.
fn may_open(before: Option<char>) -> bool {
    before.is_none_or(|before| !before.is_alphanumeric())
}

fn mark(chars: &[char], depth: u8) -> Option<(Span, usize)> {
    let deeper = depth.checked_sub(1)?;
    let within = |inside: &[char]| spans(inside, deeper);
    match chars {
        ['`', '`', '`', inside @ ..] => {
            let length = inside.windows(3).position(|three| three == ['`'; 3])?;
            let inside = inside.get(..length).filter(|inside| !inside.is_empty())?;
            let trimmed = inside.iter().collect::<String>().trim_matches('\n').to_owned();
            Some((Span::Mono(trimmed), length + 6))
        }
        ['`', inside @ ..] => {
            between(inside, '`').map(|inside| (Span::Mono(inside.iter().collect()), inside.len() + 2))
        }
        ['*', inside @ ..] => between(inside, '*').map(|inside| (Span::Bold(within(inside)), inside.len() + 2)),
        ['_', inside @ ..] => between(inside, '_').map(|inside| (Span::Italic(within(inside)), inside.len() + 2)),
        ['~', inside @ ..] => between(inside, '~').map(|inside| (Span::Strike(within(inside)), inside.len() + 2)),
        _ => None,
    }
}

/// What stands between a mark and its partner on the same line, without white space at its edges.
fn between(chars: &[char], mark: char) -> Option<&[char]> {
    let line_end = chars.iter().position(|c| *c == '\n').unwrap_or(chars.len());
    let line = chars.get(..line_end)?;
    let closes = |(index, c): (usize, &char)| {
        let inner_edge = index
            .checked_sub(1)
            .and_then(|i| line.get(i))
            .is_some_and(|c| !c.is_whitespace());
        let outer_edge = line
            .get(index + 1)
            .is_none_or(|next| !next.is_alphanumeric() && *next != mark);
        *c == mark && inner_edge && outer_edge
    };
    let length = line.iter().enumerate().position(closes)?;
    let inside = line.get(..length)?;
    let opens = inside
        .first()
        .is_some_and(|first| !first.is_whitespace() && *first != mark);
    opens.then_some(inside)
}

fn link(chars: &[char]) -> Option<(Span, usize)> {
    // Looked for before the word is read: most words are no address, and a word may be the whole text.
    let (prefix, scheme) = [("https://", ""), ("http://", ""), ("www.", "https://")]
        .into_iter()
        .find(|(prefix, _)| starts_with(chars, prefix))?;
    let word: String = chars
        .iter()
        .take_while(|c| !c.is_whitespace() && !"<>\"".contains(**c))
        .collect();
    let mut text = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
    // A closing bracket belongs to the sentence unless the address opened it.
    let mut unopened = text.matches(')').count().saturating_sub(text.matches('(').count());
    while let Some(shorter) = text.strip_suffix(')').filter(|_| unopened > 0) {
        text = shorter;
        unopened -= 1;
    }
    if text.len() <= prefix.len() {
        return None;
    }
    let span = Span::Link {
        href: format!("{scheme}{text}"),
        text: text.to_owned(),
    };
    Some((span, text.chars().count()))
}

fn starts_with(chars: &[char], prefix: &str) -> bool {
    let mut chars = chars.iter();
    prefix
        .chars()
        .all(|expected| chars.next().is_some_and(|c| c.eq_ignore_ascii_case(&expected)))
}

#[cfg(test)]
mod tests {
    use super::Span::{Bold, Italic, Mono, Strike, Text};
    use super::*;

    fn text(text: &str) -> Span {
        Text(text.to_owned())
    }

    fn web(href: &str, text: &str) -> Span {
        Span::Link {
            href: href.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn marks_make_spans() {
        assert_eq!(
            parse("a *b* _c_ ~d~ ```e``` `f`"),
            [
                text("a "),
                Bold(vec![text("b")]),
                text(" "),
                Italic(vec![text("c")]),
                text(" "),
                Strike(vec![text("d")]),
                text(" "),
                Mono("e".into()),
                text(" "),
                Mono("f".into()),
            ]
        );
    }

    #[test]
    fn marks_nest() {
        assert_eq!(
            parse("*very _very_ big*"),
            [Bold(vec![text("very "), Italic(vec![text("very")]), text(" big")])]
        );
    }

    #[test]
    fn marks_inside_words_are_letters() {
        for plain in [
            "2*3*4",
            "snake_case_name",
            "a * b * c",
            "*",
            "**",
            "* *",
            "~~",
            "_ a_",
            "*open\nclose*",
        ] {
            assert_eq!(parse(plain), [text(plain)], "{plain}");
        }
    }

    #[test]
    fn punctuation_may_touch_a_mark() {
        assert_eq!(parse("(*b*)!"), [text("("), Bold(vec![text("b")]), text(")!")]);
    }

    #[test]
    fn mono_keeps_lines_and_marks() {
        assert_eq!(parse("```a\n *b*```"), [Mono("a\n *b*".into())]);
    }

    #[test]
    fn addresses_end_before_the_sentence_does() {
        assert_eq!(
            parse("see https://a.example/x_y?z=1, or (www.b.example)."),
            [
                text("see "),
                web("https://a.example/x_y?z=1", "https://a.example/x_y?z=1"),
                text(", or ("),
                web("https://www.b.example", "www.b.example"),
                text(")."),
            ]
        );
    }

    #[test]
    fn only_addresses_of_the_web_become_links() {
        for plain in ["javascript:alert(1)", "file:///etc/passwd", "https://", "www."] {
            assert_eq!(parse(plain), [text(plain)], "{plain}");
        }
    }

    #[test]
    fn a_long_text_without_spaces_is_read_once() {
        // Each of these may begin an address. Read to its end from each, it would take minutes.
        let emojis = "\u{1F600}".repeat(1_000_000);
        assert_eq!(parse(&emojis), [text(&emojis)]);
        let brackets = format!("www.{}", ")".repeat(1_000_000));
        assert_eq!(parse(&brackets), [text(&brackets)]);
        let message = "\u{1F600}".repeat(4000);
        assert_eq!(parse(&message), [text(&message)]);
    }

    #[test]
    fn lines_of_a_kind_are_one_block() {
        assert_eq!(
            blocks("Hi\n\n> it _is_\n> there\n* one\n- *two*\n3. three\n4. four\nBye"),
            [
                Block::Lines(vec![text("Hi\n")]),
                Block::Quote(vec![text("it "), Italic(vec![text("is")]), text("\nthere")]),
                Block::Bullets(vec![vec![text("one")], vec![Bold(vec![text("two")])]]),
                Block::Numbers(3, vec![vec![text("three")], vec![text("four")]]),
                Block::Lines(vec![text("Bye")]),
            ]
        );
    }

    #[test]
    fn what_only_looks_like_a_mark_of_a_line_is_a_line() {
        for plain in [
            ">no",
            "*no",
            "-5 degrees",
            "1.5 m",
            "2026. no",
            "a. b",
            "no > 1",
            "+1. no",
        ] {
            assert_eq!(blocks(plain), [Block::Lines(vec![text(plain)])], "{plain}");
            assert!(!is_formatted(plain), "{plain}");
        }
    }

    #[test]
    fn lines_within_mono_are_no_list() {
        assert_eq!(
            blocks("```a\n- b\n> c```"),
            [Block::Lines(vec![Mono("a\n- b\n> c".into())])]
        );
        assert_eq!(
            blocks("```a\n- b"),
            [Block::Lines(vec![text("```a")]), Block::Bullets(vec![vec![text("b")]])]
        );
    }

    #[test]
    fn a_text_without_marks_needs_no_preview() {
        assert!(!is_formatted("See https://a.example, 2*3*4"));
        assert!(["*a*", "x `y`", "> q", "- l", "1. n"].into_iter().all(is_formatted));
    }

    #[test]
    fn tags_stay_text() {
        let hostile = "<img src=x onerror=alert(1)>";
        assert_eq!(parse(hostile), [text(hostile)]);
    }

    #[test]
    fn in_one_line_a_text_has_no_marks_but_those_of_lists() {
        for (written, shown) in [
            ("*bold* _it_ ~no~ `code`", "bold it no code"),
            ("> they *said*\nyes", "they said\nyes"),
            ("- one\n- *two*", "- one\n- two"),
            ("2*3*4 and > 5", "2*3*4 and > 5"),
            ("```a\n> b```", "a\n> b"),
        ] {
            assert_eq!(plain(written), shown);
        }
    }

    #[test]
    fn what_was_found_is_marked_in_the_words_without_marks() {
        let part = |text: &str, is_match| FragmentPart {
            text: text.to_owned(),
            is_match,
        };
        let found = vec![
            part("the *", false),
            part("oak", true),
            part(" bench*, 2*3*4 _", false),
            part("it", true),
            part("_", false),
        ];
        let shown = [
            part("the ", false),
            part("oak", true),
            part(" bench, 2*3*4 ", false),
            part("it", true),
        ];
        assert_eq!(plain_parts(found), shown);
    }

    #[test]
    fn right_to_left_texts_keep_their_marks() {
        assert_eq!(parse("*مرحبا* بك"), [Bold(vec![text("مرحبا")]), text(" بك")]);
    }
}
