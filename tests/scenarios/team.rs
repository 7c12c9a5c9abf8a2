//! Working on conversations together.

use std::time::{Duration, SystemTime, UNIX_EPOCH};
use twinbox_domain::{Content, ConversationId, ConversationState, LabelId, Millis, Origin};
use twinbox_protocol::{
    Assign, Call, Caller, CannedReply, ChangeView, ConversationFilter, ConversationRow, DeleteLabel, DeleteNote,
    DraftView, ErrorCode, FieldView, GetConversation, GetDrafts, GetOverview, GetTeam, Hello, LabelConversations,
    ListConversations, MarkRead, MarkUnread, Role, SaveCannedReply, SaveDraft, SaveLabel, ScheduleMessage, Search,
    SearchFilters, SendMessage, SetField, SetState, TellTyping, ToSend, When, WorkloadView, WriteNote,
};
use twinbox_simulator::CustomerMessage;
use twinbox_tests::desk::{Desk, Setup, alice, bob, new_id};

fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Millis(i64::try_from(since.as_millis()).unwrap())
}

const MAYA: &str = "Maya Lindqvist";
const OMAR: &str = "Omar Haddad";

async fn listed(desk: &Desk, filter: ConversationFilter) -> Vec<ConversationRow> {
    let call = ListConversations {
        filter,
        before: None,
        limit: 50,
    };
    desk.ask(call).await.unwrap().items
}

async fn names(desk: &Desk, filter: ConversationFilter) -> Vec<String> {
    listed(desk, filter)
        .await
        .into_iter()
        .map(|row| row.person.name)
        .collect()
}

async fn row(desk: &Desk, conversation: ConversationId) -> ConversationRow {
    desk.ask(GetConversation { conversation }).await.unwrap().row
}

async fn set(desk: &Desk, conversation: ConversationId, state: ConversationState) -> Result<(), ErrorCode> {
    let conversations = vec![conversation];
    let seen = None;
    let set = desk
        .ask(SetState {
            conversations,
            state,
            seen,
        })
        .await;
    set.map_err(|error| error.code)
}

/// Everything in a chat was seen.
async fn reads(desk: &Desk, conversation: ConversationId) -> anyhow::Result<()> {
    let up_to = desk.thread(conversation).await.remove(0).id;
    Ok(desk.ask(MarkRead { conversation, up_to }).await?)
}

async fn as_omar<C: Call>(desk: &Desk, call: C) -> C::Reply {
    let caller = Caller {
        user: OMAR.to_owned(),
        role: Role::Agent,
        client: "test".to_owned(),
    };
    let json = desk.host().engine().dispatch(&caller, call.into()).await.unwrap();
    serde_json::from_slice(&json).unwrap()
}

