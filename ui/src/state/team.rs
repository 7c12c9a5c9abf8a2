//! Working on conversations together.

use super::{Faster, Part, State, Touched};
use std::collections::BTreeSet;
use twinbox_domain::{Content, ConversationId, Origin};
use twinbox_protocol::{
    CannedReply, DraftView, EmojiView, FieldView, MessageView, ReplyingView, TeamView, WorkloadView,
};

/// Something that happened to the team's things.
#[derive(Debug)]
pub enum TeamAction {
    /// Colleagues, labels and canned replies came.
    Told(TeamView),
    /// A template or a form is filled in there, in the composer's place; nowhere any more.
    FillsIn(Option<ConversationId>),
    /// What is written in a conversation is a note, or a reply.
    WritesNote(ConversationId, bool),
    /// A note could not be saved: it is before what was written since, and together they are one.
    NoteRefused(ConversationId, String),
    /// The drafts that were kept came.
    Drafts(Vec<DraftView>),
    /// What is written goes to the engine, to be kept.
    Keeping,
    /// The engine has it now, or does not take it.
    Kept(ConversationId),
    /// It was not kept, because the engine could not be reached.
    NotKept(ConversationId),
    /// The list of emoji came.
    Emoji(Vec<Vec<EmojiView>>),
    /// A conversation was selected, or is not any more.
    Selected(ConversationId, bool),
    /// Every loaded row was selected.
    AllSelected,
    /// Nothing is selected any more.
    NoneSelected,
    /// Whoever was faster in a conversation has been seen.
    FasterSeen(ConversationId),
}

/// A shortcut without what people write around it: blanks, and the slash that it is called by.
pub fn shortcut_of(typed: &str) -> &str {
    let typed = typed.trim();
    typed.strip_prefix('/').unwrap_or(typed)
}

impl State {
    /// The canned reply with this shortcut.
    pub fn canned_reply(&self, shortcut: &str) -> Option<&CannedReply> {
        self.team.replies.iter().find(|reply| reply.shortcut == shortcut)
    }

    /// What the team keeps under this name about the person of a conversation. Names are told apart as the engine does.
    pub fn field(&self, conversation: ConversationId, name: &str) -> Option<&FieldView> {
        let mut fields = self.details.get(&conversation)?.fields.iter();
        fields.find(|field| field.name.eq_ignore_ascii_case(name.trim()))
    }

    /// The caller's name.
    pub fn me(&self) -> &str {
        self.you.as_ref().map_or("", |you| you.user.as_str())
    }

    /// How many open and pending conversations somebody has; of nobody: that are not assigned.
    pub fn workload(&self, assignee: &str) -> u64 {
        let all = self.overview.iter().flat_map(|overview| &overview.workloads);
        let theirs = all.filter(|workload| workload.assignee == assignee);
        theirs.map(|workload: &WorkloadView| workload.conversations).sum()
    }

    /// How many of them a note calls the caller in.
    pub fn mentioned(&self) -> u64 {
        let all = self.overview.iter().flat_map(|overview| &overview.mentioned);
        let mine = all.filter(|mentioned| mentioned.assignee == self.me());
        mine.map(|mentioned| mentioned.conversations).sum()
    }

    /// How many open and pending conversations there are.
    pub fn on_the_desk(&self) -> u64 {
        let all = self.overview.iter().flat_map(|overview| &overview.workloads);
        all.map(|workload| workload.conversations).sum()
    }

    /// The colleagues who are writing a reply there now.
    pub fn replying_in(&self, conversation: ConversationId) -> Vec<String> {
        let is_there =
            |it: &&ReplyingView| it.conversation == conversation && it.until > self.now && it.user != self.me();
        self.replying
            .iter()
            .filter(is_there)
            .map(|it| it.user.clone())
            .collect()
    }

    /// What a decision is about: what is selected, or the row of the list that has the focus, or the open conversation.
    pub fn targets(&self, focused: Option<ConversationId>) -> Vec<ConversationId> {
        match self.selected.is_empty() {
            true => focused.or(self.open).into_iter().collect(),
            false => self.selected.iter().copied().collect(),
        }
    }

    /// The next chat of the list with something unread: after the open one, then from the top.
    pub fn next_unread(&self) -> Option<ConversationId> {
        let list = self.list()?;
        let open = self.open_row().and_then(|row| list.index_of(row));
        let after = open.map_or(0, |open| open + 1);
        let is_unread =
            |id: &ConversationId| Some(*id) != self.open && self.rows.get(id).is_some_and(|row| row.unread > 0);
        (after..list.len())
            .chain(0..after)
            .filter_map(|at| list.get(at))
            .find(is_unread)
    }

