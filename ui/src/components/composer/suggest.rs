//! What can be put in with a few keys: saved replies after `/`, colleagues after `@` in a note.

use crate::keyboard;
use crate::state::State;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// How many are offered.
const MOST: usize = 6;

/// The list, for the field that it belongs to.
pub const LIST_ID: &str = "suggestions";

fn line_id(at: usize) -> String {
    format!("suggestion-{at}")
}

/// One of them: what it is called, what it says, the text with it put in, and the part of that which stands before the caret
/// then.
#[derive(Clone, PartialEq, Eq)]
pub struct Suggestion {
    name: String,
    says: String,
    text: String,
    before: String,
}

/// What fits what was typed so far, with the caret behind `before` of it, which is only asked for when it matters. `person` is
/// called by a saved reply that has their name in it.
pub fn suggestions(
    state: &State,
    typed: &str,
    before: impl FnOnce() -> String,
    is_note: bool,
    person: &str,
) -> Vec<Suggestion> {
    let begins = |name: &str, with: &str| name.to_lowercase().starts_with(&with.to_lowercase());
    if let Some(begun) = typed
        .strip_prefix('/')
        .filter(|begun| !begun.contains(char::is_whitespace))
    {
        let replies = state.team.replies.iter().filter(|reply| begins(&reply.shortcut, begun));
        let suggest = |reply: &twinbox_protocol::CannedReply| {
            let text = match person {
                // Of somebody without a name: "Hello, we open at nine."
                "" => reply.text.replace(" {name}", "").replace("{name}", ""),
                person => reply.text.replace("{name}", person),
            };
            Suggestion {
                name: format!("/{}", reply.shortcut),
                says: reply.text.clone(),
                before: text.clone(),
                text,
            }
        };
        return replies.map(suggest).take(MOST).collect();
    }
    if !is_note || !typed.contains('@') {
        return Vec::new();
    }
    let before = before();
    let behind = typed.strip_prefix(&before).unwrap_or_default();
    let Some((before, begun)) = before.rsplit_once('@') else {
        return Vec::new();
    };
    if before.ends_with(char::is_alphanumeric) || begun.contains('\n') {
        return Vec::new();
    }
    let names = state.team.teammates.iter().filter(|name| begins(name, begun));
    let suggest = |name: &String| {
        let before = format!("{before}@{name} ");
        Suggestion {
            name: format!("@{name}"),
            says: String::new(),
            text: format!("{before}{}", behind.strip_prefix(' ').unwrap_or(behind)),
            before,
        }
    };
    names.map(suggest).take(MOST).collect()
}

/// The list above the text.
#[derive(Clone, Copy)]
pub struct Suggest {
    text: RwSignal<String>,
    offered: Memo<Vec<Suggestion>>,
    /// The text that was typed when the list was put away.
    away: RwSignal<Option<String>>,
    at: RwSignal<usize>,
    put: Callback<(String, String)>,
}

impl Suggest {
    /// Offers what fits the text, as `fitting` says; `put` takes the text of the one that was chosen, and what of it stands
    /// before the caret.
    pub fn new(text: RwSignal<String>, fitting: Memo<Vec<Suggestion>>, put: Callback<(String, String)>) -> Self {
        let suggest = Self::unwatched(text, fitting, put);
        Effect::new(move |_| {
            suggest.offered.track();
            suggest.at.set(0);
        });
        suggest
    }

    fn unwatched(text: RwSignal<String>, fitting: Memo<Vec<Suggestion>>, put: Callback<(String, String)>) -> Self {
        let away = RwSignal::new(None::<String>);
        let is_away =
            Memo::new(move |_| away.with(|away| away.as_ref().is_some_and(|away| text.with(|text| text == away))));
        let offered = Memo::new(move |_| if is_away.get() { Vec::new() } else { fitting.get() });
        Self {
            text,
            offered,
            away,
            at: RwSignal::new(0),
            put,
        }
    }

    /// Whether it has taken a key.
    pub fn took(self, event: &KeyboardEvent) -> bool {
        let takes = !keyboard::is_composing(event) && !event.shift_key() && self.took_key(&event.key());
        if takes {
            event.prevent_default();
        }
        takes
    }

    fn took_key(self, key: &str) -> bool {
        let count = self.offered.with_untracked(Vec::len);
        if count == 0 {
            return false;
        }
        match key {
            "ArrowDown" => self.at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => self.at.update(|at| *at = (*at + count - 1) % count),
            "Enter" | "Tab" => self.choose(self.at.get_untracked()),
            // Until something else is typed: what begins like a saved reply can be sent as it is.
            "Escape" => self.away.set(Some(self.text.get_untracked())),
            _ => return false,
        }
        true
    }

