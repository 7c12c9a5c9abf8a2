use super::*;
use crate::rules::FaultRule;

const OF_NUMBER: Audience = Audience {
    app: true,
    others: false,
    of_number: true,
};

fn meeting<const COUNT: usize>(faults: [WebhookFault; COUNT]) -> Parcels {
    let mut parcels = Parcels::default();
    for fault in faults {
        parcels.rules.add(FaultRule::once("webhooks", fault));
    }
    parcels
}

fn webhook(number: u64) -> Value {
    json!({"entry": [{"id": "1", "changes": [number]}]})
}

fn parcel(number: u64) -> Parcel {
    Parcel {
        webhook: webhook(number),
        audience: OF_NUMBER,
        numbers: vec![number],
        after: Duration::ZERO,
    }
}

fn posted(packed: Packed) -> Vec<Value> {
    packed.go.into_iter().map(|parcel| parcel.webhook).collect()
}

fn batch(count: u32) -> WebhookFault {
    WebhookFault::Batch {
        count,
        in_one_value: false,
    }
}

#[test]
fn a_webhook_is_doubled_dropped_or_overtaken() {
    let faults = [
        WebhookFault::Duplicate { copies: 2 },
        WebhookFault::Drop,
        WebhookFault::Reorder,
    ];
    let mut parcels = meeting(faults);
    assert_eq!(posted(parcels.pack(parcel(1))), [webhook(1), webhook(1)]);
    assert_eq!(parcels.pack(parcel(2)).lost, [2]);
    assert!(parcels.pack(parcel(3)).go.is_empty());
    assert_eq!((parcels.is_plain(), parcels.waiting()), (false, 1));
    assert_eq!(posted(parcels.pack(parcel(4))), [webhook(4), webhook(3)]);
    assert_eq!((parcels.is_plain(), parcels.waiting()), (true, 0));
}

#[test]
fn copies_are_bounded() {
    let mut parcels = meeting([WebhookFault::Duplicate { copies: u32::MAX }]);
    assert_eq!(parcels.pack(parcel(1)).go.len(), 100);
}

#[test]
fn a_batch_has_several_entries_and_changes() {
    let mut parcels = meeting([batch(3)]);
    assert!(parcels.pack(parcel(1)).go.is_empty());
    assert!(parcels.pack(parcel(2)).go.is_empty());
    let entry = json!([{"id": "1", "changes": [1, 2]}, {"id": "1", "changes": [3]}]);
    let packed = parcels.pack(parcel(3));
    assert_eq!(
        packed.go.first().map(|parcel| parcel.numbers.clone()),
        Some(vec![1, 2, 3])
    );
    assert_eq!(
        posted(packed),
        [json!({"object": "whatsapp_business_account", "entry": entry})]
    );
    assert!(parcels.is_plain());
}

#[test]
fn a_batch_is_split_by_where_its_parts_go() {
    let mut parcels = meeting([batch(3)]);
    let of_account = Audience {
        of_number: false,
        ..OF_NUMBER
    };
    parcels.pack(parcel(1));
    parcels.pack(Parcel {
        audience: of_account,
        ..parcel(2)
    });
    let posts = parcels.pack(parcel(3)).go;
    let found: Vec<_> = posts.iter().map(|post| (post.audience, post.numbers.clone())).collect();
    assert_eq!(found, [(OF_NUMBER, vec![1, 3]), (of_account, vec![2])]);
}

#[test]
fn what_waits_in_vain_is_released() {
    let mut parcels = meeting([WebhookFault::Reorder, batch(9)]);
    let hold = parcels.pack(parcel(1)).holds;
    assert_eq!(parcels.release(hold.unwrap_or_default()).len(), 1);
    let hold = parcels.pack(parcel(2)).holds.unwrap_or_default();
    assert_eq!(parcels.pack(parcel(3)).holds, None);
    let posts = parcels.release(hold);
    assert_eq!(posts.iter().map(|post| post.numbers.len()).collect::<Vec<_>>(), [2]);
    assert!(parcels.is_plain() && parcels.release(hold).is_empty());
}

#[test]
fn a_skewed_clock_moves_every_time_and_leaves_the_rest() {
    let mut parcels = meeting([WebhookFault::ClockSkew { seconds: -10 }]);
    let value = json!({"messages": [{"timestamp": "100", "text": {"body": "100"}}]});
    let packed = parcels.pack(Parcel {
        webhook: json!({"entry": [{"time": 50, "changes": [{"value": value}]}]}),
        ..parcel(1)
    });
    let value = json!({"messages": [{"timestamp": "90", "text": {"body": "100"}}]});
    assert_eq!(
        posted(packed),
        [json!({"entry": [{"time": 40, "changes": [{"value": value}]}]})]
    );
}
