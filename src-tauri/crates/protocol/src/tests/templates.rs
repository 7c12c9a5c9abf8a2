//! The list of templates, and what messages cost.

use crate::*;
use serde_json::json;
use twinbox_domain::{Millis, Origin, TemplateButton, TemplateHeader, TemplateParts};

/// What a utility message to Colombia costs.
pub fn rate() -> RateView {
    RateView {
        calling_code: "57".to_owned(),
        category: "utility".to_owned(),
        market: "Colombia".to_owned(),
        micros: 800,
        source: "Meta's list".to_owned(),
        as_of: "2026-04-01".to_owned(),
        is_checked: true,
    }
}

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
        allowance: AllowanceView {
            month: Millis(1_790_812_800_000),
            free: 1000,
            used: 12,
        },
        is_checked: false,
    };
    let rates = RatesView {
        currency: "USD".to_owned(),
        free_service: 1000,
        rates: vec![rate()],
        saved_by: "Maya Lindqvist".to_owned(),
        saved_at: Some(Millis(5)),
    };
    insta::assert_json_snapshot!("templates_and_spending", (&templates, &spending, &rates));
    let json = json!(templates).to_string();
    assert_eq!(serde_json::from_str::<TemplatesView>(&json).ok(), Some(templates));
}
