//! Everything the app can be told to do: the one table that the keyboard, the palette and the list of shortcuts are
//! drawn from.

use crate::components::IconName;
use crate::keyboard;
use crate::screen::{Screen, Section};
use crate::session::Session;
use crate::shortcut::{Shortcut, Stroke};
use crate::state::{Action, Part, Place, State, TeamAction};
use crate::writing;
use leptos::prelude::{GetUntracked, Set, Update};
use leptos::task::{spawn_local, tick};
use twinbox_domain::{ConversationId, ConversationState, Window};
use twinbox_protocol::{ConversationFilter, NotificationSettings, Theme, UserSettings};

/// Something the app can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the table below says it")]
pub enum Command {
    Palette,
    Search,
    Find,
    GoToDate,
    NextChat,
    PreviousChat,
    NextUnread,
    FirstUnread,
    Reply,
    Note,
    Resolve,
    ResolveNext,
    Snooze,
    Wait,
    Assign,
    AssignToMe,
    Label,
    MarkUnread,
    Undo,
    Template,
    Attach,
    Make,
    Emoji,
    SendLater,
    Bold,
    Italic,
    Strike,
    ToEnd,
    Select,
    SelectAll,
    SelectNone,
    Details,
    List,
    AllChats,
    Mine,
    Unassigned,
    NeedsReply,
    Unread,
    Pending,
    Snoozed,
    Resolved,
    Mentions,
    Number(u8),
    GoInbox,
    GoQueue,
    GoNumbers,
    GoSettings,
    PauseSending,
    ResumeSending,
    Export,
    Erase,
    Connect,
    Theme,
    Density,
    DoNotDisturb,
    Lock,
    NextPane,
    PreviousPane,
    Shortcuts,
}

/// Where a command can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// Everywhere.
    Anywhere,
    /// In the inbox.
    Inbox,
    /// While a conversation is open.
    Open,
    /// While the composer takes a text: a note always, a reply as long as there is time.
    Writing,
    /// While it takes a reply.
    Replying,
    /// While conversations are selected, one is open, or a row of the list has the focus.
    Chosen,
    /// Where there is a number at this place.
    Number(u8),
    /// By whoever sets up.
    SetUp,
    /// By whoever has a passphrase.
    Locks,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What it does.
    pub command: Command,
    /// What its keys are kept by; never changed.
    pub name: &'static str,
    /// Its usual keys; empty for none.
    pub keys: &'static str,
    /// Where it can be given.
    pub place: Where,
    /// Its sign.
    pub icon: IconName,
}

const fn entry(command: Command, name: &'static str, keys: &'static str, place: Where, icon: IconName) -> Entry {
    Entry {
        command,
        name,
        keys,
        place,
        icon,
    }
}

const fn number(place: u8, name: &'static str, keys: &'static str) -> Entry {
    entry(
        Command::Number(place),
        name,
        keys,
        Where::Number(place),
        IconName::Smartphone,
    )
}

