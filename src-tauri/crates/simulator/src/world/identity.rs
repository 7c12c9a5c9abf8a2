//! Finding people, and what changes about them (Meta, "Business-scoped user IDs", Aug 2026).

use super::{Person, World};
use crate::{
    chats::Side,
    customer::Customer,
    history::{Acquaintance, History},
    numbering,
};
use serde_json::Value;

/// What a customer changes about themselves. `None` leaves a thing as it is. Also a part of the body of
/// `POST /_sim/customer/settings`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerSettings {
    /// Whether their phone is off: nothing is delivered until it is on again.
    pub offline: Option<bool>,
    /// Whether they blocked the business: sends to them fail with 131026.
    pub blocked: Option<bool>,
    /// Whether the business sees that they read.
    pub shows_reading: Option<bool>,
    /// Whether they read what arrives without being told to.
    pub reads_alone: Option<bool>,
    /// A username without `@`; webhooks leave the number out from then on.
    pub username: Option<String>,
    /// Whether webhooks leave the number out, without regard to the username.
    pub hides_phone: Option<bool>,
}

impl World {
    /// The user id of someone named by phone number, user id or `@username`, who may be of the past.
    pub fn find(&mut self, who: &str) -> Option<String> {
        self.find_known(who).or_else(|| {
            let past = Acquaintance::find(self.portfolio, who, self.number.history.people())?;
            // Who has another user id by now is not who they were.
            (self.latest_user_id(&past.user_id) == past.user_id).then_some(())?;
            Some(self.meet(&Customer::known(past.user_id)).user_id.clone())
        })
    }

    /// Whether that user id is of someone in the past who was not met since.
    pub(super) fn is_of_the_past(&self, user_id: &str) -> bool {
        !self.people.contains_key(user_id)
            && self.latest_user_id(user_id) == user_id
            && Acquaintance::find(self.portfolio, user_id, self.number.history.people()).is_some()
    }

    /// From now on media of `history` are there to download, and the phone's page shows it if it is short.
    pub fn recall(&mut self, history: &History) {
        self.library.recall(history.clone());
        for (past, is_own, message) in history.shown() {
            let id = message.get("id").and_then(Value::as_str).unwrap_or_default();
            let is_shown = self.chats.find(id).is_some();
            if !is_shown && self.latest_user_id(&past.user_id) == past.user_id {
                let side = if is_own { Side::Phone } else { Side::Customer };
                let user_id = self.meet(&Customer::known(past.user_id)).user_id.clone();
                self.chats.take(&user_id, side, &message, true);
            }
        }
    }

    fn find_known(&self, who: &str) -> Option<String> {
        if self.people.contains_key(who) {
            return Some(who.to_owned());
        }
        if let Some(username) = who.strip_prefix('@') {
            let has_it = |person: &&Person| person.username.as_deref() == Some(username);
            return self.people.values().find(has_it).map(|person| person.user_id.clone());
        }
        self.user_id_of_phone.get(&numbering::digits(who)).cloned()
    }

    /// Whether that person, named as in [`Self::find`], stopped marketing messages.
    pub fn stops_marketing(&self, who: &str) -> bool {
        let person = self.find_known(who).and_then(|user_id| self.people.get(&user_id));
        person.is_some_and(|person| person.stops_marketing)
    }

    /// That person, to be changed.
    pub fn person_mut(&mut self, user_id: &str) -> Option<&mut Person> {
        self.people.get_mut(user_id)
    }

    /// Changes what `settings` names. `false`: there is no such person.
    pub fn change_settings(&mut self, user_id: &str, settings: CustomerSettings) -> bool {
        let Some(person) = self.people.get_mut(user_id) else {
            return false;
        };
        person.is_offline = settings.offline.unwrap_or(person.is_offline);
        person.blocks_business = settings.blocked.unwrap_or(person.blocks_business);
        person.shows_reading = settings.shows_reading.unwrap_or(person.shows_reading);
        person.reads_alone = settings.reads_alone.unwrap_or(person.reads_alone);
        if let Some(username) = settings.username {
            person.hides_phone = !username.is_empty();
            person.username = Some(username).filter(|username| !username.is_empty());
        }
        person.hides_phone = settings.hides_phone.unwrap_or(person.hides_phone);
        self.chats.touch(user_id);
        true
    }

    /// Gives that person the number `wa_id`, and the new user id that comes with it. `None`: there is no such person,
    /// or the number is somebody's.
    pub fn change_number(&mut self, user_id: &str, wa_id: &str) -> Option<&Person> {
        if self.user_id_of_phone.contains_key(wa_id) {
            return None;
        }
        let mut person = self.people.remove(user_id)?;
        if let Some(old) = person.wa_id.replace(wa_id.to_owned()) {
            self.user_id_of_phone.remove(&old);
        }
        person.user_id = self.fresh_user_id(wa_id);
        self.user_id_of_phone.insert(wa_id.to_owned(), person.user_id.clone());
        self.chats.rename(user_id, &person.user_id);
        self.next_user_id.insert(user_id.to_owned(), person.user_id.clone());
        Some(self.people.entry(person.user_id.clone()).or_insert(person))
    }

    /// The user id that comes with a number for whoever gets it now: not one that somebody has or had.
    pub(super) fn fresh_user_id(&self, wa_id: &str) -> String {
        let is_new = |id: &String| !self.people.contains_key(id) && !self.next_user_id.contains_key(id);
        let first = numbering::user_id(self.portfolio, Some(wa_id), None);
        let others = (1_u32..).map(|owner| numbering::later_user_id(self.portfolio, wa_id, owner));
        std::iter::once(first).chain(others).find(is_new).unwrap_or_default()
    }

    /// The user id somebody has by now who had `user_id`.
    pub fn latest_user_id<'a>(&'a self, user_id: &'a str) -> &'a str {
        let mut latest = user_id;
        // Whoever is known is the latest, so an old number that is somebody's again ends it, too.
        while let Some(next) = self
            .next_user_id
            .get(latest)
            .filter(|_| !self.people.contains_key(latest))
        {
            latest = next;
        }
        latest
    }
}
