//! The account's templates (Meta, "Message templates", 2026). Pure; time is an argument, in Unix seconds.

use crate::{fields, graph_error::GraphError, numbering, send::text_at, stream::Streams};
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc};

/// Longest name.
const NAME_MAX_CHARS: usize = 512;

/// A name stays taken for so long after its approved template was deleted.
const NAME_BLOCKED_SECONDS: u64 = 30 * 24 * 60 * 60;

/// At most so many templates an unverified business has.
const TEMPLATES_MAX: usize = 250;

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
}

impl Template {
    /// Its node.
    pub fn node(&self) -> Value {
        let node = json!({
            "id": self.id, "name": self.name, "language": self.language, "category": self.category,
            "status": self.status, "parameter_format": if self.is_named { "NAMED" } else { "POSITIONAL" },
            "components": self.components, "rejected_reason": self.rejected_reason,
            "quality_score": {"score": "UNKNOWN", "date": self.made_at},
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

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    streams: Arc<Streams>,
    all: Vec<Template>,
    blocked_until: HashMap<String, u64>,
}

impl Templates {
    /// The shop's own, approved long ago. Ids come from `streams`.
    pub fn of_the_shop(streams: Arc<Streams>) -> Self {
        let mut templates = Self {
            streams,
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
        if self.all.len() >= TEMPLATES_MAX {
            return Err(GraphError::template_content(
                2_388_019,
                "Message template limit reached",
            ));
        }
        let components = checked(components)?;
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
        });
        Ok(id)
    }

    /// Changes the category or the components, which then wait for their review again.
    pub fn edit(&mut self, id: &str, body: &Value) -> Result<(), GraphError> {
        let wanted = category(body)?;
        let components = body.get("components").map(checked).transpose()?;
        let Some(template) = self.all.iter_mut().find(|template| template.id == id) else {
            return Err(GraphError::unknown_object("post", id));
        };
        if !["APPROVED", "REJECTED", "PAUSED"].contains(&template.status.as_str()) {
            return Err(GraphError::template_content(
                2_593_002,
                "Only approved, rejected and paused templates can be edited",
            ));
        }
        if wanted.as_ref().is_some_and(|wanted| *wanted != template.category) && template.status == "APPROVED" {
            return Err(GraphError::template_content(
                2_388_025,
                "The category of an approved template cannot be changed",
            ));
        }
        template.category = wanted.unwrap_or_else(|| template.category.clone());
        template.components = components.unwrap_or_else(|| template.components.clone());
        template.status = "PENDING".to_owned();
        Ok(())
    }

    /// Deletes every language of `name`, or only the one with `id`. Gives how many there were.
    pub fn delete(&mut self, name: &str, id: Option<&str>, now: u64) -> usize {
        let before = self.all.len();
        let goes = |template: &Template| template.name == name && id.is_none_or(|id| template.id == id);
        if self
            .all
            .iter()
            .any(|template| goes(template) && template.status == "APPROVED")
        {
            self.blocked_until.insert(name.to_owned(), now + NAME_BLOCKED_SECONDS);
        }
        self.all.retain(|template| !goes(template));
        before - self.all.len()
    }

    /// Sets what became of a template. Gives it, unless it is gone.
    pub fn decide(&mut self, id: &str, status: &str, reason: &str) -> Option<&Template> {
        let template = self.all.iter_mut().find(|template| template.id == id)?;
        status.clone_into(&mut template.status);
        reason.clone_into(&mut template.rejected_reason);
        Some(template)
    }
}

fn category(body: &Value) -> Result<Option<String>, GraphError> {
    let Some(category) = text_at(body, "/category") else {
        return Ok(None);
    };
    let category = category.to_uppercase();
    if ["MARKETING", "UTILITY", "AUTHENTICATION"].contains(&category.as_str()) {
        return Ok(Some(category));
    }
    Err(GraphError::parameter(
        "Param category must be one of {AUTHENTICATION, MARKETING, UTILITY}.",
    ))
}

/// The components with their types and formats in capitals, as Meta gives them back.
fn checked(components: &Value) -> Result<Value, GraphError> {
    let Some(list) = components.as_array() else {
        return Err(GraphError::parameter("Param components must be an array."));
    };
    let mut list = list.clone();
    for component in &mut list {
        capitals(component, &["type", "format"]);
        for button in component
            .get_mut("buttons")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            capitals(button, &["type"]);
        }
        let is_authentication = component.get("add_security_recommendation").is_some();
        if text_at(component, "/type") == Some("BODY") && text_at(component, "/text").is_none() && !is_authentication {
            return Err(GraphError::template_content(2_388_047, "Message body text is required"));
        }
    }
    if !list.iter().any(|component| text_at(component, "/type") == Some("BODY")) {
        return Err(GraphError::template_content(2_388_047, "Message body text is required"));
    }
    Ok(Value::Array(list))
}

fn capitals(object: &mut Value, keys: &[&str]) {
    for key in keys {
        if let Some(Value::String(text)) = object.get_mut(key) {
            *text = text.to_uppercase();
        }
    }
}
