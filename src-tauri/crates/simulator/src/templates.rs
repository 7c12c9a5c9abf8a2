//! The account's templates (Meta, "Message templates", 2026). Pure; time is an argument, in Unix seconds.

mod content;

use crate::{fields, graph_error::GraphError, numbering, send::text_at, stream::Streams};
use content::{category, checked};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

/// Longest name.
const NAME_MAX_CHARS: usize = 512;

/// A name stays taken for so long after its approved template was deleted.
const NAME_BLOCKED_SECONDS: u64 = 30 * 24 * 60 * 60;

/// At most so many templates an unverified business has (same page).
const TEMPLATES_MAX: usize = 250;

/// At most so many a verified one has (same page).
const TEMPLATES_MAX_VERIFIED: usize = 6000;

/// At most so many are made in an hour (same page).
const CREATED_AN_HOUR: usize = 100;

/// An approved template is edited at most so often in [`EDITS_SECONDS`], and once in a day (same page).
const EDITS_MAX: usize = 10;

const EDITS_SECONDS: u64 = 30 * DAY_SECONDS;
const DAY_SECONDS: u64 = 24 * 60 * 60;
const HOUR_SECONDS: u64 = 60 * 60;

/// Of a template that cannot be edited now; which subcode the limit has is not documented.
const NOT_EDITABLE_SUBCODE: i64 = 2_593_002;

/// The `message_status` of a send that goes out at once.
pub(crate) const ACCEPTED: &str = "accepted";

/// One template in one language.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    /// Its node.
    pub id: String,
    /// When it was made.
    pub made_at: u64,
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// `MARKETING`, `UTILITY` or `AUTHENTICATION`.
    pub category: String,
    /// `APPROVED`, `PENDING`, `REJECTED`, `PAUSED` or `DISABLED`.
    pub status: String,
    /// Whether its parameters have names.
    pub is_named: bool,
    /// As it was written.
    pub components: Value,
    /// Why it was rejected, else `NONE`.
    pub rejected_reason: String,
    /// What its sends are answered with. Other than [`ACCEPTED`], they wait (Meta, "Template pacing", 2026).
    pub message_status: &'static str,
    /// `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
    quality: String,
    /// How often it was paused.
    pub pauses: u32,
    /// When it was edited while it was approved.
    edited_at: Vec<u64>,
}

impl Template {
    /// Its node.
    pub fn node(&self) -> Value {
        let node = json!({
            "id": self.id, "name": self.name, "language": self.language, "category": self.category,
            "status": self.status, "parameter_format": if self.is_named { "NAMED" } else { "POSITIONAL" },
            "components": self.components, "rejected_reason": self.rejected_reason,
            "quality_score": {"score": self.quality, "date": self.made_at},
        });
        // Meta, OpenAPI of the Cloud API and "Template management", 2026.
        fields::with_unset(
            node,
            &[
                "correct_category",
                "cta_url_link_tracking_opted_out",
                "degrees_of_freedom_spec",
                "health_status",
                "library_template_name",
                "message_send_ttl_seconds",
                "previous_category",
                "sub_category",
            ],
        )
    }
}

impl Template {
    fn count_edit(&mut self, now: u64) -> Result<(), GraphError> {
        self.edited_at.retain(|at| now < at + EDITS_SECONDS);
        let is_of_today = self.edited_at.last().is_some_and(|at| now < at + DAY_SECONDS);
        if is_of_today || self.edited_at.len() >= EDITS_MAX {
            return Err(GraphError::template_content(
                NOT_EDITABLE_SUBCODE,
                "An approved template can be edited once in 24 hours and 10 times in 30 days",
            ));
        }
        self.edited_at.push(now);
        Ok(())
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    streams: Arc<Streams>,
    all: Vec<Template>,
    is_verified: bool,
    created_at: VecDeque<u64>,
    blocked_until: HashMap<String, u64>,
}

impl Templates {
    /// The shop's own, approved long ago. Ids come from `streams`. `is_verified`: Meta knows who the business is.
    pub fn of_the_shop(streams: Arc<Streams>, is_verified: bool) -> Self {
        let mut templates = Self {
            streams,
            is_verified,
            ..Self::default()
        };
        let written: Vec<Value> = serde_json::from_str(include_str!("templates/shop.json")).unwrap_or_default();
        for body in written {
            match templates.create(&body, 0) {
                Ok(id) => {
                    let status = text_at(&body, "/status").unwrap_or("APPROVED");
                    templates.decide(&id, status, "NONE");
                }
                Err(refusal) => tracing::error!("a template of the shop is not well-formed: {}", refusal.code()),
            }
        }
        templates
    }

