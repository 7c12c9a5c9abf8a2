//! What the palette offers, in order.

use crate::commands::{self, Command};
use crate::state::{Hit, Scope, State};
use crate::text;
use std::sync::Arc;
use twinbox_domain::index_words;
use twinbox_protocol::{ChatHit, ConversationRow, MessageCursor, MessageHit};

/// Recent chats before anything is typed, and people beside messages.
const FEW: usize = 5;

/// Actions before anything is typed.
const FIRST_ACTIONS: [Command; 5] = [
    Command::NeedsReply,
    Command::Template,
    Command::GoNumbers,
    Command::GoSettings,
    Command::Shortcuts,
];

/// Something that can be chosen.
#[derive(Clone, PartialEq)]
pub enum Choice {
    /// Open this.
    Go(Hit, Shown),
    /// Do this.
    Do(Command),
}

/// What is shown of it.
#[derive(Clone, PartialEq)]
pub enum Shown {
    /// A recent chat.
    Recent(Arc<ConversationRow>),
    /// A chat that was found.
    Chat(Arc<ChatHit>),
    /// A message that was found.
    Message(Arc<MessageHit>),
}

/// All of them: chats, messages, actions.
pub fn choices(state: &State) -> Vec<Choice> {
    let Some(palette) = &state.palette else {
        return Vec::new();
    };
    let (scope, typed) = (palette.scope, palette.found.text.trim());
    let mut all = Vec::new();
    if !palette.found.is_on() {
        if matches!(scope, Scope::Everything | Scope::People) {
            all.extend(recent(state, if scope == Scope::People { 4 * FEW } else { FEW }));
        }
    } else if let Some(results) = &palette.found.results {
        let chats = match scope {
            Scope::Everything => FEW,
            Scope::People => usize::MAX,
            Scope::Messages | Scope::Files | Scope::Actions => 0,
        };
        let chat = |hit: &ChatHit| Choice::Go(Hit::Chat(hit.row.id), Shown::Chat(Arc::new(hit.clone())));
        all.extend(results.chats.iter().take(chats).map(chat));
        if matches!(scope, Scope::Everything | Scope::Messages | Scope::Files) {
            all.extend(results.messages.items.iter().map(message));
        }
    }
    if matches!(scope, Scope::Everything | Scope::Actions) {
        let actions = actions(state, typed, scope);
        // Whoever types the name of an action means it before any message.
        let is_name = !typed.is_empty() && actions.first().is_some_and(|first| begins(*first, typed));
        let place = if is_name { 0 } else { all.len() };
        all.splice(place..place, actions.into_iter().map(Choice::Do));
    }
    all
}

/// Whether what stands first stays there, whatever is still being looked for.
pub fn first_is_settled(state: &State) -> bool {
    let Some(palette) = &state.palette else { return true };
    let is_named =
        |choice: &Choice| matches!(choice, Choice::Do(command) if begins(*command, palette.found.text.trim()));
    palette.found.loading.is_none() || palette.scope == Scope::Actions || choices(state).first().is_some_and(is_named)
}

fn recent(state: &State, count: usize) -> impl Iterator<Item = Choice> + '_ {
    let list = state.list();
    let ids = (0..count).filter_map(move |index| list?.get(index));
    let rows = ids.filter_map(|id| state.rows.get(&id));
    rows.map(|row| Choice::Go(Hit::Chat(row.id), Shown::Recent(Arc::new(row.clone()))))
}

fn message(hit: &MessageHit) -> Choice {
    let cursor = MessageCursor {
        at: hit.at,
        id: hit.message,
    };
    Choice::Go(
        Hit::Message(hit.conversation, cursor),
        Shown::Message(Arc::new(hit.clone())),
    )
}

