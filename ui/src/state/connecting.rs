//! The first set-up: what the engine told of it, what is being typed, and which page of it is shown.

use twinbox_domain::{Millis, PreflightAnswers, preflight};
use twinbox_protocol::{
    Candidate, Check, ConnectionView, SignupProblem, SignupStep, SignupView, SyncRequest, SyncView,
};

/// When so long nothing has come from the phone, the screen says so and what to do.
pub const QUIET_MS: i64 = 5 * 60 * 1000;

/// When so long nothing has come, nothing will.
const GIVEN_UP_MS: i64 = 24 * 60 * 60 * 1000;

/// A page of connecting a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectPage {
    /// The engine has not told yet how it stands.
    Loading,
    /// The questions before it.
    Check,
    /// The settings of the Meta app.
    Settings,
    /// Ways to Meta's page.
    SignUp,
    /// Meta's page is open: what to do there and on the phone.
    Waiting,
    /// It did not work.
    Problem,
    /// Which number it is.
    Choose,
    /// Name and website.
    Details,
    /// Everything once more.
    Confirm,
    /// Chats come over.
    Sync,
}

impl ConnectPage {
    /// Which of the six steps it belongs to, from 1.
    pub const fn step(self) -> usize {
        match self {
            Self::Loading | Self::Check => 1,
            Self::Settings | Self::SignUp | Self::Problem => 2,
            Self::Waiting => 3,
            Self::Choose | Self::Details => 4,
            Self::Confirm => 5,
            Self::Sync => 6,
        }
    }

    /// The page before it that may be looked at again.
    pub const fn before(self) -> Option<Self> {
        match self {
            Self::Settings | Self::SignUp | Self::Problem => Some(Self::Check),
            Self::Waiting => Some(Self::SignUp),
            Self::Confirm => Some(Self::Details),
            Self::Loading | Self::Check | Self::Choose | Self::Details | Self::Sync => None,
        }
    }
}

/// What is being tried out.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Trial {
    /// Nothing yet.
    #[default]
    None,
    /// It is under way.
    UnderWay,
    /// It came out so.
    Done(Vec<Check>),
}

/// Everything about connecting a number.
#[derive(Debug, Default)]
pub struct Connecting {
    /// As the engine told last; `None` before.
    pub view: Option<ConnectionView>,
    /// The answers as they are on screen; those of `view` may be older.
    pub answers: PreflightAnswers,
    /// How often an answer was changed here.
    pub answers_changed: u64,
    /// Up to which change the engine has them.
    pub answers_kept: u64,
    /// A page that is looked at instead of the one that is due.
    pub look: Option<ConnectPage>,
    /// Whether a step is being taken; one at a time.
    pub is_busy: bool,
    /// Why the last step was not taken.
    pub error: Option<String>,
    /// The last time it was asked how it stands; answers to older questions are dropped.
    pub asked: u64,
    /// Meta's page, for opening it again.
    pub address: Option<String>,
    /// The try of the Meta app.
    pub app_trial: Trial,
    /// The try of the webhooks.
    pub webhook_trial: Trial,
    /// Shown when asked for.
    pub verify_token: Option<String>,
    /// How far contacts and history have come.
    pub sync: Option<SyncView>,
}

impl Connecting {
    /// The signup that was begun, as the engine told last.
    pub fn signup(&self) -> Option<&SignupView> {
        self.view.as_ref()?.signup.as_ref()
    }

    /// Whether everything is there that a signup needs.
    pub fn has_settings(&self) -> bool {
        self.view.as_ref().is_some_and(|view| view.app.is_complete)
    }

    /// The page to show.
    pub fn page(&self) -> ConnectPage {
        match (&self.view, self.look) {
            (None, _) => ConnectPage::Loading,
            (Some(_), Some(look)) => look,
            (Some(view), None) => view.signup.as_ref().map_or(ConnectPage::Check, due),
        }
    }

    /// The page that the check leads on to; `None`: the one that is due.
    pub fn after_check(&self) -> Option<ConnectPage> {
        if self.is_connected() {
            None
        } else if self.has_settings() {
            Some(ConnectPage::SignUp)
        } else {
            Some(ConnectPage::Settings)
        }
    }

    /// The page that the settings lead on to once they are there; `None`: the one that is due.
    pub fn after_settings(&self) -> Option<ConnectPage> {
        if self.is_connected() || preflight(&self.answers).may_go_on() {
            self.after_check()
        } else {
            Some(ConnectPage::Check)
        }
    }

