//! The `template` of a send (Meta, "Template messages" and the pages of each kind, 2026).

use super::body::{location, typed_file};
use serde_json::{Value, json};
use twinbox_domain::{Content, FilledTemplate, SlotPart, SlotValue};

/// All of it; `None` without the file it needs.
pub(super) fn template(filled: &FilledTemplate, media_id: Option<&str>) -> Option<Value> {
    let mut components = Vec::new();
    let above = match &filled.shown {
        Content::Card { header, .. } => header.as_deref(),
        _ => None,
    };
    let in_header = texts(filled, SlotPart::Header);
    if let Some(content) = above.filter(|content| content.media().is_some()) {
        let (kind, file) = typed_file(content, media_id?)?;
        components.push(json!({ "type": "header", "parameters": [{ "type": kind, kind: file }] }));
    } else if let Some(place) = &filled.place {
        let parameter = json!({ "type": "location", "location": location(place) });
        components.push(json!({ "type": "header", "parameters": [parameter] }));
    } else if !in_header.is_empty() {
        components.push(json!({ "type": "header", "parameters": in_header }));
    }
    let in_body = texts(filled, SlotPart::Body);
    if !in_body.is_empty() {
        components.push(json!({ "type": "body", "parameters": in_body }));
    }
    components.extend(filled.values.iter().filter_map(button));
    components.extend(filled.forms.iter().map(form));
    Some(json!({
        "name": filled.name,
        "language": { "code": filled.language },
        "components": components,
    }))
}

fn texts(filled: &FilledTemplate, part: SlotPart) -> Vec<Value> {
    let of_part = filled.values.iter().filter(|value| value.slot.part == part);
    of_part
        .map(|value| {
            if filled.is_named {
                json!({ "type": "text", "parameter_name": value.slot.name, "text": value.text })
            } else {
                json!({ "type": "text", "text": value.text })
            }
        })
        .collect()
}

fn button(value: &SlotValue) -> Option<Value> {
    let SlotPart::Button(index) = value.slot.part else {
        return None;
    };
    let (sub_type, parameter) = if value.slot.name == "code" {
        ("copy_code", json!({ "type": "coupon_code", "coupon_code": value.text }))
    } else {
        ("url", json!({ "type": "text", "text": value.text }))
    };
    Some(json!({
        "type": "button",
        "sub_type": sub_type,
        "index": index.to_string(),
        "parameters": [parameter],
    }))
}

/// Meta refuses a send that does not name the button (131009), and takes it without a token of the form.
fn form(index: &u32) -> Value {
    json!({ "type": "button", "sub_type": "flow", "index": index.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use twinbox_domain::{Media, PlaceToSend, Slot, TemplateButton, TemplateHeader, TemplateParts};

    fn fill(
        parts: &TemplateParts,
        texts: &[&str],
        file: Option<&Content>,
        place: Option<PlaceToSend>,
    ) -> Option<Value> {
        let values: Vec<SlotValue> = parts
            .slots()
            .into_iter()
            .zip(texts)
            .map(|(slot, text): (Slot, &&str)| SlotValue {
                slot,
                text: (*text).to_owned(),
            })
            .collect();
        let key = ("reservation".to_owned(), "en_US".to_owned());
        let filled = parts
            .fill(key, &values, file, place)
            .unwrap_or_else(|problem| panic!("{problem}"));
        template(&filled, file.map(|_| "2871834006348767"))
    }

    #[test]
    fn templates_have_the_bodies_meta_documents() {
        let text = |text: &str| Some(TemplateHeader::Text { text: text.to_owned() });
        let plain = TemplateParts {
            body: "We are open until six.".to_owned(),
            ..TemplateParts::default()
        };
        let named = TemplateParts {
            is_named: true,
            header: text("Your visit, {{name}}"),
            body: "On {{day}} at {{time}}".to_owned(),
            ..TemplateParts::default()
        };
        let positional = TemplateParts {
            header: Some(TemplateHeader::Image),
            body: "{{1}} off".to_owned(),
            buttons: vec![
                TemplateButton::Plain {
                    text: "Stop".to_owned(),
                },
                TemplateButton::Link {
                    text: "See".to_owned(),
                    url: "https://example.com/{{1}}".to_owned(),
                },
                TemplateButton::CopyCode {
                    text: "Copy".to_owned(),
                },
            ],
            ..TemplateParts::default()
        };
        let form = TemplateParts {
            buttons: vec![
                TemplateButton::Plain {
                    text: "Stop".to_owned(),
                },
                TemplateButton::Form {
                    text: "Book".to_owned(),
                },
            ],
            ..plain.clone()
        };
        let place = TemplateParts {
            header: Some(TemplateHeader::Location),
            ..plain.clone()
        };
        let shop = PlaceToSend {
            latitude_e6: 38_722_300,
            longitude_e6: -9_139_300,
            name: "The shop".to_owned(),
            address: "Rua 1".to_owned(),
        };
        let photo = Content::Image(Media::default());
        insta::assert_json_snapshot!([
            fill(&plain, &[], None, None),
            fill(&named, &["Alice", "Friday", "10:30"], None, None),
            fill(&positional, &["20 %", "bells", "BELL25"], Some(&photo), None),
            fill(&place, &[], None, Some(shop)),
            fill(&form, &[], None, None),
        ]);
    }
}
