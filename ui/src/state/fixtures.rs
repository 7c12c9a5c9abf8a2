//! People and messages for tests.

use super::State;
use twinbox_domain::{
    Content, ConversationId, ConversationState, Direction, FragmentPart, MessageId, Millis, NumberId, Origin, PersonId,
    Seq, Standing, Status,
};
use twinbox_protocol::{
    Caller, ChangeView, ChatHit, ConversationRow, Delivery, Event, EvidenceView, Greeting, HistoryView, MessageHit,
    MessageView, NumberView, Overview, Page, PersonView, Preview, Role, SearchResults, SettingsView,
};

pub fn content(text: &str) -> Content {
    Content::Text { body: text.to_owned() }
}

pub fn row(id: i64, last_at: i64) -> ConversationRow {
    ConversationRow {
        id: ConversationId(id),
        number: NumberId::from("106540352242922"),
        person: PersonView {
            id: PersonId(id),
            name: format!("Person {id}"),
            phone: String::new(),
            username: String::new(),
            bsuid: String::new(),
        },
        last_at: Millis(last_at),
        preview: Preview {
            origin: Origin::Customer,
            author: String::new(),
            content: content("Hello"),
            is_deleted: false,
            delivery: None,
        },
        unread: 0,
        read_up_to: MessageId(0),
        needs_reply: false,
        stops_marketing: false,
        last_customer_at: Some(Millis(last_at)),
        state: ConversationState::Open,
        assignee: String::new(),
        labels: Vec::new(),
        mentions: Vec::new(),
    }
}

pub fn unread(id: i64, last_at: i64) -> ConversationRow {
    ConversationRow {
        unread: 1,
        ..row(id, last_at)
    }
}

pub fn message(conversation: i64, id: i64, at: i64) -> MessageView {
    MessageView {
        id: MessageId(id),
        conversation: ConversationId(conversation),
        wamid: None,
        outbox: None,
        direction: Direction::In,
        origin: Origin::Customer,
        author: String::new(),
        at: Millis(at),
        arrived_late_at: None,
        content: content("Hello"),
        edited_at: None,
        is_deleted: false,
        reactions: Vec::new(),
        reacting: None,
        cost: None,
        quote: None,
        file: None,
        delivery: None,
    }
}

pub fn sent(conversation: i64, id: i64, at: i64, status: Status) -> MessageView {
    MessageView {
        direction: Direction::Out,
        origin: Origin::Agent,
        author: "Alice".to_owned(),
        delivery: Some(Delivery::Known { status }),
        ..message(conversation, id, at)
    }
}

pub fn page<T>(items: impl IntoIterator<Item = T>, more: bool) -> Page<T> {
    Page {
        items: items.into_iter().collect(),
        more,
    }
}

pub fn event(after: i64, changes: Vec<ChangeView>) -> Event {
    Event {
        after: Seq(after),
        seq: Seq(after + 1),
        changes,
    }
}

pub fn number(id: &str) -> NumberView {
    NumberView {
        id: NumberId::from(id),
        name: format!("Number {id}"),
        display_phone_number: String::new(),
        cap_per_second: 5,
        counts_received: false,
        tells_read: true,
        pause: None,
        undo_ms: 0,
        history: HistoryView::default(),
        standing: Standing::Connected,
        is_flagged: false,
        tier: None,
        can_send: true,
        is_locked: false,
        evidence: EvidenceView::default(),
    }
}

pub fn greeting(seq: i64) -> Greeting {
    Greeting {
        you: Caller {
            user: "Alice".to_owned(),
            role: Role::Agent,
            client: "desktop".to_owned(),
        },
        seq: Seq(seq),
        overview: Overview {
            numbers: Vec::new(),
            conversations: 0,
            unread: 0,
            needs_reply: 0,
            snoozed: 0,
            workloads: Vec::new(),
            mentioned: Vec::new(),
            team_saved: 0,
            queued: 0,
            outcome_unknown: 0,
            not_understood: 0,
            refused_signatures: 0,
            settings_saved: 0,
            last_webhook_at: None,
            webhook_url: None,
        },
        settings: SettingsView::default(),
        conversations: page([], false),
    }
}

/// Bob's chat, and these messages of Alice's.
pub fn results(ids: impl IntoIterator<Item = i64>, more: bool) -> SearchResults {
    let hit = |id: i64| MessageHit {
        message: MessageId(id),
        conversation: ConversationId(1),
        number: row(1, 1).number,
        person: row(1, 1).person,
        at: Millis(id),
        origin: Origin::Customer,
        author: String::new(),
        fragment: Vec::<FragmentPart>::new(),
    };
    SearchResults {
        chats: vec![ChatHit {
            row: row(2, 50),
            name: Vec::new(),
            also: Vec::new(),
        }],
        messages: page(ids.into_iter().map(hit), more),
        is_complete: true,
    }
}

/// The ids of the list on screen, from the top.
pub fn shown(state: &State) -> Vec<i64> {
    let list = state.list().unwrap();
    (0..list.len()).map(|index| list.get(index).unwrap().0).collect()
}

/// The ids of a thread, oldest first.
pub fn thread(state: &State, conversation: i64) -> Vec<i64> {
    let thread = &state.threads[&ConversationId(conversation)];
    thread.order().map(|cursor| cursor.id.0).collect()
}
