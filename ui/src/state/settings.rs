//! What this person has set, and whether the window is locked.

use super::{Part, State, Touched};
use twinbox_domain::Millis;
use twinbox_protocol::{SettingsView, UserSettings};

/// Something that happened to the settings.
#[derive(Debug)]
pub enum SettingsAction {
    /// They came.
    Told(SettingsView),
    /// They were changed here.
    Changed(UserSettings),
    /// The window was locked, or unlocked.
    Locked(bool),
}

impl State {
    pub(in crate::state) fn set(&mut self, action: SettingsAction, t: &mut Touched) {
        match action {
            SettingsAction::Told(view) => {
                self.has_passphrase = view.has_passphrase;
                self.settings = view.settings;
            }
            SettingsAction::Changed(settings) => self.settings = settings,
            SettingsAction::Locked(locked) => {
                // Without a passphrase nobody could unlock it.
                self.is_locked = locked && self.has_passphrase;
                self.palette = None;
                t.add(Part::Palette);
            }
        }
        t.add(Part::Settings);
    }

    /// After the greeting. A window that locks itself begins locked, so that loading it anew is no way around.
    pub(in crate::state) fn greet_with(&mut self, view: SettingsView, is_first: bool, t: &mut Touched) {
        let locks = view.has_passphrase && view.settings.lock_after_minutes.is_some();
        self.set(SettingsAction::Told(view), t);
        if is_first && locks {
            self.set(SettingsAction::Locked(true), t);
        }
    }

    /// After how many milliseconds without anybody the window is locked; `None`: never.
    pub fn locks_after_ms(&self) -> Option<i64> {
        let minutes = self.settings.lock_after_minutes.filter(|_| self.has_passphrase)?;
        Some(i64::from(minutes) * 60_000)
    }

    /// Whether nobody has used the window, which is not locked yet, for longer than that.
    pub fn was_left(&self, since: Millis, now: Millis) -> bool {
        let longest = self.locks_after_ms().filter(|_| !self.is_locked);
        longest.is_some_and(|longest| now.ms_since(since) > longest)
    }
}
