//! Files in the composer.

use super::*;
use twinbox_domain::{Content, ContentHash, FileKind, FileProblem, MessageId, Wamid};
use twinbox_protocol::{FileState, FileView, ScheduledView, UploadedFile};
use uuid::Uuid;

/// Puts a file into Alice's composer that the engine takes for `kind`.
fn attach(state: &mut State, name: &str, kind: FileKind, problem: Option<FileProblem>) -> Uuid {
    let file = Attached::coming(name.to_owned(), 5);
    let key = file.key;
    state.reduce(Action::File(ALICE, FileAction::Attached(file)));
    let uploaded = UploadedFile {
        hash: ContentHash([7; 32]),
        size_bytes: 5,
        kind,
        problem,
    };
    let touched = state.reduce(Action::File(ALICE, FileAction::Uploaded(key, Upload::Here(uploaded))));
    assert!(touched.contains(Part::Files(ALICE)));
    key
}

/// Sends everything in Alice's composer; what leaves, in order.
fn submit(state: &mut State) -> Vec<(String, String)> {
    while state.composes(ALICE) {
        let id = OutboxId(Uuid::now_v7());
        state.reduce(Action::Submitted {
            id,
            conversation: ALICE,
        });
    }
    let left = state.outgoing.iter();
    left.map(|outgoing| {
        let file = outgoing.file.as_ref().map(|file| file.name.clone());
        (outgoing.text.clone(), file.unwrap_or_default())
    })
    .collect()
}

fn pieces<const N: usize>(pieces: [(&str, &str); N]) -> Vec<(String, String)> {
    pieces.map(|(text, file)| (text.to_owned(), file.to_owned())).to_vec()
}

#[test]
fn each_file_is_a_message_and_the_text_goes_with_the_first() {
    let mut state = with_thread([], false);
    attach(&mut state, "a.jpg", FileKind::Image, None);
    attach(&mut state, "b.pdf", FileKind::Document, None);
    state.reduce(Action::Typed(ALICE, "Look".to_owned()));
    assert_eq!(submit(&mut state), pieces([("Look", "a.jpg"), ("", "b.pdf")]));
    assert!(state.files.is_empty() && state.drafts.is_empty());
    let shown = state.outgoing[0].as_message(&state).content;
    assert!(matches!(shown, Content::Image(media) if media.caption == "Look"));
}

#[test]
fn a_text_that_cannot_stand_below_the_first_file_goes_before_it() {
    let mut state = with_thread([], false);
    attach(&mut state, "a.ogg", FileKind::Voice, None);
    state.reduce(Action::Typed(ALICE, "Listen".to_owned()));
    assert_eq!(submit(&mut state), pieces([("Listen", ""), ("", "a.ogg")]));

    let mut state = with_thread([], false);
    attach(&mut state, "a.jpg", FileKind::Image, None);
    let long = "x".repeat(1025);
    state.reduce(Action::Typed(ALICE, long.clone()));
    assert_eq!(submit(&mut state), pieces([(long.as_str(), ""), ("", "a.jpg")]));
}

#[test]
fn nothing_leaves_before_every_file_can_and_the_draft_stays() {
    let mut state = with_thread([], false);
    let coming = Attached::coming("a.jpg".to_owned(), 5);
    let key = coming.key;
    state.reduce(Action::File(ALICE, FileAction::Attached(coming)));
    state.reduce(Action::Typed(ALICE, "Look".to_owned()));
    assert!(!state.composes(ALICE));
    let failed = Upload::Failed("No".to_owned(), true);
    state.reduce(Action::File(ALICE, FileAction::Uploaded(key, failed)));
    assert!(!state.composes(ALICE));
    state.reduce(Action::File(ALICE, FileAction::Removed(key)));
    assert!(state.composes(ALICE));
    assert_eq!(state.drafts[&ALICE], "Look");
}

#[test]
fn a_file_that_cannot_go_as_it_is_goes_as_a_document_when_asked_to() {
    let mut state = with_thread([], false);
    let key = attach(
        &mut state,
        "a.gif",
        FileKind::Document,
        Some(FileProblem::Type(FileKind::Image)),
    );
    assert!(!state.composes(ALICE));
    state.reduce(Action::File(ALICE, FileAction::AsDocument(key)));
    assert!(state.composes(ALICE));
    submit(&mut state);
    let file = state.outgoing[0].file.as_ref().and_then(Attached::to_send).unwrap();
    assert!(file.as_document && file.name == "a.gif");

    let empty = attach(&mut state, "a.txt", FileKind::Document, Some(FileProblem::Empty));
    state.reduce(Action::File(ALICE, FileAction::AsDocument(empty)));
    assert!(!state.composes(ALICE));
}