/// The actions that are possible now and whose words begin with all that is typed.
fn actions(state: &State, typed: &str, scope: Scope) -> Vec<Command> {
    let possible = commands::ALL.iter().filter(|entry| entry.is_possible(state));
    let possible = possible
        .map(|entry| entry.command)
        .filter(|command| *command != Command::Palette);
    if typed.is_empty() {
        let is_wanted = |command: &Command| scope == Scope::Actions || FIRST_ACTIONS.contains(command);
        return possible.filter(is_wanted).collect();
    }
    let found = possible.filter(|command| matches(*command, typed));
    let (mut first, others): (Vec<Command>, Vec<Command>) = found.partition(|command| begins(*command, typed));
    first.extend(others);
    first
}

fn matches(command: Command, typed: &str) -> bool {
    let name = index_words(&text::command(command));
    let is_in = |word: &str| name.split_whitespace().any(|part| part.starts_with(word));
    index_words(typed).split_whitespace().all(is_in)
}

fn begins(command: Command, typed: &str) -> bool {
    typed.chars().count() > 2 && index_words(&text::command(command)).starts_with(&index_words(typed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::fixtures::results;
    use crate::state::{Action, PaletteAction, Place};

    fn open(typed: &str) -> State {
        let mut state = State {
            place: Some(Place::Inbox),
            ..State::default()
        };
        state.reduce(Action::Palette(PaletteAction::Opened));
        state.reduce(Action::Palette(PaletteAction::Typed(typed.to_owned())));
        state
    }

    fn commands(state: &State) -> Vec<Command> {
        let command = |choice| match choice {
            Choice::Do(command) => Some(command),
            Choice::Go(..) => None,
        };
        choices(state).into_iter().filter_map(command).collect()
    }

    #[test]
    fn a_few_actions_are_offered_before_anything_is_typed() {
        let offered = commands(&open(""));
        assert!(
            offered.contains(&Command::Shortcuts) && offered.len() <= 5,
            "{offered:?}"
        );
    }

    #[test]
    fn an_action_is_found_by_the_beginnings_of_its_words() {
        assert_eq!(commands(&open("GO set")), [Command::GoSettings]);
        assert_eq!(commands(&open("séttings")), [Command::GoSettings]);
        assert_eq!(commands(&open("ettings")), []);
    }

    #[test]
    fn nothing_stands_first_for_good_before_the_results_of_what_was_typed_are_there() {
        let answered = |state: &mut State| {
            let asked = state
                .palette
                .as_ref()
                .and_then(|palette| palette.found.loading)
                .unwrap();
            let results = results([9], false);
            state.reduce(Action::Palette(PaletteAction::Found(asked, results)));
        };
        let mut state = open("re");
        assert!(!first_is_settled(&state), "only actions are there yet");
        answered(&mut state);
        assert!(first_is_settled(&state));
        state.reduce(Action::Palette(PaletteAction::Typed("rezz".to_owned())));
        assert!(!first_is_settled(&state), "what is there was found for other words");

        let mut state = open("go to the set");
        assert!(first_is_settled(&state), "it is the name of an action");
        state.reduce(Action::Palette(PaletteAction::Typed("se".to_owned())));
        state.reduce(Action::Palette(PaletteAction::Scoped(Scope::Actions)));
        assert!(first_is_settled(&state), "only actions are offered");
        assert!(first_is_settled(&open("")) && first_is_settled(&State::default()));
    }

    #[test]
    fn what_is_not_possible_is_not_offered() {
        let mut state = open("reply");
        assert!(!commands(&state).contains(&Command::Reply));
        state.open = Some(twinbox_domain::ConversationId(1));
        assert!(commands(&state).contains(&Command::Reply));
    }

    #[test]
    fn every_action_is_in_the_list_of_actions() {
        let mut state = open("");
        state.reduce(Action::Palette(PaletteAction::Scoped(Scope::Actions)));
        let possible = commands::ALL.iter().filter(|entry| entry.is_possible(&state)).count();
        assert_eq!(commands(&state).len(), possible - 1, "all but the palette itself");
    }
}
