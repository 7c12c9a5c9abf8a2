//! The rules of searching.

use super::*;
use crate::Origin;
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

fn names() -> SearchNames {
    let names = |names: [&str; 2]| names.map(str::to_owned).into();
    SearchNames {
        numbers: names(["Shop", "Main Street"]),
        labels: names(["VIP", "To pay"]),
        people: names(["Omar Haddad", "Maya"]),
    }
}

fn typed(text: &str) -> (String, Vec<TypedFilter>) {
    let TypedSearch { words, filters } = TypedSearch::parse(text, &names());
    (words, filters)
}

fn day(year: u16, month: u8, day: u8) -> Day {
    Day { year, month, day }
}

#[test]
fn operators_between_words_are_filters_in_any_order_and_case() {
    let (words, filters) = typed("oak from:customer HAS:media ben");
    assert_eq!(words, "oak ben");
    assert_eq!(filters, [TypedFilter::From(Origin::Customer), TypedFilter::HasMedia]);
    let (words, filters) = typed("after:2026-01-31 before:2026-03-01 oak ");
    assert_eq!(words, "oak ");
    let dates = [
        TypedFilter::After(day(2026, 1, 31)),
        TypedFilter::Before(day(2026, 3, 1)),
    ];
    assert_eq!(filters, dates);
    assert_eq!(typed("in:shop x").1, [TypedFilter::In(0)]);
    assert_eq!(
        typed("in:\"main street\" x"),
        ("x".to_owned(), vec![TypedFilter::In(1)])
    );
}

#[test]
fn a_label_and_a_colleague_are_called_by_name() {
    assert_eq!(typed("label:vip x").1, [TypedFilter::Label(0)]);
    assert_eq!(
        typed("agent:\"omar haddad\" label:\"to pay\" x"),
        ("x".to_owned(), vec![TypedFilter::Agent(0), TypedFilter::Label(1)])
    );
    assert_eq!(typed("agent:nobody x"), ("agent:nobody x".to_owned(), Vec::new()));
}

#[test]
fn the_last_of_a_kind_counts() {
    assert_eq!(typed("from:customer from:team x").1, [TypedFilter::From(Origin::Agent)]);
}

#[test]
fn what_is_no_operator_is_words() {
    for text in [
        "size:large",
        "from:nobody x",
        "has:wheels x",
        "before:2026-02-30 x",
        "after:yesterday x",
        "in:\"unclosed x",
        "12:30 x",
        "https://example.com/from:customer",
        ": x",
        "from :customer x",
    ] {
        assert_eq!(typed(text), (text.to_owned(), Vec::new()), "{text}");
    }
}

#[test]
fn an_operator_being_typed_is_neither_word_nor_filter() {
    for text in [
        "from:",
        "from:cust",
        "has:",
        "before:",
        "before:2026-0",
        "in:",
        "in:main",
        "label:",
        "label:\"to p\"",
        "agent:o",
    ] {
        let search = typed(&format!("oak {text}"));
        assert_eq!(search, ("oak ".to_owned(), Vec::new()), "{text}");
    }
    assert_eq!(typed("from:cust oak").0, "from:cust oak", "it was left like this");
}

#[test]
fn a_filter_set_replaces_its_like_and_a_filter_dropped_leaves_the_words() {
    let names = names();
    let phone = TypedFilter::From(Origin::Phone);
    let text = TypedSearch::with("oak from:customer ben", phone, &names);
    assert_eq!(text, "from:phone oak ben");
    assert_eq!(TypedSearch::without(&text, phone, &names), "oak ben");
    assert_eq!(
        TypedSearch::with("oak", TypedFilter::In(1), &names),
        "in:\"Main Street\" oak"
    );
}

proptest! {
    #[test]
    fn what_is_typed_is_taken_apart_whatever_it_is(text in "[a-z:\" ]{0,40}|\\PC{0,60}") {
        let (words, filters) = typed(&text);
        prop_assert!(words.len() <= text.len());
        prop_assert!(filters.is_empty() || text.contains(':'));
    }

    #[test]
    fn every_filter_is_found_again_in_its_operator(text in "\\PC{0,40}", which in any::<prop::sample::Index>()) {
        let names = names();
        let all = [
            TypedFilter::From(Origin::Agent), TypedFilter::HasMedia, TypedFilter::In(1), TypedFilter::Label(1), TypedFilter::Agent(0),
            TypedFilter::After(day(2026, 1, 31)), TypedFilter::Before(day(2024, 2, 29)),
        ];
        let filter = *which.get(&all);
        let with = TypedSearch::with("", filter, &names);
        prop_assert_eq!(TypedSearch::parse(&with, &names).filters, [filter]);
        let without = TypedSearch::without(&TypedSearch::with(&text, filter, &names), filter, &names);
        let left = TypedSearch::parse(&without, &names).filters;
        prop_assert!(!left.iter().any(|left| left.is_like(filter)));
    }
}
