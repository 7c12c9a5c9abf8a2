//! Anything typed, looked for in any text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use twinbox_domain::{Query, index_digits, index_words};

fuzz_target!(|said: (&str, &str)| {
    let (typed, text) = said;
    let query = Query::parse(typed);
    assert_eq!(query.is_empty(), query.expression().is_none());
    for expression in [query.expression(), query.digits_expression()].into_iter().flatten() {
        // Words of the index, in quotes: nothing typed is syntax.
        let outside: String = expression.split('"').step_by(2).collect();
        assert!(outside.chars().all(|c| " *AND".contains(c)), "{expression}");
    }
    let places = query.places(text);
    assert!(places.is_sorted_by(|one, next| one.end < next.start));
    assert!(places.iter().all(|place| text.get(place.clone()).is_some_and(|found| !found.is_empty())));
    let marked: String = query.marked(text).into_iter().map(|part| part.text).collect();
    assert_eq!(marked, text.replace(['\n', '\r', '\t'], " "));
    let _ = (query.fragment(text, 160), query.marked_digits(text), index_digits(text));
    // What the index holds is found by itself.
    let words = index_words(text);
    assert_eq!(index_words(&words).is_empty(), words.is_empty());
});
