//! Working on conversations together.

use crate::state::fixtures::*;
use crate::state::{Action, Attached, Connection, FileAction, Part, State, TeamAction, Upload, shortcut_of};
use twinbox_domain::{
    Content, ContentHash, ConversationId, ConversationState, FileKind, LabelId, Millis, Origin, OutboxId, Status,
};
use twinbox_protocol::{
    ApiError, CannedReply, ChangeView, ConversationDetails, ConversationFilter, ConversationRow, DraftView, ErrorCode,
    Event, FieldView, MessageView, ReplyingView, SourceSplit, UploadedFile,
};

const CHAT: ConversationId = ConversationId(1);

fn listed(state: &State) -> usize {
    state.list().map_or(0, crate::state::List::len)
}

fn greeted() -> State {
    let mut state = State::default();
    state.reduce(Action::Greeted(greeting(0)));
    state
}

fn told(state: &mut State, row: ConversationRow) {
    let seq = state.seq.map_or(0, |seq| seq.0);
    state.reduce(Action::Happened(event(seq, vec![ChangeView::Conversation(row)])));
}

fn show(state: &mut State, filter: ConversationFilter, rows: Vec<ConversationRow>) {
    state.reduce(Action::Filter(filter));
    state.reduce(Action::ListAsked(filter));
    state.reduce(Action::ListLoaded {
        filter,
        asked: state.asked,
        before: None,
        page: page(rows, false),
    });
}

#[test]
fn a_chat_leaves_and_joins_lists_with_its_state_its_assignee_and_its_labels() {
    let mut state = greeted();
    let me = state.me().to_owned();
    let with = |change: fn(&mut ConversationRow)| {
        let mut row = row(1, 100);
        change(&mut row);
        row
    };
    show(&mut state, ConversationFilter::All, vec![row(1, 100)]);
    told(&mut state, with(|row| row.state = ConversationState::Resolved));
    assert_eq!(listed(&state), 0);
    told(&mut state, with(|row| row.state = ConversationState::Pending));
    assert_eq!(listed(&state), 1);

    show(&mut state, ConversationFilter::Mine, Vec::new());
    let mut mine = row(1, 100);
    mine.assignee = me;
    told(&mut state, mine);
    assert_eq!(listed(&state), 1);
    show(&mut state, ConversationFilter::Label(LabelId(4)), Vec::new());
    told(&mut state, with(|row| row.labels = vec![LabelId(4)]));
    assert_eq!(listed(&state), 1);
    told(&mut state, row(1, 100));
    assert_eq!(listed(&state), 0);
}

#[test]
fn what_is_decided_is_about_the_selected_chats_or_the_row_with_the_focus_or_the_open_one() {
    let mut state = greeted();
    let row = Some(ConversationId(4));
    assert!(state.targets(None).is_empty());
    assert_eq!(state.targets(row), [ConversationId(4)]);
    state.reduce(Action::Opened(CHAT));
    assert_eq!(state.targets(None), [CHAT]);
    assert_eq!(state.targets(row), [ConversationId(4)]);
    state.reduce(Action::Team(TeamAction::Selected(ConversationId(2), true)));
    state.reduce(Action::Team(TeamAction::Selected(ConversationId(3), true)));
    assert_eq!(state.targets(row), [ConversationId(2), ConversationId(3)]);
    state.reduce(Action::Team(TeamAction::Selected(ConversationId(3), false)));
    assert_eq!(state.targets(None), [ConversationId(2)]);
    state.reduce(Action::Team(TeamAction::NoneSelected));
    assert_eq!(state.targets(None), [CHAT]);
}

