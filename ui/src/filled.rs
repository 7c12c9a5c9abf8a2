//! What was typed into the form in the composer's place, when it went by itself: another chat was opened, or the window locked
//! itself. Whoever fills in the same form there again goes on with it. One for each chat, and only while the window is open.

use leptos::prelude::*;
use std::collections::HashMap;
use twinbox_domain::ConversationId;

/// A handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Filled(StoredValue<HashMap<ConversationId, (String, Vec<String>)>>);

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

    fn of(self, conversation: ConversationId, form: &str) -> Vec<String> {
        self.0.with_value(|all| match all.get(&conversation) {
            Some((of, typed)) if of == form => typed.clone(),
            _ => Vec::new(),
        })
    }

    fn keep(self, conversation: ConversationId, form: &str, typed: Vec<String>) {
        // One in which nothing was typed yet takes no place of another.
        if typed.iter().any(|text| !text.is_empty()) {
            let filled = (form.to_owned(), typed);
            self.0.update_value(|all| drop(all.insert(conversation, filled)));
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
}