#[tokio::test]
async fn a_resolved_chat_leaves_the_list_and_comes_back_when_the_customer_writes() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let chat = desk.hears_from(alice(), "Thanks").await?;
    assert!(chat.needs_reply && chat.state == ConversationState::Open);
    set(&desk, chat.id, ConversationState::Resolved).await.unwrap();
    assert!(desk.list().await.is_empty());
    assert_eq!(names(&desk, ConversationFilter::Resolved).await, ["Alice Almeida"]);
    assert_eq!(names(&desk, ConversationFilter::NeedsReply).await, [""; 0]);
    let overview = desk.ask(GetOverview {}).await?;
    assert_eq!((overview.needs_reply, overview.workloads), (0, Vec::new()));

    let again = desk.hears_from(alice(), "One more thing").await?;
    assert_eq!((again.id, again.state), (chat.id, ConversationState::Open));
    assert!(again.needs_reply);
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_chat_is_not_filed_away_with_what_the_customer_wrote_meanwhile() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let alices = desk.hears_from(alice(), "Thanks").await?.id;
    let bobs = desk.hears_from(bob(), "Thanks").await?.id;
    let seen = Some(desk.ask(Hello {}).await?.seq);
    desk.hears_from(alice(), "One more thing").await?;
    let resolve = |conversations: Vec<ConversationId>, seen| SetState {
        conversations,
        state: ConversationState::Resolved,
        seen,
    };
    let refused = desk.ask(resolve(vec![alices], seen)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict);
    let refused = desk.ask(resolve(vec![alices, bobs], seen)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict);
    assert_eq!(names(&desk, ConversationFilter::All).await, ["Alice Almeida"]);
    assert_eq!(names(&desk, ConversationFilter::Resolved).await, ["Bob Borges"]);

    let seen = Some(desk.ask(Hello {}).await?.seq);
    desk.ask(resolve(vec![alices], seen)).await?;
    assert_eq!(names(&desk, ConversationFilter::All).await, [""; 0]);
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn an_emoji_of_ours_on_what_the_customer_wrote_is_nothing_that_they_wrote() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let conversation = desk.hears_from(alice(), "Thanks").await?.id;
    let seen = Some(desk.ask(Hello {}).await?.seq);
    let to = desk.thread(conversation).await[0].wamid.clone().unwrap();
    let message = ToSend::Reaction {
        to,
        emoji: "👍".to_owned(),
    };
    let call = SendMessage {
        id: new_id(),
        conversation,
        message,
        reply_to: None,
    };
    desk.ask(call).await?;
    desk.until("the emoji on the message", async |desk| {
        let message = desk.thread(conversation).await.swap_remove(0);
        (message.reacting.is_none() && !message.reactions.is_empty()).then_some(())
    })
    .await?;
    desk.ask(SetState {
        conversations: vec![conversation],
        state: ConversationState::Resolved,
        seen,
    })
    .await?;
    assert_eq!(row(&desk, conversation).await.state, ConversationState::Resolved);
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_chat_that_waits_for_somebody_else_is_still_on_the_desk() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let chat = desk.hears_from(alice(), "When does it come?").await?;
    set(&desk, chat.id, ConversationState::Pending).await.unwrap();
    assert_eq!(names(&desk, ConversationFilter::Pending).await, ["Alice Almeida"]);
    assert_eq!(desk.list().await.len(), 1);
    desk.hears_from(alice(), "Hello?").await?;
    assert_eq!(names(&desk, ConversationFilter::Pending).await, [""; 0]);
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_snoozed_chat_comes_back_unread_when_its_time_has_come_also_after_a_restart() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let chat = desk.hears_from(alice(), "Call me tomorrow").await?;
    let conversation = chat.id;
    reads(&desk, conversation).await?;
    assert_eq!(
        set(&desk, chat.id, ConversationState::Snoozed { until: now() }).await,
        Err(ErrorCode::Invalid)
    );
    let until = now().plus_ms(600);
    set(&desk, chat.id, ConversationState::Snoozed { until }).await.unwrap();
    assert_eq!(names(&desk, ConversationFilter::Snoozed).await, ["Alice Almeida"]);
    assert_eq!(desk.ask(GetOverview {}).await?.snoozed, 1);
    assert!(desk.list().await.is_empty());

    let (meta, folder) = desk.stop().await?;
    let desk = Desk::resume(meta, folder, Setup::default()).await?;
    let woken = desk
        .until("the chat that was put off", async |desk| desk.list().await.pop())
        .await?;
    assert_eq!((woken.state, woken.unread), (ConversationState::Open, 1));
    assert!(now() >= until, "it came before its time");
    assert_eq!(desk.ask(GetOverview {}).await?.snoozed, 0);
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_chat_is_given_to_a_colleague_and_counted_with_them() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    desk.ask(Hello {}).await?;
    as_omar(&desk, Hello {}).await;
    let first = desk.hears_from(alice(), "Hi").await?.id;
    let second = desk.hears_from(bob(), "Hi").await?.id;
    assert_eq!(listed(&desk, ConversationFilter::Unassigned).await.len(), 2);
    let to = |assignee: &str| Assign {
        conversations: vec![first, second],
        assignee: assignee.to_owned(),
    };
    desk.ask(to(OMAR)).await?;
    let only_first = Assign {
        conversations: vec![first],
        assignee: MAYA.to_owned(),
    };
    desk.ask(only_first).await?;
    assert_eq!(names(&desk, ConversationFilter::Mine).await, ["Alice Almeida"]);
    let mine = ListConversations {
        filter: ConversationFilter::Mine,
        before: None,
        limit: 10,
    };
    assert_eq!(as_omar(&desk, mine).await.items[0].person.name, "Bob Borges");
    let one = |assignee: &str| WorkloadView {
        assignee: assignee.to_owned(),
        conversations: 1,
    };
    assert_eq!(desk.ask(GetOverview {}).await?.workloads, [one(MAYA), one(OMAR)]);
    assert_eq!(desk.ask(to("Nobody here")).await.unwrap_err().code, ErrorCode::Invalid);

    desk.ask(to("")).await?;
    assert_eq!(listed(&desk, ConversationFilter::Unassigned).await.len(), 2);
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn labels_are_put_on_chats_list_them_in_order_and_go_with_their_label() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let wrote = async |customer, minutes: u64| {
        let text = CustomerMessage::Text("Hi".to_owned());
        let wamid = desk
            .meta
            .customer_wrote(customer, text, Duration::from_secs(60 * minutes));
        desk.until_shown(&wamid).await.map(|row| row.id)
    };
    let (first, second) = (wrote(alice(), 20).await?, wrote(bob(), 10).await?);
    let label = |id: Option<LabelId>, name: &str| SaveLabel {
        id,
        name: name.to_owned(),
        color: 3,
    };
    let quote = desk.ask(label(None, " Quote ")).await?;
    for (id, taken) in [(None, "quote"), (None, ""), (Some(LabelId(99)), "Other")] {
        assert_eq!(desk.ask(label(id, taken)).await.unwrap_err().code, ErrorCode::Invalid);
    }
    let put = |is_on| LabelConversations {
        conversations: vec![first, second],
        label: quote,
        is_on,
    };
    desk.ask(put(true)).await?;
    desk.ask(put(true)).await?;
    assert_eq!(row(&desk, first).await.labels, [quote]);
    assert_eq!(
        names(&desk, ConversationFilter::Label(quote)).await,
        ["Bob Borges", "Alice Almeida"]
    );
    desk.hears_from(alice(), "And?").await?;
    assert_eq!(
        names(&desk, ConversationFilter::Label(quote)).await,
        ["Alice Almeida", "Bob Borges"]
    );
    desk.ask(label(Some(quote), "Offer")).await?;
    assert_eq!(desk.ask(GetTeam {}).await?.labels[0].name, "Offer");

    let before = desk.ask(GetOverview {}).await?.team_saved;
    desk.ask(DeleteLabel { label: quote }).await?;
    assert!(desk.ask(GetOverview {}).await?.team_saved > before);
    assert!(row(&desk, first).await.labels.is_empty());
    assert_eq!(desk.ask(put(true)).await.unwrap_err().code, ErrorCode::NotFound);
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_note_stands_in_the_thread_calls_colleagues_and_reaches_no_customer() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    as_omar(&desk, Hello {}).await;
    let chat = desk.hears_from(alice(), "Is the deposit paid?").await?;
    let note = |text: &str| WriteNote {
        conversation: chat.id,
        text: text.to_owned(),
    };
    let written = desk.ask(note("@Omar 30% is paid")).await?;
    assert_eq!((written.origin, written.author.as_str()), (Origin::System, MAYA));
    let Content::Note { body, mentions } = &written.content else {
        panic!("it is no note")
    };
    assert_eq!(
        (body.as_str(), mentions.as_slice()),
        ("@Omar 30% is paid", &[OMAR.to_owned()][..])
    );
    for bad in ["  ", &"x".repeat(4097)] {
        assert_eq!(desk.ask(note(bad)).await.unwrap_err().code, ErrorCode::Invalid);
    }

    // The list is as before: it shows what the customer said, who still waits.
    let after = row(&desk, chat.id).await;
    assert_eq!(
        (after.last_at, after.needs_reply, after.unread),
        (chat.last_at, true, 1)
    );
    assert!(matches!(after.preview.content, Content::Text { .. }));
    let last = desk.thread(chat.id).await.pop().unwrap();
    assert_eq!(last.id, written.id, "it stands below what was said");
    let search = Search {
        text: "deposit paid".to_owned(),
        filters: SearchFilters::default(),
        before: None,
        limit: 10,
    };
    assert_eq!(desk.ask(search).await?.messages.items.len(), 1);

    let delete = DeleteNote { note: written.id };
    let omar = Caller {
        user: OMAR.to_owned(),
        role: Role::Agent,
        client: "test".to_owned(),
    };
    let refused = desk.host().engine().dispatch(&omar, delete.into()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict);
    desk.ask(delete).await?;
    assert_eq!(desk.thread(chat.id).await.len(), 1);
    assert!(desk.meta.ledger().is_empty(), "a note left Twinbox");
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_chat_whose_note_calls_somebody_is_in_their_view_while_there_is_something_to_do() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    desk.ask(Hello {}).await?;
    as_omar(&desk, Hello {}).await;
    let (first, second) = (
        desk.hears_from(alice(), "Hi").await?.id,
        desk.heard_yesterday_from(bob()).await?.id,
    );
    let note = async |conversation, text: &str| {
        let text = text.to_owned();
        desk.ask(WriteNote { conversation, text }).await.unwrap().id
    };
    let mentioned = async || {
        let filter = ConversationFilter::Mentions;
        let call = ListConversations {
            filter,
            before: None,
            limit: 10,
        };
        let rows = as_omar(&desk, call).await.items;
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let counted = async || desk.ask(GetOverview {}).await.unwrap().mentioned;
    assert!(mentioned().await.is_empty() && counted().await.is_empty());

    let asked = note(first, "@Omar, is it paid?").await;
    note(first, "@omar again").await;
    note(second, "@Maya and @Omar").await;
    assert_eq!(mentioned().await, [first, second]);
    assert_eq!(names(&desk, ConversationFilter::Mentions).await, ["Bob Borges"]);
    let of = |assignee: &str, conversations| WorkloadView {
        assignee: assignee.to_owned(),
        conversations,
    };
    assert_eq!(counted().await, [of(MAYA, 1), of(OMAR, 2)]);
    assert_eq!(row(&desk, second).await.mentions, [MAYA, OMAR]);

    // The newest first, as in every list.
    desk.hears_from(bob(), "One more thing").await?;
    assert_eq!(mentioned().await, [second, first]);
    set(&desk, second, ConversationState::Resolved).await.unwrap();
    assert_eq!(mentioned().await, [first]);
    desk.ask(DeleteNote { note: asked }).await?;
    assert_eq!(mentioned().await, [first], "the other note calls as well");
    let (meta, folder) = desk.stop().await?;
    let desk = Desk::resume(meta, folder, Setup::default()).await?;
    assert_eq!(desk.ask(GetOverview {}).await?.mentioned, [of(OMAR, 1)]);
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn colleagues_are_told_who_writes_a_reply_until_it_is_sent_and_nothing_of_it_is_kept() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let conversation = desk.hears_from(alice(), "Hi").await?.id;
    let mut events = desk.host().engine().events(None);
    let mut told = async || loop {
        let event = events.next().await.unwrap();
        let replying = event.changes.into_iter().find_map(|change| match change {
            ChangeView::Replying { people } => Some(people),
            _ => None,
        });
        if let Some(people) = replying {
            assert_eq!(event.after, event.seq, "it is in no log");
            return people;
        }
    };
    let before = now();
    as_omar(&desk, TellTyping { conversation }).await;
    let people = told().await;
    assert_eq!(people.len(), 1);
    assert_eq!((people[0].conversation, people[0].user.as_str()), (conversation, OMAR));
    assert!(people[0].until > before.plus_ms(20_000), "until it would be told again");

    // Whoever comes later is told as well.
    let mut later = desk.host().engine().events(None);
    let first = later.next().await.unwrap();
    assert_eq!(first.changes, [ChangeView::Replying { people }]);

    let send = SendMessage {
        id: new_id(),
        conversation,
        message: ToSend::text("Hello"),
        reply_to: None,
    };
    as_omar(&desk, send).await;
    assert!(told().await.is_empty());
    drop((events, later));
    let (meta, folder) = desk.stop().await?;
    let desk = Desk::resume(meta, folder, Setup::default()).await?;
    as_omar(&desk, TellTyping { conversation }).await;
    let again = desk.host().engine().events(None).next().await.unwrap();
    assert!(matches!(&again.changes[..], [ChangeView::Replying { people }] if people.len() == 1));
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn the_chats_of_one_number_are_a_view() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let chat = desk.hears_from(alice(), "Hi").await?;
    assert_eq!(names(&desk, ConversationFilter::Number(0)).await, ["Alice Almeida"]);
    set(&desk, chat.id, ConversationState::Resolved).await.unwrap();
    assert_eq!(names(&desk, ConversationFilter::Number(0)).await, [""; 0]);
    let call = ListConversations {
        filter: ConversationFilter::Number(1),
        before: None,
        limit: 10,
    };
    assert_eq!(desk.ask(call).await.unwrap_err().code, ErrorCode::NotFound);
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_search_is_narrowed_to_chats_with_a_label_or_of_a_colleague() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    as_omar(&desk, Hello {}).await;
    let (first, second) = (
        desk.hears_from(alice(), "the oak bench").await?.id,
        desk.hears_from(bob(), "an oak table").await?.id,
    );
    let (name, color) = ("Quote".to_owned(), 0);
    let quote = desk.ask(SaveLabel { id: None, name, color }).await?;
    let labeled = LabelConversations {
        conversations: vec![first],
        label: quote,
        is_on: true,
    };
    desk.ask(labeled).await?;
    let (conversations, assignee) = (vec![second], OMAR.to_owned());
    desk.ask(Assign {
        conversations,
        assignee,
    })
    .await?;
    let found = async |text: &str, filters: SearchFilters| {
        let call = Search {
            text: text.to_owned(),
            filters,
            before: None,
            limit: 10,
        };
        let results = desk.ask(call).await.unwrap();
        let chats: Vec<_> = results.chats.into_iter().map(|chat| chat.row.id).collect();
        let messages: Vec<_> = results.messages.items.into_iter().map(|hit| hit.conversation).collect();
        (chats, messages)
    };
    let label = |label| SearchFilters {
        label: Some(label),
        ..SearchFilters::default()
    };
    let agent = |name: &str| SearchFilters {
        assignee: Some(name.to_owned()),
        ..SearchFilters::default()
    };
    assert_eq!(found("oak", SearchFilters::default()).await.1.len(), 2);
    assert_eq!(found("oak", label(quote)).await, (vec![], vec![first]));
    assert_eq!(found("", label(quote)).await, (vec![], vec![first]), "without words");
    assert_eq!(found("a", agent(OMAR)).await, (vec![], vec![second]));
    assert_eq!(found("bob", agent(OMAR)).await.0, [second]);
    assert_eq!(found("bob", label(quote)).await.0, []);
    assert_eq!(found("oak", agent("Nobody")).await, (vec![], vec![]));
    assert_eq!(found("oak", label(LabelId(99))).await, (vec![], vec![]));
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn drafts_are_kept_for_each_person_over_a_restart() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let conversation = desk.hears_from(alice(), "Hi").await?.id;
    let draft = |text: &str, is_note: bool| DraftView {
        conversation,
        text: text.to_owned(),
        is_note,
    };
    for (text, is_note) in [("It", false), ("It is", true)] {
        let draft = draft(text, is_note);
        desk.ask(SaveDraft { draft }).await?;
    }
    let (meta, folder) = desk.stop().await?;
    let desk = Desk::resume(meta, folder, Setup::default()).await?;
    assert_eq!(desk.ask(GetDrafts {}).await?, [draft("It is", true)]);
    assert_eq!(as_omar(&desk, GetDrafts {}).await, []);
    desk.ask(SaveDraft {
        draft: draft("", false),
    })
    .await?;
    assert_eq!(desk.ask(GetDrafts {}).await?, []);
    let gone = DraftView {
        conversation: ConversationId(99),
        text: "x".to_owned(),
        is_note: false,
    };
    desk.ask(SaveDraft { draft: gone }).await?;
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn what_was_sent_is_no_draft_any_more_even_when_the_window_is_closed_at_once() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let conversation = desk.hears_from(alice(), "Hi").await?.id;
    let keep = async |text: &str| {
        let draft = DraftView {
            conversation,
            text: text.to_owned(),
            is_note: false,
        };
        desk.ask(SaveDraft { draft }).await.unwrap();
    };
    let drafts = async || {
        let drafts = desk.ask(GetDrafts {}).await.unwrap();
        drafts.into_iter().map(|draft| draft.text).collect::<Vec<_>>()
    };
    let later = |text: &str| ScheduleMessage {
        message: SendMessage {
            id: new_id(),
            conversation,
            message: ToSend::text(text.to_owned()),
            reply_to: None,
        },
        when: When::At(now().plus_ms(3_600_000)),
    };
    keep(" Good morning\n").await;
    desk.send(conversation, "Good morning").await?;
    assert_eq!(drafts().await, [""; 0]);
    keep("Until later").await;
    desk.ask(later("Until later")).await?;
    assert_eq!(drafts().await, [""; 0]);
    keep("Not for them").await;
    let text = "Not for them".to_owned();
    desk.ask(WriteNote { conversation, text }).await?;
    assert_eq!(drafts().await, [""; 0]);

    keep("And another thing").await;
    desk.send(conversation, "Good evening").await?;
    desk.ask(later("Good night")).await?;
    assert_eq!(drafts().await, ["And another thing"], "it was begun since");
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn canned_replies_and_fields_of_a_person_are_set_changed_and_taken_away() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let conversation = desk.hears_from(alice(), "Hi").await?.id;
    let reply = |shortcut: &str, text: &str| SaveCannedReply {
        reply: CannedReply {
            shortcut: shortcut.to_owned(),
            text: text.to_owned(),
        },
    };
    desk.ask(reply("hours", "We open at nine.")).await?;
    desk.ask(reply("Hours", "We open at ten.")).await?;
    for bad in ["", "two words", "a/b"] {
        assert_eq!(desk.ask(reply(bad, "x")).await.unwrap_err().code, ErrorCode::Invalid);
    }
    let replies = desk.ask(GetTeam {}).await?.replies;
    assert_eq!((replies.len(), replies[0].text.as_str()), (1, "We open at ten."));
    desk.ask(reply("hours", "")).await?;
    assert!(desk.ask(GetTeam {}).await?.replies.is_empty());

    let field = |name: &str, value: &str| SetField {
        conversation,
        field: FieldView {
            name: name.to_owned(),
            value: value.to_owned(),
        },
    };
    desk.ask(field("Order", "TO-2290")).await?;
    desk.ask(field("order", "TO-2291")).await?;
    let fields = desk.ask(GetConversation { conversation }).await?.fields;
    assert_eq!((fields.len(), fields[0].value.as_str()), (1, "TO-2291"));
    for number in 1..50 {
        desk.ask(field(&format!("Field {number}"), "x")).await?;
    }
    assert_eq!(
        desk.ask(field("One more", "x")).await.unwrap_err().code,
        ErrorCode::Invalid
    );
    desk.ask(field("Order", "TO-2292")).await?;
    desk.ask(field("Order", "")).await?;
    assert_eq!(desk.ask(GetConversation { conversation }).await?.fields.len(), 49);
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_chat_can_be_marked_unread_and_the_history_opens_nothing() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let chat = desk.hears_from(alice(), "Hi").await?;
    let conversation = chat.id;
    reads(&desk, conversation).await?;
    assert_eq!(row(&desk, conversation).await.unread, 0);
    desk.ask(MarkUnread { conversation }).await?;
    assert_eq!(row(&desk, conversation).await.unread, 1);

    set(&desk, conversation, ConversationState::Resolved).await.unwrap();
    desk.meta.phone_writes(alice(), "From the phone");
    desk.until("the echo", async |desk| {
        (desk.thread(conversation).await.len() == 2).then_some(())
    })
    .await?;
    assert_eq!(row(&desk, conversation).await.state, ConversationState::Resolved);
    let old = CustomerMessage::Text("late".to_owned());
    let late = desk.meta.customer_wrote(alice(), old, Duration::from_secs(3600));
    desk.until_shown(&late).await?;
    assert_eq!(row(&desk, conversation).await.state, ConversationState::Open);
    desk.stop().await?;
    Ok(())
}
