//! What the team keeps about people who turn out to be one.

use super::*;

#[tokio::test]
async fn what_a_team_keeps_about_two_who_are_one_person_is_all_kept() {
    let desk = Desk::told(&[&hears("a", "16505551234", 1), &hears("b", "US.9", 2)]).await;
    for row in desk.list().await {
        let (order, own) = match row.person.phone.is_empty() {
            true => ("TO-1100", "Language"),
            false => ("TO-2291", "Floor"),
        };
        for (name, value) in [("Order no", order), ("Shop", "Lisbon"), (own, "own")] {
            let kept = desk
                .store
                .set_person_field(row.id, name.to_owned(), value.to_owned(), 20);
            assert!(kept.await.unwrap());
        }
    }
    desk.tell(contact("Alice", "16505551234 US.9", 3)).await;
    let row = desk.list().await.remove(0);
    let fields = desk.store.person_fields(row.person.id).await.unwrap();
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let own = "own";
    assert_eq!(
        fields,
        [
            ("Floor", own),
            ("Language", own),
            ("Order no", "TO-1100; TO-2291"),
            ("Shop", "Lisbon")
        ]
    );
}
