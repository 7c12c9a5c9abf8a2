//! Answering what a UI asks: one exhaustive match.

use crate::{Engine, clock, emoji, outgoing, views};
use twinbox_domain::{ConversationId, Lane, MessageId, Millis, OLDEST_REACTED_MS, Origin, Payload, Wamid, Window};
use twinbox_protocol::{
    ApiError, Call, Caller, CancelMessage, Changes, ConversationDetails, ConversationFilter, ConversationRow,
    ErrorCode, FieldView, FindUnread, GetConversation, Greeting, ListConversations, ListMessages, ListMessagesAfter,
    MessageCursor, MessageView, Overview, Page, Request, ResumeSending, RetryMedia, RetryMessage, SendMessage,
    SetStorageQuota, SettleUnknown, SourceSplit, StorageView, ToSend,
};
use twinbox_store::{ConversationList, Enqueued, NewFile, NewItem, StoreError};

/// Most items of a page.
const LONGEST_PAGE: u32 = 200;
/// What a window begins with.
const FIRST_LIST: ListConversations = ListConversations {
    filter: ConversationFilter::All,
    before: None,
    limit: 20,
};
const DAYS_30_MS: i64 = 30 * 24 * 60 * 60 * 1000;

pub(crate) type Answer<T> = Result<T, ApiError>;