/// All of them, in the order they are listed.
pub const ALL: &[Entry] = &[
    entry(Command::Palette, "palette", "Ctrl+K", Where::Anywhere, IconName::Search),
    entry(Command::Search, "search", "/", Where::Inbox, IconName::Search),
    entry(Command::Find, "find", "Ctrl+F", Where::Open, IconName::Search),
    entry(Command::GoToDate, "go_to_date", "D", Where::Open, IconName::History),
    entry(Command::NextChat, "next_chat", "J", Where::Inbox, IconName::ArrowRight),
    entry(
        Command::PreviousChat,
        "previous_chat",
        "K",
        Where::Inbox,
        IconName::ArrowRight,
    ),
    entry(Command::NextUnread, "next_unread", "U", Where::Inbox, IconName::Message),
    entry(
        Command::FirstUnread,
        "first_unread",
        "Shift+N",
        Where::Open,
        IconName::Message,
    ),
    entry(Command::Reply, "reply", "R", Where::Open, IconName::Reply),
    entry(Command::Note, "note", "N", Where::Open, IconName::Lock),
    entry(Command::Resolve, "resolve", "E", Where::Chosen, IconName::Tick),
    entry(
        Command::ResolveNext,
        "resolve_next",
        "Shift+E",
        Where::Open,
        IconName::Tick,
    ),
    entry(Command::Snooze, "snooze", "S", Where::Chosen, IconName::Alarm),
    entry(Command::Wait, "wait", "", Where::Chosen, IconName::Hourglass),
    entry(Command::Assign, "assign", "A", Where::Chosen, IconName::UserPlus),
    entry(Command::AssignToMe, "assign_to_me", "I", Where::Chosen, IconName::User),
    entry(Command::Label, "label", "L", Where::Chosen, IconName::Tag),
    entry(
        Command::MarkUnread,
        "mark_unread",
        "Shift+U",
        Where::Chosen,
        IconName::Message,
    ),
    entry(Command::Undo, "undo", "Z", Where::Anywhere, IconName::History),
    entry(Command::Template, "template", "T", Where::Open, IconName::Form),
    entry(
        Command::Attach,
        "attach",
        "Ctrl+Shift+A",
        Where::Replying,
        IconName::Paperclip,
    ),
    entry(Command::Make, "make", "", Where::Replying, IconName::Plus),
    entry(Command::Emoji, "emoji", "Ctrl+E", Where::Writing, IconName::Smile),
    entry(Command::SendLater, "send_later", "", Where::Replying, IconName::Clock),
    entry(Command::Bold, "bold", "Ctrl+B", Where::Writing, IconName::Bold),
    entry(Command::Italic, "italic", "Ctrl+I", Where::Writing, IconName::Italic),
    entry(
        Command::Strike,
        "strike",
        "Ctrl+Shift+X",
        Where::Writing,
        IconName::Strike,
    ),
    entry(Command::ToEnd, "to_end", "", Where::Open, IconName::ChevronDown),
    entry(Command::Select, "select", "X", Where::Inbox, IconName::Tick),
    entry(Command::SelectAll, "select_all", "", Where::Inbox, IconName::Tick),
    entry(Command::SelectNone, "select_none", "", Where::Inbox, IconName::Close),
    entry(Command::Details, "details", "]", Where::Inbox, IconName::Panel),
    entry(Command::List, "list", "[", Where::Inbox, IconName::Inbox),
    entry(Command::AllChats, "all_chats", "", Where::Inbox, IconName::Inbox),
    entry(Command::Mine, "mine", "", Where::Inbox, IconName::User),
    entry(Command::Unassigned, "unassigned", "", Where::Inbox, IconName::Users),
    entry(Command::NeedsReply, "needs_reply", "", Where::Inbox, IconName::Message),
    entry(Command::Unread, "unread", "", Where::Inbox, IconName::Message),
    entry(Command::Pending, "pending", "", Where::Inbox, IconName::Hourglass),
    entry(Command::Snoozed, "snoozed", "", Where::Inbox, IconName::Alarm),
    entry(Command::Resolved, "resolved", "", Where::Inbox, IconName::Tick),
    entry(Command::Mentions, "mentions", "", Where::Inbox, IconName::At),
    number(0, "number_1", "Ctrl+1"),
    number(1, "number_2", "Ctrl+2"),
    number(2, "number_3", "Ctrl+3"),
    number(3, "number_4", "Ctrl+4"),
    number(4, "number_5", "Ctrl+5"),
    number(5, "number_6", "Ctrl+6"),
    number(6, "number_7", "Ctrl+7"),
    number(7, "number_8", "Ctrl+8"),
    number(8, "number_9", "Ctrl+9"),
    entry(Command::GoInbox, "go_inbox", "G I", Where::Anywhere, IconName::Inbox),
    entry(Command::GoQueue, "go_queue", "G Q", Where::Anywhere, IconName::Queue),
    entry(
        Command::GoNumbers,
        "go_numbers",
        "G N",
        Where::Anywhere,
        IconName::Smartphone,
    ),
    entry(
        Command::GoSettings,
        "go_settings",
        "Ctrl+,",
        Where::Anywhere,
        IconName::Settings,
    ),
    entry(
        Command::PauseSending,
        "pause_sending",
        "",
        Where::Anywhere,
        IconName::Pause,
    ),
    entry(
        Command::ResumeSending,
        "resume_sending",
        "",
        Where::Anywhere,
        IconName::Play,
    ),
    entry(Command::Export, "export", "", Where::Open, IconName::Download),
    entry(Command::Erase, "erase", "", Where::Open, IconName::Close),
    entry(Command::Connect, "connect", "", Where::SetUp, IconName::Coexist),
    entry(Command::Theme, "theme", "", Where::Anywhere, IconName::Moon),
    entry(Command::Density, "density", "", Where::Anywhere, IconName::Queue),
    entry(
        Command::DoNotDisturb,
        "do_not_disturb",
        "",
        Where::Anywhere,
        IconName::Bell,
    ),
    entry(Command::Lock, "lock", "Ctrl+Shift+L", Where::Locks, IconName::Lock),
    entry(
        Command::NextPane,
        "next_pane",
        "F6",
        Where::Anywhere,
        IconName::ArrowRight,
    ),
    entry(
        Command::PreviousPane,
        "previous_pane",
        "Shift+F6",
        Where::Anywhere,
        IconName::ArrowRight,
    ),
    entry(
        Command::Shortcuts,
        "shortcuts",
        "?",
        Where::Anywhere,
        IconName::Keyboard,
    ),
];

