//! From rows of the store to what is shown.

use crate::clock;
use twinbox_domain::{Content, MEDIA_ID_LIFE_MS, Origin, OutboxState, Status, explain_meta_error, is_late, shown_type};
use twinbox_protocol::{
    ConversationRow, CostView, Delivery, EvidenceView, FileState, FileView, HistoryView, MessageView, NumberView,
    PauseView, PersonView, Pixels, Preview, Price, Quote, QuoteOriginal, ReactingView, ReactionView, SoundView,
    WorkloadView,
};
use twinbox_store::{
    Conversation, HistoryProgress, Hold, Item, Message, MessageFile, Number, NumberEvidence, NumberStanding, Person,
    Quoted, Reacting, Sending, Workload,
};

/// Characters of a message that a list row or a quote shows at most.
pub(crate) const SHORT: usize = 200;

/// Failed attempts after which a file that still waits is shown with what is in its way.
const PATIENT_ATTEMPTS: u32 = 3;

pub(crate) fn row(conversation: Conversation) -> ConversationRow {
    let delivery = delivery(&conversation.last);
    ConversationRow {
        id: conversation.id,
        number: conversation.number,
        person: person(conversation.person),
        last_at: conversation.last_at,
        preview: Preview {
            origin: conversation.last.origin,
            author: conversation.last.author,
            content: conversation.last.content.short(SHORT),
            is_deleted: conversation.last.is_deleted,
            delivery,
        },
        unread: conversation.unread,
        read_up_to: conversation.read_up_to,
        needs_reply: conversation.needs_reply,
        stops_marketing: conversation.stops_marketing,
        last_customer_at: conversation.last_customer_at,
        state: conversation.state,
        assignee: conversation.assignee,
        labels: conversation.labels,
        mentions: conversation.mentions,
    }
}

pub(crate) fn workload(workload: Workload) -> WorkloadView {
    WorkloadView {
        assignee: workload.assignee,
        conversations: workload.conversations,
    }
}

pub(crate) fn message(message: Message) -> MessageView {
    let delivery = delivery(&message);
    let file = message.file.filter(|_| !message.is_deleted);
    let file = file.map(|known| file_view(known, &message.content));
    let is_customers = message.origin == Origin::Customer;
    MessageView {
        id: message.id,
        conversation: message.conversation,
        wamid: message.wamid,
        outbox: message.outbox,
        direction: message.direction,
        origin: message.origin,
        author: message.author,
        at: message.at,
        arrived_late_at: message
            .arrived_at
            .filter(|arrived_at| is_customers && is_late(message.at, *arrived_at)),
        content: message.content,
        edited_at: message.edited_at,
        is_deleted: message.is_deleted,
        reactions: message
            .reactions
            .into_iter()
            .map(|(from, emoji)| ReactionView { from, emoji })
            .collect(),
        reacting: message.reacting.map(reacting),
        cost: message.cost.map(|cost| CostView {
            category: cost.category,
            is_billable: cost.is_billable,
            kind: cost.kind,
            price: cost.price.map(|(micros, currency)| Price { micros, currency }),
        }),
        quote: message.quoted.map(quote),
        file,
        delivery,
    }
}

fn file_view(file: MessageFile, content: &Content) -> FileView {
    let state = match file {
        MessageFile::Waiting { attempts, reason } if attempts >= PATIENT_ATTEMPTS => FileState::Failed {
            reason: format!("{reason} Twinbox keeps trying."),
            can_retry: true,
        },
        MessageFile::Waiting { .. } => FileState::Waiting,
        MessageFile::Here { file, pixels, preview } => FileState::Here {
            size_bytes: file.size_bytes,
            pixels: pixels.map(|(width, height)| Pixels { width, height }),
            sound: preview.sound.map(|sound| SoundView {
                duration_ms: sound.duration_ms,
                levels: sound.levels,
            }),
        },
        MessageFile::Removed { told_at } => FileState::Removed {
            can_fetch: clock::now().ms_since(told_at) < MEDIA_ID_LIFE_MS,
        },
        MessageFile::Failed { reason, can_retry } => FileState::Failed { reason, can_retry },
    };
    let shown_type = content.media().and_then(|media| shown_type(&media.mime_type));
    FileView {
        state,
        shown_type: shown_type.map(str::to_owned),
    }
}