    /// Whether another signup may take the place of this one, for the number with these digits: nothing is left to be done
    /// about it, or it was of the same number.
    pub fn may_begin_anew(&self, now: Millis, phone: &str) -> bool {
        let Some(view) = &self.view else { return false };
        let Some(signup) = &view.signup else { return true };
        let is_same = self.chosen().is_some_and(|chosen| chosen.display_phone_number == phone);
        let is_done = || {
            let is_over = self.sync.as_ref().is_some_and(|sync| may_be_put_away(now, sync));
            signup.problem.is_none() && is_over
        };
        match signup.step {
            SignupStep::Check => true,
            SignupStep::Sync => is_same || is_done(),
            SignupStep::SignUp | SignupStep::Choose | SignupStep::Details | SignupStep::Confirm => false,
        }
    }

    /// Whether the number is connected and its chats come over.
    fn is_connected(&self) -> bool {
        self.signup().is_some_and(|signup| signup.step == SignupStep::Sync)
    }

    /// The number that is being connected, as Meta named it.
    pub fn chosen(&self) -> Option<&Candidate> {
        let signup = self.signup()?;
        let number = signup.number.as_ref()?;
        signup.candidates.iter().find(|candidate| candidate.id == *number)
    }

    /// Whether a signup was begun and is not finished.
    pub fn is_begun(&self) -> bool {
        self.signup().is_some()
    }
}

/// The page that is due.
fn due(signup: &SignupView) -> ConnectPage {
    match signup.step {
        SignupStep::Check => ConnectPage::Check,
        SignupStep::SignUp if signup.waiting_until.is_some() => ConnectPage::Waiting,
        SignupStep::SignUp if signup.problem.is_some() => ConnectPage::Problem,
        SignupStep::SignUp => ConnectPage::SignUp,
        SignupStep::Choose => ConnectPage::Choose,
        SignupStep::Details => ConnectPage::Details,
        SignupStep::Confirm => ConnectPage::Confirm,
        // What went wrong is told beside what comes over.
        SignupStep::Sync => ConnectPage::Sync,
    }
}

/// What a problem needs next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Meta's page once more.
    BeginAgain,
    /// Other settings of the Meta app.
    Settings,
    /// The same step once more; nothing is lost.
    Resume,
}

/// The one next action of a problem.
pub const fn remedy(problem: &SignupProblem) -> Remedy {
    match problem {
        SignupProblem::AppRefused => Remedy::Settings,
        SignupProblem::Unreachable | SignupProblem::Refused { .. } => Remedy::Resume,
        SignupProblem::Closed
        | SignupProblem::Cancelled
        | SignupProblem::Failed { .. }
        | SignupProblem::Expired
        | SignupProblem::CodeRefused
        | SignupProblem::PermissionMissing { .. }
        | SignupProblem::NoNumber
        | SignupProblem::NotOnPhone => Remedy::BeginAgain,
    }
}

/// How the history of a phone stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryStanding {
    /// It was not asked for yet; whether it still can be.
    NotAsked {
        /// The 24 hours are not over.
        is_in_time: bool,
    },
    /// Meta refused the request: it was made before.
    AskedBefore,
    /// Meta refused the request: it came too late.
    TooLate,
    /// Meta refused the request for another reason.
    Refused(i64),
    /// It is on its way.
    Coming,
    /// It may be on its way: the answer to the request was lost.
    MayCome,
    /// Nothing has come for so many milliseconds.
    Quiet(i64),
    /// The owner does not share it.
    Declined,
    /// All of it is here.
    Complete,
    /// All of it is here, and it was nothing.
    Nothing,
}

impl HistoryStanding {
    /// How it stands at `now`.
    pub fn at(now: Millis, sync: &SyncView) -> Self {
        if sync.refused.is_some() {
            return Self::Declined;
        }
        if sync.percent == Some(100) {
            return if sync.message_count == 0 {
                Self::Nothing
            } else {
                Self::Complete
            };
        }
        let (asked_at, usual) = match sync.history {
            SyncRequest::Refused { code: 2_593_107, .. } if sync.percent.is_none() => return Self::AskedBefore,
            SyncRequest::Refused { code: 2_593_108, .. } => return Self::TooLate,
            SyncRequest::Refused { code, .. } if sync.percent.is_none() => return Self::Refused(code),
            SyncRequest::NotMade => {
                return Self::NotAsked {
                    is_in_time: now < sync.deadline,
                };
            }
            // It was made before, and what was asked for then comes.
            SyncRequest::Refused { at, .. } | SyncRequest::Made { at } => (at, Self::Coming),
            SyncRequest::MaybeMade { at } => (
                at,
                if sync.percent.is_some() {
                    Self::Coming
                } else {
                    Self::MayCome
                },
            ),
        };
        let last = sync.last_piece_at.map_or(asked_at, |piece| piece.max(asked_at));
        match now.ms_since(last) {
            quiet if quiet >= QUIET_MS => Self::Quiet(quiet),
            _ => usual,
        }
    }

