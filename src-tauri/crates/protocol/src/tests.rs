//! The wire as it is: a change here is a change for every client.

mod contents;
mod queue;
mod team;
mod templates;

use crate::*;
use serde_json::{Value, json};
use twinbox_domain::{
    AccountTold, Action, CardToSend, Content, ContentHash, ConversationId, ConversationState, Direction, FileKind,
    FileProblem, FragmentPart, Interactive, LabelId, Lane, Media, MessageId, Millis, NumberId, Origin, OutboxId,
    PersonId, PhoneToSend, PlaceToSend, ReplyButton, RetentionPeriod, Seq, Slot, SlotPart, SlotValue, Standing, Status,
    Wamid,
};

fn id() -> OutboxId {
    OutboxId(uuid::Uuid::from_u128(7))
}

fn message(content: Content, delivery: Option<Delivery>) -> MessageView {
    MessageView {
        id: MessageId(12),
        conversation: ConversationId(3),
        wamid: Some(Wamid::from("wamid.A")),
        outbox: Some(id()),
        direction: Direction::Out,
        origin: Origin::Agent,
        author: "Maya Lindqvist".to_owned(),
        at: Millis(1_760_000_000_000),
        arrived_late_at: None,
        content,
        edited_at: Some(Millis(1_760_000_060_000)),
        is_deleted: false,
        cost: Some(CostView {
            category: "utility".to_owned(),
            is_billable: true,
            kind: "regular".to_owned(),
            price: Some(Price {
                micros: 800,
                currency: "USD".to_owned(),
            }),
        }),
        reacting: Some(ReactingView {
            id: id(),
            emoji: "🙌".to_owned(),
            delivery: Delivery::Sending,
        }),
        reactions: vec![ReactionView {
            from: Direction::In,
            emoji: "❤️".to_owned(),
        }],
        quote: Some(Quote {
            wamid: Wamid::from("wamid.Q"),
            original: Some(QuoteOriginal {
                message: MessageId(11),
                at: Millis(1_759_990_000_000),
                origin: Origin::Customer,
                author: String::new(),
                content: Content::NotUnderstood {
                    type_name: "poll_creation".to_owned(),
                    code: None,
                },
                is_deleted: true,
            }),
        }),
        file: None,
        delivery,
    }
}

fn with_file(content: Content, state: FileState) -> ChangeView {
    let mut message = message(content, None);
    message.file = Some(FileView {
        state,
        shown_type: Some("image/jpeg".to_owned()),
    });
    ChangeView::Message(message)
}

fn row() -> ConversationRow {
    ConversationRow {
        id: ConversationId(3),
        number: NumberId::from("106540352242922"),
        person: PersonView {
            id: PersonId(5),
            name: "Alice Almeida".to_owned(),
            phone: "16505551234".to_owned(),
            username: "alice.a".to_owned(),
            bsuid: "US.1349".to_owned(),
        },
        last_at: Millis(1_760_000_000_000),
        preview: Preview {
            origin: Origin::Phone,
            author: String::new(),
            content: Content::Text {
                body: "Come by".to_owned(),
            },
            is_deleted: false,
            delivery: None,
        },
        unread: 2,
        read_up_to: MessageId(10),
        needs_reply: true,
        stops_marketing: true,
        last_customer_at: Some(Millis(1_759_999_000_000)),
        state: ConversationState::Snoozed {
            until: Millis(1_760_100_000_000),
        },
        assignee: "Maya Lindqvist".to_owned(),
        labels: vec![LabelId(4)],
        mentions: vec!["Omar Haddad".to_owned()],
    }
}

fn overview() -> Overview {
    Overview {
        snoozed: 3,
        workloads: vec![WorkloadView {
            assignee: "Maya Lindqvist".to_owned(),
            conversations: 6,
        }],
        mentioned: vec![WorkloadView {
            assignee: "Omar Haddad".to_owned(),
            conversations: 1,
        }],
        team_saved: 2,
        numbers: vec![NumberView {
            id: NumberId::from("106540352242922"),
            name: "Shop".to_owned(),
            display_phone_number: "15550783881".to_owned(),
            cap_per_second: 5,
            counts_received: false,
            tells_read: true,
            pause: Some(PauseView {
                by: "Maya Lindqvist".to_owned(),
                since: Millis(1_759_999_000_000),
            }),
            undo_ms: 5000,
            history: HistoryView {
                percent: Some(55),
                refused: None,
            },
            standing: Standing::Disconnected {
                since: Millis(1_759_999_000_000),
                reason: "PRIMARY_INACTIVITY".to_owned(),
            },
            is_flagged: true,
            tier: Some("TIER_2K".to_owned()),
            can_send: true,
            is_locked: false,
            evidence: EvidenceView {
                last_event_at: Some(Millis(1_760_000_000_000)),
                last_sign_at: Some(Millis(1_759_000_000_000)),
            },
        }],
        conversations: 38,
        unread: 4,
        needs_reply: 7,
        queued: 3,
        outcome_unknown: 1,
        not_understood: 2,
        refused_signatures: 0,
        settings_saved: 0,
        last_webhook_at: Some(Millis(1_760_000_000_000)),
        webhook_url: Some("http://127.0.0.1:8787/webhooks/meta".to_owned()),
    }
}

