//! `GET /_sim/chats?since=…`: every chat with a customer about whom something changed after that revision, with the
//! messages that changed; all of it without `since`. The answer's `revision` is what to ask with next. A `count` of
//! chats other than expected, or a smaller `revision`, means that chats are gone: ask without `since`.

use super::Since;
use crate::{
    meta::Meta,
    world::{Person, World},
};
use axum::{
    Json, Router,
    extract::{Query, State},
    routing::get,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// The route.
pub(super) fn routes() -> Router<Arc<Meta>> {
    Router::new().route("/_sim/chats", get(chats))
}

async fn chats(State(meta): State<Arc<Meta>>, Query(Since { since }): Query<Since>) -> Json<Value> {
    let world = meta.world();
    // A chat under a user id that somebody had before is none of today's.
    let known = |user_id: &str| world.person(user_id).filter(|person| person.user_id == user_id);
    let changed = world.chats.changed_since(since);
    let people = changed.into_iter().filter_map(known);
    let chats: Vec<_> = people.map(|person| chat(&world, person, since)).collect();
    let count = world.chats.user_ids().filter_map(known).count();
    Json(json!({
        "revision": world.chats.revision(),
        "count": count,
        "business": {
            "display_phone_number": meta.config.display_phone_number,
            "connection": world.connection.name(),
            "signup": world.signup.step,
        },
        "chats": chats,
    }))
}

fn chat(world: &World, person: &Person, since: u64) -> Value {
    json!({
        "user_id": person.user_id,
        "phone": person.wa_id,
        "name": person.name,
        "username": person.username,
        "hides_phone": person.hides_phone,
        "offline": person.is_offline,
        "blocked": person.blocks_business,
        "shows_reading": person.shows_reading,
        "reads_alone": person.reads_alone,
        "typing_at": world.chats.typing_at(&person.user_id),
        "messages": world.chats.messages_since(&person.user_id, since),
    })
}
