//! The schema's history: an append-only list. A shipped migration is never edited.

use crate::StoreError;
use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

const STEPS: &[M<'static>] = &[
    M::up(include_str!("migrations/0001_inbox.sql")),
    M::up(include_str!("migrations/0002_media.sql")),
    M::up(include_str!("migrations/0003_search.sql")),
    M::up(include_str!("migrations/0004_account.sql")),
    M::up(include_str!("migrations/0005_attachment.sql")),
    M::up(include_str!("migrations/0006_previews.sql")),
    M::up(include_str!("migrations/0007_arrivals.sql")),
    M::up(include_str!("migrations/0008_storage.sql")),
    M::up(include_str!("migrations/0009_connect.sql")),
    M::up(EVIDENCE),
    M::up(include_str!("migrations/0011_probe.sql")),
    M::up(include_str!("migrations/0012_sounds.sql")),
    M::up(include_str!("migrations/0013_reminder.sql")),
    M::up(include_str!("migrations/0014_sending.sql")),
    M::up(include_str!("migrations/0015_queue.sql")),
    M::up(include_str!("migrations/0016_merged.sql")),
    M::up(IDENTITY),
    M::up(include_str!("migrations/0018_pacing.sql")),
    M::up(include_str!("migrations/0019_queue.sql")),
    M::up(include_str!("migrations/0022_desk.sql")),
    M::up(include_str!("migrations/0020_life.sql")),
    M::up(include_str!("migrations/0023_receipts.sql")),
    M::up(include_str!("migrations/0024_team.sql")),
    M::up(include_str!("migrations/0025_rates.sql")),
    M::up(include_str!("migrations/0026_lane_hold.sql")),
    M::up(include_str!("migrations/0027_contact.sql")),
    M::up(include_str!("migrations/0028_failed.sql")),
    M::up(include_str!("migrations/0030_mention_view.sql")),
    M::up(include_str!("migrations/0031_journal_lane.sql")),
    M::up(include_str!("migrations/0029_item_pause.sql")),
    M::up(include_str!("migrations/0032_retention.sql")),
    M::up(include_str!("migrations/0033_draft_note.sql")),
    M::up(include_str!("migrations/0035_erasure.sql")),
    M::up(include_str!("migrations/0036_whose.sql")),
    M::up(include_str!("migrations/0037_told.sql")),
    M::up(include_str!("migrations/0038_reaction.sql")),
    M::up(PERSON),
    M::up(include_str!("migrations/0040_heard.sql")),
    M::up(include_str!("migrations/0043_erased_message.sql")),
    M::up(EDITED_WORDS),
    M::up(include_str!("migrations/0045_forgotten.sql")),
    M::up(include_str!("migrations/0046_quality.sql")),
    M::up(include_str!("migrations/0047_spent.sql")),
];

const IDENTITY: &str = include_str!("migrations/0017_identity.sql");
const PERSON: &str = include_str!("migrations/0039_person.sql");
const EDITED_WORDS: &str = include_str!("migrations/0044_edited_words.sql");
const EVIDENCE: &str = include_str!("migrations/0010_evidence.sql");