fn file_to_send() -> FileToSend {
    FileToSend {
        hash: ContentHash([7; 32]),
        name: "Quote 2291.pdf".to_owned(),
        as_document: true,
    }
}

fn health() -> HealthView {
    let arrivals = |last_at, last| ArrivalsView {
        last_at,
        slots: vec![0, 2, last],
    };
    HealthView {
        number: NumberId::from("106540352242922"),
        from: Millis(1_759_914_000_000),
        messages: arrivals(Some(Millis(1_760_000_000_000)), 7),
        phone: arrivals(None, 0),
        statuses: arrivals(Some(Millis(1_760_000_000_000)), 12),
        delay: Some(DelayView {
            median_ms: 1_400,
            p95_ms: 2_100,
            worst_ms: 3_800,
            worst_slots: vec![None, Some(3_800), Some(1_200)],
        }),
        refused_signatures: 2,
        token_is_valid: Some(true),
        token_expires_at: Some(Millis(1_765_000_000_000)),
        missing_fields: Some(vec!["history".to_owned(), "account_update".to_owned()]),
        callback_is_elsewhere: true,
        asked_at: Some(Millis(1_760_000_000_000)),
        notices: vec![NoticeView {
            at: Millis(1_760_000_000_000),
            told: AccountTold::Violation {
                kind: "SPAM".to_owned(),
                remedy: String::new(),
            },
        }],
    }
}

fn search() -> Search {
    Search {
        text: "oak \"secret".to_owned(),
        filters: SearchFilters {
            number: Some(NumberId::from("106540352242922")),
            person: Some(PersonId(5)),
            conversation: Some(ConversationId(3)),
            origin: Some(Origin::Phone),
            has_media: true,
            from: Some(Millis(1)),
            before: Some(Millis(2)),
            label: Some(LabelId(4)),
            assignee: Some("Omar Haddad".to_owned()),
        },
        before: Some(MessageCursor {
            at: Millis(1),
            id: MessageId(12),
        }),
        limit: 50,
    }
}

fn found() -> SearchResults {
    let part = |text: &str, is_match| FragmentPart {
        text: text.to_owned(),
        is_match,
    };
    SearchResults {
        chats: vec![ChatHit {
            row: row(),
            name: vec![part("Al", true), part("ice Almeida", false)],
            also: Vec::new(),
        }],
        messages: Page {
            items: vec![MessageHit {
                message: MessageId(12),
                conversation: ConversationId(3),
                number: NumberId::from("106540352242922"),
                person: row().person,
                at: Millis(1_760_000_000_000),
                origin: Origin::Customer,
                author: String::new(),
                fragment: vec![part("the ", false), part("oak", true), part(" secret", false)],
            }],
            more: true,
        },
        is_complete: true,
    }
}

