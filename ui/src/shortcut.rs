//! Keys that stand for a command: one stroke, such as `Ctrl+K`, or two after each other, such as `G I`.

use std::fmt;

/// One press of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// With Ctrl, or Cmd on a Mac.
    ctrl: bool,
    /// With Shift. Always `false` for signs: which of them need Shift depends on the keyboard.
    shift: bool,
    /// In lower case, as `KeyboardEvent.key` calls it.
    key: String,
}

/// One stroke or two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortcut(Vec<Stroke>);

/// What a browser tells of a key.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pressed<'a> {
    /// `KeyboardEvent.key`
    pub key: &'a str,
    /// `KeyboardEvent.code`
    pub code: &'a str,
    /// Ctrl or Cmd.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, but not AltGr.
    pub alt: bool,
}

/// The longest name of a key.
const LONGEST_KEY: usize = 12;

/// Places of signs that commands are usually on, and what is there on a keyboard of the Latin script: alone, with Shift.
const SIGNS: [(&str, &str, &str); 5] = [
    ("Slash", "/", "?"),
    ("BracketLeft", "[", "{"),
    ("BracketRight", "]", "}"),
    ("Comma", ",", "<"),
    ("Period", ".", ">"),
];

/// With Ctrl they belong to the window, wherever they are.
const ZOOMS: [&str; 3] = ["-", "=", "+"];

/// The key, as if on a keyboard of the Latin script: on one of another script its place counts.
pub fn latin<'a>(key: &'a str, code: &'a str, shift: bool) -> &'a str {
    // Umlauts and the like stand where others have signs.
    let is_latin = |c: char| c <= '\u{24F}' || ('\u{1E00}'..='\u{1EFF}').contains(&c);
    let of_another = key.chars().all(|c| !is_latin(c));
    let sign = SIGNS.iter().find(|(place, ..)| *place == code && of_another);
    let sign = sign.map(|(_, alone, with_shift)| if shift { with_shift } else { alone });
    let letter = code.strip_prefix("Key").or_else(|| code.strip_prefix("Digit"));
    match letter.filter(|_| !key.is_ascii()).or(sign.copied()) {
        Some(latin) => latin,
        None => key,
    }
}

impl Stroke {
    /// `None` for modifiers alone and for what has Alt in it, which belongs to the system.
    pub fn of(pressed: Pressed<'_>) -> Option<Self> {
        let Pressed {
            key,
            code,
            ctrl,
            shift,
            alt,
        } = pressed;
        let is_modifier = matches!(
            key,
            "Control" | "Shift" | "Alt" | "Meta" | "AltGraph" | "Dead" | "Unidentified"
        );
        if alt || is_modifier || key.is_empty() || key.len() > LONGEST_KEY {
            return None;
        }
        // The row of digits: a French keyboard has signs and letters there, and the digits with Shift.
        let digit = code
            .strip_prefix("Digit")
            .filter(|_| ctrl && !shift && !ZOOMS.contains(&key));
        let key = digit.unwrap_or_else(|| latin(key, code, shift)).to_lowercase();
        let is_digit = ctrl && code.starts_with("Digit") && key.bytes().all(|key| key.is_ascii_digit());
        let shift = shift && !is_digit && !is_sign(&key);
        Some(Self { ctrl, shift, key })
    }

    /// Whether it works only outside of fields: there it would write something.
    pub fn writes(&self) -> bool {
        !self.ctrl && self.key.chars().count() == 1
    }

    /// Whether it is the first of two: G, as in `G I`.
    pub fn begins_two(&self) -> bool {
        self.writes() && self.key == "g"
    }

    fn parse(text: &str) -> Option<Self> {
        let mut stroke = Self {
            ctrl: false,
            shift: false,
            key: String::new(),
        };
        let mut rest = text;
        loop {
            if let Some(after) = rest.strip_prefix("Ctrl+") {
                (stroke.ctrl, rest) = (true, after);
            } else if let Some(after) = rest.strip_prefix("Shift+") {
                (stroke.shift, rest) = (true, after);
            } else {
                break;
            }
        }
        let is_key = !rest.is_empty() && rest.len() <= LONGEST_KEY && !rest.contains(char::is_whitespace);
        stroke.key = rest.to_lowercase();
        stroke.shift &= !is_sign(&stroke.key);
        is_key.then_some(stroke)
    }

    /// The keys to press together, as they are written on them.
    fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        if self.ctrl {
            keys.push("Ctrl".to_owned());
        }
        if self.shift {
            keys.push("Shift".to_owned());
        }
        let mut letters = self.key.chars();
        let first = letters.next().map(char::to_uppercase).into_iter().flatten();
        keys.push(first.chain(letters).collect());
        keys
    }
}

/// Punctuation and other signs.
fn is_sign(key: &str) -> bool {
    let mut characters = key.chars();
    matches!((characters.next(), characters.next()), (Some(only), None) if !only.is_alphanumeric())
}

impl Shortcut {
    /// As [`Display`](fmt::Display) writes it; anything else is none.
    pub fn parse(text: &str) -> Option<Self> {
        let strokes: Option<Vec<_>> = text.split(' ').map(Stroke::parse).collect();
        strokes.filter(|strokes| strokes.len() <= 2).map(Self)
    }