impl Engine {
    /// Answers a request as JSON: the reply type its [`Call`] names.
    ///
    /// # Errors
    /// What the client can act on. Faults of ours are logged here and say no more than that.
    pub async fn dispatch(&self, caller: &Caller, request: Request) -> Answer<Vec<u8>> {
        match request {
            Request::Hello(call) => reply(call, self.hello(caller).await),
            Request::GetOverview(call) => reply(call, self.overview().await.map_err(internal)),
            Request::ListConversations(call) => reply(call, self.list_conversations(caller, call).await),
            Request::GetConversation(call) => reply(call, self.conversation(call).await),
            Request::ListMessages(call) => reply(call, self.list_messages(call).await),
            Request::ListMessagesAfter(call) => reply(call, self.list_messages_after(call).await),
            Request::FindUnread(call) => reply(call, self.find_unread(call).await),
            Request::Search(call) => reply(call.clone(), self.search(call).await),
            Request::MarkRead(call) => reply(call, self.mark_read(caller, call).await),
            Request::TellTyping(call) => reply(call, self.tell_typing(caller, call).await),
            Request::SendMessage(call) => reply(call.clone(), self.send(caller, call).await),
            Request::ListTemplates(call) => reply(call.clone(), self.templates(call.number).await),
            Request::RefreshTemplates(call) => reply(call.clone(), self.refresh_templates(call.number).await),
            Request::GetSpending(call) => reply(call.clone(), self.spending(call).await),
            Request::GetRates(call) => reply(call, self.rates().await),
            Request::SaveRates(call) => reply(call.clone(), self.save_rates(caller, call).await),
            Request::CancelMessage(call) => reply(call, self.cancel(call).await),
            Request::PauseMessage(call) => reply(call, self.pause_message(caller, call).await),
            Request::ResumeMessage(call) => reply(call, self.resume_message(call).await),
            Request::RetryMessage(call) => reply(call, self.retry(call).await),
            Request::RetryMedia(call) => reply(call, self.retry_media(call).await),
            Request::SettleUnknown(call) => reply(call, self.settle_unknown(call).await),
            Request::ResumeSending(call) => reply(call.clone(), self.resume_sending(call).await),
            Request::GetQueue(call) => reply(call.clone(), self.queue(call).await),
            Request::ListQueue(call) => reply(call.clone(), self.list_queue(call).await),
            Request::ListWaiting(call) => reply(call, self.waiting(call).await),
            Request::ListFailed(call) => reply(call.clone(), self.list_failed(call).await),
            Request::RetryFailed(call) => reply(call.clone(), self.retry_failed(call).await),
            Request::CancelLane(call) => reply(call.clone(), self.cancel_lane(call).await),
            Request::PauseSending(call) => reply(call.clone(), self.pause_sending(caller, call).await),
            Request::PauseLane(call) => reply(call.clone(), self.pause_lane(caller, call).await),
            Request::ResumeLane(call) => reply(call.clone(), self.resume_lane(call).await),
            Request::SetUndo(call) => reply(call.clone(), self.set_undo(call).await),
            Request::ScheduleMessage(call) => reply(call.clone(), self.schedule(caller, call).await),
            Request::RescheduleMessage(call) => reply(call, self.reschedule(call).await),
            Request::UnscheduleMessage(call) => reply(call, self.unschedule(call).await),
            Request::GetStorage(call) => reply(call, self.storage().await),
            Request::SetStorageQuota(call) => reply(call, self.set_storage_quota(call).await),
            Request::PreviewRetention(call) => reply(call, self.preview_retention(call).await),
            Request::SetRetention(call) => reply(call, self.set_retention(caller, call).await),
            Request::GetSettings(call) => reply(call, self.settings(caller).await),
            Request::SaveSettings(call) => reply(call.clone(), self.save_settings(caller, call).await),
            Request::SetPassphrase(call) => reply(call.clone(), self.set_passphrase(caller, call).await),
            Request::CheckPassphrase(call) => reply(call.clone(), self.check_passphrase(caller, call).await),
            Request::TryNotification(call) => reply(call, Err(invalid("Only the desktop app shows notifications."))),
            Request::TellLocked(call) => reply(call, Err(invalid("Only the desktop app shows notifications."))),
            Request::OpenFile(call) => reply(call, Err(invalid("Only the desktop app opens files."))),
            Request::ErasePerson(call) => reply(call, self.erase_person(caller, call).await),
            Request::SetState(call) => reply(call.clone(), self.set_state(call).await),
            Request::Assign(call) => reply(call.clone(), self.assign(call).await),
            Request::MarkUnread(call) => {
                let marked = self.inner.store.mark_unread(call.conversation).await;
                reply(call, marked.map_err(internal))
            }
            Request::LabelConversations(call) => reply(call.clone(), self.label_conversations(call).await),
            Request::SaveLabel(call) => reply(call.clone(), self.save_label(call).await),
            Request::DeleteLabel(call) => {
                let deleted = self.inner.store.delete_label(call.label).await;
                reply(call, deleted.map_err(internal))
            }
            Request::SaveCannedReply(call) => reply(call.clone(), self.save_canned_reply(call).await),
            Request::GetTeam(call) => reply(call, self.team().await),
            Request::WriteNote(call) => reply(call.clone(), self.write_note(caller, call).await),
            Request::DeleteNote(call) => reply(call, self.delete_note(caller, call).await),
            Request::ListEmoji(call) => reply(call, Ok(emoji::all())),
            Request::GetDrafts(call) => reply(call, self.drafts(caller).await),
            Request::SaveDraft(call) => reply(call.clone(), self.save_draft(caller, call).await),
            Request::SetField(call) => reply(call.clone(), self.set_field(call).await),
            Request::ChangesSince(call) => {
                let changes: Answer<Changes> = self.changes_since(call.seq).await.map_err(internal);
                reply(call, changes)
            }
            Request::GetHealth(call) => reply(call.clone(), self.health(call.number).await),
            Request::CheckNumber(call) => reply(call.clone(), self.check_number(call.number).await),
            Request::SetNumber(call) => reply(call.clone(), self.set_number(call).await),
            Request::GetConnection(call) => reply(call, self.connection().await),
            Request::SaveMetaApp(call) => reply(call.clone(), self.save_meta_app(call).await),
            Request::KeepSecretsInFile(call) => reply(call, self.keep_secrets_in_file(call).await),
            Request::TestMetaApp(call) => reply(call, self.test_meta_app().await),
            Request::TestWebhooks(call) => reply(call, self.test_webhooks().await),
            Request::RevealVerifyToken(call) => reply(call, self.reveal_verify_token().await),
            Request::SaveAnswers(call) => reply(call.clone(), self.save_answers(call.answers).await),
            Request::BeginSignup(call) => reply(call, self.begin_signup(call.way).await),
            Request::FinishSignup(call) => reply(call.clone(), self.finish_signup(&call.query).await),
            Request::SignupClosed(call) => reply(call, self.signup_closed().await),
            Request::ChooseNumber(call) => reply(call.clone(), self.choose_number(call.number).await),
            Request::SaveBusiness(call) => reply(call.clone(), self.save_business(call.business).await),
            Request::ConfirmSignup(call) => reply(call, self.confirm_signup().await),
            Request::ResumeSignup(call) => reply(call, self.resume_signup().await),
            Request::ForgetSignup(call) => reply(call, self.forget_signup().await),
            Request::GetSync(call) => reply(call.clone(), self.sync(call.number).await),
            Request::RequestSync(call) => reply(call.clone(), self.request_sync(call.number).await),
            Request::ShowWaiting(call) => reply(call.clone(), self.show_waiting(call.number).await),
        }
    }

