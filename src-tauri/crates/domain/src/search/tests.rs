//! The rules of searching.

use super::*;
use proptest::prelude::*;

fn finds(typed: &str, text: &str) -> bool {
    !Query::parse(typed).places(text).is_empty()
}

fn shown(parts: &[FragmentPart]) -> String {
    let bracket = |part: &FragmentPart| match part.is_match {
        true => format!("[{}]", part.text),
        false => part.text.clone(),
    };
    parts.iter().map(bracket).collect()
}

#[test]
fn case_accents_width_and_vowel_points_do_not_count() {
    for (typed, text) in [
        ("cafe", "Zwei CAFÉ bitte"),
        ("CAFÉ", "zwei cafe bitte"),
        ("cafe\u{301}", "café"),
        ("istanbul", "İSTANBUL"),
        ("σοφος", "ΣΟΦΌΣ"),
        ("ABC", "ａｂｃ"),
        ("مرحبا", "مَرْحَبًا بك"),
        ("שלום", "שָׁלוֹם לך"),
        ("елка", "ёлка"),
        ("viet nam", "Việt Nam"),
    ] {
        assert!(finds(typed, text), "{typed} in {text}");
    }
}

#[test]
fn any_two_characters_of_a_script_without_spaces_are_found() {
    for text in ["東京都庁へ行きます", "สวัสดีครับผม", "我们明天发货"] {
        let characters: Vec<char> = text.chars().collect();
        for pair in characters.windows(2) {
            let pair: String = pair.iter().collect();
            assert!(finds(&pair, text), "{pair} in {text}");
        }
        for one in &characters {
            assert!(finds(&one.to_string(), text), "{one} in {text}");
        }
    }
    assert!(!finds("京東", "東京都"));
    assert_eq!(index_words("東京都"), "東京 京都 都");
    assert_eq!(index_words("iPhone手机壳"), "iphone 手机 机壳 壳");
}

#[test]
fn vowel_signs_of_indic_scripts_are_letters() {
    assert!(finds("हिन्दी", "मैं हिन्दी बोलता हूँ"));
    assert!(!finds("हिन्दा", "मैं हिन्दी बोलता हूँ"));
}

#[test]
fn the_last_word_may_be_unfinished_until_a_space_follows_it() {
    assert!(finds("rou", "rounded corners"));
    assert!(!finds("rou ", "rounded corners"));
    let places = Query::parse("rou cor").places("rounded corners");
    assert_eq!(places, vec![8..11], "only the last one");
}

#[test]
fn nothing_typed_is_syntax() {
    for (typed, expression) in [
        (r#"a" OR "b"#, Some(r#""a" AND "or" AND "b" *"#)),
        ("words : x* NEAR(y)", Some(r#""words" AND "x" AND "near y" *"#)),
        ("^one -two", Some(r#""one" AND "two" *"#)),
        ("\"", None),
        ("* ( ) : \0", None),
        ("", None),
        ("京", Some(r#""京" *"#)),
        ("東京都", Some(r#""東京 京都" *"#)),
    ] {
        assert_eq!(Query::parse(typed).expression().as_deref(), expression, "{typed}");
    }
}

#[test]
fn a_part_of_a_phone_number_is_one_however_it_is_written() {
    let query = Query::parse("+351 912-000");
    assert_eq!(
        query.digits_expression().as_deref(),
        Some("\"351 519 191 912 120 200 000\"")
    );
    assert_eq!(shown(&query.marked_digits("351912000047")), "[351912000]047");
    assert_eq!(Query::parse("12").digits_expression(), None);
    assert_eq!(Query::parse("order 123").digits_expression(), None);
}

#[test]
fn a_fragment_is_cut_around_the_first_word_that_was_found() {
    let text = "It is a long story about a bench\nthat was sold, and of the oak it was made from, with love and care";
    let parts = Query::parse("oak").fragment(text, 60);
    assert_eq!(
        shown(&parts),
        "…bench that was sold, and of the [oak] it was made from, with l…"
    );
    let parts = Query::parse("oak").fragment("Oak, <b>OAK</b> & oaks", 60);
    assert_eq!(shown(&parts), "[Oak], <b>[OAK]</b> & [oak]s");
    assert_eq!(shown(&Query::parse("x").fragment("", 60)), "");
}

#[test]
fn what_was_typed_shows_in_no_log() {
    assert_eq!(format!("{:?}", Query::parse("secret 123")), "Query(..)");
}

proptest! {
    #[test]
    fn any_text_can_be_typed_and_cut(typed in any::<String>(), text in any::<String>()) {
        let query = Query::parse(&typed);
        for place in query.places(&text) {
            prop_assert!(text.get(place).is_some_and(|found| !found.is_empty()));
        }
        let whole: String = query.marked(&text).iter().map(|part| part.text.as_str()).collect();
        prop_assert_eq!(whole, text.replace(['\n', '\r', '\t'], " "));
        query.fragment(&text, 40);
        let expression = query.expression().unwrap_or_default();
        prop_assert_eq!(expression.matches('"').count() % 2, 0);
    }

    #[test]
    fn a_word_of_a_text_finds_it(text in "[a-zéA-Z东京ไทย ]{1,40}") {
        for word in text.split_whitespace() {
            prop_assert!(finds(word, &text), "{} in {}", word, text);
        }
    }
}