    /// Nothing more will come.
    pub const fn is_over(self) -> bool {
        matches!(
            self,
            Self::AskedBefore | Self::TooLate | Self::Refused(_) | Self::Declined | Self::Complete | Self::Nothing
        ) || matches!(self, Self::NotAsked { is_in_time: false })
            || matches!(self, Self::Quiet(quiet) if quiet >= GIVEN_UP_MS)
    }

    /// Which of the three phases comes now, from 0; `None` while none does.
    pub fn phase(self, sync: &SyncView) -> Option<usize> {
        if self.is_over() || sync.percent.is_none() {
            return None;
        }
        sync.phases.iter().rposition(Option::is_some)
    }
}

/// How the phone can be asked for a part of a synchronization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// It was not asked yet.
    First,
    /// The answer was lost, and nothing has come.
    Again,
}

impl Ask {
    /// For the history; the contacts are asked for with it.
    pub fn for_history(now: Millis, sync: &SyncView) -> Option<Self> {
        Self::for_part(
            now,
            sync,
            sync.history,
            sync.percent.is_some() || sync.refused.is_some(),
        )
    }

    /// For the contacts alone.
    pub fn for_contacts(now: Millis, sync: &SyncView) -> Option<Self> {
        Self::for_part(now, sync, sync.contacts, sync.contact_count > 0)
            .filter(|_| Self::for_history(now, sync).is_none())
    }

    fn for_part(now: Millis, sync: &SyncView, request: SyncRequest, has_come: bool) -> Option<Self> {
        match request {
            _ if now >= sync.deadline => None,
            SyncRequest::NotMade => Some(Self::First),
            SyncRequest::MaybeMade { .. } if !has_come => Some(Self::Again),
            SyncRequest::MaybeMade { .. } | SyncRequest::Made { .. } | SyncRequest::Refused { .. } => None,
        }
    }
}

/// Whether nothing is left to be done about a synchronization: the phone need not be asked, and it is over, or nobody waits
/// for it any more.
pub fn may_be_put_away(now: Millis, sync: &SyncView) -> bool {
    let standing = HistoryStanding::at(now, sync);
    let is_over = standing.is_over() || matches!(standing, HistoryStanding::Quiet(_)) && !sync.is_holding;
    is_over && Ask::for_history(now, sync).is_none() && Ask::for_contacts(now, sync).is_none()
}

/// How full each of the three bars is, 0 to 100. Meta tells how much of everything has come, not of a phase: the bars
/// together are everything, and one that is over is full.
pub fn phase_bars(sync: &SyncView) -> [u8; 3] {
    let last = sync.phases.iter().rposition(Option::is_some);
    let percent = sync.percent.unwrap_or(0).min(100);
    let bar = |index: usize, begin: u8, end: u8| match last {
        _ if percent == 100 => 100,
        Some(last) if index < last && sync.phases.get(index).is_some_and(Option::is_some) => 100,
        Some(last) if index == last => {
            let share = u16::from(percent.saturating_sub(begin)) * 100 / u16::from(end - begin);
            // One that has begun shows that it has.
            u8::try_from(share).unwrap_or(100).clamp(4, 96)
        }
        Some(_) | None => 0,
    };
    [bar(0, 0, 20), bar(1, 20, 60), bar(2, 60, 100)]
}

/// Whether `text` may be the address of a website: with a host that has a dot, with or without its scheme. The engine
/// looks closer.
pub fn is_web_address(text: &str) -> bool {
    let text = text.trim();
    let rest = match text.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") => rest,
        Some(_) => return false,
        None => text,
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let has_dot = host
        .split_once('.')
        .is_some_and(|(name, end)| !name.is_empty() && !end.is_empty());
    has_dot && !text.contains(char::is_whitespace)
}