    pub(super) fn team(&mut self, action: TeamAction, t: &mut Touched) {
        match action {
            TeamAction::Told(team) => {
                self.team = team;
                t.add(Part::Team);
            }
            TeamAction::FillsIn(conversation) => self.fills_in = conversation,
            TeamAction::WritesNote(conversation, is_note) => {
                match is_note {
                    true => self.notes.insert(conversation),
                    false => self.notes.remove(&conversation),
                };
                // As what an empty one was meant is not kept.
                if self.is_written(conversation) {
                    self.unkept.insert(conversation);
                }
                t.add(Part::Draft(conversation));
            }
            TeamAction::NoteRefused(conversation, text) => {
                self.notes.insert(conversation);
                self.put_back(conversation, text, None, None, t);
            }
            TeamAction::Drafts(drafts) => {
                for DraftView {
                    conversation,
                    text,
                    is_note,
                } in drafts
                {
                    // Something else was sent or thrown away here, which the engine may not have heard.
                    if self.unkept.contains(&conversation) || self.keeping.contains(&conversation) {
                        continue;
                    }
                    // What has been typed since is newer.
                    if let std::collections::hash_map::Entry::Vacant(entry) = self.drafts.entry(conversation) {
                        entry.insert(text);
                        if is_note {
                            self.notes.insert(conversation);
                        }
                        t.add(Part::Draft(conversation));
                        t.add(Part::Row(conversation));
                    }
                }
            }
            TeamAction::Keeping => self.keeping.extend(std::mem::take(&mut self.unkept)),
            TeamAction::Kept(conversation) => self.kept(conversation),
            TeamAction::NotKept(conversation) => {
                self.kept(conversation);
                self.unkept.insert(conversation);
            }
            TeamAction::Emoji(emoji) => {
                self.emoji = emoji;
                t.add(Part::Emoji);
            }
            TeamAction::Selected(conversation, is_on) => {
                let changed = match is_on {
                    true => self.selected.insert(conversation),
                    false => self.selected.remove(&conversation),
                };
                if changed {
                    t.add(Part::Selected);
                }
            }
            TeamAction::AllSelected => {
                let rows = self
                    .list()
                    .into_iter()
                    .flat_map(|list| (0..list.len()).filter_map(|at| list.get(at)));
                self.selected = rows.take(twinbox_protocol::MOST_AT_ONCE).collect();
                t.add(Part::Selected);
            }
            TeamAction::NoneSelected => {
                self.selected = BTreeSet::new();
                t.add(Part::Selected);
            }
            TeamAction::FasterSeen(conversation) => {
                if let Some(faster) = self.faster.get_mut(&conversation) {
                    faster.is_seen = true;
                }
                t.add(Part::Faster);
            }
        }
    }

    /// The answer about one of those that are on their way has come.
    fn kept(&mut self, conversation: ConversationId) {
        if let Some(at) = self.keeping.iter().position(|keeping| *keeping == conversation) {
            self.keeping.swap_remove(at);
        }
    }

    /// Who was faster there; `None`: nobody, or it was seen.
    pub fn faster_in(&self, conversation: ConversationId) -> Option<&Faster> {
        self.faster.get(&conversation).filter(|faster| !faster.is_seen)
    }

    /// Nobody was faster where nothing is left of what was to be said.
    pub(super) fn forget_faster(&mut self, t: &mut Touched) {
        let conversations = self.faster.keys().copied();
        let over: Vec<_> = conversations
            .filter(|conversation| !self.holds(*conversation))
            .collect();
        for conversation in over {
            self.faster.remove(&conversation);
            t.add(Part::Faster);
        }
    }

    /// Whether something is to be said there: written, attached, or being filled in.
    fn holds(&self, conversation: ConversationId) -> bool {
        let composes = self.is_written(conversation) || !self.attached(conversation).is_empty();
        composes || self.fills_in == Some(conversation)
    }

    /// What this person sent or noted in another of their windows is no draft here any more, as the engine keeps it no longer.
    pub(super) fn forget_sent_elsewhere(&mut self, message: &MessageView, t: &mut Touched) {
        let said = match (&message.content, message.origin) {
            (Content::Note { body, .. }, _) => body,
            (Content::Text { body }, Origin::Agent) => body,
            (content, Origin::Agent) => match content.media() {
                Some(media) => &media.caption,
                None => return,
            },
            _ => return,
        };
        let conversation = message.conversation;
        let is_note = matches!(message.content, Content::Note { .. });
        let is_elsewhere = message.author == self.me() && !self.is_from_here(message) && self.is_news(message);
        let draft = self.drafts.get(&conversation).map(|draft| draft.trim());
        if is_elsewhere && self.notes.contains(&conversation) == is_note && draft == Some(said.trim()) {
            self.drafts.remove(&conversation);
            t.add(Part::Draft(conversation));
            t.add(Part::Row(conversation));
        }
    }

    /// Notices that somebody else answers where a reply is being written, or the same person in another of their windows.
    pub(super) fn notice_faster(&mut self, message: &MessageView, t: &mut Touched) {
        let is_theirs = match message.origin {
            Origin::Phone => true,
            Origin::Agent => message.author != self.me() || !self.is_from_here(message),
            _ => false,
        };
        let conversation = message.conversation;
        let fills_in = self.fills_in == Some(conversation);
        let writes = fills_in || (self.holds(conversation) && !self.notes.contains(&conversation));
        // A message of a conversation that is not loaded comes again whenever something about it changes.
        let known = self.faster.get(&conversation).map(|faster| faster.message);
        if is_theirs && writes && self.is_news(message) && Some(message.id) > known {
            let faster = Faster {
                message: message.id,
                origin: message.origin,
                author: message.author.clone(),
                at: self.now,
                is_seen: false,
            };
            self.faster.insert(conversation, faster);
            t.add(Part::Faster);
        }
    }

    /// Whether it was sent from this window. A note has no id to be known by.
    fn is_from_here(&self, message: &MessageView) -> bool {
        message.outbox.is_some_and(|id| self.sent_here.contains(&id))
    }

    /// Whether it is told of for the first time, soon after it was sent.
    fn is_news(&self, message: &MessageView) -> bool {
        let is_new = self.message(message.conversation, message.id).is_none();
        is_new && self.now.ms_since(message.at) < FRESH_MS
    }
}

/// What was said longer ago is no news to whoever writes.
const FRESH_MS: i64 = 120_000;
