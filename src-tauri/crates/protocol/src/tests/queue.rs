//! The wire of the queue.

use super::*;

fn pause() -> PauseView {
    PauseView {
        by: "Maya Lindqvist".to_owned(),
        since: Millis(1_760_000_000_000),
    }
}

fn waiting(wait: Wait) -> WaitingView {
    WaitingView {
        id: id(),
        position: Seq(-4),
        place: 2,
        number: NumberId::from("106540352242922"),
        conversation: ConversationId(3),
        person: row().person,
        lane: Lane::Agent,
        author: "Maya Lindqvist".to_owned(),
        content: Content::Text {
            body: "secret".to_owned(),
        },
        wait,
        since: Millis(1_760_000_000_000),
        leaves_in_ms: Some(400),
        pause: (wait == Wait::Held).then(pause),
    }
}

#[test]
fn the_queue_has_its_shape_and_reads_back() {
    let waits = [
        Wait::OnTheWire,
        Wait::Turn,
        Wait::Earlier,
        Wait::SamePerson,
        Wait::Doubt,
        Wait::Upload,
        Wait::Retry,
        Wait::Paused,
        Wait::Held,
        Wait::BehindHeld,
        Wait::NumberCannot,
        Wait::Unknown,
    ];
    let queue = QueueView {
        numbers: vec![GaugeView {
            number: NumberId::from("106540352242922"),
            busy: 3,
            in_flight: 2,
            cap_per_second: 5,
            pace_per_second: 4,
            minute: vec![0, 5],
            sent_in_a_day: 2418,
            waiting: 3,
            waits_ms: Some(900),
            may_send: true,
            done_in_ms: Some(700),
            pause: Some(pause()),
        }],
        lanes: vec![LaneView {
            lane: Lane::Agent,
            waiting: 3,
            items: waits.into_iter().map(waiting).collect(),
            more: true,
            paused: vec![NumberId::from("106540352242922")],
        }],
        unknown: vec![waiting(Wait::Unknown)],
        unknown_count: 1,
        failures: vec![FailureGroup {
            number: NumberId::from("106540352242922"),
            key: failure(),
            reason: "This person cannot receive the message.".to_owned(),
            count: 12,
        }],
        scheduled: vec![ScheduledView {
            id: id(),
            number: NumberId::from("106540352242922"),
            conversation: ConversationId(3),
            person: row().person,
            author: "Maya Lindqvist".to_owned(),
            content: Content::Text {
                body: "secret".to_owned(),
            },
            file_size_bytes: Some(48_210),
            quoted: Some(Quoted {
                message: MessageId(7),
                wamid: Wamid::from("wamid.7"),
            }),
            send_at: Millis(1_760_000_000_000),
            is_undo: true,
        }],
        scheduled_count: 1,
    };
    let failed = FailedView {
        id: id(),
        position: Seq(9),
        conversation: ConversationId(3),
        person: row().person,
        content: Content::Placeholder,
        at: Millis(5),
    };
    insta::assert_json_snapshot!("queue", (&queue, &failed));
    let json = json!(queue).to_string();
    assert_eq!(serde_json::from_str::<QueueView>(&json).ok(), Some(queue.clone()));
    let shown = format!("{queue:?} {failed:?} {:?}", failure());
    for private in ["secret", "Alice"] {
        assert!(!shown.contains(private), "{private} in {shown}");
    }
}
