//! Telling a customer that their message was read, and that an answer is being typed (Meta, "Mark messages as read" and
//! "Typing indicators", 2026).
//!
//! These are no messages: they need no permit, are never repeated, and nobody waits for how they end.

use super::GraphClient;
use crate::{CallError, answer};
use serde::Deserialize;
use serde_json::{Value, json};
use twinbox_domain::{NumberId, Wamid};

#[derive(Deserialize)]
struct Told {}

impl GraphClient {
    /// Marks a customer's message of the last 30 days as read, and with it all before it; with `is_typing` an answer shows
    /// as being typed, for 25 seconds or until it comes.
    ///
    /// # Errors
    /// See [`CallError`]. Meta asks not to repeat it then.
    pub async fn tell_read(&self, number: &NumberId, wamid: &Wamid, is_typing: bool) -> Result<(), CallError> {
        let request = self
            .http
            .post(self.address(&format!("{number}/messages")))
            .bearer_auth(self.settings.access_token.expose())
            .json(&body(wamid, is_typing));
        let Told {} = answer::answer(request, answer::LONGEST_ANSWER).await?;
        Ok(())
    }
}

fn body(wamid: &Wamid, is_typing: bool) -> Value {
    let mut body = json!({"messaging_product": "whatsapp", "status": "read", "message_id": wamid.as_str()});
    if is_typing && let Some(body) = body.as_object_mut() {
        body.insert("typing_indicator".to_owned(), json!({"type": "text"}));
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bodies_are_those_meta_documents() {
        let wamid = Wamid::from("wamid.INBOUND");
        insta::assert_json_snapshot!([body(&wamid, false), body(&wamid, true)], @r#"
        [
          {
            "message_id": "wamid.INBOUND",
            "messaging_product": "whatsapp",
            "status": "read"
          },
          {
            "message_id": "wamid.INBOUND",
            "messaging_product": "whatsapp",
            "status": "read",
            "typing_indicator": {
              "type": "text"
            }
          }
        ]
        "#);
    }
}