#[test]
fn a_chat_that_leaves_the_list_is_not_selected_any_more() {
    let mut state = greeted();
    let select = |state: &mut State| {
        show(state, ConversationFilter::Unread, vec![unread(1, 100), unread(2, 90)]);
        state.reduce(Action::Team(TeamAction::AllSelected));
        assert_eq!(state.selected.len(), 2);
    };
    let left = |state: &State| state.selected.iter().map(|id| id.0).collect::<Vec<_>>();
    select(&mut state);
    told(&mut state, unread(1, 200));
    assert_eq!(left(&state), [1, 2], "it only goes to the top");
    told(&mut state, row(1, 200));
    assert_eq!(left(&state), [2]);

    select(&mut state);
    state.reduce(Action::Opened(CHAT));
    told(&mut state, row(1, 100));
    assert_eq!(left(&state), [1, 2], "it stays where it is read");
    state.reduce(Action::Closed);
    assert_eq!(left(&state), [2]);

    select(&mut state);
    let gone = ChangeView::ConversationGone {
        conversation: CHAT,
        into: None,
    };
    let seq = state.seq.map_or(0, |seq| seq.0);
    state.reduce(Action::Happened(event(seq, vec![gone])));
    assert_eq!(left(&state), [2]);
    state.reduce(Action::Greeted(greeting(90)));
    assert!(state.selected.is_empty());
}

#[test]
fn a_kept_draft_never_replaces_what_was_typed_since() {
    let mut state = greeted();
    state.reduce(Action::Typed(CHAT, "newer".to_owned()));
    let draft = |id: i64, text: &str| DraftView {
        conversation: ConversationId(id),
        text: text.to_owned(),
        is_note: true,
    };
    let drafts = vec![draft(1, "older"), draft(2, "kept")];
    let touched = state.reduce(Action::Team(TeamAction::Drafts(drafts)));
    assert_eq!(state.drafts[&CHAT], "newer");
    assert_eq!(state.drafts[&ConversationId(2)], "kept");
    assert_eq!(state.notes, [ConversationId(2)].into());
    assert!(touched.contains(Part::Draft(ConversationId(2))) && !touched.contains(Part::Draft(CHAT)));
}

#[test]
fn whatever_enters_or_leaves_a_composer_is_kept_from_then_on() {
    let mut state = greeted();
    let kept = |state: &mut State| {
        let drafts = state.unkept_drafts();
        state.reduce(Action::Team(TeamAction::Keeping));
        assert_eq!(state.unkept_drafts(), []);
        drafts
    };
    let draft = |text: &str| DraftView {
        conversation: CHAT,
        text: text.to_owned(),
        is_note: false,
    };
    state.reduce(Action::Team(TeamAction::Drafts(vec![draft("Good")])));
    assert_eq!(kept(&mut state), [], "the engine has it");
    state.reduce(Action::Typed(CHAT, "Good morning".to_owned()));
    assert_eq!(kept(&mut state), [draft("Good morning")]);
    // At once or later.
    let id = OutboxId(uuid::Uuid::now_v7());
    state.reduce(Action::Submitted { id, conversation: CHAT });
    assert_eq!(kept(&mut state), [draft("")]);
    state.reduce(Action::NotAccepted(id, ApiError::new(ErrorCode::WindowClosed, "No")));
    state.reduce(Action::Withdrawn(id));
    assert_eq!(kept(&mut state), [draft("Good morning")]);
    state.reduce(Action::Drafted(CHAT, " ".to_owned()));
    assert_eq!(kept(&mut state), [draft("")]);
    state.reduce(Action::TakenBack {
        id: OutboxId(uuid::Uuid::now_v7()),
        conversation: CHAT,
        text: "Good evening".to_owned(),
        quote: None,
        file: None,
    });
    assert_eq!(kept(&mut state), [draft("Good evening")]);
    state.reduce(Action::Team(TeamAction::WritesNote(CHAT, true)));
    assert!(kept(&mut state)[0].is_note);
}

#[test]
fn a_draft_that_could_not_be_kept_is_told_again_once_the_engine_is_reached() {
    let mut state = greeted();
    state.reduce(Action::Typed(CHAT, "Good morning".to_owned()));
    state.reduce(Action::Team(TeamAction::Keeping));
    state.reduce(Action::Connection(Connection::Offline { since: Millis(5) }));
    state.reduce(Action::Team(TeamAction::NotKept(CHAT)));
    assert_eq!(state.unkept_drafts(), []);
    state.reduce(Action::Connection(Connection::Online));
    assert_eq!(state.unkept_drafts()[0].text, "Good morning");
}