#[test]
fn every_request_has_its_shape_and_reads_back() {
    let conversation = ConversationId(3);
    let requests: Vec<Request> = vec![
        Hello {}.into(),
        GetOverview {}.into(),
        ListConversations {
            filter: ConversationFilter::NeedsReply,
            before: Some(RowCursor {
                last_at: Millis(1),
                id: conversation,
            }),
            limit: 50,
        }
        .into(),
        GetConversation { conversation }.into(),
        ListMessages {
            conversation,
            before: Some(MessageCursor {
                at: Millis(1),
                id: MessageId(12),
            }),
            limit: 50,
        }
        .into(),
        ListMessagesAfter {
            conversation,
            after: MessageCursor {
                at: Millis(1),
                id: MessageId(12),
            },
            limit: 50,
        }
        .into(),
        FindUnread {
            conversation,
            after: MessageId(10),
        }
        .into(),
        search().into(),
        MarkRead {
            conversation,
            up_to: MessageId(12),
        }
        .into(),
        TellTyping { conversation }.into(),
        SendMessage {
            id: id(),
            conversation,
            message: ToSend::text("It is"),
            reply_to: Some(Wamid::from("wamid.Q")),
        }
        .into(),
        SendMessage {
            id: id(),
            conversation,
            message: ToSend::File {
                file: file_to_send(),
                caption: "Our quote".to_owned(),
            },
            reply_to: None,
        }
        .into(),
        to_send(ToSend::Location(PlaceToSend {
            latitude_e6: 38_722_300,
            longitude_e6: -9_139_300,
            name: "The shop".to_owned(),
            address: String::new(),
        })),
        to_send(ToSend::Contacts {
            cards: vec![CardToSend {
                name: "Bob".to_owned(),
                phones: vec![PhoneToSend {
                    phone: "+351 912 000 047".to_owned(),
                    wa_id: "351912000047".to_owned(),
                }],
                emails: Vec::new(),
                organization: String::new(),
            }],
        }),
        to_send(ToSend::Reaction {
            to: Wamid::from("wamid.Q"),
            emoji: "👍".to_owned(),
        }),
        to_send(ToSend::Interactive {
            message: Interactive {
                header: String::new(),
                body: "Which one?".to_owned(),
                footer: String::new(),
                action: Action::Buttons {
                    buttons: vec![ReplyButton {
                        id: "oak".to_owned(),
                        title: "Oak".to_owned(),
                    }],
                },
            },
            file: None,
        }),
        to_send(ToSend::Template {
            name: "order_ready".to_owned(),
            language: "de".to_owned(),
            values: vec![SlotValue {
                slot: Slot {
                    part: SlotPart::Button(1),
                    name: "1".to_owned(),
                },
                text: "17".to_owned(),
            }],
            file: Some(file_to_send()),
            place: None,
        }),
        ListTemplates {
            number: NumberId::from("106540352242922"),
        }
        .into(),
        RefreshTemplates {
            number: NumberId::from("106540352242922"),
        }
        .into(),
        GetSpending {
            number: NumberId::from("106540352242922"),
            from: Millis(1),
            to: Millis(2),
        }
        .into(),
        GetRates {}.into(),
        SaveRates {
            currency: "USD".to_owned(),
            free_service: 1000,
            rates: vec![templates::rate()],
        }
        .into(),
        PauseLane {
            number: NumberId::from("106540352242922"),
            lane: Lane::Campaign,
        }
        .into(),
        ResumeLane {
            number: NumberId::from("106540352242922"),
            lane: Lane::Campaign,
        }
        .into(),
        CancelMessage { id: id() }.into(),
        PauseMessage { id: id() }.into(),
        ResumeMessage { id: id() }.into(),
        RetryMessage { id: id() }.into(),
        RetryMedia { message: MessageId(12) }.into(),
        GetStorage {}.into(),
        SetStorageQuota {
            bytes: Some(10_000_000_000),
        }
        .into(),
        SetStorageQuota { bytes: None }.into(),
        PreviewRetention {
            period: RetentionPeriod::SixMonths,
        }
        .into(),
        SetRetention {
            period: Some(RetentionPeriod::TwoYears),
        }
        .into(),
        SetRetention { period: None }.into(),
        GetSettings {}.into(),
        SaveSettings {
            settings: UserSettings {
                shortcuts: [("search".to_owned(), "Ctrl+P".to_owned())].into(),
                lock_after_minutes: Some(10),
                stays_in_tray: Some(true),
                ..UserSettings::default()
            },
        }
        .into(),
        SetPassphrase {
            before: String::new(),
            passphrase: "correct horse".to_owned(),
        }
        .into(),
        CheckPassphrase {
            passphrase: "correct horse".to_owned(),
        }
        .into(),
        TryNotification {}.into(),
        TellLocked { is_locked: true }.into(),
        OpenFile { message: MessageId(12) }.into(),
        ErasePerson {
            conversation: ConversationId(3),
        }
        .into(),
        SettleUnknown {
            id: id(),
            was_sent: true,
        }
        .into(),
        GetQueue {
            number: None,
            scheduled: 0,
        }
        .into(),
        ListQueue {
            number: Some(NumberId::from("106540352242922")),
            lane: Lane::Automation,
            after: Seq(-4),
            limit: 50,
        }
        .into(),
        ListWaiting {
            conversation: ConversationId(3),
        }
        .into(),
        ListFailed {
            number: NumberId::from("106540352242922"),
            group: failure(),
            before: Some(Seq(9)),
            limit: 50,
        }
        .into(),
        RetryFailed {
            number: NumberId::from("106540352242922"),
            group: failure(),
        }
        .into(),
        CancelLane {
            number: NumberId::from("106540352242922"),
            lane: Lane::Campaign,
        }
        .into(),
        PauseSending {
            number: NumberId::from("106540352242922"),
        }
        .into(),
        SetUndo {
            number: NumberId::from("106540352242922"),
            undo_ms: 5000,
        }
        .into(),
        ScheduleMessage {
            message: SendMessage {
                id: id(),
                conversation: ConversationId(3),
                message: ToSend::text("Good morning"),
                reply_to: None,
            },
            when: When::AfterUndo,
        }
        .into(),
        RescheduleMessage {
            id: id(),
            when: When::At(Millis(1_760_000_000_000)),
        }
        .into(),
        RescheduleMessage {
            id: id(),
            when: When::Now,
        }
        .into(),
        UnscheduleMessage { id: id() }.into(),
        ResumeSending {
            number: NumberId::from("106540352242922"),
        }
        .into(),
        ChangesSince {
            seq: Seq(9_007_199_254_740_993),
        }
        .into(),
        GetHealth {
            number: NumberId::from("106540352242922"),
        }
        .into(),
        CheckNumber {
            number: NumberId::from("106540352242922"),
        }
        .into(),
        SetNumber {
            number: NumberId::from("106540352242922"),
            name: "Workshop".to_owned(),
            cap_per_second: 20,
            counts_received: true,
            tells_read: true,
        }
        .into(),
    ];
    insta::assert_json_snapshot!("requests", requests);
    for request in requests {
        let json = json!(request).to_string();
        assert_eq!(serde_json::from_str::<Request>(&json).ok(), Some(request), "{json}");
    }
}

