//! What the shell says by itself, from the catalogs of the UI, in the language that is set or else the system's.

use fluent_bundle::{FluentArgs, FluentValue};
use std::sync::{LazyLock, PoisonError, RwLock};
use twinbox_domain::Reminder;
use twinbox_server::Catalog;

/// The first one is what a system of another language gets.
static CATALOGS: LazyLock<[Catalog; 2]> = LazyLock::new(|| {
    let english = concat!(
        include_str!("../../assets/locales/en/desktop.ftl"),
        include_str!("../../assets/locales/en/files.ftl")
    );
    let arabic = concat!(
        include_str!("../../assets/locales/ar/desktop.ftl"),
        include_str!("../../assets/locales/ar/files.ftl")
    );
    [Catalog::new("en", english), Catalog::new("ar", arabic)]
});

/// What is set; empty for the system's.
static LANGUAGE: RwLock<String> = RwLock::new(String::new());

/// Words that are the same each time, by their place in the catalog.
#[derive(Clone, Copy)]
pub(crate) struct Words(pub(crate) &'static str);

impl Words {
    /// As they are in the language of this person.
    pub(crate) fn to_owned(self) -> String {
        sentence(self.0, &[])
    }
}

/// From here on in this language; empty for the system's.
pub(crate) fn speak(language: &str) {
    language.clone_into(&mut LANGUAGE.write().unwrap_or_else(PoisonError::into_inner));
}

/// A sentence about these arguments.
pub(crate) fn sentence(id: &str, arguments: &[(&'static str, FluentValue)]) -> String {
    let set = LANGUAGE.read().unwrap_or_else(PoisonError::into_inner).clone();
    let arguments: FluentArgs = arguments.iter().cloned().collect();
    spoken(&set).say(id, &arguments)
}

/// `say!(id, name = value, …)`, the id as a literal.
macro_rules! say {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words::sentence($id, &[$((stringify!($name), $value.into())),*])
    };
}
pub(crate) use say;

/// A reminder, below the name of its number.
pub(crate) fn reminder(reminder: Reminder) -> String {
    match reminder {
        Reminder::SyncEnds { hours_left } => say!("reminder-sync-ends", hours = hours_left),
        Reminder::ChatsHere => Words("reminder-chats-here").to_owned(),
        Reminder::PhoneQuiet { days_left, .. } => say!("reminder-phone-quiet", days = days_left),
        Reminder::TokenEnds { days_left } => say!("reminder-token-ends", days = days_left),
        Reminder::Lost => Words("reminder-lost").to_owned(),
        Reminder::Told { .. } => Words("reminder-told").to_owned(),
    }
}

fn spoken(set: &str) -> &'static Catalog {
    let [usual, ..] = &*CATALOGS;
    let of = |tag: &str| CATALOGS.iter().find(|catalog| catalog.is_of(tag));
    let system = || of(&sys_locale::get_locale().unwrap_or_default());
    of(set).or_else(system).unwrap_or(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unread(language: &str, count: u64) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set("count", count);
        spoken(language).say("unread-chats", &arguments)
    }

    #[test]
    fn the_tray_counts_as_each_language_does() {
        let english = [0, 1, 2, 11].map(|count| unread("en", count));
        assert_eq!(
            english,
            [
                "Nothing is unread",
                "1 unread chat",
                "2 unread chats",
                "11 unread chats"
            ]
        );
        let arabic = [0, 1, 2].map(|count| unread("ar-EG", count));
        assert_eq!(
            arabic,
            ["لا شيء غير مقروء", "محادثة واحدة غير مقروءة", "محادثتان غير مقروءتين"]
        );
        assert_eq!(
            [3, 11, 100].map(|count| unread("ar", count)),
            [
                "\u{2068}3\u{2069} محادثات غير مقروءة",
                "\u{2068}11\u{2069} محادثة غير مقروءة",
                "\u{2068}100\u{2069} محادثة غير مقروءة"
            ]
        );
    }
}