    async fn hello(&self, caller: &Caller) -> Answer<Greeting> {
        self.know(caller).await.map_err(internal)?;
        // The position first: a change in between is told twice rather than never.
        let seq = *self.inner.store.last_seq().borrow();
        Ok(Greeting {
            you: caller.clone(),
            seq,
            overview: self.overview().await.map_err(internal)?,
            settings: self.settings(caller).await?,
            conversations: self.list_conversations(caller, FIRST_LIST).await?,
        })
    }

    /// Writes down who works here, the first time: a greeting must not wait for other writes.
    async fn know(&self, caller: &Caller) -> Result<(), StoreError> {
        let store = &self.inner.store;
        if store.teammates().await?.contains(&caller.user) {
            return Ok(());
        }
        store.add_teammate(caller.user.clone()).await
    }

    pub(crate) async fn overview(&self) -> Result<Overview, StoreError> {
        let counts = self.inner.store.counts().await?;
        let mut numbers = Vec::new();
        for number in self.inner.store.numbers().await? {
            let history = self.inner.store.history_progress(number.id.clone()).await?;
            let standing = self.inner.store.number_standing(number.id.clone()).await?;
            let evidence = self.inner.store.number_evidence(number.id.clone()).await?;
            let sending = self.inner.store.sending(number.id.clone()).await?;
            let can_send = self.inner.clients.has(&number.id);
            let is_locked = !can_send && self.is_locked(number.id.clone()).await?;
            numbers.push(views::number(
                number, history, standing, evidence, sending, can_send, is_locked,
            ));
        }
        Ok(Overview {
            numbers,
            conversations: counts.conversations,
            unread: counts.unread,
            needs_reply: counts.needs_reply,
            snoozed: counts.snoozed,
            workloads: counts.workloads.into_iter().map(views::workload).collect(),
            mentioned: counts.mentioned.into_iter().map(views::workload).collect(),
            queued: counts.queued,
            outcome_unknown: counts.outcome_unknown,
            not_understood: counts.not_understood,
            refused_signatures: counts.refused_signatures,
            settings_saved: counts.settings_saved,
            team_saved: counts.team_saved,
            last_webhook_at: counts.last_webhook_at,
            webhook_url: self.inner.webhook_url.clone(),
        })
    }