#[test]
fn every_event_has_its_shape_and_reads_back() {
    let image = Content::Image(Media {
        media_id: "1003".to_owned(),
        mime_type: "image/jpeg".to_owned(),
        sha256: "b64".to_owned(),
        caption: "Door to radiator".to_owned(),
    });
    let text = Content::Text {
        body: "It is".to_owned(),
    };
    let deliveries = [
        Delivery::Queued { retry_at: None },
        Delivery::Queued {
            retry_at: Some(Millis(1)),
        },
        Delivery::Sending,
        Delivery::NotSure,
        Delivery::Known { status: Status::Read },
        Delivery::Failed {
            code: Some(131_047),
            reason: "Send a template.".to_owned(),
            can_retry: true,
        },
    ];
    let mut changes: Vec<ChangeView> = vec![
        ChangeView::Replying {
            people: vec![ReplyingView {
                conversation: ConversationId(3),
                user: "Omar Haddad".to_owned(),
                until: Millis(1_760_000_000_000),
            }],
        },
        ChangeView::Conversation(row()),
        ChangeView::ConversationGone {
            conversation: ConversationId(4),
            into: Some(ConversationId(3)),
        },
        with_file(image.clone(), FileState::Waiting),
        with_file(
            image.clone(),
            FileState::Here {
                size_bytes: 303_833,
                pixels: Some(Pixels {
                    width: 192,
                    height: 144,
                }),
                sound: None,
            },
        ),
        with_file(
            image.clone(),
            FileState::Here {
                size_bytes: 1713,
                pixels: None,
                sound: Some(SoundView {
                    duration_ms: 2007,
                    levels: vec![0, 128, 255],
                }),
            },
        ),
        with_file(image.clone(), FileState::Removed { can_fetch: true }),
        with_file(
            image,
            FileState::Failed {
                reason: "WhatsApp cannot be reached.".to_owned(),
                can_retry: true,
            },
        ),
        ChangeView::MessageGone {
            conversation: ConversationId(3),
            message: MessageId(12),
        },
        ChangeView::OldMessagesGone {
            conversation: ConversationId(3),
            first: Some(MessageCursor {
                at: Millis(1),
                id: MessageId(12),
            }),
        },
        ChangeView::Overview(overview()),
    ];
    let sent = deliveries.map(|delivery| ChangeView::Message(message(text.clone(), Some(delivery))));
    changes.extend(sent);
    let event = Event {
        after: Seq(1),
        seq: Seq(9),
        changes,
    };
    insta::assert_json_snapshot!("event", event);
    let json = json!(event).to_string();
    assert_eq!(serde_json::from_str::<Event>(&json).ok(), Some(event));
}