/// Brings the schema up to date, all or nothing. Errors for a file written by a newer version.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    Migrations::from_slice(STEPS)
        .to_latest(connection)
        .map_err(StoreError::from)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// A store as it was before this step.
    fn of_before(step: &'static str) -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        let version = STEPS.iter().position(|one| *one == M::up(step)).unwrap();
        Migrations::from_slice(STEPS)
            .to_version(&mut connection, version)
            .unwrap();
        connection
    }

    /// What a query answers with, a text in each row.
    fn lines(connection: &Connection, sql: &str) -> Vec<String> {
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn every_migration_applies_to_an_empty_store() {
        Migrations::from_slice(STEPS).validate().unwrap();
    }

    #[test]
    fn a_store_of_a_newer_version_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 9999).unwrap();
        assert!(matches!(migrate(&mut connection), Err(StoreError::Newer)));
    }

    #[test]
    fn files_that_were_told_of_before_they_were_fetched_wait_for_it() {
        let mut connection = Connection::open_in_memory().unwrap();
        Migrations::from_slice(STEPS).to_version(&mut connection, 1).unwrap();
        let content = |kind: &str, media: &str| format!("{{\"kind\":\"{kind}\",{media}}}");
        connection
            .execute_batch(&format!(
                "INSERT INTO number VALUES (1, '106540352242922', '', '', 5);
                 INSERT INTO person VALUES (1, '', 0, '', 0, '', 0);
                 INSERT INTO conversation VALUES (1, 1, 1, 0, NULL, 0, NULL, 0, 0);
                 INSERT INTO message (conversation_id, number_id, wamid, direction, origin, author, at_ms, told_rank,
                     content_rank, content)
                 VALUES (1, 1, 'wamid.1', 'in', 'customer', '', 5, 2, 2, '{}'),
                        (1, 1, 'wamid.2', 'in', 'customer', '', 6, 2, 2, '{}'),
                        (1, 1, 'wamid.3', 'in', 'customer', '', 7, 2, 2, '{}');
                 INSERT INTO edit VALUES (1, 'wamid.1', 8, '{}');",
                content("image", r#""media_id":"1","mime_type":"image/png","sha256":"9f""#),
                content(
                    "audio",
                    r#""media":{"media_id":"2","mime_type":"audio/ogg","sha256":"8f"},"is_voice":true"#
                ),
                content("text", r#""body":"hi""#),
                content("image", r#""media_id":"3","mime_type":"image/png","sha256":"7f""#),
            ))
            .unwrap();
        migrate(&mut connection).unwrap();
        let told = lines(
            &connection,
            "SELECT wamid || ' ' || media_id || ' ' || mime_type || ' ' || sha256 FROM media ORDER BY id",
        );
        assert_eq!(
            told,
            [
                "wamid.1 1 image/png 9f",
                "wamid.2 2 audio/ogg 8f",
                "wamid.1 3 image/png 7f"
            ]
        );
    }

    #[test]
    fn a_number_that_was_there_before_anyone_counted_is_known_by_its_last_messages() {
        let mut connection = of_before(EVIDENCE);
        connection
            .execute_batch(
                "INSERT INTO number (id, phone_number_id, display_phone_number, name, cap_per_second)
                 VALUES (1, '106540352242922', '', '', 5), (2, '106540352242923', '', '', 5);
                 INSERT INTO person (id, name, name_at_ms, username, username_at_ms) VALUES (1, '', 0, '', 0);
                 INSERT INTO conversation (id, number_id, person_id, read_up_to, last_message_id, last_at_ms,
                     last_customer_at_ms, unread, needs_reply)
                 VALUES (1, 1, 1, 0, NULL, 0, 30, 0, 0);
                 INSERT INTO message (conversation_id, number_id, wamid, direction, origin, author, at_ms, told_rank,
                     content_rank, content)
                 VALUES (1, 1, 'wamid.1', 'out', 'phone', '', 40, 2, 2, '{}'),
                        (1, 1, 'wamid.2', 'out', 'agent', '', 90, 2, 2, '{}');
                 INSERT INTO receipt (number_id, wamid, status, at_ms, error_title) VALUES (1, 'wamid.2', 'sent', 91, '');
                 INSERT INTO journal (received_at_ms, body, state) VALUES (5, x'', 'applied');",
            )
            .unwrap();
        migrate(&mut connection).unwrap();
        let told = lines(
            &connection,
            "SELECT concat_ws(' ', number_id, message_at_ms, phone_at_ms, status_at_ms, sign_at_ms) FROM evidence
                 UNION ALL SELECT 'counted ' || is_counted FROM journal",
        );
        assert_eq!(told, ["1 30 40 91 40", "2", "counted 1"]);
    }

    #[test]
    fn people_of_before_keep_their_ids_names_and_wishes_and_both_forms_of_a_number_are_one() {
        let mut connection = of_before(IDENTITY);
        connection
            .execute_batch(
                "INSERT INTO number (id, phone_number_id, display_phone_number, name, cap_per_second)
                 VALUES (1, '106540352242922', '', '', 5);
                 INSERT INTO person (id, name, name_at_ms, username, username_at_ms, contact_name, contact_at_ms)
                 VALUES (1, 'Alice', 3, 'alice', 4, '', 5), (2, 'Bruno', 3, '', 0, '', 0), (3, '', 0, '', 0, 'Bru', 9);
                 INSERT INTO person_alias VALUES ('bsuid', 'US.OLD', 1, 10), ('bsuid', 'US.NEW', 1, 20),
                     ('phone', '16505551234', 1, 10), ('phone', '12195555358', 1, 20),
                     ('phone', '551187654321', 2, 10), ('phone', '5511987654321', 3, 20);
                 INSERT INTO conversation (id, number_id, person_id, read_up_to, last_at_ms, unread, needs_reply)
                 VALUES (1, 1, 1, 0, 0, 0, 0), (2, 1, 2, 0, 0, 0, 0), (3, 1, 3, 0, 0, 0, 0);
                 INSERT INTO message (conversation_id, number_id, wamid, direction, origin, author, at_ms, told_rank,
                     content_rank, content)
                 VALUES (1, 1, 'wamid.1', 'in', 'customer', '', 5, 2, 2, '{\"kind\":\"text\",\"body\":\"a\"}'),
                        (2, 1, 'wamid.2', 'in', 'customer', '', 6, 2, 2, '{\"kind\":\"text\",\"body\":\"b\"}'),
                        (3, 1, 'wamid.3', 'in', 'customer', '', 7, 2, 2, '{\"kind\":\"text\",\"body\":\"c\"}');
                 INSERT INTO preference VALUES (1, 1, 'marketing_messages', 1, 8, 1);",
            )
            .unwrap();
        migrate(&mut connection).unwrap();
        crate::alias::catch_up(&mut connection).unwrap();
        // Also when it is opened again.
        crate::alias::catch_up(&mut connection).unwrap();
        assert_eq!(
            lines(
                &connection,
                "SELECT concat_ws(' ', p.id, p.name, p.username, p.contact_name, group_concat(iif(is_left, '-', '') || value, ' '))
                 FROM person p JOIN (SELECT * FROM alias ORDER BY id) a ON a.person_id = p.id GROUP BY p.id"
            ),
            [
                "1 Alice alice  US.NEW -US.OLD 12195555358 -16505551234",
                "2 Bruno  Bru 5511987654321 551187654321"
            ]
        );
        assert_eq!(
            lines(
                &connection,
                "SELECT c.person_id || ' ' || group_concat(wamid, ' ') FROM message m
                   JOIN conversation c ON c.id = m.conversation_id GROUP BY c.id"
            ),
            ["1 wamid.1", "2 wamid.2 wamid.3"]
        );
        assert_eq!(
            lines(
                &connection,
                "SELECT wamid || ' ' || coalesce(a.value, '') FROM message m LEFT JOIN alias a ON a.id = m.alias_id"
            ),
            ["wamid.1 ", "wamid.2 551187654321", "wamid.3 5511987654321"]
        );
        assert_eq!(
            lines(
                &connection,
                "SELECT a.value FROM preference JOIN alias a ON a.id = alias_id"
            ),
            ["US.NEW"]
        );
    }

    #[test]
    fn words_of_messages_that_were_edited_are_put_into_the_index_once_more() {
        let mut connection = of_before(EDITED_WORDS);
        connection
            .execute_batch(
                "INSERT INTO number (id, phone_number_id, display_phone_number, name, cap_per_second)
                 VALUES (1, '106540352242922', '', '', 5);
                 INSERT INTO person (id, name, username) VALUES (1, '', '');
                 INSERT INTO conversation (id, number_id, person_id, read_up_to, last_message_id, last_at_ms,
                     last_customer_at_ms, unread, needs_reply)
                 VALUES (1, 1, 1, 0, NULL, 0, NULL, 0, 0);
                 WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 9)
                 INSERT INTO message (id, conversation_id, number_id, wamid, direction, origin, author, at_ms, told_rank,
                     content_rank, content)
                 SELECT n, 1, 1, 'wamid.' || n, 'in', 'customer', '', n, 2, 2, '{}' FROM n;
                 INSERT INTO edit (number_id, wamid, at_ms, content)
                 VALUES (1, 'wamid.3', 8, '{}'), (1, 'wamid.5', 8, '{}'), (1, 'wamid.unknown', 8, '{}');",
            )
            .unwrap();
        migrate(&mut connection).unwrap();
        let up_to: i64 = connection
            .query_row("SELECT up_to FROM search_backlog WHERE kind = 'message'", [], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(up_to, 5);
    }

    #[test]
    fn people_of_before_are_joined_across_portfolios_and_keep_the_names_of_their_phones() {
        let mut connection = of_before(PERSON);
        connection
            .execute_batch(
                "INSERT INTO number (id, phone_number_id, display_phone_number, name, cap_per_second)
                 VALUES (1, '11', '', '', 5), (2, '12', '', '', 5), (3, '13', '', '', 5);
                 -- The third is in the same portfolio as the second: US.C says so.
                 INSERT INTO number_waba VALUES (1, 'W1'), (2, 'W2'), (3, 'W3');
                 INSERT INTO person (id, name, username) VALUES (1, '', ''), (2, '', ''), (3, '', ''), (4, '', '');
                 INSERT INTO alias (id, kind, key, value, person_id, is_left, seen_at_ms, name, name_at_ms, username,
                     username_at_ms, contact_name, contact_at_ms)
                 VALUES (1, 'bsuid', 'US.A', 'US.A', 1, 0, 1, '', 0, '', 0, '', 0),
                     (2, 'phone', '1650', '1650', 1, 1, 1, '', 0, '', 0, 'Anna', 5),
                     (3, 'bsuid', 'US.B', 'US.B', 2, 0, 2, '', 0, '', 0, '', 0),
                     (4, 'bsuid', 'US.C', 'US.C', 3, 0, 3, '', 0, '', 0, '', 0),
                     (5, 'bsuid', 'US.D', 'US.D', 4, 0, 4, '', 0, '', 0, '', 0);
                 INSERT INTO person_link VALUES (1, 2, 'holds', 1), (3, 2, 'holds', 2), (5, 2, 'holds', 4);
                 INSERT INTO conversation (id, number_id, person_id, read_up_to, last_at_ms, unread, needs_reply)
                 VALUES (1, 1, 1, 0, 0, 0, 0), (2, 2, 2, 0, 0, 0, 0), (3, 2, 3, 0, 0, 0, 0), (4, 3, 3, 0, 0, 0, 0),
                     (5, 3, 4, 0, 0, 0, 0);
                 INSERT INTO message (conversation_id, number_id, alias_id, wamid, direction, origin, author, at_ms,
                     told_rank, content_rank, content)
                 VALUES (1, 1, 1, 'a', 'in', 'customer', '', 1, 2, 2, '{\"kind\":\"text\",\"body\":\"a\"}'),
                     (2, 2, 3, 'b', 'in', 'customer', '', 2, 2, 2, '{\"kind\":\"text\",\"body\":\"b\"}'),
                     (3, 2, 4, 'c', 'in', 'customer', '', 3, 2, 2, '{\"kind\":\"text\",\"body\":\"c\"}'),
                     (4, 3, 4, 'd', 'in', 'customer', '', 3, 2, 2, '{\"kind\":\"text\",\"body\":\"d\"}'),
                     (5, 3, 5, 'e', 'in', 'customer', '', 4, 2, 2, '{\"kind\":\"text\",\"body\":\"e\"}');",
            )
            .unwrap();
        migrate(&mut connection).unwrap();
        crate::alias::catch_up(&mut connection).unwrap();
        assert_eq!(
            lines(&connection, "SELECT waba_id || ' ' || known_as FROM portfolio"),
            ["W1 W1", "W2 W2", "W3 W2"]
        );
        assert_eq!(
            lines(
                &connection,
                "SELECT group_concat(key, ' ') FROM (SELECT * FROM alias ORDER BY id) GROUP BY person_id"
            ),
            ["US.A 1650 US.B", "US.C", "US.D"]
        );
        assert_eq!(
            lines(
                &connection,
                "SELECT number_id || ' ' || name || ' ' || at_ms FROM number_contact"
            ),
            ["1 Anna 5"]
        );
        assert_eq!(
            lines(&connection, "SELECT contact_name FROM person WHERE contact_name <> ''"),
            ["Anna"]
        );
    }

    #[test]
    fn every_table_is_strict() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let loose = lines(
            &connection,
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
        );
        assert_eq!(loose, Vec::<String>::new());
    }
}
