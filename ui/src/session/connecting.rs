//! What the pages for connecting a number ask for.

use super::Session;
use crate::backend;
use crate::state::{Action, ConnectAction, ConnectPage, Place};
use leptos::prelude::{GetValue, SetValue, window};
use leptos::task::spawn_local;
use std::time::Duration;
use twinbox_domain::{NumberId, PreflightAnswers};
use twinbox_protocol::{
    ApiError, BeginSignup, BusinessDetails, Call, ChooseNumber, ConfirmSignup, ConnectionView, ForgetSignup,
    GetConnection, GetSync, KeepSecretsInFile, Request, RequestSync, ResumeSignup, RevealVerifyToken, SaveAnswers,
    SaveBusiness, SaveMetaApp, ShowWaiting, SignupClosed, SignupWay, SyncView, TestMetaApp, TestWebhooks,
};

/// Answers are kept when nobody has typed for so long.
const TYPED: Duration = Duration::from_millis(500);

impl Session {
    /// Looks at another page of connecting, or at the one that is due.
    pub fn look_at(self, page: Option<ConnectPage>) {
        self.told(ConnectAction::Look(page));
    }

    /// Asks how connecting stands, and how far the chats have come. One question at a time: what changes meanwhile is
    /// asked for after it.
    pub fn load_connection(self) {
        if self.asks_connection.get_value() {
            self.asks_connection_again.set_value(true);
            return;
        }
        self.asks_connection.set_value(true);
        spawn_local(async move {
            loop {
                self.asks_connection_again.set_value(false);
                self.told(ConnectAction::Asked);
                let asked = self.peek(|state| state.connecting.asked);
                match self.backend.call(GetConnection {}).await {
                    Ok(view) => self.told(ConnectAction::Told {
                        asked,
                        view: Box::new(view),
                    }),
                    Err(error) => self.told(ConnectAction::NotTold(error)),
                }
                self.load_sync().await;
                if !self.asks_connection_again.get_value() {
                    break;
                }
            }
            self.asks_connection.set_value(false);
        });
    }

    /// How far the chats of the number have come that is being connected.
    async fn load_sync(self) {
        let number = self.peek(|state| {
            let signup = state.connecting.signup()?;
            signup
                .number
                .clone()
                .filter(|_| state.connecting.page() == ConnectPage::Sync)
        });
        let Some(number) = number else { return };
        // Otherwise the next event, or the next minute, asks again.
        if let Ok(sync) = self.backend.call(GetSync { number }).await {
            self.told(ConnectAction::Synced(Box::new(sync)));
        }
    }

    /// Changes an answer, and keeps all of them once nobody types any more.
    pub fn answer(self, change: impl FnOnce(&mut PreflightAnswers)) {
        let mut answers = self.peek(|state| state.connecting.answers.clone());
        change(&mut answers);
        self.told(ConnectAction::Answered(answers));
        let changed = self.peek(|state| state.connecting.answers_changed);
        spawn_local(async move {
            backend::sleep(TYPED).await;
            if self.peek(|state| state.connecting.answers_changed) == changed {
                self.keep_answers().await;
            }
        });
    }

    /// Whether the engine has the answers now.
    async fn keep_answers(self) -> bool {
        let (answers, changed, kept) = self.peek(|state| {
            let connecting = &state.connecting;
            (
                connecting.answers.clone(),
                connecting.answers_changed,
                connecting.answers_kept,
            )
        });
        if kept == changed && self.peek(|state| state.connecting.is_begun()) {
            return true;
        }
        match self.backend.call(SaveAnswers { answers }).await {
            Ok(view) => {
                self.told(ConnectAction::AnswersKept(changed, Box::new(view)));
                true
            }
            Err(error) => {
                self.told(ConnectAction::NotStepped(error));
                false
            }
        }
    }

    /// The questions are answered.
    pub fn leave_check(self) {
        spawn_local(async move {
            if self.keep_answers().await {
                self.look_at(self.peek(|state| state.connecting.after_check()));
            }
        });
    }

    /// The settings are all there.
    pub fn leave_settings(self) {
        self.look_at(self.peek(|state| state.connecting.after_settings()));
    }

    /// Shows the settings of the Meta app, whatever else is due there.
    pub fn show_connection_settings(self) {
        self.enter(Place::Connect);
        self.look_at(Some(ConnectPage::Settings));
    }

    /// Leaves the pages for connecting. What was answered is kept.
    pub fn finish_later(self) {
        spawn_local(async move {
            if self.peek(|state| state.connecting.answers_changed != state.connecting.answers_kept) {
                self.keep_answers().await;
            }
        });
        self.enter(Place::Inbox);
    }

    /// Keeps the settings of the Meta app, lets `kept` happen then, and tries them out.
    pub fn save_meta_app(self, call: SaveMetaApp, kept: impl FnOnce() + 'static) {
        spawn_local(async move {
            if self.taken(call.into(), ConnectAction::Kept).await {
                kept();
                self.try_settings();
            }
        });
    }

    /// The owner agrees to a file for secrets, and gives up those under another key.
    pub fn keep_secrets_in_file(self, gives_up_secrets: bool) {
        spawn_local(async move {
            let call = KeepSecretsInFile { gives_up_secrets };
            self.taken(call.into(), ConnectAction::Kept).await;
        });
    }

