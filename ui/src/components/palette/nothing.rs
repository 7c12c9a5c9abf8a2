//! What is said where the palette has nothing to offer.

use crate::state::{Scope, State};
use crate::text::{self, Words};

/// A sentence, and what else helps: that it could not be looked for, that nothing is looked for, or that nothing is like it. `None`
/// while an answer is waited for, and where anything is offered.
pub fn nothing_found(state: &State, is_empty: bool) -> Option<(String, Option<Words>)> {
    let palette = state.palette.as_ref()?;
    let found = &palette.found;
    if found.failed && palette.scope != Scope::Actions {
        return Some((text::LOAD_FAILED.to_owned(), None));
    }
    if !is_empty || found.loading.is_some() {
        return None;
    }
    if !found.is_on() {
        return Some((text::nothing_says("", false), None));
    }
    let typed = state.typed_in_palette()?;
    let is_filtered = !typed.filters.is_empty() || palette.scope == Scope::Files;
    let words = match palette.scope {
        Scope::Actions => return Some((text::no_action(&found.text), None)),
        Scope::People => text::no_person(&typed.words),
        Scope::Everything | Scope::Messages | Scope::Files => text::nothing_says(&typed.words, is_filtered),
    };
    let is_complete = found.results.as_ref().is_none_or(|results| results.is_complete);
    let hint = match (is_complete, is_filtered) {
        (false, _) => text::STILL_INDEXING,
        (true, true) => text::SEARCHED_SOME,
        (true, false) => text::SEARCHED_ALL,
    };
    Some((words, Some(hint)))
}

#[cfg(test)]
mod tests {
    use super::super::choices::choices;
    use super::*;
    use crate::state::fixtures::page;
    use crate::state::{Action, PaletteAction, Place};
    use twinbox_protocol::{ApiError, ErrorCode, SearchResults};

    /// What is said after this was typed and answered.
    fn said(scope: Scope, text: &str, answer: impl FnOnce(u64) -> PaletteAction) -> Option<(String, Option<Words>)> {
        let mut state = State {
            place: Some(Place::Inbox),
            ..State::default()
        };
        state.reduce(Action::Palette(PaletteAction::Opened));
        state.reduce(Action::Palette(PaletteAction::Scoped(scope)));
        state.reduce(Action::Palette(PaletteAction::Typed(text.to_owned())));
        let asked = state.palette.as_ref().and_then(|palette| palette.found.loading);
        if let Some(asked) = asked {
            assert_eq!(nothing_found(&state, true), None, "it is being looked for");
            state.reduce(Action::Palette(answer(asked)));
        }
        let is_empty = choices(&state).is_empty();
        nothing_found(&state, is_empty)
    }

    fn none_found(asked: u64, is_complete: bool) -> PaletteAction {
        let results = SearchResults {
            chats: Vec::new(),
            messages: page([], false),
            is_complete,
        };
        PaletteAction::Found(asked, results)
    }

    fn nothing(asked: u64) -> PaletteAction {
        none_found(asked, true)
    }

    fn says(words: &str, hint: Option<Words>) -> Option<(String, Option<Words>)> {
        Some((words.to_owned(), hint))
    }

    #[test]
    fn that_nothing_says_it_is_said_only_of_what_was_searched() {
        let everything = |text| said(Scope::Everything, text, nothing);
        assert_eq!(
            everything("xyzzy"),
            says("Nothing says “xyzzy”", Some(text::SEARCHED_ALL))
        );
        assert_eq!(
            everything("after:2026-01-31 xyzzy"),
            says("No such message says “xyzzy”", Some(text::SEARCHED_SOME))
        );
        let scoped = |scope| said(scope, "xyzzy", nothing);
        assert_eq!(
            scoped(Scope::Messages),
            says("Nothing says “xyzzy”", Some(text::SEARCHED_ALL))
        );
        assert_eq!(
            scoped(Scope::Files),
            says("No such message says “xyzzy”", Some(text::SEARCHED_SOME))
        );
        assert_eq!(
            scoped(Scope::People),
            says("Nobody is called “xyzzy”", Some(text::SEARCHED_ALL))
        );
        assert_eq!(scoped(Scope::Actions), says("No action is called “xyzzy”", None));
    }

    #[test]
    fn what_was_not_searched_or_not_all_of_it_is_said_so() {
        let lost = |asked| PaletteAction::Failed(asked, ApiError::new(ErrorCode::Unavailable, "Not reached"));
        assert_eq!(
            said(Scope::Everything, "xyzzy", lost),
            says("This could not be loaded.", None)
        );
        assert_eq!(
            said(Scope::Everything, "go to set", lost),
            says("This could not be loaded.", None)
        );
        assert_eq!(
            said(Scope::Messages, " ", nothing),
            says("Nothing to look for yet", None)
        );
        let partly = |asked| none_found(asked, false);
        assert_eq!(
            said(Scope::Everything, "xyzzy", partly),
            says("Nothing says “xyzzy”", Some(text::STILL_INDEXING))
        );
        assert_eq!(
            said(Scope::Everything, "go to set", nothing),
            None,
            "an action is offered"
        );
    }
}