impl Entry {
    /// Its keys as this person set them; `None` without any.
    pub fn shortcut(&self, settings: &UserSettings) -> Option<Shortcut> {
        let set = settings.shortcuts.get(self.name).map_or(self.keys, String::as_str);
        Shortcut::parse(set).filter(|shortcut| settings.letter_shortcuts || !shortcut.is_plain())
    }

    /// Whether it is about chats, and not about the whole app.
    pub const fn is_of_inbox(&self) -> bool {
        match self.place {
            Where::Anywhere | Where::SetUp | Where::Locks => false,
            Where::Inbox | Where::Open | Where::Writing | Where::Replying | Where::Chosen | Where::Number(_) => true,
        }
    }

    /// Whether this person can ever give it: there is such a number, they set up, they have a passphrase.
    pub fn is_known(&self, state: &State) -> bool {
        !matches!(self.place, Where::Number(_) | Where::SetUp | Where::Locks) || self.is_possible(state)
    }

    /// Whether it can be given now.
    pub fn is_possible(&self, state: &State) -> bool {
        self.is_possible_at(state, None)
    }

    /// The same while a row of the list may have the focus.
    fn is_possible_at(&self, state: &State, focused: Option<ConversationId>) -> bool {
        let is_in_inbox = state.place == Some(Place::Inbox);
        let is_note = || state.open.is_some_and(|open| state.notes.contains(&open));
        let takes_reply = || {
            let row = state.open_row();
            row.is_some_and(|row| Window::at(state.now, row.last_customer_at).is_open())
        };
        match self.place {
            Where::Anywhere => true,
            Where::Inbox => is_in_inbox,
            Where::Open => is_in_inbox && state.open.is_some(),
            Where::Writing => is_in_inbox && (is_note() || takes_reply()),
            Where::Replying => is_in_inbox && !is_note() && takes_reply(),
            Where::Chosen => is_in_inbox && !state.targets(focused).is_empty(),
            Where::Number(place) => state
                .overview
                .as_ref()
                .is_some_and(|it| it.numbers.len() > usize::from(place)),
            Where::SetUp => state.sets_up(),
            Where::Locks => state.has_passphrase,
        }
    }
}

