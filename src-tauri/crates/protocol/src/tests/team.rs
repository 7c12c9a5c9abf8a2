//! Working on conversations together, on the wire.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::row;
use crate::*;
use twinbox_domain::{Content, ConversationId, ConversationState, LabelId, MessageId, Millis, Seq};

#[test]
fn every_request_of_a_team_has_its_shape_and_reads_back() {
    let conversations = vec![ConversationId(3), ConversationId(4)];
    let conversation = ConversationId(3);
    let (label, color) = (LabelId(4), 2);
    let requests: Vec<Request> = vec![
        SetState {
            conversations: conversations.clone(),
            state: ConversationState::Snoozed { until: Millis(9) },
            seen: Some(Seq(12)),
        }
        .into(),
        SetState {
            conversations: conversations.clone(),
            state: ConversationState::Resolved,
            seen: None,
        }
        .into(),
        Assign {
            conversations: conversations.clone(),
            assignee: "Omar Haddad".to_owned(),
        }
        .into(),
        MarkUnread { conversation }.into(),
        LabelConversations {
            conversations,
            label,
            is_on: true,
        }
        .into(),
        SaveLabel {
            id: Some(label),
            name: "Quote".to_owned(),
            color,
        }
        .into(),
        DeleteLabel { label }.into(),
        SaveCannedReply {
            reply: CannedReply {
                shortcut: "hours".to_owned(),
                text: "We are open until six, {name}.".to_owned(),
            },
        }
        .into(),
        GetTeam {}.into(),
        WriteNote {
            conversation,
            text: "@Omar call them".to_owned(),
        }
        .into(),
        DeleteNote { note: MessageId(12) }.into(),
        ListEmoji {}.into(),
        GetDrafts {}.into(),
        SaveDraft {
            draft: DraftView {
                conversation,
                text: "It is".to_owned(),
                is_note: true,
            },
        }
        .into(),
        SetField {
            conversation,
            field: FieldView {
                name: "Order".to_owned(),
                value: "TO-2291".to_owned(),
            },
        }
        .into(),
        ListConversations {
            filter: ConversationFilter::Label(label),
            before: None,
            limit: 50,
        }
        .into(),
        ListConversations {
            filter: ConversationFilter::Mentions,
            before: None,
            limit: 50,
        }
        .into(),
        ListConversations {
            filter: ConversationFilter::Number(1),
            before: None,
            limit: 50,
        }
        .into(),
    ];
    for request in &requests {
        let json = serde_json::to_string(request).unwrap();
        assert_eq!(&serde_json::from_str::<Request>(&json).unwrap(), request);
        assert!(!format!("{request:?}").contains("TO-2291"), "content in a log");
    }
    insta::assert_json_snapshot!("team_requests", requests);
}

#[test]
fn a_team_and_its_conversations_have_their_shape() {
    let team = TeamView {
        teammates: vec!["Maya Lindqvist".to_owned()],
        labels: vec![LabelView {
            id: LabelId(4),
            name: "Quote".to_owned(),
            color: 2,
        }],
        replies: vec![CannedReply {
            shortcut: "hours".to_owned(),
            text: "We are open until six.".to_owned(),
        }],
    };
    let note = Content::Note {
        body: "@Omar call them".to_owned(),
        mentions: vec!["Omar Haddad".to_owned()],
    };
    insta::assert_json_snapshot!("team", (team, row(), note));
}

#[test]
fn an_emoji_has_its_shape() {
    let wave = EmojiView {
        emoji: "👋".to_owned(),
        name: "waving hand".to_owned(),
        words: "wave".to_owned(),
        tones: ["👋🏻", "👋🏼", "👋🏽", "👋🏾", "👋🏿"].map(str::to_owned).into(),
    };
    insta::assert_json_snapshot!("emoji", vec![vec![wave]]);
}