#[test]
fn what_was_sent_or_thrown_away_is_no_draft_again_before_the_engine_has_heard_of_it() {
    let kept = |state: &mut State| {
        state.reduce(Action::Team(TeamAction::Drafts(vec![DraftView {
            conversation: CHAT,
            text: "Good".to_owned(),
            is_note: false,
        }])));
        state.drafts.get(&CHAT).cloned()
    };
    let mut state = greeted();
    assert_eq!(kept(&mut state).as_deref(), Some("Good"));
    let id = OutboxId(uuid::Uuid::now_v7());
    state.reduce(Action::Submitted { id, conversation: CHAT });
    state.reduce(Action::NotAccepted(
        id,
        ApiError::new(ErrorCode::Unauthorized, "Sign in."),
    ));
    assert_eq!(kept(&mut state), None, "it stands below the messages");
    state.reduce(Action::Team(TeamAction::Keeping));
    assert_eq!(kept(&mut state), None, "it is on its way");
    state.reduce(Action::Team(TeamAction::NotKept(CHAT)));
    assert_eq!(kept(&mut state), None, "it did not arrive");
    state.reduce(Action::Team(TeamAction::Keeping));
    state.reduce(Action::Team(TeamAction::Kept(CHAT)));
    assert_eq!(
        kept(&mut state).as_deref(),
        Some("Good"),
        "written in another window since"
    );
    state.reduce(Action::Discarded(CHAT));
    assert_eq!(kept(&mut state), None);
}

#[test]
fn a_note_that_is_only_to_be_written_does_not_take_the_place_of_a_kept_draft() {
    let mut state = greeted();
    state.reduce(Action::Team(TeamAction::WritesNote(CHAT, true)));
    assert_eq!(state.unkept_drafts(), []);
}

#[test]
fn a_note_is_never_sent_and_stays_one_while_something_of_it_is_there() {
    let mut state = greeted();
    state.reduce(Action::Opened(CHAT));
    let touched = state.reduce(Action::Team(TeamAction::WritesNote(CHAT, true)));
    assert!(touched.contains(Part::Draft(CHAT)));
    state.reduce(Action::Typed(CHAT, "Not for them".to_owned()));
    assert!(!state.composes(CHAT));
    state.reduce(Action::Closed);
    state.reduce(Action::Opened(CHAT));
    assert!(state.notes.contains(&CHAT) && !state.composes(CHAT));

    state.reduce(Action::Team(TeamAction::WritesNote(CHAT, false)));
    assert!(state.composes(CHAT));

    state.reduce(Action::Typed(CHAT, " ".to_owned()));
    state.reduce(Action::Team(TeamAction::WritesNote(CHAT, true)));
    state.reduce(Action::Closed);
    assert!(state.notes.is_empty(), "nothing was left of it");
}

#[test]
fn a_note_that_could_not_be_saved_comes_back_as_one_with_what_was_written_since() {
    let mut state = greeted();
    state.reduce(Action::Typed(CHAT, "Hello".to_owned()));
    let refused = TeamAction::NoteRefused(CHAT, "Not for them".to_owned());
    let touched = state.reduce(Action::Team(refused));
    assert!(touched.contains(Part::Draft(CHAT)));
    assert_eq!(state.drafts[&CHAT], "Not for them\nHello");
    assert!(state.notes.contains(&CHAT) && !state.composes(CHAT));
}

#[test]
fn a_note_stays_one_in_the_conversation_that_its_own_was_merged_into() {
    let mut state = greeted();
    let other = ConversationId(2);
    state.reduce(Action::Typed(CHAT, "Not for them".to_owned()));
    state.reduce(Action::Team(TeamAction::WritesNote(CHAT, true)));
    state.reduce(Action::Typed(other, "Hello".to_owned()));
    let seq = state.seq.map_or(0, |seq| seq.0);
    let merged = ChangeView::ConversationGone {
        conversation: CHAT,
        into: Some(other),
    };
    state.reduce(Action::Happened(event(seq, vec![merged])));
    assert_eq!(state.drafts[&other], "Not for them\nHello");
    assert!(state.notes == [other].into() && !state.composes(other));
    let kept = state.unkept_drafts();
    assert_eq!((kept.len(), kept[0].conversation, kept[0].is_note), (1, other, true));
}