    /// The message that came last; 0 before the first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn newest_message(&self) -> Result<MessageId, StoreError> {
        self.inner.store.newest_message().await
    }

    async fn list_conversations(&self, caller: &Caller, call: ListConversations) -> Answer<Page<ConversationRow>> {
        let list = match call.filter {
            ConversationFilter::All => ConversationList::All,
            ConversationFilter::NeedsReply => ConversationList::NeedsReply,
            ConversationFilter::Unread => ConversationList::Unread,
            ConversationFilter::Mine => ConversationList::Assigned(caller.user.clone()),
            ConversationFilter::Unassigned => ConversationList::Assigned(String::new()),
            ConversationFilter::Pending => ConversationList::Pending,
            ConversationFilter::Snoozed => ConversationList::Snoozed,
            ConversationFilter::Resolved => ConversationList::Resolved,
            ConversationFilter::Mentions => ConversationList::Mentions(caller.user.clone()),
            ConversationFilter::Number(place) => {
                let numbers = self.inner.store.numbers().await.map_err(internal)?;
                let number = numbers.into_iter().nth(usize::from(place));
                let missing = || ApiError::new(ErrorCode::NotFound, "There is no such number.");
                ConversationList::Number(number.ok_or_else(missing)?.id)
            }
            ConversationFilter::Label(label) => ConversationList::Label(label),
        };
        let before = call.before.map(|cursor| (cursor.last_at, cursor.id));
        let limit = page_size(call.limit);
        let rows = self
            .inner
            .store
            .conversations(list, before, limit + 1)
            .await
            .map_err(internal)?;
        Ok(page(rows, limit, views::row))
    }

    async fn conversation(&self, call: GetConversation) -> Answer<ConversationDetails> {
        let store = &self.inner.store;
        let conversation = store
            .conversation(call.conversation)
            .await
            .map_err(internal)?
            .ok_or_else(no_conversation)?;
        let since = clock::now().plus_ms(-DAYS_30_MS);
        let (first_at, [agents, phone, bots]) = store.answers_of(call.conversation, since).await.map_err(internal)?;
        let fields = store.person_fields(conversation.person.id).await.map_err(internal)?;
        let field = |(name, value)| FieldView { name, value };
        Ok(ConversationDetails {
            row: views::row(conversation),
            fields: fields.into_iter().map(field).collect(),
            first_at,
            answered: SourceSplit { agents, phone, bots },
        })
    }

    async fn list_messages(&self, call: ListMessages) -> Answer<Page<MessageView>> {
        let before = call.before.map(|cursor| (cursor.at, cursor.id));
        let limit = page_size(call.limit);
        let messages = self
            .inner
            .store
            .messages(call.conversation, before, limit + 1)
            .await
            .map_err(internal)?;
        Ok(page(messages, limit, views::message))
    }

    async fn list_messages_after(&self, call: ListMessagesAfter) -> Answer<Page<MessageView>> {
        let after = (call.after.at, call.after.id);
        let limit = page_size(call.limit);
        let messages = self
            .inner
            .store
            .messages_after(call.conversation, after, limit + 1)
            .await
            .map_err(internal)?;
        Ok(page(messages, limit, views::message))
    }

    async fn find_unread(&self, call: FindUnread) -> Answer<Option<MessageCursor>> {
        let found = self.inner.store.first_unread(call.conversation, call.after).await;
        Ok(found.map_err(internal)?.map(|(at, id)| MessageCursor { at, id }))
    }

    async fn send(&self, caller: &Caller, call: SendMessage) -> Answer<MessageView> {
        let store = &self.inner.store;
        if let Some(message) = store.message_of(call.id).await.map_err(internal)? {
            return Ok(views::message(message));
        }
        let now = clock::now();
        let Checked { last_at, payload, file } = self
            .check_send(call.conversation, call.message, call.reply_to.is_some(), now)
            .await?;
        let target = match payload.reacts_to() {
            Some(wamid) => Some(self.reaction_target(call.conversation, wamid.clone(), now).await?),
            None => None,
        };
        let item = NewItem {
            id: call.id,
            conversation: call.conversation,
            lane: Lane::Agent,
            origin: Origin::Agent,
            author: caller.user.clone(),
            payload,
            file,
            reply_to: call.reply_to,
            at: now.sent_after(last_at),
        };
        let message = match store.enqueue(item).await.map_err(internal)? {
            Enqueued::New(Some(message)) | Enqueued::AlreadyThere(Some(message)) => message,
            Enqueued::New(None) | Enqueued::AlreadyThere(None) => {
                target.ok_or_else(|| conflict("This message was taken back."))?
            }
            Enqueued::NoConversation => return Err(no_conversation()),
        };
        self.replied(caller, call.conversation);
        let message = store.message(message).await.map_err(internal)?;
        message
            .map(views::message)
            .ok_or_else(|| conflict("This message was taken back."))
    }

    /// What is to be sent to a person at `at`, if that is allowed then.
    pub(crate) async fn check_send(
        &self,
        conversation: ConversationId,
        message: ToSend,
        quotes: bool,
        at: Millis,
    ) -> Answer<Checked> {
        let store = &self.inner.store;
        let conversation = store
            .conversation(conversation)
            .await
            .map_err(internal)?
            .ok_or_else(no_conversation)?;
        let number = conversation.number.clone();
        // While the keychain is locked, it waits.
        if !self.inner.clients.has(&number) && !self.is_locked(number).await.map_err(internal)? {
            let message = "Twinbox cannot send from this number. Connect it first.";
            return Err(ApiError::new(ErrorCode::Invalid, message));
        }
        let (payload, file) = outgoing::payload(store, &conversation.number, message, quotes).await?;
        if !payload.opens_conversation() {
            check_window(at, conversation.last_customer_at)?;
        }
        Ok(Checked {
            last_at: conversation.last_at,
            payload,
            file,
        })
    }

    /// The message of a conversation that an emoji is to be put on at `now`.
    async fn reaction_target(&self, conversation: ConversationId, wamid: Wamid, now: Millis) -> Answer<MessageId> {
        let message = self
            .inner
            .store
            .message_at(conversation, wamid)
            .await
            .map_err(internal)?;
        let (message, at) = message.ok_or_else(|| invalid("This message is not there any more."))?;
        if now.ms_since(at) > OLDEST_REACTED_MS {
            return Err(invalid(
                "WhatsApp takes reactions only to messages of the last 30 days.",
            ));
        }
        Ok(message)
    }

    async fn cancel(&self, call: CancelMessage) -> Answer<()> {
        let cancelled = self.inner.store.cancel(call.id, clock::now()).await.map_err(internal)?;
        if cancelled {
            Ok(())
        } else {
            Err(conflict("It is too late: the message has left already."))
        }
    }

    async fn retry(&self, call: RetryMessage) -> Answer<()> {
        let queued = self.inner.store.retry(call.id, clock::now()).await.map_err(internal)?;
        if queued {
            Ok(())
        } else {
            Err(conflict("This message is not waiting to be sent again."))
        }
    }

    async fn retry_media(&self, call: RetryMedia) -> Answer<()> {
        let waits = self
            .inner
            .store
            .retry_file(call.message, false)
            .await
            .map_err(internal)?;
        if waits {
            Ok(())
        } else {
            Err(conflict("There is no file to fetch any more."))
        }
    }

    async fn storage(&self) -> Answer<StorageView> {
        let storage = self.inner.store.storage().await.map_err(internal)?;
        Ok(StorageView {
            used_bytes: storage.used_bytes,
            quota_bytes: storage.quota_bytes,
            store_bytes: storage.store_bytes,
            retention: self.inner.store.retention().await.map_err(internal)?,
        })
    }

    async fn set_storage_quota(&self, call: SetStorageQuota) -> Answer<()> {
        if call.bytes == Some(0) {
            return Err(ApiError::new(ErrorCode::Invalid, "Files need at least some room."));
        }
        let set = self.inner.store.set_storage_quota(call.bytes);
        set.await.map_err(internal)
    }

    async fn settle_unknown(&self, call: SettleUnknown) -> Answer<()> {
        let settled = self
            .inner
            .store
            .settle_unknown(call.id, call.was_sent, clock::now())
            .await
            .map_err(internal)?;
        if settled {
            Ok(())
        } else {
            Err(conflict("It is known by now what became of this message."))
        }
    }

    async fn resume_sending(&self, call: ResumeSending) -> Answer<()> {
        // First, so that the sender that wakes with the commit finds nothing to wait for.
        if let Some(pace) = self.inner.paces.of(&call.number) {
            pace.lock().forget_waits();
        }
        let store = &self.inner.store;
        let was_refused = store.resume_number(call.number.clone()).await.map_err(internal)?;
        if store.release(call.number).await.map_err(internal)? || was_refused {
            Ok(())
        } else {
            Err(conflict("This number is not paused."))
        }
    }
}

