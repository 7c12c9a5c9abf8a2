use super::*;
use crate::Media;

fn problem(payload: &Payload) -> String {
    payload
        .check(false)
        .err()
        .map(|problem| problem.to_string())
        .unwrap_or_default()
}

fn interactive(action: Action) -> Payload {
    Payload::Interactive {
        message: Interactive {
            header: String::new(),
            body: "Which one?".to_owned(),
            footer: String::new(),
            action,
        },
        file: None,
    }
}

fn buttons(titles: &[&str]) -> Action {
    let button = |(place, title): (usize, &&str)| ReplyButton {
        id: place.to_string(),
        title: (*title).to_owned(),
    };
    Action::Buttons {
        buttons: titles.iter().enumerate().map(button).collect(),
    }
}

fn section(title: &str, ids: std::ops::Range<usize>) -> ListSection {
    let row = |id: usize| ListRow {
        id: id.to_string(),
        title: "A row".to_owned(),
        description: "d".repeat(72),
    };
    ListSection {
        title: title.to_owned(),
        rows: ids.map(row).collect(),
    }
}

fn list(sections: Vec<ListSection>) -> Payload {
    interactive(Action::List {
        button: "Open".to_owned(),
        sections,
    })
}

#[test]
fn a_text_has_1_to_4096_characters_and_not_bytes() {
    assert_eq!(problem(&Payload::text("ë".repeat(4096))), "");
    assert_eq!(
        problem(&Payload::text("e".repeat(4097))),
        "A message has at most 4096 characters."
    );
    assert_eq!(problem(&Payload::text(" \n".to_owned())), "There is nothing to send.");
}

#[test]
fn a_text_with_a_web_address_gets_a_preview() {
    let has_preview = |body: &str| matches!(Payload::text(body.to_owned()), Payload::Text { preview_url: true, .. });
    assert!(has_preview("see https://example.com") && !has_preview("see example.com"));
}

#[test]
fn a_place_is_on_the_globe() {
    let place = |latitude_e6, longitude_e6| {
        Payload::Location(PlaceToSend {
            latitude_e6,
            longitude_e6,
            name: String::new(),
            address: String::new(),
        })
    };
    assert_eq!(problem(&place(-90_000_000, 180_000_000)), "");
    for place in [place(90_000_001, 0), place(0, -180_000_001), place(i64::MIN, i64::MAX)] {
        assert!(problem(&place).starts_with("This place is not on the map"));
    }
}

#[test]
fn a_contact_has_a_name_and_something_to_reach_it_by() {
    let card = |name: &str, phone: &str, email: &str| {
        Payload::Contacts(vec![CardToSend {
            name: name.to_owned(),
            phones: vec![PhoneToSend {
                phone: phone.to_owned(),
                wa_id: String::new(),
            }],
            emails: vec![email.to_owned()],
            organization: String::new(),
        }])
    };
    assert_eq!(problem(&card("Bob", "+351 912 000 047", "")), "");
    assert_eq!(problem(&card("Bob", "", "bob@example.com")), "");
    assert_eq!(problem(&card(" ", "+351", "")), "The name of the contact is missing.");
    assert_eq!(
        problem(&card("Bob", "", "")),
        "A contact needs a phone number or an e-mail address."
    );
    assert_eq!(problem(&Payload::Contacts(Vec::new())), "The contact is missing.");
}

#[test]
fn a_reaction_is_one_emoji_or_none_and_answers_nothing() {
    let reaction = |emoji: &str| Payload::Reaction {
        to: Wamid::from("wamid.A"),
        emoji: emoji.to_owned(),
    };
    for emoji in ["", "👍", "👩‍👩‍👧‍👦", "❤️", "1️⃣", "🇵🇹", "👍🏽", "🅰️", "ℹ️"]
    {
        assert_eq!(problem(&reaction(emoji)), "", "{emoji}");
    }
    for other in ["ok", "1", " ", "👍 👍", "é", "👍\n", &"👍".repeat(17)] {
        assert_eq!(problem(&reaction(other)), "A reaction is one emoji.", "{other}");
    }
    assert_eq!(reaction("👍").check(true), Err(SendProblem::ReactionQuotes));
    assert!(reaction("👍").content().is_none());
}

