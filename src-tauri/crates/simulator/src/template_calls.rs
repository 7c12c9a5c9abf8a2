//! `message_templates` and a template's node (Meta, "Message templates", 2026). A new or changed template is reviewed
//! by itself: whoever has "reject" in its name or body is rejected, everything else approved.

use crate::{
    call::Call,
    fields,
    graph_error::GraphError,
    meta::Meta,
    nodes::{Answer, success, unsupported},
    numbering,
    templates::{ACCEPTED, Template, Templates},
};
use axum::http::Method;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::time;

/// What a template tells when nothing is named.
const USUAL_FIELDS: [&str; 7] = [
    "name",
    "parameter_format",
    "components",
    "language",
    "status",
    "category",
    "id",
];

/// `GET`, `POST` and `DELETE /{waba_id}/message_templates`.
pub(crate) fn message_templates(meta: &Arc<Meta>, call: &Call) -> Answer {
    match call.method {
        Method::GET => list(meta, call),
        Method::POST => {
            let id = meta.world().templates.create(&call.json, numbering::unix_seconds())?;
            review(meta, &id);
            let world = meta.world();
            let category = world.templates.get(&id).map(|template| template.category.clone());
            Ok(json!({"id": id, "status": "PENDING", "category": category}))
        }
        Method::DELETE => {
            let name = call.required("name")?;
            let now = numbering::unix_seconds();
            let gone = meta.world().templates.delete(name, call.text("hsm_id"), now);
            if gone.is_empty() {
                return Err(GraphError::template_content(
                    2_593_002,
                    "Message template was not found",
                ));
            }
            for template in &gone {
                tell(meta, decision(template, "PENDING_DELETION", "NONE", now));
            }
            Ok(success())
        }
        _ => Err(unsupported(call, &meta.config.waba_id)),
    }
}

/// `GET` and `POST /{template_id}`.
pub(crate) fn template_call(meta: &Arc<Meta>, call: &Call, id: &str) -> Answer {
    match call.method {
        Method::GET => {
            let world = meta.world();
            let template = world.templates.get(id).ok_or_else(|| unsupported(call, id))?;
            fields::chosen(call, &template.node(), "WhatsAppMessageTemplate", &USUAL_FIELDS)
        }
        Method::POST => {
            meta.world().templates.edit(id, &call.json, numbering::unix_seconds())?;
            review(meta, id);
            Ok(success())
        }
        _ => Err(unsupported(call, id)),
    }
}

/// Sets what became of a template and tells it (field `message_template_status_update`), except that its sends
/// wait. Those that waited go out, or fail with 132015. Gives whether there is such a template.
pub(crate) fn decide(meta: &Arc<Meta>, id: &str, status: &str, reason: &str) -> bool {
    let now = numbering::unix_seconds();
    let (told, released) = {
        let mut world = meta.world();
        let Some(template) = world.templates.decide(id, status, reason) else {
            return false;
        };
        if template.message_status != ACCEPTED {
            return true;
        }
        let (told, name) = (decision(template, status, reason, now), template.name.clone());
        (told, world.release(&name))
    };
    tell(meta, told);
    for (send, mut accepted) in released {
        if status != "APPROVED" {
            accepted.failure = Some(132_015);
        }
        meta.send_on(&send, &accepted, None);
    }
    true
}

fn tell(meta: &Meta, told: Value) {
    meta.courier
        .deliver(&meta.sender().of_account("message_template_status_update", told));
}

/// What is told of a decision (Meta, "message_template_status_update webhook reference", Nov 2025).
fn decision(template: &Template, status: &str, reason: &str, now: u64) -> Value {
    let mut told = json!({
        "event": status, "message_template_id": template.id.parse::<u64>().unwrap_or_default(),
        "message_template_name": template.name, "message_template_language": template.language,
        "message_template_category": template.category,
        "reason": if status == "REJECTED" { reason } else { "NONE" },
    });
    let pause = if template.pauses > 1 {
        "SECOND_PAUSE"
    } else {
        "FIRST_PAUSE"
    };
    let more = match (status, reason) {
        ("REJECTED", "INVALID_FORMAT") => json!({"rejection_info": {
            "reason": "The text of the template is not in the form that is asked for.",
            "recommendation": "Write the text and its variables anew, then submit the template again.",
        }}),
        ("PAUSED", _) => json!({"other_info": {
            "title": pause,
            "description": "Your WhatsApp message template has been paused because it had low quality.",
        }}),
        ("DISABLED", _) => json!({
            "disable_info": {"disable_date": now},
            "other_info": {
                "title": "DISABLED",
                "description": "Your WhatsApp message template has been disabled because it had low quality too often.",
            },
        }),
        _ => json!({}),
    };
    if let (Some(told), Value::Object(more)) = (told.as_object_mut(), more) {
        told.extend(more);
    }
    told
}

fn list(meta: &Meta, call: &Call) -> Answer {
    let same = |wanted: &str, value: &str| {
        call.text(wanted)
            .is_none_or(|wanted| wanted.split(',').any(|wanted| wanted.eq_ignore_ascii_case(value)))
    };
    let (nodes, summary) = {
        let world = meta.world();
        let listed = world.templates.all().filter(|template| {
            call.text("name").is_none_or(|name| template.name.contains(name))
                && same("status", &template.status)
                && same("category", &template.category)
                && same("language", &template.language)
        });
        let nodes = listed
            .map(|template| fields::chosen(call, &template.node(), "WhatsAppMessageTemplate", &USUAL_FIELDS))
            .collect::<Result<Vec<Value>, _>>()?;
        let summary = summary(&world.templates, nodes.len());
        (nodes, summary)
    };
    let mut page = fields::page(call, nodes)?;
    if let (Some(asked), Some(page)) = (call.text("summary"), page.as_object_mut()) {
        let names: Vec<&str> = asked.split(',').map(str::trim).collect();
        page.insert("summary".to_owned(), fields::named(&summary, &names));
    }
    Ok(page)
}

/// What can be told of all templates at once (Meta, "Template management", 2026).
fn summary(templates: &Templates, listed: usize) -> Value {
    json!({
        "total_count": listed, "message_template_count": templates.all().count(),
        "message_template_limit": templates.limit(), "are_translations_complete": true,
    })
}

/// Decides after the delay a first status has.
fn review(meta: &Arc<Meta>, id: &str) {
    let (meta, id) = (Arc::clone(meta), id.to_owned());
    let delay = meta.config.status_delays.sent.unwrap_or_default();
    meta.tracker.clone().spawn(async move {
        if meta.cancel.run_until_cancelled(time::sleep(delay)).await.is_none() {
            return;
        }
        let is_bad = meta.world().templates.get(&id).is_some_and(|template| {
            template.name.contains("reject") || template.components.to_string().to_lowercase().contains("reject")
        });
        if is_bad {
            decide(&meta, &id, "REJECTED", "INVALID_FORMAT");
        } else {
            decide(&meta, &id, "APPROVED", "NONE");
        }
    });
}
