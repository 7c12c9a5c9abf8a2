//! What this person has set.

use super::Session;
use crate::state::{Action, SettingsAction, State};
use leptos::prelude::*;
use leptos::task::spawn_local;
use twinbox_protocol::{CheckPassphrase, GetSettings, SaveSettings, SetPassphrase, TellLocked, UserSettings};
use web_sys::Storage;

/// Under which name it is kept that somebody has locked the window: another person's lock is none of theirs.
fn locked_name(user: &str) -> String {
    format!("locked.{user}")
}

impl Session {
    /// Asks for the settings, which another window has changed.
    pub fn load_settings(self) {
        spawn_local(async move {
            // Those there are stay until the next change.
            if let Ok(view) = self.backend.call(GetSettings {}).await {
                self.dispatch(Action::Settings(SettingsAction::Told(view)));
            }
        });
    }

    /// Changes the settings, at once here and then everywhere.
    pub fn change_settings(self, change: impl FnOnce(&mut UserSettings)) {
        let mut settings = self.peek(|state| state.settings.clone());
        change(&mut settings);
        self.dispatch(Action::Settings(SettingsAction::Changed(settings.clone())));
        spawn_local(async move {
            if let Err(error) = self.backend.call(SaveSettings { settings }).await {
                self.dispatch(Action::Notice(error.message));
                self.load_settings();
            }
        });
    }

    /// Sets the language: once it is kept, as that starts the window anew.
    pub fn change_language(self, language: String) {
        let mut settings = self.peek(|state| state.settings.clone());
        settings.language = language;
        spawn_local(async move {
            let call = SaveSettings {
                settings: settings.clone(),
            };
            let holds = match self.backend.call(call).await {
                Ok(()) => settings,
                Err(error) => {
                    self.dispatch(Action::Notice(error.message));
                    self.peek(|state| state.settings.clone())
                }
            };
            self.dispatch(Action::Settings(SettingsAction::Changed(holds)));
        });
    }

    /// Sets the passphrase. `told` says what came of it: nothing when it is set. Its form may be gone by then, as making a
    /// passphrase unreadable takes a while.
    pub fn set_passphrase(self, call: SetPassphrase, told: Callback<Option<String>>) {
        spawn_local(async move {
            let answer = self.backend.call(call).await;
            if answer.is_ok() {
                self.load_settings();
            }
            self.tell_passphrase(told, answer.err().map(|error| error.message));
        });
    }

    fn tell_passphrase(self, told: Callback<Option<String>>, problem: Option<String>) {
        if told.try_run(problem.clone()).is_none()
            && let Some(problem) = problem
        {
            self.dispatch(Action::Notice(problem));
        }
    }

    /// Tells the desktop, where there is one, whether this window is locked.
    pub fn tell_locked(self, is_locked: bool) {
        if self.peek(State::is_desktop) {
            spawn_local(async move {
                // It hides what messages say until it hears that it need not.
                let _ = self.backend.call(TellLocked { is_locked }).await;
            });
        }
    }

    /// Locks this window, until it is unlocked: loading it anew is no way around.
    pub fn lock(self) {
        self.dispatch(Action::Settings(SettingsAction::Locked(true)));
        if self.peek(|state| state.is_locked) {
            self.keep_locked(true);
        }
    }

    /// Locks it if it was left locked.
    pub fn stay_locked(self) {
        let is_locked = self.lock_place().and_then(|(place, name)| place.get_item(&name).ok()?);
        if is_locked.is_some_and(|locked| locked == "true") {
            self.dispatch(Action::Settings(SettingsAction::Locked(true)));
        }
    }

    fn keep_locked(self, is_locked: bool) {
        if let Some((place, name)) = self.lock_place() {
            // Without storage it is open when it is loaded anew.
            let _ = place.set_item(&name, &is_locked.to_string());
        }
    }

    /// Where the lock is kept, and under which name: in a browser where the access token is, so that one tab does not unlock
    /// another.
    fn lock_place(self) -> Option<(Storage, String)> {
        let name = self.peek(|state| state.you.as_ref().map(|you| locked_name(&you.user)))?;
        let place = match self.peek(State::is_desktop) {
            true => window().local_storage(),
            false => window().session_storage(),
        };
        Some((place.ok()??, name))
    }

    /// Unlocks it with a passphrase. `told` says what came of it: nothing when it is unlocked.
    pub fn unlock(self, passphrase: String, told: Callback<Option<String>>) {
        spawn_local(async move {
            let wrong = || Some(crate::text::WRONG_PASSPHRASE.to_owned());
            let problem = match self.backend.call(CheckPassphrase { passphrase }).await {
                Ok(true) => None,
                Ok(false) => wrong(),
                Err(error) => Some(error.message),
            };
            // Its form may be gone.
            told.try_run(problem);
        });
    }

    /// The passphrase was right.
    pub fn unlocked(self) {
        self.keep_locked(false);
        self.dispatch(Action::Settings(SettingsAction::Locked(false)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Backend;

    #[test]
    fn what_came_of_a_passphrase_whose_form_is_gone_is_said_at_the_bottom_of_the_window() {
        let _owner = Owner::new_root(None);
        let session = Session::with(Backend::Http);
        let said = || session.peek(|state| state.notice.as_ref().map(|notice| notice.words.clone()));
        let form = Owner::new();
        let told = form.with(|| Callback::new(|_| {}));
        session.tell_passphrase(told, Some("No.".to_owned()));
        assert_eq!(said(), None, "the form says it");
        form.cleanup();
        session.tell_passphrase(told, None);
        assert_eq!(said(), None);
        session.tell_passphrase(told, Some("No.".to_owned()));
        assert_eq!(said().as_deref(), Some("No."));
    }

    #[test]
    fn everybody_has_a_lock_of_their_own() {
        assert_ne!(locked_name("Maya Lindqvist"), locked_name("Omar Haddad"));
    }
}