#[test]
fn a_note_that_is_not_begun_yet_stays_one_where_its_chat_goes_on() {
    let mut state = greeted();
    let other = ConversationId(2);
    state.reduce(Action::Opened(CHAT));
    state.reduce(Action::Team(TeamAction::WritesNote(CHAT, true)));
    let merged = ChangeView::ConversationGone {
        conversation: CHAT,
        into: Some(other),
    };
    let seq = state.seq.map_or(0, |seq| seq.0);
    let touched = state.reduce(Action::Happened(event(seq, vec![merged])));
    assert!(touched.contains(Part::Draft(other)));
    state.reduce(Action::Opened(other));
    assert_eq!(state.notes, [other].into());
    state.reduce(Action::Typed(other, "Not for them".to_owned()));
    assert!(!state.composes(other));
}

#[test]
fn whoever_answers_while_a_reply_is_written_is_noticed_once_and_only_then() {
    let answered = |origin, author: &str, at| MessageView {
        origin,
        author: author.to_owned(),
        ..message(1, 9, at)
    };
    let notices = |typed: &str, message: MessageView| {
        let mut state = greeted();
        state.reduce(Action::Tick(Millis(1_000_000)));
        state.reduce(Action::Opened(CHAT));
        state.reduce(Action::Typed(CHAT, typed.to_owned()));
        let seq = state.seq.map_or(0, |seq| seq.0);
        state.reduce(Action::Happened(event(seq, vec![ChangeView::Message(message)])));
        state.faster.contains_key(&CHAT)
    };
    assert!(notices("I will", answered(Origin::Phone, "", 999_000)));
    assert!(notices("I will", answered(Origin::Agent, "Somebody else", 999_000)));
    assert!(
        !notices("  ", answered(Origin::Phone, "", 999_000)),
        "nothing is being written"
    );
    assert!(!notices("I will", answered(Origin::Customer, "", 999_000)));
    assert!(
        !notices("I will", answered(Origin::Phone, "", 100_000)),
        "that was long ago"
    );
}

/// What is told about a message that was sent elsewhere, or here under this id.
fn tell(state: &mut State, message: MessageView) {
    let seq = state.seq.map_or(0, |seq| seq.0);
    state.reduce(Action::Happened(event(seq, vec![ChangeView::Message(message)])));
}

fn from_me(state: &State, id: OutboxId, text: &str) -> MessageView {
    MessageView {
        author: state.me().to_owned(),
        outbox: Some(id),
        content: content(text),
        at: state.now,
        ..sent(1, 9, 0, Status::Accepted)
    }
}

fn with_kept_draft(text: &str, is_note: bool) -> State {
    let mut state = greeted();
    state.reduce(Action::Tick(Millis(1_000_000)));
    state.reduce(Action::Team(TeamAction::Drafts(vec![DraftView {
        conversation: CHAT,
        text: text.to_owned(),
        is_note,
    }])));
    state
}

