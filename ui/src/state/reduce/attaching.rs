//! Files in the composer, and what leaves it first.

use crate::state::{Attached, FileAction, Part, State, Touched};
use twinbox_domain::{ConversationId, LONGEST_CAPTION};
use uuid::Uuid;

impl State {
    pub(in crate::state) fn file(&mut self, conversation: ConversationId, action: FileAction, t: &mut Touched) {
        // Its conversation may have been merged into another one while it was on its way.
        let holds = |key: Uuid| {
            self.files
                .iter()
                .find(|(_, files)| files.iter().any(|file| file.key == key))
        };
        let conversation = match &action {
            FileAction::Uploaded(key, _) => holds(*key).map_or(conversation, |(holder, _)| *holder),
            _ => conversation,
        };
        let files = self.files.entry(conversation).or_default();
        match action {
            FileAction::Attached(file) => files.push(file),
            FileAction::Uploaded(key, upload) => {
                // It may have been taken out meanwhile.
                if let Some(file) = files.iter_mut().find(|file| file.key == key) {
                    file.upload = upload;
                }
            }
            FileAction::AsDocument(key) => {
                if let Some(file) = files.iter_mut().find(|file| file.key == key) {
                    file.as_document = true;
                }
            }
            FileAction::Removed(key) => files.retain(|file| file.key != key),
        }
        if files.is_empty() {
            self.files.remove(&conversation);
        }
        t.add(Part::Files(conversation));
    }

    /// Takes what leaves first out of the composer: a text without the blanks around it, a file, or the first file with the text
    /// below it. A text that cannot stand there goes before the files.
    pub(in crate::state) fn take_first(
        &mut self,
        conversation: ConversationId,
        t: &mut Touched,
    ) -> Option<(String, Option<Attached>)> {
        let text = self.drafts.remove(&conversation).unwrap_or_default().trim().to_owned();
        self.unkept.insert(conversation);
        t.add(Part::Draft(conversation));
        let has_text = !text.is_empty();
        let first = self.files.get(&conversation).and_then(|files| files.first());
        let fits = |file: &Attached| file.kind().takes_caption() && text.chars().count() <= LONGEST_CAPTION;
        if !first.is_some_and(|file| !has_text || fits(file)) {
            return has_text.then_some((text, None));
        }
        let files = self.files.get_mut(&conversation)?;
        let file = files.remove(0);
        if files.is_empty() {
            self.files.remove(&conversation);
        }
        t.add(Part::Files(conversation));
        Some((text, Some(file)))
    }
}