    /// Tries the settings out, and whether webhooks arrive.
    pub fn try_settings(self) {
        self.told(ConnectAction::TryingApp);
        self.told(ConnectAction::TryingWebhooks);
        spawn_local(async move {
            match self.backend.call(TestMetaApp {}).await {
                Ok(checks) => self.told(ConnectAction::AppTried(checks)),
                Err(error) => return self.told(ConnectAction::NotTried(error)),
            }
            match self.backend.call(TestWebhooks {}).await {
                Ok(checks) => self.told(ConnectAction::WebhooksTried(checks)),
                Err(error) => self.told(ConnectAction::NotTried(error)),
            }
        });
    }

    /// Shows the verify token, or hides it.
    pub fn show_verify_token(self, is_shown: bool) {
        if !is_shown {
            return self.told(ConnectAction::HideVerifyToken);
        }
        spawn_local(async move {
            match self.backend.call(RevealVerifyToken {}).await {
                Ok(token) => self.told(ConnectAction::VerifyToken(token)),
                Err(error) => self.told(ConnectAction::NotStepped(error)),
            }
        });
    }

    /// Opens Meta's page.
    pub fn begin_signup(self, way: SignupWay) {
        self.told(ConnectAction::Stepping);
        spawn_local(async move {
            match self.backend.call(BeginSignup { way }).await {
                Ok(address) => {
                    let outside = (way == SignupWay::Browser).then_some(address.url);
                    // The desktop app opens its window, or the browser, by itself.
                    let is_desktop = self.peek(|state| state.is_desktop());
                    if let Some(url) = outside.as_ref().filter(|_| !is_desktop) {
                        open_outside(url);
                    }
                    self.told(ConnectAction::Opening(outside));
                    self.load_connection();
                }
                Err(error) => self.told(ConnectAction::NotStepped(error)),
            }
        });
    }

    /// Meta's page is not waited for any more.
    pub fn stop_waiting(self) {
        self.step(SignupClosed {});
    }

    /// Goes on where it stopped.
    pub fn resume_signup(self) {
        self.step(ResumeSignup {});
    }

    /// Chooses one of the numbers that Meta named.
    pub fn choose_candidate(self, number: NumberId) {
        self.step(ChooseNumber { number });
    }

    /// Keeps name and website of the business.
    pub fn save_business(self, business: BusinessDetails) {
        self.step(SaveBusiness { business });
    }

    /// Connects the number.
    pub fn confirm_signup(self) {
        self.step(ConfirmSignup {});
    }

    /// Puts the signup away and begins another one.
    pub fn forget_signup(self) {
        self.step(ForgetSignup {});
    }

    /// Begins to connect a number anew that was connected before. A signup with something left to be done about it is gone
    /// on with.
    pub fn connect_again(self, phone: String) {
        self.enter(Place::Connect);
        spawn_local(async move {
            // Nobody may have looked at it for long.
            self.load_sync().await;
            if !self.peek(|state| state.connecting.may_begin_anew(state.now, &phone)) {
                return;
            }
            if !self.taken(ForgetSignup {}.into(), ConnectAction::Stepped).await {
                return;
            }
            self.answer(|answers| {
                *answers = PreflightAnswers {
                    phone,
                    ..PreflightAnswers::default()
                };
            });
        });
    }

    /// Everything is here: puts the signup away and shows the inbox.
    pub fn finish(self) {
        self.forget_signup();
        self.enter(Place::Inbox);
    }

    /// Asks the phone for what was not asked for yet.
    pub fn request_sync(self, number: NumberId) {
        self.sync_step(RequestSync { number });
    }

    /// Shows the messages that wait.
    pub fn show_waiting(self, number: NumberId) {
        self.sync_step(ShowWaiting { number });
    }

    fn step<C: Call<Reply = ConnectionView>>(self, call: C) {
        let request = call.into();
        spawn_local(async move {
            self.taken(request, ConnectAction::Stepped).await;
        });
    }

    /// Takes a step, says what has come of it, and whether it was taken.
    async fn taken(self, request: Request, told: fn(Box<ConnectionView>) -> ConnectAction) -> bool {
        self.told(ConnectAction::Stepping);
        let is_taken = match self.backend.order::<ConnectionView>(request).await {
            Ok(view) => {
                self.told(told(Box::new(view)));
                true
            }
            Err(error) => {
                self.told(ConnectAction::NotStepped(error));
                false
            }
        };
        // What happened while it was taken, and the chats.
        self.load_connection();
        is_taken
    }

    fn sync_step<C: Call<Reply = SyncView> + 'static>(self, call: C) {
        spawn_local(async move {
            match self.backend.call(call).await {
                Ok(sync) => self.told(ConnectAction::Synced(Box::new(sync))),
                Err(ApiError { message, .. }) => self.dispatch(Action::Notice(message)),
            }
        });
    }

    fn told(self, action: ConnectAction) {
        self.dispatch(Action::Connect(action));
    }
}

/// Opens a web page in a tab of its own; the desktop app hands it to the system's browser. A browser that blocks it
/// shows a link in its place, which the page has as well.
fn open_outside(url: &str) {
    if url.starts_with("https://") || url.starts_with("http://") {
        let _ = window().open_with_url_and_target_and_features(url, "_blank", "noopener,noreferrer");
    }
}