#[test]
fn new_messages_are_told_of_the_chats_that_were_chosen() {
    let told = |chats: NotifiedChats| ["Maya", "", "Omar"].map(|assignee| chats.covers(assignee, "Maya"));
    assert_eq!(told(NotifiedChats::All), [true, true, true]);
    assert_eq!(told(NotifiedChats::MineAndUnassigned), [true, true, false]);
    assert_eq!(told(NotifiedChats::Mine), [true, false, false]);
}

#[test]
fn settings_from_before_there_was_a_choice_of_chats_tell_of_all() {
    let before = serde_json::from_value::<NotificationSettings>(json!({"has_sound": false}));
    assert!(before.is_ok_and(|before| before.chats == NotifiedChats::All));
}

#[test]
fn what_a_window_is_told_has_its_shape_and_reads_back() {
    let told = [
        Told::Event(Event {
            after: Seq(1),
            seq: Seq(2),
            changes: Vec::new(),
        }),
        Told::Open {
            conversation: ConversationId(3),
        },
        Told::Saved {
            name: "offer (1).pdf".to_owned(),
        },
        Told::NotSaved {
            name: "offer.pdf".to_owned(),
        },
    ];
    insta::assert_json_snapshot!("told", told);
    for told in told {
        let json = json!(told).to_string();
        assert_eq!(serde_json::from_str::<Told>(&json).ok(), Some(told), "{json}");
    }
}

#[test]
fn every_reply_has_its_shape() {
    let you = Caller {
        user: "Maya Lindqvist".to_owned(),
        role: Role::Admin,
        client: "desktop".to_owned(),
    };
    let replies: Vec<Value> = vec![
        json!(Greeting {
            you,
            seq: Seq(9),
            overview: overview(),
            settings: SettingsView::default(),
            conversations: Page {
                items: vec![row()],
                more: true
            },
        }),
        json!(StorageView {
            used_bytes: 303_833,
            quota_bytes: Some(10_000_000_000),
            store_bytes: 4096,
            retention: Some(RetentionPeriod::OneYear),
        }),
        json!(RetentionPreview {
            messages: 2291,
            since: Millis(1),
        }),
        json!(Page {
            items: vec![row()],
            more: true
        }),
        json!(ConversationDetails {
            fields: vec![FieldView {
                name: "Order".to_owned(),
                value: "TO-2291".to_owned(),
            }],
            row: row(),
            first_at: Millis(1),
            answered: SourceSplit {
                agents: 19,
                phone: 12,
                bots: 5
            },
        }),
        json!(found()),
        json!(health()),
        json!(Changes::Reload),
        json!(ApiError::unavailable("Twinbox is stopping.")),
        json!(ApiError::new(
            ErrorCode::WindowClosed,
            "Only a template can be sent now."
        )),
    ];
    insta::assert_json_snapshot!("replies", replies);
}

#[test]
fn a_search_needs_no_filters() {
    let json = r#"{"search":{"text":"oak","filters":{"has_media":true},"limit":5}}"#;
    let Ok(Request::Search(search)) = serde_json::from_str(json) else {
        panic!("it is a search")
    };
    assert!(search.filters.has_media && search.filters.number.is_none() && search.before.is_none());
}

#[test]
fn texts_and_people_do_not_show_in_debug_output() {
    let send = SendMessage {
        id: id(),
        conversation: ConversationId(3),
        message: ToSend::File {
            file: file_to_send(),
            caption: "secret".to_owned(),
        },
        reply_to: None,
    };
    let named = SetNumber {
        number: NumberId::from("106540352242922"),
        name: "secret".to_owned(),
        cap_per_second: 5,
        counts_received: false,
        tells_read: true,
    };
    let shown = format!(
        "{send:?} {named:?} {:?} {:?} {:?} {:?} {:?}",
        file_to_send(),
        search(),
        found(),
        row(),
        message(
            Content::Text {
                body: "secret".to_owned()
            },
            None
        )
    );
    for private in ["secret", "2291", "Alice", "16505551234", "US.1349"] {
        assert!(!shown.contains(private), "{private} in {shown}");
    }
}

fn to_send(message: ToSend) -> Request {
    SendMessage {
        id: id(),
        conversation: ConversationId(3),
        message,
        reply_to: None,
    }
    .into()
}

fn failure() -> FailureKey {
    FailureKey {
        was_taken: false,
        code: Some(131_026),
        told: "secret".to_owned(),
    }
}