    /// From what was pressed.
    pub fn of(strokes: &[Stroke]) -> Self {
        Self(strokes.iter().take(2).cloned().collect())
    }

    /// Whether these strokes are it.
    pub fn is(&self, strokes: &[Stroke]) -> bool {
        self.0 == strokes
    }

    /// Whether it begins with this stroke and goes on.
    pub fn goes_on_after(&self, stroke: &Stroke) -> bool {
        self.0.len() > 1 && self.0.first() == Some(stroke)
    }

    /// Whether nobody could press both: they are the same, or one begins with the other.
    pub fn collides_with(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }

    /// Whether all of it is keys that write something.
    pub fn is_plain(&self) -> bool {
        self.0.iter().all(Stroke::writes)
    }

    /// The keys, one after the other.
    pub fn keys(&self) -> Vec<String> {
        self.0.iter().flat_map(Stroke::keys).collect()
    }
}

impl fmt::Display for Shortcut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let strokes: Vec<_> = self.0.iter().map(|stroke| stroke.keys().join("+")).collect();
        f.write_str(&strokes.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(key: &str) -> Pressed<'_> {
        Pressed {
            key,
            ..Pressed::default()
        }
    }

    #[test]
    fn a_shortcut_is_written_as_it_is_read() {
        for text in [
            "Ctrl+K",
            "G I",
            "/",
            "?",
            "]",
            "Shift+E",
            "F6",
            "Shift+F6",
            "Ctrl+,",
            "Ctrl+Shift+A",
            "+",
            "Escape",
        ] {
            assert_eq!(Shortcut::parse(text).unwrap().to_string(), text);
        }
        for text in ["", " ", "G I Q", "Ctrl+", "G  I", "averylongnameofakey"] {
            assert_eq!(Shortcut::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_pressed_is_what_was_meant() {
        let is = |shortcut: &str, pressed| {
            let stroke = Stroke::of(pressed);
            stroke.is_some_and(|stroke| Shortcut::parse(shortcut).unwrap().is(&[stroke]))
        };
        assert!(is(
            "Ctrl+K",
            Pressed {
                ctrl: true,
                ..pressed("k")
            }
        ));
        assert!(is("R", pressed("r")));
        assert!(!is(
            "R",
            Pressed {
                shift: true,
                ..pressed("R")
            }
        ));
        assert!(is(
            "Shift+E",
            Pressed {
                shift: true,
                ..pressed("E")
            }
        ));
        // Whether Shift is needed depends on the keyboard.
        assert!(is(
            "?",
            Pressed {
                shift: true,
                ..pressed("?")
            }
        ));
        assert!(is("?", pressed("?")));
        assert!(is(
            "K",
            Pressed {
                code: "KeyK",
                ..pressed("л")
            }
        ));
        assert_eq!(
            Stroke::of(Pressed {
                alt: true,
                ..pressed("k")
            }),
            None
        );
        assert_eq!(
            Stroke::of(Pressed {
                ctrl: true,
                ..pressed("Control")
            }),
            None
        );
    }

    #[test]
    fn every_usual_shortcut_can_be_pressed_on_an_arabic_keyboard() {
        let shortcut = |key: &str, code: &str, ctrl, shift| {
            let stroke = Stroke::of(Pressed {
                key,
                code,
                ctrl,
                shift,
                alt: false,
            });
            Shortcut::of(&[stroke.unwrap()]).to_string()
        };
        assert_eq!(shortcut("ظ", "Slash", false, false), "/");
        assert_eq!(shortcut("؟", "Slash", false, true), "?");
        assert_eq!(shortcut("ج", "BracketLeft", false, false), "[");
        assert_eq!(shortcut("د", "BracketRight", false, false), "]");
        assert_eq!(shortcut("و", "Comma", true, false), "Ctrl+,");
        assert_eq!(shortcut("١", "Digit1", true, false), "Ctrl+1");
        assert_eq!(shortcut("ثّ", "KeyE", false, true), "Shift+E");
        // A French keyboard has letters in the row of digits, a German one where others have brackets.
        assert_eq!(shortcut("é", "Digit2", true, false), "Ctrl+2");
        let row = ["&", "é", "\"", "'", "(", "-", "è", "_", "ç"];
        for (key, place) in row.into_iter().zip(1..) {
            let alone = shortcut(key, &format!("Digit{place}"), true, false);
            assert_eq!(
                alone,
                if key == "-" {
                    "Ctrl+-".to_owned()
                } else {
                    format!("Ctrl+{place}")
                }
            );
            let with_shift = shortcut(&place.to_string(), &format!("Digit{place}"), true, true);
            assert_eq!(with_shift, format!("Ctrl+{place}"));
        }
        assert_eq!(shortcut("!", "Digit1", true, true), "Ctrl+!");
        assert_eq!(shortcut("&", "Digit1", false, false), "&");
        assert_eq!(shortcut("ü", "BracketLeft", false, false), "Ü");
    }

    #[test]
    fn two_strokes_collide_with_the_first_of_them_alone() {
        let parse = |text| Shortcut::parse(text).unwrap();
        assert!(parse("G I").collides_with(&parse("G")));
        assert!(parse("G").collides_with(&parse("G I")));
        assert!(!parse("G I").collides_with(&parse("G N")));
        assert!(!parse("I").collides_with(&parse("G I")));
    }
}