/// What keys that were pressed after each other mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Do this.
    Do(Command),
    /// One more key will tell.
    GoesOn,
    /// Nothing.
    Nothing,
}

/// What these keys mean now; `focused` is the row of the list that has the focus.
pub fn meaning(state: &State, strokes: &[Stroke], focused: Option<ConversationId>) -> Meaning {
    let known = || {
        let possible = ALL.iter().filter(|entry| entry.is_possible_at(state, focused));
        possible.filter_map(|entry| Some((entry.command, entry.shortcut(&state.settings)?)))
    };
    // What a person has set comes before what is usual.
    let is_set = |command: &Command| {
        let entry = command.entry();
        entry.is_some_and(|entry| state.settings.shortcuts.contains_key(entry.name))
    };
    let mut meant = known()
        .filter(|(_, shortcut)| shortcut.is(strokes))
        .map(|(command, _)| command);
    if let Some(command) = meant.clone().find(is_set).or_else(|| meant.next()) {
        return Meaning::Do(command);
    }
    match strokes {
        [first] if known().any(|(_, shortcut)| shortcut.goes_on_after(first)) => Meaning::GoesOn,
        _ => Meaning::Nothing,
    }
}

/// The command that has these keys already, or that they would keep from being reached.
pub fn holder(settings: &UserSettings, shortcut: &Shortcut, of: Command) -> Option<&'static Entry> {
    let mut others = ALL.iter().filter(|entry| entry.command != of);
    others.find(|entry| {
        let shortcut_of_other = entry.shortcut(settings);
        shortcut_of_other.is_some_and(|other| other.collides_with(shortcut))
    })
}

/// Words with the keys of a command behind them, for hovering; comes again when the keys change.
pub fn titled(session: Session, words: &str, command: Command) -> String {
    let keys = session.read(Part::Settings, |state| command.keys(&state.settings));
    match keys.is_empty() {
        true => words.to_owned(),
        false => format!("{words} ({})", keys.join(" ")),
    }
}

impl Command {
    /// Its keys, one after the other.
    pub fn keys(self, settings: &UserSettings) -> Vec<String> {
        let shortcut = self.entry().and_then(|entry| entry.shortcut(settings));
        shortcut.map(|shortcut| shortcut.keys()).unwrap_or_default()
    }