#[test]
fn what_the_same_person_sent_from_another_window_is_no_draft_in_this_one() {
    let elsewhere = || OutboxId(uuid::Uuid::now_v7());
    let mut state = with_kept_draft("We ship on Monday ", false);
    let sent = from_me(&state, elsewhere(), "We ship on Monday");
    tell(&mut state, sent.clone());
    assert!(!state.drafts.contains_key(&CHAT) && state.faster.is_empty());

    // What was sent is written once more: how far the first one came says nothing about that.
    let mut state = with_kept_draft("", false);
    let id = elsewhere();
    state.reduce(Action::Typed(CHAT, "ok".to_owned()));
    state.reduce(Action::Submitted { id, conversation: CHAT });
    state.reduce(Action::Typed(CHAT, "ok".to_owned()));
    let here = from_me(&state, id, "ok");
    tell(&mut state, here.clone());
    tell(&mut state, here);
    assert!(state.is_written(CHAT) && state.faster.is_empty());

    let mut state = with_kept_draft("We ship on Monday", true);
    tell(&mut state, sent);
    assert!(state.is_written(CHAT), "a note with the same words was not sent");
    let note = MessageView {
        origin: Origin::System,
        outbox: None,
        content: Content::Note {
            body: "We ship on Monday".to_owned(),
            mentions: Vec::new(),
        },
        ..from_me(&state, elsewhere(), "")
    };
    tell(&mut state, note);
    assert!(!state.is_written(CHAT));
}

#[test]
fn another_text_that_the_same_person_sent_from_another_window_is_seen_before_more_is_sent() {
    let mut state = with_kept_draft("We ship on Monday", false);
    let at_once = OutboxId(uuid::Uuid::now_v7());
    state.reduce(Action::SentHere(at_once));
    let template = from_me(&state, at_once, "Hello");
    tell(&mut state, template);
    assert!(state.faster.is_empty(), "that was from here");
    let elsewhere = from_me(&state, OutboxId(uuid::Uuid::now_v7()), "We ship on Tuesday");
    tell(&mut state, elsewhere);
    assert!(state.is_written(CHAT) && state.faster_in(CHAT).is_some());
}

#[test]
fn whoever_answers_while_a_form_is_filled_in_is_noticed_until_that_is_put_away() {
    let mut state = greeted();
    state.reduce(Action::Tick(Millis(1_000_000)));
    state.reduce(Action::Opened(CHAT));
    state.reduce(Action::Team(TeamAction::FillsIn(Some(CHAT))));
    let phone = |conversation, id| MessageView {
        origin: Origin::Phone,
        ..message(conversation, id, 999_000)
    };
    tell(&mut state, phone(2, 8));
    tell(&mut state, phone(1, 9));
    assert_eq!(state.faster.keys().collect::<Vec<_>>(), [&CHAT]);
    assert!(state.faster_in(CHAT).is_some());
    state.reduce(Action::Team(TeamAction::FillsIn(None)));
    assert!(state.faster.is_empty());
}

#[test]
fn whoever_was_faster_is_of_no_interest_where_nothing_is_written_any_more() {
    let faster = |state: &mut State| {
        let phone = MessageView {
            origin: Origin::Phone,
            ..message(1, 9, 999_000)
        };
        tell(state, phone);
        assert!(state.faster_in(CHAT).is_some());
    };
    let mut state = with_kept_draft("I will", false);
    faster(&mut state);
    state.reduce(Action::Typed(CHAT, "I".to_owned()));
    assert!(state.faster_in(CHAT).is_some());
    let touched = state.reduce(Action::Typed(CHAT, " ".to_owned()));
    assert!(touched.contains(Part::Faster) && state.faster.is_empty());

    let mut state = with_kept_draft("Look at this", false);
    let mut file = Attached::coming("plan.pdf".to_owned(), 5);
    file.upload = Upload::Here(UploadedFile {
        hash: ContentHash([1; 32]),
        size_bytes: 5,
        kind: FileKind::Document,
        problem: None,
    });
    state.reduce(Action::File(CHAT, FileAction::Attached(file)));
    faster(&mut state);
    assert!(state.composes(CHAT));
    let touched = state.reduce(Action::Discarded(CHAT));
    assert!(touched.contains(Part::Draft(CHAT)) && touched.contains(Part::Files(CHAT)));
    assert!(state.attached(CHAT).is_empty() && !state.composes(CHAT) && state.faster.is_empty());
    assert_eq!(state.unkept_drafts()[0].text, "");
}