pub(crate) fn number(
    number: Number,
    history: HistoryProgress,
    standing: NumberStanding,
    evidence: NumberEvidence,
    sending: Sending,
    can_send: bool,
    is_locked: bool,
) -> NumberView {
    let name = [
        number.name,
        prefixed("+", &number.display_phone_number),
        number.id.to_string(),
    ]
    .into_iter()
    .find(|name| !name.trim().is_empty())
    .unwrap_or_default();
    NumberView {
        id: number.id,
        name,
        display_phone_number: number.display_phone_number,
        cap_per_second: number.cap_per_second,
        counts_received: number.counts_received,
        tells_read: number.tells_read,
        history: HistoryView {
            percent: history.percent,
            refused: history.refused,
        },
        standing: standing.standing,
        is_flagged: standing.is_flagged,
        tier: standing.tier,
        can_send,
        is_locked,
        pause: sending.hold.map(pause),
        undo_ms: sending.undo_ms,
        evidence: EvidenceView {
            last_event_at: evidence.message_at.max(evidence.phone_at).max(evidence.status_at),
            last_sign_at: evidence.sign_at,
        },
    }
}

pub(crate) fn pause(hold: Hold) -> PauseView {
    PauseView {
        by: hold.author,
        since: hold.at,
    }
}

pub(crate) fn person(person: Person) -> PersonView {
    let name = [
        person.contact_name,
        person.name,
        prefixed("@", &person.username),
        prefixed("+", &person.phone),
    ]
    .into_iter()
    .find(|name| !name.trim().is_empty())
    .unwrap_or_default();
    PersonView {
        id: person.id,
        name,
        phone: person.phone,
        username: person.username,
        bsuid: person.bsuid,
    }
}

fn prefixed(prefix: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{prefix}{text}")
    }
}

fn reacting(reacting: Reacting) -> ReactingView {
    ReactingView {
        id: reacting.id,
        emoji: reacting.emoji,
        delivery: match reacting.item.state {
            OutboxState::Queued => Delivery::Queued {
                retry_at: (reacting.item.not_before.0 > 0).then_some(reacting.item.not_before),
            },
            OutboxState::InFlight => Delivery::Sending,
            OutboxState::OutcomeUnknown => Delivery::NotSure,
            OutboxState::Wedged => refused(&reacting.item),
            OutboxState::Accepted | OutboxState::Cancelled => Delivery::Known {
                status: Status::Accepted,
            },
        },
    }
}

fn quote(quoted: Quoted) -> Quote {
    let original = quoted.original.map(|original| QuoteOriginal {
        message: original.id,
        at: original.at,
        origin: original.origin,
        author: original.author,
        content: original.content.short(SHORT),
        is_deleted: original.is_deleted,
    });
    Quote {
        wamid: quoted.wamid,
        original,
    }
}

/// How far a message of the business came; `None` for customers', and where nothing was told of one from the phone.
fn delivery(message: &Message) -> Option<Delivery> {
    let Some(item) = &message.item else {
        return message.status.map(|status| match status {
            Status::Failed => failed_later(message.failed.as_ref()),
            status => Delivery::Known { status },
        });
    };
    Some(match item.state {
        OutboxState::Queued => Delivery::Queued {
            retry_at: (item.not_before.0 > 0).then_some(item.not_before),
        },
        OutboxState::InFlight => Delivery::Sending,
        OutboxState::OutcomeUnknown => Delivery::NotSure,
        OutboxState::Wedged => refused(item),
        OutboxState::Accepted | OutboxState::Cancelled => match (message.status, &message.failed) {
            (Some(Status::Failed) | None, failed) => failed_later(failed.as_ref()),
            (Some(status), _) => Delivery::Known { status },
        },
    })
}

fn refused(item: &Item) -> Delivery {
    Delivery::Failed {
        code: item.code,
        reason: item.reason.clone(),
        can_retry: true,
    }
}

fn failed_later(failed: Option<&(i64, String)>) -> Delivery {
    let reason = match failed {
        Some((code, title)) => explain_meta_error(*code).map_or_else(
            || format!("WhatsApp did not deliver it: {title} (code {code})."),
            str::to_owned,
        ),
        None => "WhatsApp did not deliver it and gave no reason.".to_owned(),
    };
    Delivery::Failed {
        code: failed.map(|(code, _)| *code),
        reason,
        can_retry: false,
    }
}