#[test]
fn there_are_1_to_3_different_buttons_of_at_most_20_characters() {
    let of = |titles: &[&str]| problem(&interactive(buttons(titles)));
    assert_eq!(of(&["Yes", "No", "In twenty characters"]), "");
    assert_eq!(of(&[]), "Buttons: at least 1 and at most 3.");
    assert_eq!(of(&["1", "2", "3", "4"]), "Buttons: at least 1 and at most 3.");
    assert_eq!(of(&["Yes", "Yes"]), "Two buttons are the same.");
    assert_eq!(
        of(&["In twenty characters!"]),
        "The text of a button has at most 20 characters."
    );
    assert_eq!(of(&[""]), "The text of a button is missing.");
}

#[test]
fn a_list_has_1_to_10_rows_in_all_its_sections() {
    assert_eq!(problem(&list(vec![section("", 0..10)])), "");
    assert_eq!(problem(&list(vec![section("A", 0..5), section("B", 5..10)])), "");
    assert_eq!(
        problem(&list(vec![section("A", 0..5), section("B", 5..11)])),
        "Rows: at least 1 and at most 10."
    );
    assert_eq!(
        problem(&list(vec![section("A", 0..5), section("B", 4..6)])),
        "Two rows are the same."
    );
    assert_eq!(
        problem(&list(vec![section("A", 0..1), section("", 1..2)])),
        "The title of a section is missing."
    );
    assert_eq!(
        problem(&list(vec![section("A", 0..1), section("B", 1..1)])),
        "A row of a section is missing."
    );
    assert_eq!(problem(&list(Vec::new())), "Sections: at least 1 and at most 10.");
}

#[test]
fn a_button_opens_a_page_of_the_web() {
    let link = |url: &str| {
        problem(&interactive(Action::Link {
            label: "See".to_owned(),
            url: url.to_owned(),
        }))
    };
    assert_eq!(link("https://example.com/a?b=c"), "");
    for url in ["example.com", "javascript:alert(1)", "https://", "https://a b"] {
        assert!(link(url).starts_with("The address of the button"), "{url}");
    }
}

#[test]
fn above_the_text_stands_a_line_or_a_photo_but_above_a_list_only_a_line() {
    let with = |action: Action, header: &str, file: Option<Content>| {
        let mut payload = interactive(action);
        if let Payload::Interactive { message, file: place } = &mut payload {
            header.clone_into(&mut message.header);
            *place = file;
        }
        problem(&payload)
    };
    let photo = || Some(Content::Image(Media::default()));
    assert_eq!(with(buttons(&["Yes"]), "", photo()), "");
    assert_eq!(with(buttons(&["Yes"]), &"h".repeat(60), None), "");
    assert!(with(buttons(&["Yes"]), &"h".repeat(61), None).starts_with("The line above"));
    assert!(with(buttons(&["Yes"]), "line", photo()).starts_with("Above the text"));
    assert!(with(buttons(&["Yes"]), "", Some(Content::Sticker(Media::default()))).starts_with("Only a photo"));
    let rows = Action::List {
        button: "Open".to_owned(),
        sections: vec![section("", 0..1)],
    };
    assert!(with(rows, "", photo()).starts_with("A list has no file"));
}

#[test]
fn what_the_customer_sees_of_buttons_is_what_they_say() {
    let Some(Content::Card {
        header, body, buttons, ..
    }) = interactive(buttons(&["Yes", "No"])).content()
    else {
        panic!("a card")
    };
    assert!(header.is_none());
    assert_eq!(
        (body.as_str(), buttons),
        ("Which one?", vec!["Yes".to_owned(), "No".to_owned()])
    );
}
