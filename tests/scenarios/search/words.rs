//! What of a message can be found, and how it can be typed.

use super::*;

#[tokio::test]
async fn each_script_finds_its_message_by_any_word_and_by_the_beginning_of_the_last() {
    let shelf = Shelf::new();
    let texts = [
        ("wamid.latin", "Haben Sie die Eichenbank noch? Größe L", "eichen"),
        ("wamid.french", "Un café crème, s'il vous plaît", "creme"),
        ("wamid.vietnamese", "Tôi muốn mua bàn gỗ sồi", "muon mua"),
        ("wamid.greek", "Πόσο κοστίζει η αποστολή", "ποσο κοστ"),
        ("wamid.cyrillic", "Сколько стоит доставка ёлки", "елки"),
        ("wamid.arabic", "مَرْحَبًا، هل الطاولة متوفرة", "مرحبا هل"),
        ("wamid.hebrew", "שָׁלוֹם, האם השולחן זמין", "שלום"),
        ("wamid.hindi", "मेज़ की कीमत क्या है", "कीमत"),
        ("wamid.korean", "배송은 언제 되나요", "배송"),
        ("wamid.chinese", "请问这张桌子还有货吗", "桌子"),
        ("wamid.japanese", "オーク材のベンチはまだありますか", "ベンチ"),
        ("wamid.thai", "ม้านั่งไม้โอ๊คยังมีอยู่ไหม", "ไม้โอ๊ค"),
    ];
    for (second, (wamid, body, _)) in (1..).zip(texts) {
        shelf.hears(wamid, second, body).await;
    }
    for (wamid, _, typed) in texts {
        assert_eq!(shelf.finds(typed).await, [wamid], "{typed}");
    }
    assert_eq!(shelf.finds("张桌").await, ["wamid.chinese"]);
    assert_eq!(shelf.finds("货").await, ["wamid.chinese"]);
    assert_eq!(shelf.finds("子桌").await, [""; 0]);
    assert_eq!(shelf.finds("Eichen ").await, [""; 0], "a space ends the word");
    assert_eq!(shelf.finds("grosse eiche").await, [""; 0], "both have to be there");
}

#[tokio::test]
async fn captions_file_names_places_and_cards_are_found() {
    let shelf = Shelf::new();
    let media = |caption: &str| Media {
        caption: caption.to_owned(),
        ..Media::default()
    };
    let contents = [
        ("wamid.image", Content::Image(media("Door to radiator"))),
        (
            "wamid.document",
            Content::Document {
                media: media(""),
                filename: "Quote_2026-terrace.pdf".to_owned(),
            },
        ),
        (
            "wamid.location",
            Content::Location {
                latitude_e6: 0,
                longitude_e6: 0,
                name: "Café Brasileira".to_owned(),
                address: "Rua Garrett 120".to_owned(),
            },
        ),
        (
            "wamid.card",
            Content::Contacts {
                cards: vec![ContactCard {
                    name: "Dora Dias".to_owned(),
                    phones: vec!["+1 (415) 555-0829".to_owned()],
                    emails: vec!["dora@example.com".to_owned()],
                    organization: "Carpentry".to_owned(),
                    details: Vec::new(),
                }],
            },
        ),
    ];
    for (second, (wamid, content)) in (1..).zip(contents) {
        shelf.apply(vec![Fact::Message(message(wamid, second, content))]).await;
    }
    for (typed, wamid) in [
        ("radiator", "wamid.image"),
        ("terrace", "wamid.document"),
        ("2026-terrace.pdf", "wamid.document"),
        ("brasileira garrett", "wamid.location"),
        ("dora", "wamid.card"),
        ("dora@example.com", "wamid.card"),
        ("415 555-0829", "wamid.card"),
        ("carp", "wamid.card"),
    ] {
        assert_eq!(shelf.finds(typed).await, [wamid], "{typed}");
    }
    let files = Filters {
        has_media: true,
        ..Filters::default()
    };
    assert_eq!(found(&shelf.store, "", &files).await, ["wamid.document", "wamid.image"]);
    assert_eq!(found(&shelf.store, "door", &files).await, ["wamid.image"]);
    assert_eq!(found(&shelf.store, "dora", &files).await, [""; 0]);
}

#[tokio::test]
async fn what_is_typed_is_never_syntax_and_never_an_error() {
    let shelf = Shelf::new();
    shelf.hears("wamid.1", 1, "an oak bench OR a pine table").await;
    shelf.hears("wamid.2", 2, "x").await;
    for typed in [
        "oak\" OR \"x",
        "\"",
        "\"\"\"",
        "*",
        "oak*",
        "words : x*",
        "tags : c1",
        "NEAR(oak bench)",
        "oak NOT bench",
        "^oak",
        "(oak",
        "oak)",
        "{oak bench}:x",
        "+oak",
        "-oak",
        "'; DROP TABLE message; --",
        "\0",
        "oak\0bench",
        "%",
        "_",
        "\u{202e}oak",
        "👍",
        "e\u{301}\u{301}\u{301}",
        "n1",
        "oCustomer",
    ] {
        shelf.finds(typed).await;
        shelf.finds_people(typed).await;
    }
    let long = "a ".repeat(100_000) + &"\"".repeat(100_000);
    shelf.finds(&long).await;
    shelf.finds(&"a".repeat(100_000)).await;
    assert_eq!(
        shelf.finds("oak\" OR \"x").await,
        [""; 0],
        "or is a word, and there is no x there"
    );
    assert_eq!(shelf.finds("bench or").await, ["wamid.1"]);
    assert_eq!(shelf.finds("(oak) \"bench\"*").await, ["wamid.1"]);
    assert_eq!(shelf.finds("c1").await, [""; 0], "the tags are not words");
    assert_eq!(shelf.finds("").await, [""; 0]);
}