    /// Whether anything is offered.
    pub fn is_open(self) -> bool {
        self.offered.with(|all| !all.is_empty())
    }

    /// The id of the line that Enter takes.
    pub fn active(self) -> Option<String> {
        self.is_open().then(|| line_id(self.at.get()))
    }

    fn choose(self, at: usize) {
        let chosen = self
            .offered
            .with_untracked(|all| all.get(at).map(|one| (one.text.clone(), one.before.clone())));
        chosen.into_iter().for_each(|chosen| self.put.run(chosen));
    }

    /// The lines, while there are any.
    pub fn view(self) -> AnyView {
        let line = move |(at, one): (usize, Suggestion)| {
            view! {
                <li id=line_id(at) class="suggest__row" role="option" aria-selected=move || (self.at.get() == at).to_string() on:mousedown=move |event| {
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
                view! { <ul id=LIST_ID class="suggest" role="listbox" aria-label=crate::text::SUGGESTIONS>{lines}</ul> }
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
        texts_to("Ana", typed, is_note)
    }

    /// `|` is the caret; without one it is at the end.
    fn texts_to(person: &str, typed: &str, is_note: bool) -> Vec<String> {
        let mut state = State::default();
        state.team.teammates = vec!["Maya Lindqvist".to_owned(), "Omar Haddad".to_owned()];
        let reply = |shortcut: &str, text: &str| CannedReply {
            shortcut: shortcut.to_owned(),
            text: text.to_owned(),
        };
        state.team.replies = vec![reply("hello", "Hello {name}"), reply("hours", "We open at nine.")];
        let before = typed.split('|').next().unwrap_or_default();
        let all = suggestions(&state, &typed.replace('|', ""), || before.to_owned(), is_note, person);
        assert!(all.iter().all(|one| one.text.starts_with(&one.before)));
        all.into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn a_slash_offers_saved_replies_and_puts_the_name_in() {
        assert_eq!(texts("/", false), ["Hello Ana", "We open at nine."]);
        assert_eq!(texts("/HO", false), ["We open at nine."]);
        assert_eq!(texts_to("", "/he", false), ["Hello"]);
        assert_eq!(texts("/ho s", false), [""; 0]);
        assert_eq!(texts("a /ho", false), [""; 0]);
    }

    #[test]
    fn a_number_or_a_username_is_nobody_s_name() {
        let mut person = crate::state::fixtures::row(1, 1).person;
        person.phone = "351912345047".to_owned();
        person.username = "ana.ribeiro".to_owned();
        let mut hello = |name: &str| {
            person.name = name.to_owned();
            texts_to(person.own_name(), "/he", false)
        };
        assert_eq!(hello("+351912345047"), ["Hello"]);
        assert_eq!(hello("@ana.ribeiro"), ["Hello"]);
        assert_eq!(hello("@ana"), ["Hello @ana"]);
        assert_eq!(hello("Ana"), ["Hello Ana"]);
    }

    #[test]
    fn escape_puts_the_list_away_until_something_else_is_typed() {
        Owner::new().with(|| {
            let text = RwSignal::new("/ho".to_owned());
            let one = Suggestion {
                name: "/hours".to_owned(),
                says: String::new(),
                text: "We open at nine.".to_owned(),
                before: "We open at nine.".to_owned(),
            };
            let fitting = Memo::new(move |_| vec![one.clone()]);
            let suggest = Suggest::unwatched(text, fitting, Callback::new(move |(chosen, _)| text.set(chosen)));
            assert_eq!(suggest.active().as_deref(), Some("suggestion-0"));
            assert!(suggest.took_key("Escape"));
            assert_eq!((suggest.is_open(), suggest.active()), (false, None));
            // They are the composer's now: the text is sent, the quote dropped.
            assert!(!suggest.took_key("Enter") && !suggest.took_key("Escape"));
            text.set("/hou".to_owned());
            assert!(suggest.is_open() && suggest.took_key("Enter"));
            assert_eq!(text.get_untracked(), "We open at nine.");
        });
    }

    #[test]
    fn an_at_sign_offers_colleagues_in_a_note_only() {
        assert_eq!(texts("ask @om", true), ["ask @Omar Haddad "]);
        assert_eq!(texts("ask @om", false), [""; 0]);
        assert_eq!(texts("shop@om", true), [""; 0]);
        assert_eq!(texts("ask @om| first", true), ["ask @Omar Haddad first"]);
        assert_eq!(texts("@om|\nsecond line", true), ["@Omar Haddad \nsecond line"]);
        assert_eq!(texts("|ask @om", true), [""; 0]);
    }
}