#[test]
fn whoever_was_faster_is_seen_where_a_draft_waits_and_once_for_each_message() {
    let mut state = greeted();
    state.reduce(Action::Tick(Millis(1_000_000)));
    state.reduce(Action::Typed(CHAT, "I will".to_owned()));
    state.reduce(Action::Opened(ConversationId(2)));
    let answers = |state: &mut State, id| {
        let phone = MessageView {
            origin: Origin::Phone,
            ..message(1, id, 999_000)
        };
        let seq = state.seq.map_or(0, |seq| seq.0);
        state.reduce(Action::Happened(event(seq, vec![ChangeView::Message(phone)])));
        state.faster.get(&CHAT).is_some_and(|faster| !faster.is_seen)
    };
    assert!(answers(&mut state, 9), "another chat is open");
    state.reduce(Action::Team(TeamAction::FasterSeen(CHAT)));
    assert!(!answers(&mut state, 9), "only how far it came is new");
    assert!(answers(&mut state, 10));
}

#[test]
fn the_next_unread_chat_is_below_the_open_one_or_at_the_top_again() {
    let mut state = greeted();
    show(
        &mut state,
        ConversationFilter::All,
        vec![unread(1, 100), row(2, 90), unread(3, 80), row(4, 70)],
    );
    assert_eq!(state.next_unread(), Some(ConversationId(1)));
    for (open, next) in [(1, 3), (2, 3), (3, 1), (4, 1)] {
        state.reduce(Action::Opened(ConversationId(open)));
        assert_eq!(state.next_unread(), Some(ConversationId(next)), "after {open}");
    }
    show(&mut state, ConversationFilter::All, vec![unread(1, 100), row(2, 90)]);
    state.reduce(Action::Opened(ConversationId(1)));
    assert_eq!(state.next_unread(), None, "the open one does not count");
}

#[test]
fn colleagues_who_reply_here_are_known_for_a_while_whatever_the_log_says() {
    let mut state = greeted();
    state.reduce(Action::Tick(Millis(1000)));
    let it = |user: &str, conversation: i64, until: i64| ReplyingView {
        conversation: ConversationId(conversation),
        user: user.to_owned(),
        until: Millis(until),
    };
    let me = state.me().to_owned();
    let people = vec![
        it("Omar", 1, 2000),
        it(&me, 1, 2000),
        it("Ana", 2, 2000),
        it("Ben", 1, 900),
    ];
    let seq = state.seq.unwrap();
    let touched = state.reduce(Action::Happened(Event {
        after: seq,
        seq,
        changes: vec![ChangeView::Replying { people }],
    }));
    assert!(touched.contains(Part::Replying));
    assert_eq!(state.seq, Some(seq));
    assert_eq!(state.replying_in(CHAT), ["Omar"]);
    state.reduce(Action::Tick(Millis(2000)));
    assert_eq!(state.replying_in(CHAT), [""; 0]);
}

#[test]
fn a_field_is_found_by_its_name_as_the_engine_tells_names_apart() {
    let mut state = greeted();
    let field = FieldView {
        name: "Order".to_owned(),
        value: "4711".to_owned(),
    };
    state.reduce(Action::DetailsLoaded(ConversationDetails {
        row: row(1, 100),
        first_at: Millis(1),
        answered: SourceSplit::default(),
        fields: vec![field.clone()],
    }));
    assert_eq!(state.field(CHAT, " order"), Some(&field));
    assert_eq!(state.field(CHAT, "Orders"), None);
    assert_eq!(state.field(ConversationId(2), "Order"), None);
}

#[test]
fn a_shortcut_is_found_as_people_write_it() {
    let mut state = greeted();
    let reply = CannedReply {
        shortcut: "hello".to_owned(),
        text: "Good morning!".to_owned(),
    };
    state.team.replies = vec![reply.clone()];
    for typed in ["hello", "/hello", " /hello "] {
        assert_eq!(state.canned_reply(shortcut_of(typed)), Some(&reply), "{typed}");
    }
    for (typed, shortcut) in [("//hello", "/hello"), ("good morning", "good morning"), ("/", "")] {
        assert_eq!(shortcut_of(typed), shortcut);
        assert_eq!(state.canned_reply(shortcut), None);
    }
}