#[test]
fn a_refused_file_goes_back_into_the_composer_with_its_text() {
    let mut state = with_thread([], false);
    attach(&mut state, "a.jpg", FileKind::Image, None);
    state.reduce(Action::Typed(ALICE, "Look".to_owned()));
    submit(&mut state);
    let id = state.outgoing[0].id;
    attach(&mut state, "b.jpg", FileKind::Image, None);
    state.reduce(Action::Withdrawn(id));
    let names: Vec<_> = state.attached(ALICE).iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.jpg", "b.jpg"]);
    assert_eq!(state.drafts[&ALICE], "Look");
}

#[test]
fn a_queued_file_that_is_taken_back_can_be_sent_again() {
    let mut state = with_thread([], false);
    attach(&mut state, "Quote.pdf", FileKind::Document, None);
    submit(&mut state);
    let mut queued = state.outgoing[0].as_message(&state);
    queued.file = Some(FileView {
        state: FileState::Here {
            size_bytes: 5,
            pixels: None,
            sound: None,
        },
        shown_type: None,
    });
    state.outgoing.clear();
    state.reduce(Action::of_queued(&queued));
    assert!(state.composes(ALICE) && !state.drafts.contains_key(&ALICE));
    let file = state.attached(ALICE)[0].to_send().unwrap();
    assert_eq!((file.hash, file.name.as_str()), (ContentHash([7; 32]), "Quote.pdf"));
}

#[test]
fn a_file_that_was_to_be_sent_later_comes_back_with_its_caption_and_what_it_quotes() {
    let mut state = with_thread([], false);
    attach(&mut state, "a.jpg", FileKind::Image, None);
    state.reduce(Action::Typed(ALICE, "Like this".to_owned()));
    submit(&mut state);
    let sent = state.outgoing.remove(0).as_message(&state);
    let quoted = Quoted {
        message: MessageId(6),
        wamid: Wamid::from("wamid.6"),
    };
    let scheduled = ScheduledView {
        id: OutboxId(Uuid::now_v7()),
        number: row(1, 0).number,
        conversation: ALICE,
        person: row(1, 0).person,
        author: sent.author,
        content: sent.content,
        file_size_bytes: Some(5),
        quoted: Some(quoted.clone()),
        send_at: Millis(60_000),
        is_undo: true,
    };
    state.reduce(Action::of_scheduled(&scheduled));
    assert_eq!(
        (state.drafts[&ALICE].as_str(), &state.quotes[&ALICE]),
        ("Like this", &quoted)
    );
    let file = &state.attached(ALICE)[0];
    assert_eq!((file.kind(), file.size_bytes), (FileKind::Image, 5));
    assert_eq!(file.to_send().map(|file| file.hash), Some(ContentHash([7; 32])));
}

#[test]
fn files_quotes_and_what_was_not_handed_over_go_on_in_the_conversation_that_another_was_merged_into() {
    let known = MessageView {
        wamid: Some(Wamid::from("wamid.A")),
        ..message(1, 6, 60)
    };
    let mut state = with_thread([known], false);
    let failed = OutboxId(Uuid::now_v7());
    state.reduce(Action::Typed(ALICE, "Hello".to_owned()));
    state.reduce(Action::Submitted {
        id: failed,
        conversation: ALICE,
    });
    state.reduce(Action::NotAccepted(failed, ApiError::unavailable("No")));
    state.reduce(Action::Quote(ALICE, Some(MessageId(6))));
    let coming = Attached::coming("a.jpg".to_owned(), 5);
    let key = coming.key;
    state.reduce(Action::File(ALICE, FileAction::Attached(coming)));
    state.reduce(Action::File(
        BOB,
        FileAction::Attached(Attached::coming("b.jpg".to_owned(), 5)),
    ));
    let merged = ChangeView::ConversationGone {
        conversation: ALICE,
        into: Some(BOB),
    };
    let touched = happen(&mut state, vec![merged]);
    assert!(touched.contains(Part::Files(BOB)) && touched.contains(Part::Quote(BOB)));
    let names: Vec<_> = state.attached(BOB).iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.jpg", "b.jpg"]);
    assert_eq!(state.quotes[&BOB].message, MessageId(6));
    assert_eq!(state.outgoing[0].conversation, BOB);
    assert!(state.files.len() == 1 && state.quotes.len() == 1);
    // What is on its way knows only where it began.
    let touched = state.reduce(Action::File(
        ALICE,
        FileAction::Uploaded(key, Upload::Failed("No".to_owned(), true)),
    ));
    assert!(touched.contains(Part::Files(BOB)));
    assert!(matches!(state.attached(BOB)[0].upload, Upload::Failed(..)));
    state.reduce(Action::Withdrawn(failed));
    assert_eq!(state.drafts[&BOB], "Hello");
}
