//! Connecting a number.

use crate::state::{ConnectAction, Part, State, Touched, Trial};
use twinbox_protocol::{ApiError, ConnectionView, ErrorCode};

impl State {
    pub(in crate::state) fn connect_number(&mut self, action: ConnectAction, t: &mut Touched) {
        let connecting = &mut self.connecting;
        match action {
            ConnectAction::Asked => connecting.asked += 1,
            ConnectAction::Told { asked, view } => {
                // The answer of a step is newer than one that was asked for before it.
                if !connecting.is_busy && asked == connecting.asked {
                    self.told(*view, t);
                }
            }
            ConnectAction::NotTold(error) => {
                if connecting.view.is_none() && error.code != ErrorCode::Unauthorized {
                    connecting.error = Some(error.message);
                    t.add(Part::Connecting);
                } else {
                    self.fail(error, t);
                }
            }
            ConnectAction::Answered(answers) => {
                connecting.answers = answers;
                connecting.answers_changed += 1;
                t.add(Part::Answers);
            }
            ConnectAction::AnswersKept(change, view) => {
                connecting.answers_kept = connecting.answers_kept.max(change);
                if !connecting.is_busy {
                    self.told(*view, t);
                }
            }
            ConnectAction::Stepping => {
                connecting.is_busy = true;
                connecting.error = None;
                t.add(Part::Connecting);
            }
            ConnectAction::Stepped(view) => {
                connecting.is_busy = false;
                connecting.look = None;
                connecting.asked += 1;
                self.told(*view, t);
            }
            ConnectAction::Kept(view) => {
                connecting.is_busy = false;
                connecting.asked += 1;
                self.told(*view, t);
            }
            ConnectAction::Opening(address) => {
                connecting.is_busy = false;
                connecting.asked += 1;
                connecting.address = address;
                t.add(Part::Connecting);
            }
            ConnectAction::NotStepped(error) => self.not_stepped(error, t),
            ConnectAction::Look(page) => {
                connecting.look = page;
                connecting.error = None;
                connecting.verify_token = None;
                t.add(Part::Connecting);
            }
            ConnectAction::TryingApp => {
                connecting.app_trial = Trial::UnderWay;
                t.add(Part::Trials);
            }
            ConnectAction::AppTried(checks) => {
                connecting.app_trial = Trial::Done(checks);
                t.add(Part::Trials);
            }
            ConnectAction::TryingWebhooks => {
                connecting.webhook_trial = Trial::UnderWay;
                t.add(Part::Trials);
            }
            ConnectAction::WebhooksTried(checks) => {
                connecting.webhook_trial = Trial::Done(checks);
                t.add(Part::Trials);
            }
            ConnectAction::NotTried(error) => {
                for trial in [&mut connecting.app_trial, &mut connecting.webhook_trial] {
                    if *trial == Trial::UnderWay {
                        *trial = Trial::None;
                    }
                }
                t.add(Part::Trials);
                self.not_stepped(error, t);
            }
            ConnectAction::VerifyToken(token) => {
                connecting.verify_token = Some(token);
                t.add(Part::Trials);
            }
            ConnectAction::HideVerifyToken => {
                connecting.verify_token = None;
                t.add(Part::Trials);
            }
            ConnectAction::Synced(sync) => {
                if connecting.sync.as_ref() != Some(&*sync) {
                    connecting.sync = Some(*sync);
                    t.add(Part::Sync);
                }
            }
        }
    }

    fn told(&mut self, view: ConnectionView, t: &mut Touched) {
        let connecting = &mut self.connecting;
        // What is typed and not kept yet is newer than what the engine has.
        if connecting.answers_kept == connecting.answers_changed {
            let answers = view
                .signup
                .as_ref()
                .map(|signup| signup.answers.clone())
                .unwrap_or_default();
            if connecting.answers != answers {
                connecting.answers = answers;
                t.add(Part::Answers);
            }
        }
        let stands = |view: &ConnectionView| {
            let signup = view.signup.as_ref()?;
            Some((signup.step, signup.waiting_until, signup.problem.clone()))
        };
        let stood = connecting.view.as_ref().map(stands);
        // What is looked at instead makes way for what has happened meanwhile.
        if stood.is_some_and(|stood| stood.is_some() && stood != stands(&view)) {
            connecting.look = None;
        }
        if view.signup.as_ref().is_none_or(|signup| signup.waiting_until.is_none()) {
            connecting.address = None;
        }
        let number = |view: &ConnectionView| view.signup.as_ref().and_then(|signup| signup.number.clone());
        if connecting.sync.as_ref().map(|sync| &sync.number) != number(&view).as_ref() && connecting.sync.is_some() {
            connecting.sync = None;
            t.add(Part::Sync);
        }
        if connecting.view.as_ref() != Some(&view) {
            connecting.view = Some(view);
            connecting.error = None;
        }
        t.add(Part::Connecting);
    }

    fn not_stepped(&mut self, error: ApiError, t: &mut Touched) {
        self.connecting.is_busy = false;
        self.connecting.asked += 1;
        t.add(Part::Connecting);
        match error.code {
            ErrorCode::Unauthorized => self.fail(error, t),
            _ => self.connecting.error = Some(error.message),
        }
    }
}