    /// Its row.
    pub fn entry(self) -> Option<&'static Entry> {
        ALL.iter().find(|entry| entry.command == self)
    }

    /// Does it.
    pub fn run(self, session: Session, screen: Screen) {
        match self {
            Self::Palette => session.toggle_palette(),
            Self::Search => {
                screen.list.set(true);
                once_there(keyboard::focus_search);
            }
            Self::Find => {
                session.open_within();
                once_there(keyboard::focus_find);
            }
            Self::GoToDate => {
                session.open_within();
                once_there(|| keyboard::focus_id(keyboard::DATE_ID));
            }
            Self::NextChat => keyboard::press_in_list("ArrowDown"),
            Self::PreviousChat => keyboard::press_in_list("ArrowUp"),
            Self::NextUnread => session.open_next_unread(),
            Self::FirstUnread => session.go_to_unread(),
            Self::Reply => {
                if let Some(open) = session.peek(|state| state.open) {
                    session.begin_reply(open);
                }
                keyboard::focus_thread();
            }
            Self::Note => keyboard::click(keyboard::NOTE_ID),
            Self::Resolve => session.resolve_or_reopen(),
            Self::ResolveNext => {
                session.resolve_and_next();
                keyboard::focus_list_if_lost();
            }
            Self::Snooze => {
                session.select_focused_row();
                once_there(|| keyboard::click_first(&[keyboard::SNOOZE_MANY_ID, keyboard::SNOOZE_ID]));
            }
            Self::Assign => {
                session.select_focused_row();
                once_there(|| keyboard::click_first(&[keyboard::ASSIGN_MANY_ID, keyboard::ASSIGN_ID]));
            }
            Self::Wait => session.set_state(ConversationState::Pending),
            Self::AssignToMe => session.assign_to_me(),
            Self::Label => {
                session.select_focused_row();
                if session.peek(|state| state.selected.is_empty()) {
                    screen.details.set(true);
                }
                once_there(|| keyboard::click_first(&[keyboard::LABEL_MANY_ID, keyboard::LABEL_ID]));
            }
            Self::MarkUnread => {
                session.mark_unread();
                keyboard::focus_list_if_lost();
            }
            Self::Undo => session.undo(),
            Self::Template => keyboard::click(keyboard::TEMPLATE_ID),
            Self::Attach => keyboard::click(keyboard::ATTACH_ID),
            Self::Make => keyboard::click(keyboard::MAKE_ID),
            Self::Emoji => keyboard::click(keyboard::EMOJI_ID),
            Self::SendLater => keyboard::click(keyboard::LATER_ID),
            Self::Bold => writing::mark_selection('*'),
            Self::Italic => writing::mark_selection('_'),
            Self::Strike => writing::mark_selection('~'),
            Self::ToEnd => keyboard::press_in_log("End"),
            Self::Select => {
                if let Some(chat) = keyboard::focused_row().or_else(|| session.peek(|state| state.open)) {
                    session.select(chat);
                }
            }
            Self::SelectAll => session.dispatch(Action::Team(TeamAction::AllSelected)),
            Self::SelectNone => session.dispatch(Action::Team(TeamAction::NoneSelected)),
            Self::Details => screen.details.update(|shown| *shown = !*shown),
            Self::List => screen.list.update(|shown| *shown = !*shown),
            Self::AllChats => session.choose_filter(ConversationFilter::All),
            Self::Mine => session.choose_filter(ConversationFilter::Mine),
            Self::Unassigned => session.choose_filter(ConversationFilter::Unassigned),
            Self::NeedsReply => session.choose_filter(ConversationFilter::NeedsReply),
            Self::Unread => session.choose_filter(ConversationFilter::Unread),
            Self::Pending => session.choose_filter(ConversationFilter::Pending),
            Self::Snoozed => session.choose_filter(ConversationFilter::Snoozed),
            Self::Resolved => session.choose_filter(ConversationFilter::Resolved),
            Self::Mentions => session.choose_filter(ConversationFilter::Mentions),
            Self::Number(place) => session.switch_number(place),
            Self::GoInbox => {
                session.enter(Place::Inbox);
                once_there(keyboard::focus_list);
            }
            Self::GoQueue => {
                session.enter(Place::Queue);
                once_there(keyboard::focus_queue);
            }
            Self::GoNumbers => {
                session.enter(Place::Numbers);
                once_there(keyboard::focus_numbers);
            }
            Self::GoSettings => {
                session.enter(Place::Settings);
                once_there(keyboard::focus_settings);
            }
            Self::PauseSending => session.pause_everything(),
            Self::ResumeSending => session.resume_everything(),
            Self::Export => {
                if let Some(open) = session.peek(|state| state.open) {
                    session.export(open);
                }
            }
            // It asks there once more.
            Self::Erase => {
                screen.section.set(Section::Storage);
                session.enter(Place::Settings);
            }
            Self::Connect => session.enter(Place::Connect),
            Self::Theme => {
                let theme = if screen.dark.get_untracked() {
                    Theme::Light
                } else {
                    Theme::Dark
                };
                session.change_settings(move |settings| settings.theme = theme);
            }
            Self::Density => session.change_settings(|settings| settings.density = settings.density.other()),
            Self::DoNotDisturb => session.change_settings(|settings| {
                let NotificationSettings { do_not_disturb, .. } = &mut settings.notifications;
                *do_not_disturb = !*do_not_disturb;
            }),
            Self::Lock => session.lock(),
            Self::NextPane => keyboard::next_pane(false),
            Self::PreviousPane => keyboard::next_pane(true),
            Self::Shortcuts => screen.shortcuts.set(true),
        }
    }
}