    /// Whether there is a template with that id.
    pub fn holds(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// The template with that id.
    pub fn get(&self, id: &str) -> Option<&Template> {
        self.all.iter().find(|template| template.id == id)
    }

    /// The template with that name and language.
    pub fn named(&self, name: &str, language: &str) -> Option<&Template> {
        self.all
            .iter()
            .find(|template| template.name == name && template.language == language)
    }

    /// In the order they were made.
    pub fn all(&self) -> impl Iterator<Item = &Template> {
        self.all.iter()
    }

    /// How many there can be.
    pub fn limit(&self) -> usize {
        if self.is_verified {
            TEMPLATES_MAX_VERIFIED
        } else {
            TEMPLATES_MAX
        }
    }

    /// Makes a template that waits for its review. Gives its id.
    pub fn create(&mut self, body: &Value, now: u64) -> Result<String, GraphError> {
        let name = text_at(body, "/name").ok_or_else(|| GraphError::required("name"))?;
        let language = text_at(body, "/language").ok_or_else(|| GraphError::required("language"))?;
        let category = category(body)?.ok_or_else(|| GraphError::required("category"))?;
        let components = body
            .get("components")
            .ok_or_else(|| GraphError::required("components"))?;
        let is_plain =
            |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_';
        if name.is_empty() || name.chars().count() > NAME_MAX_CHARS || !name.chars().all(is_plain) {
            return Err(GraphError::parameter(
                "Param name must be 1 to 512 lower-case letters, digits and underscores.",
            ));
        }
        if self.named(name, language).is_some() {
            return Err(GraphError::template_content(
                2_388_024,
                "Content in this language already exists",
            ));
        }
        if self.blocked_until.get(name).is_some_and(|until| now < *until) {
            return Err(GraphError::template_content(
                2_388_023,
                "A template with this name was deleted within the last 30 days",
            ));
        }
        if self.all.len() >= self.limit() {
            return Err(GraphError::template_content(
                2_388_019,
                "Message template limit reached",
            ));
        }
        let components = checked(components, &category)?;
        self.count_creation(now)?;
        let id = numbering::object_id(&self.streams.templates);
        self.all.push(Template {
            id: id.clone(),
            made_at: now,
            name: name.to_owned(),
            language: language.to_owned(),
            category,
            status: "PENDING".to_owned(),
            is_named: text_at(body, "/parameter_format").is_some_and(|format| format.eq_ignore_ascii_case("named")),
            components,
            rejected_reason: "NONE".to_owned(),
            message_status: ACCEPTED,
            quality: "UNKNOWN".to_owned(),
            pauses: 0,
            edited_at: Vec::new(),
        });
        Ok(id)
    }

    fn count_creation(&mut self, now: u64) -> Result<(), GraphError> {
        self.created_at.retain(|at| now < at + HOUR_SECONDS);
        if self.created_at.len() >= CREATED_AN_HOUR {
            return Err(GraphError::known(
                80_007,
                "Too many message templates were created for this account within an hour.",
            ));
        }
        self.created_at.push_back(now);
        Ok(())
    }

    /// Changes the category or the components, which then wait for their review again.
    pub fn edit(&mut self, id: &str, body: &Value, now: u64) -> Result<(), GraphError> {
        let wanted = category(body)?;
        let Some(template) = self.all.iter_mut().find(|template| template.id == id) else {
            return Err(GraphError::unknown_object("post", id));
        };
        let category = wanted.as_ref().unwrap_or(&template.category);
        let components = body.get("components").map(|components| checked(components, category));
        let components = components.transpose()?;
        if !["APPROVED", "REJECTED", "PAUSED"].contains(&template.status.as_str()) {
            return Err(GraphError::template_content(
                NOT_EDITABLE_SUBCODE,
                "Only approved, rejected and paused templates can be edited",
            ));
        }
        if wanted.as_ref().is_some_and(|wanted| *wanted != template.category) && template.status == "APPROVED" {
            return Err(GraphError::template_content(
                2_388_025,
                "The category of an approved template cannot be changed",
            ));
        }
        if template.status == "APPROVED" {
            template.count_edit(now)?;
        }
        template.category = wanted.unwrap_or_else(|| template.category.clone());
        template.components = components.unwrap_or_else(|| template.components.clone());
        template.status = "PENDING".to_owned();
        Ok(())
    }

    /// Deletes every language of `name`, or only the one with `id`. Gives those that are gone.
    pub fn delete(&mut self, name: &str, id: Option<&str>, now: u64) -> Vec<Template> {
        let goes = |template: &Template| template.name == name && id.is_none_or(|id| template.id == id);
        if self
            .all
            .iter()
            .any(|template| goes(template) && template.status == "APPROVED")
        {
            self.blocked_until.insert(name.to_owned(), now + NAME_BLOCKED_SECONDS);
        }
        let (gone, left) = std::mem::take(&mut self.all).into_iter().partition(goes);
        self.all = left;
        gone
    }

    /// Heeds the quality that a webhook tells (Meta, "message_template_quality_update webhook reference", Nov 2025).
    pub fn notice(&mut self, field: &str, value: &Value) {
        let id = value.get("message_template_id").map(Value::to_string);
        let score = text_at(value, "/new_quality_score").filter(|_| field == "message_template_quality_update");
        let template = self.all.iter_mut().find(|template| Some(&template.id) == id.as_ref());
        if let (Some(template), Some(score)) = (template, score) {
            score.clone_into(&mut template.quality);
        }
    }

    /// Sets what became of a template. `HELD` and `DELIVERY_PAUSED` leave its status, but let its sends wait, see
    /// [`Template::message_status`]. Gives it, unless it is gone.
    pub fn decide(&mut self, id: &str, status: &str, reason: &str) -> Option<&Template> {
        let template = self.all.iter_mut().find(|template| template.id == id)?;
        template.message_status = match status {
            "HELD" => "held_for_quality_assessment",
            "DELIVERY_PAUSED" => "paused",
            _ => ACCEPTED,
        };
        if template.message_status == ACCEPTED {
            status.clone_into(&mut template.status);
            reason.clone_into(&mut template.rejected_reason);
        }
        template.pauses += u32::from(status == "PAUSED");
        Some(template)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn written(name: &str) -> Value {
        json!({"name": name, "language": "en", "category": "UTILITY", "components": [{"type": "BODY", "text": "Hi"}]})
    }

    #[test]
    fn an_approved_template_is_edited_once_a_day_and_ten_times_a_month() {
        let mut templates = Templates::default();
        let id = templates.create(&written("bells"), 0).unwrap();
        let mut edit = |now| {
            templates.decide(&id, "APPROVED", "NONE");
            templates.edit(&id, &written("bells"), now).is_ok()
        };
        assert!(edit(0));
        assert!(!edit(DAY_SECONDS - 1));
        assert!((1..10).all(|day| edit(day * DAY_SECONDS)));
        assert!(!edit(29 * DAY_SECONDS));
        assert!(edit(30 * DAY_SECONDS));
        templates.decide(&id, "REJECTED", "INVALID_FORMAT");
        assert!(templates.edit(&id, &written("bells"), 30 * DAY_SECONDS).is_ok());
    }

    #[test]
    fn a_hundred_templates_are_made_an_hour_and_a_verified_business_has_more() {
        for (is_verified, max) in [(false, TEMPLATES_MAX), (true, TEMPLATES_MAX_VERIFIED)] {
            let mut templates = Templates {
                is_verified,
                ..Templates::default()
            };
            for number in 0..max {
                let hour = (number / CREATED_AN_HOUR) as u64 * HOUR_SECONDS;
                templates.create(&written(&format!("bells_{number}")), hour).unwrap();
            }
            let later = templates.create(&written("one_more"), u64::MAX / 2);
            assert!(later.is_err());
            assert_eq!(templates.all.len(), max);
        }
        let mut templates = Templates::default();
        for number in 0..CREATED_AN_HOUR {
            templates.create(&written(&format!("bells_{number}")), 0).unwrap();
        }
        let soon = templates.create(&written("one_more"), HOUR_SECONDS - 1);
        assert_eq!(soon.unwrap_err().code(), 80_007);
        assert!(templates.create(&written("one_more"), HOUR_SECONDS).is_ok());
    }
}
