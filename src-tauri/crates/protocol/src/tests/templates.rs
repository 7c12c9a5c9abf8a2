//! The list of templates, and what messages cost.

use crate::*;
use serde_json::json;
use twinbox_domain::{Millis, Origin, TemplateButton, TemplateHeader, TemplateParts};

#[test]
fn templates_and_spending_have_the_json_they_are_told_with() {
    let templates = TemplatesView {
        templates: vec![TemplateView {
            name: "order_ready".to_owned(),
            language: "de".to_owned(),
            category: "UTILITY".to_owned(),
            status: "PAUSED".to_owned(),
            parts: TemplateParts {
                header: Some(TemplateHeader::Image),
                body: "Hallo {{1}}".to_owned(),
                buttons: vec![TemplateButton::Plain { text: "Ja".to_owned() }],
                ..TemplateParts::default()
            },
            blocked: Some("WhatsApp has paused this template.".to_owned()),
        }],
        listed_at: Some(Millis(5)),
    };
    let spending = SpendingView {
        lines: vec![SpendingLine {
            category: "utility".to_owned(),
            origin: Origin::Agent,
            delivered: 3,
            billed: 2,
            unpriced: 1,
            micros: 4000,
        }],
        currency: "USD".to_owned(),
        rates_source: "a list".to_owned(),
        rates_date: "2026-04-01".to_owned(),
    };
    insta::assert_json_snapshot!("templates_and_spending", (&templates, &spending));
    let json = json!(templates).to_string();
    assert_eq!(serde_json::from_str::<TemplatesView>(&json).ok(), Some(templates));
}