/// Whether a message that is no template may be sent at `at`.
pub(crate) fn check_window(at: Millis, last_customer_at: Option<Millis>) -> Answer<()> {
    if Window::at(at, last_customer_at).is_open() {
        return Ok(());
    }
    let message = if Window::at(clock::now(), last_customer_at).is_open() {
        "At that time more than 24 hours will have passed since the customer wrote. Choose an earlier time, or a template."
    } else {
        "More than 24 hours have passed since the customer wrote. Only a template can be sent now."
    };
    Err(ApiError::new(ErrorCode::WindowClosed, message))
}

/// A message that may be sent.
pub(crate) struct Checked {
    /// When the last message of its conversation was sent.
    last_at: Millis,
    pub(crate) payload: Payload,
    pub(crate) file: Option<NewFile>,
}

/// The reply as JSON; `call` fixes its type.
fn reply<C: Call>(_call: C, answer: Answer<C::Reply>) -> Answer<Vec<u8>> {
    serde_json::to_vec(&answer?).map_err(|error| {
        tracing::error!(%error, "a reply cannot be written as JSON");
        fault_of_ours()
    })
}

pub(crate) fn page_size(limit: u32) -> u32 {
    limit.clamp(1, LONGEST_PAGE)
}

/// A page of at most `limit` of one item more.
pub(crate) fn page<R, V>(rows: Vec<R>, limit: u32, view: impl FnMut(R) -> V) -> Page<V> {
    let limit = limit as usize;
    Page {
        more: rows.len() > limit,
        items: rows.into_iter().take(limit).map(view).collect(),
    }
}

pub(crate) fn no_conversation() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "This conversation does not exist any more.")
}

pub(crate) fn conflict(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::Conflict, message)
}

pub(crate) fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::Invalid, message)
}

pub(crate) fn internal(error: StoreError) -> ApiError {
    if matches!(error, StoreError::Stopped) {
        return ApiError::unavailable("Twinbox is stopping.");
    }
    tracing::error!(error = &error as &dyn std::error::Error, "a request failed");
    if error.is_disk_full() {
        let sentence = "The disk is full, so this could not be saved. Make room on it and try again.";
        // Not unavailable: a window says that by itself, and would show no sentence.
        return ApiError::new(ErrorCode::Internal, sentence);
    }
    fault_of_ours()
}

/// Says no more than that: whoever makes one has logged what it is.
pub(crate) fn fault_of_ours() -> ApiError {
    ApiError::new(ErrorCode::Internal, "Something went wrong in Twinbox.")
}
