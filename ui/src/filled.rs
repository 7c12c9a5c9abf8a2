//! What was typed into the form in the composer's place, when it went by itself: another chat was opened, or the window locked
//! itself. Whoever fills in the same form there again goes on with it. One for each chat, and only while the window is open.

use leptos::prelude::*;
use std::collections::HashMap;
use twinbox_domain::{ConversationId, OutboxId};

/// A handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Filled(StoredValue<HashMap<ConversationId, Kept>>);

/// What one form held.
struct Kept {
    form: String,
    typed: Vec<String>,
    /// It was sent under this id, and nobody knows whether it went.
    id: Option<OutboxId>,
}

impl Default for Filled {
    fn default() -> Self {
        Self(StoredValue::new(HashMap::new()))
    }
}

impl Filled {
    /// Puts what was typed before into the fields of a form, and keeps what is typed from now on.
    pub fn follow(self, conversation: ConversationId, form: String, fields: Vec<RwSignal<String>>) {
        for (field, before) in fields.iter().zip(self.of(conversation, &form)) {
            field.set(before);
        }
        Effect::new(move |_| self.keep(conversation, &form, fields.iter().map(|field| field.get()).collect()));
    }

    /// It is sent, or put away by a person.
    pub fn forget(self, conversation: ConversationId) {
        self.0.update_value(|all| drop(all.remove(&conversation)));
    }

    /// Under which id it was sent when nobody knows whether it went.
    pub fn id_of(self, conversation: ConversationId, form: &str) -> Option<OutboxId> {
        self.0
            .with_value(|all| all.get(&conversation).filter(|kept| kept.form == form)?.id)
    }

    /// What was typed into a form that is being sent: filled in once more by itself it might go out twice.
    pub fn take(self, conversation: ConversationId, form: &str) -> Vec<String> {
        let typed = self.of(conversation, form);
        self.forget(conversation);
        typed
    }

    /// It did not go, or nobody knows whether it went under `id`. What was begun there since stays.
    pub fn put_back(self, conversation: ConversationId, form: String, typed: Vec<String>, id: Option<OutboxId>) {
        let kept = Kept { form, typed, id };
        self.0.update_value(|all| {
            all.entry(conversation).or_insert(kept);
        });
    }

    /// What was typed into a form in a chat.
    pub fn of(self, conversation: ConversationId, form: &str) -> Vec<String> {
        self.0.with_value(|all| match all.get(&conversation) {
            Some(kept) if kept.form == form => kept.typed.clone(),
            _ => Vec::new(),
        })
    }

    fn keep(self, conversation: ConversationId, form: &str, typed: Vec<String>) {
        // One in which nothing was typed yet takes no place of another.
        if typed.iter().any(|text| !text.is_empty()) {
            let id = self.id_of(conversation, form);
            let form = form.to_owned();
            let kept = Kept { form, typed, id };
            self.0.update_value(|all| drop(all.insert(conversation, kept)));
        } else if !self.of(conversation, form).is_empty() {
            self.forget(conversation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_into_a_form_waits_for_that_form_in_that_chat() {
        let _owner = Owner::new_root(None);
        let filled = Filled::default();
        let typed = |texts: [&str; 2]| texts.map(str::to_owned).to_vec();
        let (alice, bob) = (ConversationId(1), ConversationId(2));
        filled.keep(alice, "greeting", typed(["Alice", ""]));
        filled.keep(alice, "place", typed(["", ""]));
        assert_eq!(filled.of(alice, "greeting"), ["Alice", ""]);
        assert!(filled.of(alice, "place").is_empty() && filled.of(bob, "greeting").is_empty());
        filled.keep(alice, "greeting", typed(["", ""]));
        assert!(filled.of(alice, "greeting").is_empty());
        filled.keep(alice, "greeting", typed(["Alice", ""]));
        filled.forget(alice);
        assert!(filled.of(alice, "greeting").is_empty());
    }

    #[test]
    fn what_comes_back_keeps_its_id_and_takes_no_place_of_what_was_begun_since() {
        let _owner = Owner::new_root(None);
        let filled = Filled::default();
        let typed = |text: &str| vec![text.to_owned()];
        let (alice, bob) = (ConversationId(1), ConversationId(2));
        let id = OutboxId(uuid::Uuid::now_v7());
        filled.put_back(alice, "greeting".to_owned(), typed("Alice"), Some(id));
        filled.keep(alice, "greeting", typed("Alicia"));
        assert_eq!(filled.id_of(alice, "greeting"), Some(id));
        assert_eq!(filled.id_of(alice, "place"), None);
        assert_eq!(filled.take(alice, "greeting"), ["Alicia"]);
        assert!(filled.of(alice, "greeting").is_empty() && filled.id_of(alice, "greeting").is_none());

        filled.keep(bob, "greeting", typed("Bob"));
        filled.put_back(bob, "greeting".to_owned(), typed("Robert"), Some(id));
        assert_eq!(filled.of(bob, "greeting"), ["Bob"]);
        assert_eq!(filled.id_of(bob, "greeting"), None);
    }
}
