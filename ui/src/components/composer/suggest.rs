//! What can be put in with a few keys: saved replies after `/`, colleagues after `@` in a note.

use crate::keyboard;
use crate::state::State;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// How many are offered.
const MOST: usize = 6;

/// One of them: what it is called, what it says, and the text with it put in.
#[derive(Clone, PartialEq, Eq)]
pub struct Suggestion {
    name: String,
    says: String,
    text: String,
}

/// What fits what was typed so far. `person` is called by a saved reply that has their name in it.
pub fn suggestions(state: &State, typed: &str, is_note: bool, person: &str) -> Vec<Suggestion> {
    let begins = |name: &str, with: &str| name.to_lowercase().starts_with(&with.to_lowercase());
    if let Some(begun) = typed
        .strip_prefix('/')
        .filter(|begun| !begun.contains(char::is_whitespace))
    {
        let replies = state.team.replies.iter().filter(|reply| begins(&reply.shortcut, begun));
        let suggest = |reply: &twinbox_protocol::CannedReply| Suggestion {
            name: format!("/{}", reply.shortcut),
            says: reply.text.clone(),
            text: reply.text.replace("{name}", person),
        };
        return replies.map(suggest).take(MOST).collect();
    }
    let Some((before, begun)) = typed.rsplit_once('@').filter(|_| is_note) else {
        return Vec::new();
    };
    if before.ends_with(char::is_alphanumeric) || begun.contains('\n') {
        return Vec::new();
    }
    let names = state.team.teammates.iter().filter(|name| begins(name, begun));
    let suggest = |name: &String| Suggestion {
        name: format!("@{name}"),
        says: String::new(),
        text: format!("{before}@{name} "),
    };
    names.map(suggest).take(MOST).collect()
}

/// The list above the text.
#[derive(Clone, Copy)]
pub struct Suggest {
    offered: Memo<Vec<Suggestion>>,
    at: RwSignal<usize>,
    put: Callback<String>,
}

impl Suggest {
    /// Offers what `offered` holds; `put` takes the text of the one that was chosen.
    pub fn new(offered: Memo<Vec<Suggestion>>, put: Callback<String>) -> Self {
        let at = RwSignal::new(0);
        Effect::new(move |_| {
            offered.track();
            at.set(0);
        });
        Self { offered, at, put }
    }

    /// Whether it has taken a key.
    pub fn took(self, event: &KeyboardEvent) -> bool {
        let count = self.offered.with_untracked(Vec::len);
        if count == 0 || keyboard::is_composing(event) || event.shift_key() {
            return false;
        }
        match event.key().as_str() {
            "ArrowDown" => self.at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => self.at.update(|at| *at = (*at + count - 1) % count),
            "Enter" | "Tab" => self.choose(self.at.get_untracked()),
            _ => return false,
        }
        event.prevent_default();
        true
    }

    fn choose(self, at: usize) {
        let text = self
            .offered
            .with_untracked(|all| all.get(at).map(|one| one.text.clone()));
        text.into_iter().for_each(|text| self.put.run(text));
    }

    /// The lines, while there are any.
    pub fn view(self) -> AnyView {
        let line = move |(at, one): (usize, Suggestion)| {
            view! {
                <li class="suggest__row" role="option" aria-selected=move || (self.at.get() == at).to_string() on:mousedown=move |event| {
                    event.prevent_default();
                    self.choose(at);
                }>
                    <b dir="auto">{one.name}</b>
                    <span class="muted truncate" dir="auto">{one.says}</span>
                </li>
            }
            .into_any()
        };
        (move || {
            let all = self.offered.get();
            (!all.is_empty()).then(|| {
                let lines: Vec<AnyView> = all.into_iter().enumerate().map(line).collect();
                view! { <ul class="suggest" role="listbox" aria-label=crate::text::SUGGESTIONS>{lines}</ul> }
            })
        })
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use twinbox_protocol::CannedReply;

    fn texts(typed: &str, is_note: bool) -> Vec<String> {
        let mut state = State::default();
        state.team.teammates = vec!["Maya Lindqvist".to_owned(), "Omar Haddad".to_owned()];
        let reply = |shortcut: &str, text: &str| CannedReply {
            shortcut: shortcut.to_owned(),
            text: text.to_owned(),
        };
        state.team.replies = vec![reply("hello", "Hello {name}"), reply("hours", "We open at nine.")];
        let all = suggestions(&state, typed, is_note, "Ana");
        all.into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn a_slash_offers_saved_replies_and_puts_the_name_in() {
        assert_eq!(texts("/", false), ["Hello Ana", "We open at nine."]);
        assert_eq!(texts("/HO", false), ["We open at nine."]);
        assert_eq!(texts("/ho s", false), [""; 0]);
        assert_eq!(texts("a /ho", false), [""; 0]);
    }

    #[test]
    fn an_at_sign_offers_colleagues_in_a_note_only() {
        assert_eq!(texts("ask @om", true), ["ask @Omar Haddad "]);
        assert_eq!(texts("ask @om", false), [""; 0]);
        assert_eq!(texts("shop@om", true), [""; 0]);
    }
}