/// Does something as soon as what was changed just now is in the page: whoever types on does not wait for a frame.
fn once_there(run: fn()) {
    spawn_local(async move {
        tick().await;
        run();
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shortcut::Pressed;

    fn meaning(state: &State, strokes: &[Stroke]) -> Meaning {
        super::meaning(state, strokes, None)
    }

    fn strokes(keys: &[&str]) -> Vec<Stroke> {
        let stroke = |key: &&str| {
            Stroke::of(Pressed {
                key,
                ..Pressed::default()
            })
            .unwrap()
        };
        keys.iter().map(stroke).collect()
    }

    fn in_inbox() -> State {
        State {
            place: Some(Place::Inbox),
            ..State::default()
        }
    }

    #[test]
    fn no_two_commands_have_a_name_or_keys_in_common() {
        let settings = UserSettings::default();
        for entry in ALL {
            assert!(
                entry.keys.is_empty() || Shortcut::parse(entry.keys).is_some(),
                "{}",
                entry.name
            );
            let same_name = ALL.iter().filter(|other| other.name == entry.name).count();
            assert_eq!(same_name, 1, "{}", entry.name);
            if let Some(shortcut) = entry.shortcut(&settings) {
                let holder = holder(&settings, &shortcut, entry.command);
                assert!(holder.is_none(), "{} and {holder:?}", entry.name);
            }
        }
    }

    #[test]
    fn two_keys_after_each_other_are_one_command() {
        let state = in_inbox();
        assert_eq!(meaning(&state, &strokes(&["g"])), Meaning::GoesOn);
        assert_eq!(meaning(&state, &strokes(&["g", "n"])), Meaning::Do(Command::GoNumbers));
        assert_eq!(meaning(&state, &strokes(&["g", "x"])), Meaning::Nothing);
        assert_eq!(meaning(&state, &strokes(&["n"])), Meaning::Nothing, "no chat is open");
    }

    #[test]
    fn a_command_is_given_only_where_it_can_be() {
        let mut state = in_inbox();
        assert_eq!(meaning(&state, &strokes(&["r"])), Meaning::Nothing, "no chat is open");
        state.open = Some(twinbox_domain::ConversationId(1));
        assert_eq!(meaning(&state, &strokes(&["r"])), Meaning::Do(Command::Reply));
        state.place = Some(Place::Numbers);
        assert_eq!(meaning(&state, &strokes(&["r"])), Meaning::Nothing);
    }

    #[test]
    fn the_key_that_selects_chats_can_be_changed_and_gives_way_to_one_that_was_set() {
        let mut state = in_inbox();
        assert_eq!(meaning(&state, &strokes(&["x"])), Meaning::Do(Command::Select));
        // After it in the table.
        let shortcuts = &mut state.settings.shortcuts;
        shortcuts.insert("details".to_owned(), "X".to_owned());
        assert_eq!(meaning(&state, &strokes(&["x"])), Meaning::Do(Command::Details));
        state.settings.shortcuts.insert("select".to_owned(), "Y".to_owned());
        assert_eq!(meaning(&state, &strokes(&["y"])), Meaning::Do(Command::Select));
        state.settings.letter_shortcuts = false;
        assert_eq!(meaning(&state, &strokes(&["y"])), Meaning::Nothing);
    }

    #[test]
    fn what_was_done_on_any_page_is_taken_back_there() {
        let mut state = in_inbox();
        for place in [Place::Inbox, Place::Queue, Place::Numbers, Place::Settings] {
            state.place = Some(place);
            assert_eq!(meaning(&state, &strokes(&["z"])), Meaning::Do(Command::Undo));
        }
    }

    #[test]
    fn a_note_takes_emoji_but_no_files_and_a_composer_that_is_shut_takes_neither() {
        let open = twinbox_domain::ConversationId(1);
        let keys = [
            ("Ctrl+E", Command::Emoji),
            ("Ctrl+B", Command::Bold),
            ("Ctrl+Shift+A", Command::Attach),
        ];
        let mut state = in_inbox();
        let possible = |state: &State| {
            keys.map(|(keys, command)| {
                let shortcut = Shortcut::parse(keys).unwrap();
                let entry = command.entry().unwrap();
                assert_eq!(entry.shortcut(&state.settings), Some(shortcut));
                entry.is_possible(state)
            })
        };
        assert_eq!(possible(&state), [false; 3], "no chat is open");
        let row = crate::state::fixtures::row(1, 100);
        state.open = Some(open);
        state.now = row.last_customer_at.unwrap();
        state.rows.insert(open, row);
        assert_eq!(possible(&state), [true; 3]);
        state.notes.insert(open);
        assert_eq!(possible(&state), [true, true, false]);
        state.now = state.now.plus_ms(twinbox_domain::WINDOW_MS);
        assert_eq!(possible(&state), [true, true, false], "a note can always be written");
        state.notes.clear();
        assert_eq!(possible(&state), [false; 3]);
    }

    #[test]
    fn the_list_of_keys_has_what_is_about_chats_apart_and_leaves_out_what_nobody_here_can_do() {
        let mut state = in_inbox();
        let entry = |command: Command| command.entry().unwrap();
        for command in [Command::Resolve, Command::Label, Command::Attach, Command::Number(0)] {
            assert!(entry(command).is_of_inbox(), "{command:?}");
        }
        assert!(!entry(Command::Undo).is_of_inbox());
        assert!(entry(Command::Reply).is_known(&state), "also while no chat is open");
        for command in [Command::Lock, Command::Connect, Command::Number(0)] {
            assert!(!entry(command).is_known(&state), "{command:?}");
        }
        state.has_passphrase = true;
        assert!(entry(Command::Lock).is_known(&state));
    }

    #[test]
    fn what_is_decided_about_may_be_selected_instead_of_open() {
        let mut state = in_inbox();
        assert_eq!(meaning(&state, &strokes(&["e"])), Meaning::Nothing);
        state.selected.insert(twinbox_domain::ConversationId(1));
        for (keys, command) in [("e", Command::Resolve), ("s", Command::Snooze), ("l", Command::Label)] {
            assert_eq!(meaning(&state, &strokes(&[keys])), Meaning::Do(command));
        }
        assert_eq!(meaning(&state, &strokes(&["r"])), Meaning::Nothing, "a reply is to one");
    }

    #[test]
    fn what_is_decided_about_may_be_the_row_of_the_list_that_has_the_focus() {
        let state = in_inbox();
        let row = Some(ConversationId(1));
        for (keys, command) in [("e", Command::Resolve), ("i", Command::AssignToMe)] {
            assert_eq!(super::meaning(&state, &strokes(&[keys]), row), Meaning::Do(command));
        }
        assert_eq!(super::meaning(&state, &strokes(&["r"]), row), Meaning::Nothing);
    }

    #[test]
    fn keys_can_be_changed_taken_away_and_letters_switched_off() {
        let mut state = in_inbox();
        let set = |state: &mut State, keys: &str| {
            let shortcuts = &mut state.settings.shortcuts;
            shortcuts.insert("search".to_owned(), keys.to_owned());
        };
        set(&mut state, "X");
        assert_eq!(meaning(&state, &strokes(&["/"])), Meaning::Nothing);
        assert_eq!(meaning(&state, &strokes(&["x"])), Meaning::Do(Command::Search));
        state.settings.letter_shortcuts = false;
        assert_eq!(meaning(&state, &strokes(&["x"])), Meaning::Nothing);
        assert_eq!(meaning(&state, &strokes(&["F6"])), Meaning::Do(Command::NextPane));
        set(&mut state, "");
        state.settings.letter_shortcuts = true;
        assert_eq!(meaning(&state, &strokes(&["/"])), Meaning::Nothing);
    }
}
