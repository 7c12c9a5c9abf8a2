//! What of a character counts.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A part of a character, without case, accents and width.
pub(super) enum Folded {
    /// Counts for nothing and parts nothing: an accent, a vowel point, an invisible joiner.
    Nothing,
    /// Stands between words.
    Gap,
    /// Part of a word in a script with spaces.
    Spaced(char),
    /// Part of a run in a script without.
    Dense(char),
}

/// Takes a character apart.
pub(super) fn fold(character: char, mut take: impl FnMut(Folded)) {
    if character.is_ascii() {
        take(class(character.to_ascii_lowercase()));
        return;
    }
    decompose_compatible(character, |part| {
        for lower in part.to_lowercase() {
            take(class(if lower == 'ς' { 'σ' } else { lower }));
        }
    });
}

fn class(c: char) -> Folded {
    if counts_for_nothing(c) {
        Folded::Nothing
    } else if is_dense(c) && (c.is_alphanumeric() || is_combining_mark(c)) {
        Folded::Dense(c)
    } else if c.is_alphanumeric() || is_combining_mark(c) {
        Folded::Spaced(c)
    } else {
        Folded::Gap
    }
}

/// Accents, Hebrew points, Arabic vowels and lengthening, sound marks of kana, and what joins or orders invisibly.
/// Vowel signs of Indic scripts and of Thai are letters to their readers and are kept.
const fn counts_for_nothing(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{0591}'..='\u{05bd}' | '\u{05bf}' | '\u{05c1}' | '\u{05c2}' | '\u{05c4}' | '\u{05c5}' | '\u{05c7}'
        | '\u{0610}'..='\u{061a}' | '\u{0640}' | '\u{064b}'..='\u{065f}' | '\u{0670}'
        | '\u{06d6}'..='\u{06dc}' | '\u{06df}'..='\u{06e4}' | '\u{06e7}' | '\u{06e8}' | '\u{06ea}'..='\u{06ed}'
        | '\u{3099}' | '\u{309a}'
        | '\u{00ad}' | '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{feff}')
}

/// Thai, Lao, Burmese, Khmer, kana and Han.
const fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
