//! The signup, step by step. What is kept of it says at every point what to do next.

use super::settings::{App, random, seal};
use crate::{
    Engine,
    clients::Line,
    clock,
    requests::{Answer, conflict, fault_of_ours, internal, invalid},
    vault::Vault,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use twinbox_domain::{Millis, NumberId, PreflightAnswers, explain_meta_error, preflight};
use twinbox_protocol::{
    ApiError, BusinessDetails, Candidate, ConnectionView, ErrorCode, SignupAddress, SignupProblem, SignupStep,
    SignupView, SignupWay,
};
use twinbox_store::{Number, NumberConnection, SignupRow};
use twinbox_whatsapp::{
    AppClient, CallError, Dialog, GraphClient, PERMISSIONS, ReturnedEnd, Secret, TokenInfo, read_return, web_page,
};

const TOKEN_PLACE: &str = "signup.token";
/// Meta's page may come back for so long.
const PAGE_LIFE_MS: i64 = 10 * 60 * 1000;
/// Where Meta's dialog leads a window of an app (Meta, "Manually build a login flow", Mar 2026).
const LOGIN_SUCCESS: &str = "/connect/login_success.html";
/// Longest name of a business, in characters.
const LONGEST_NAME: usize = 256;
/// A coexistence number's cap until somebody changes it.
const DEFAULT_CAP: u32 = 5;

/// What is kept of a signup. The token is kept beside it, sealed.
#[derive(Clone, Serialize, Deserialize)]
#[serde(default)]
struct Signup {
    step: SignupStep,
    answers: PreflightAnswers,
    business: BusinessDetails,
    /// The page that may come back.
    page: Option<Page>,
    problem: Option<SignupProblem>,
    candidates: Vec<Candidate>,
    number: Option<NumberId>,
    /// When Meta's page came back, which is when the phone was connected.
    signed_up_at: Millis,
    token_expires_at: Option<Millis>,
}

impl Signup {
    /// Whether it goes on once Meta sends the number's webhooks here.
    fn waits_for(&self, number: &NumberId) -> bool {
        self.step == SignupStep::Sync && self.problem.is_some() && self.number.as_ref() == Some(number)
    }
}

impl Default for Signup {
    fn default() -> Self {
        Self {
            step: SignupStep::Check,
            answers: PreflightAnswers::default(),
            business: BusinessDetails::default(),
            page: None,
            problem: None,
            candidates: Vec::new(),
            number: None,
            signed_up_at: Millis::default(),
            token_expires_at: None,
        }
    }
}

/// A page of Meta's that is open.
#[derive(Clone, Serialize, Deserialize)]
struct Page {
    /// Of the state it was given, hexadecimal: what is on disk proves nothing.
    state_sha256: String,
    until: Millis,
    redirect_uri: String,
}

impl Engine {
    pub(crate) async fn signup_view(&self) -> Answer<Option<SignupView>> {
        let now = clock::now();
        Ok(self.kept().await?.map(|(signup, _)| SignupView {
            step: signup.step,
            answers: signup.answers,
            waiting_until: signup.page.map(|page| page.until).filter(|until| *until > now),
            problem: signup.problem,
            candidates: signup.candidates,
            number: signup.number,
            business: signup.business,
        }))
    }

    pub(crate) async fn save_answers(&self, answers: PreflightAnswers) -> Answer<ConnectionView> {
        let _turn = self.inner.connecting.turn.lock().await;
        let (mut signup, token) = self.kept().await?.unwrap_or_default();
        signup.answers = answers;
        self.keep(&signup, token).await?;
        self.connection().await
    }

    pub(crate) async fn begin_signup(&self, way: SignupWay) -> Answer<SignupAddress> {
        let _turn = self.inner.connecting.turn.lock().await;
        let app = self.app().await.map_err(internal)?;
        // What comes back has to be kept: better to know now that it cannot be.
        self.vault()?;
        if !app.is_complete() {
            return Err(conflict("Enter the settings of the Meta app first."));
        }
        let (mut signup, _) = self.kept().await?.unwrap_or_default();
        if signup.step == SignupStep::Sync {
            return Err(conflict("This number is connected already."));
        }
        if !preflight(&signup.answers).may_go_on() {
            return Err(conflict(
                "Go back to the first step: a question is open there, or the number cannot be connected.",
            ));
        }
        let redirect_uri = self.redirect_uri(&app, way)?;
        let state = random()?;
        let dialog = Dialog {
            dialog_url: &app.dialog_url,
            version: &app.graph_version,
            app_id: &app.app_id,
            config_id: &app.config_id,
            redirect_uri: &redirect_uri,
            state: state.expose(),
        };
        let url = dialog
            .address()
            .map_err(|_| invalid("The address of the login page cannot be used."))?;
        signup.step = SignupStep::SignUp;
        signup.problem = None;
        signup.candidates.clear();
        signup.number = None;
        signup.page = Some(Page {
            state_sha256: sha256(&state),
            until: clock::now().plus_ms(PAGE_LIFE_MS),
            redirect_uri,
        });
        self.keep(&signup, Vec::new()).await?;
        Ok(SignupAddress { url })
    }

    fn redirect_uri(&self, app: &App, way: SignupWay) -> Answer<String> {
        match way {
            SignupWay::Window => Ok(format!("{}{LOGIN_SUCCESS}", app.dialog_url)),
            SignupWay::Browser if !app.public_url.is_empty() => Ok(format!("{}/signup/callback", app.public_url)),
            SignupWay::Browser => {
                let own = self.inner.webhook_url.as_deref().unwrap_or_default();
                own.strip_suffix("/webhooks/meta")
                    .map(|own| format!("{own}/signup/callback"))
                    .ok_or_else(|| conflict("Enter the public address first: the browser has to find its way back."))
            }
        }
    }

    pub(crate) async fn finish_signup(&self, query: &str) -> Answer<ConnectionView> {
        let _turn = self.inner.connecting.turn.lock().await;
        let returned = read_return(query);
        let Some((mut signup, _)) = self.kept().await? else {
            return Err(not_asked_for());
        };
        let Some(page) = signup.page.take() else {
            return Err(not_asked_for());
        };
        let ours: bool = page
            .state_sha256
            .as_bytes()
            .ct_eq(sha256(&returned.state).as_bytes())
            .into();
        if !ours {
            // The page that is open stays open: whoever made this link cannot close it.
            tracing::warn!("a signup came back that was not asked for");
            return Err(not_asked_for());
        }
        // Whatever becomes of it, this page cannot come back again. A stop in the middle leaves "begin again".
        signup.problem = Some(SignupProblem::CodeRefused);
        self.keep(&signup, Vec::new()).await?;
        signup.problem = Some(match returned.end {
            _ if page.until < clock::now() => SignupProblem::Expired,
            ReturnedEnd::Denied => SignupProblem::Cancelled,
            ReturnedEnd::Failed(sentence) => SignupProblem::Failed { sentence },
            ReturnedEnd::Nothing => SignupProblem::Failed {
                sentence: String::new(),
            },
            ReturnedEnd::Code(code) => return self.trade(signup, &code, &page.redirect_uri).await,
        });
        self.keep(&signup, Vec::new()).await?;
        self.connection().await
    }

    pub(crate) async fn signup_closed(&self) -> Answer<ConnectionView> {
        let _turn = self.inner.connecting.turn.lock().await;
        if let Some((mut signup, token)) = self.kept().await?
            && signup.page.take().is_some()
        {
            signup.problem = Some(SignupProblem::Closed);
            self.keep(&signup, token).await?;
        }
        self.connection().await
    }

    /// Trades the code, once, and asks Meta what came of it.
    async fn trade(&self, mut signup: Signup, code: &Secret, redirect_uri: &str) -> Answer<ConnectionView> {
        let app = self.app().await.map_err(internal)?;
        let vault = self.vault()?;
        let client = app_client(&app)?;
        let token = match client.exchange(code, redirect_uri).await {
            Ok(token) => token,
            Err(error) => {
                tracing::warn!(%error, "the code of a signup was not traded");
                signup.problem = Some(match error {
                    CallError::Refused(refusal) if matches!(refusal.code, 1 | 101) => SignupProblem::AppRefused,
                    CallError::Unreachable(_)
                    | CallError::NoAnswer(_)
                    | CallError::Unreadable { .. }
                    | CallError::Refused(_) => SignupProblem::CodeRefused,
                });
                self.keep(&signup, Vec::new()).await?;
                return self.connection().await;
            }
        };
        signup.signed_up_at = clock::now();
        signup.token_expires_at = token.expires_at(signup.signed_up_at);
        signup.problem = Some(SignupProblem::Unreachable);
        let sealed = seal(&vault, &token.token, TOKEN_PLACE)?;
        self.keep(&signup, sealed.clone()).await?;
        self.look_around(signup, sealed, &vault).await
    }

    /// Asks Meta what the token is good for, and which numbers it leads to.
    async fn look_around(&self, mut signup: Signup, sealed: Vec<u8>, vault: &Vault) -> Answer<ConnectionView> {
        let app = self.app().await.map_err(internal)?;
        let token = open_token(vault, &sealed)?;
        let found = match app_client(&app)?.inspect(&token).await {
            Ok(info) => {
                // The exchange need not have told it.
                signup.token_expires_at = signup.token_expires_at.or(info.expires_at);
                match unfit(&info, &app) {
                    Some(problem) => Err(problem),
                    None => self.candidates(&app, &token, &info, &signup.answers).await,
                }
            }
            Err(error) => Err(problem_of(&error)),
        };
        match found {
            Err(problem) => signup.problem = Some(problem),
            Ok(candidates) => {
                signup.problem = None;
                signup.candidates = candidates;
                let mut fit = signup.candidates.iter().filter(|number| number.is_coexistence);
                let only = fit.next().filter(|_| fit.next().is_none());
                match only {
                    Some(only) if only.is_expected || signup.answers.phone.is_empty() => {
                        signup.number = Some(only.id.clone());
                        signup.step = SignupStep::Details;
                    }
                    Some(_) | None => signup.step = SignupStep::Choose,
                }
            }
        }
        self.keep(&signup, sealed).await?;
        self.connection().await
    }

    async fn candidates(
        &self,
        app: &App,
        token: &Secret,
        info: &TokenInfo,
        answers: &PreflightAnswers,
    ) -> Result<Vec<Candidate>, SignupProblem> {
        let graph = GraphClient::new(app.graph(token.clone())).map_err(|_| SignupProblem::AppRefused)?;
        let mut candidates = Vec::new();
        for waba in &info.wabas {
            let listed = graph.phone_numbers(waba).await.map_err(|error| problem_of(&error))?;
            candidates.extend(listed.into_iter().map(|number| Candidate {
                is_expected: !answers.phone.is_empty() && number.display_phone_number == answers.phone,
                id: number.id,
                waba: waba.clone(),
                display_phone_number: number.display_phone_number,
                verified_name: number.verified_name,
                is_coexistence: number.is_coexistence,
            }));
        }
        match candidates.iter().any(|number| number.is_coexistence) {
            true => Ok(candidates),
            false if candidates.is_empty() => Err(SignupProblem::NoNumber),
            false => Err(SignupProblem::NotOnPhone),
        }
    }

    pub(crate) async fn choose_number(&self, number: NumberId) -> Answer<ConnectionView> {
        let _turn = self.inner.connecting.turn.lock().await;
        let (mut signup, token) = self.at_or_after(SignupStep::Choose).await?;
        let chosen = signup.candidates.iter().find(|candidate| candidate.id == number);
        match chosen {
            Some(candidate) if candidate.is_coexistence => {}
            Some(_) => return Err(conflict("This number does not live in a phone app.")),
            None => return Err(ApiError::new(ErrorCode::NotFound, "Meta did not name this number.")),
        }
        signup.number = Some(number);
        signup.step = SignupStep::Details;
        self.keep(&signup, token).await?;
        self.connection().await
    }

    pub(crate) async fn save_business(&self, business: BusinessDetails) -> Answer<ConnectionView> {
        let _turn = self.inner.connecting.turn.lock().await;
        let (mut signup, token) = self.at_or_after(SignupStep::Details).await?;
        signup.business = checked(business)?;
        signup.step = SignupStep::Confirm;
        self.keep(&signup, token).await?;
        self.connection().await
    }

    pub(crate) async fn confirm_signup(&self) -> Answer<ConnectionView> {
        let _turn = self.inner.connecting.turn.lock().await;
        let (mut signup, sealed) = self.at_or_after(SignupStep::Confirm).await?;
        let chosen = signup
            .candidates
            .iter()
            .find(|candidate| Some(&candidate.id) == signup.number.as_ref());
        let Some(chosen) = chosen.cloned() else {
            return Err(conflict("Choose the number first."));
        };
        let vault = self.vault()?;
        let token = open_token(&vault, &sealed)?;
        let store = &self.inner.store;
        // The same phone number may have another id by now, in this account or another: its conversations go on.
        let id = store
            .recognize_number(chosen.id.clone(), chosen.display_phone_number.clone())
            .await
            .map_err(internal)?;
        let known = store.numbers().await.map_err(internal)?;
        let before = known.into_iter().find(|number| number.id == id);
        let (cap_per_second, counts_received, tells_read) =
            before.as_ref().map_or((DEFAULT_CAP, false, true), |number| {
                (number.cap_per_second, number.counts_received, number.tells_read)
            });
        let number = Number {
            id: id.clone(),
            name: before
                .as_ref()
                .map(|number| number.name.clone())
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| chosen.verified_name.clone()),
            cap_per_second,
            counts_received,
            tells_read,
            display_phone_number: chosen.display_phone_number,
        };
        let connected = NumberConnection {
            number: id.clone(),
            called: chosen.id.clone(),
            waba: chosen.waba,
            token: seal(&vault, &token, &super::life::token_place(&id))?,
            token_expires_at: signup.token_expires_at,
            connected_at: signup.signed_up_at,
            business_name: signup.business.name.clone(),
            website: signup.business.website.clone(),
            is_subscribed: false,
            is_holding: true,
            last_piece_at: None,
        };
        let app = self.app().await.map_err(internal)?;
        let graph = GraphClient::new(app.graph(token))
            .map_err(|error| invalid(format!("The settings cannot be used: {error}.")))?;
        let called = chosen.id;
        let line = Line { graph, called };
        // Before it counts as connected: what waits must not leave with the token of the time before.
        self.inner.clients.set(id.clone(), line.clone());
        store.connect_number(number, connected).await.map_err(internal)?;
        // From here on the token is the number's.
        signup.step = SignupStep::Sync;
        signup.number = Some(id.clone());
        for candidate in &mut signup.candidates {
            if candidate.id == line.called {
                candidate.id = id.clone();
            }
        }
        // Until Meta has taken it: what is cut short here says so, and is tried again.
        signup.problem = Some(SignupProblem::Unreachable);
        self.keep(&signup, Vec::new()).await?;
        self.take_up_number(id, line).await.map_err(internal)?;
        self.take_up(signup).await
    }

    pub(crate) async fn resume_signup(&self) -> Answer<ConnectionView> {
        let _turn = self.inner.connecting.turn.lock().await;
        match self.kept().await? {
            Some((signup, token)) if signup.step == SignupStep::SignUp && !token.is_empty() => {
                let vault = self.vault()?;
                self.look_around(signup, token, &vault).await
            }
            Some((signup, _)) if signup.step == SignupStep::Sync => self.take_up(signup).await,
            Some(_) | None => self.connection().await,
        }
    }

    /// Has Meta send the webhooks of a number here that was connected before; of the number whose signup waits for that, all
    /// that follows as well.
    pub(super) async fn take_up_late(&self, number: &NumberId) -> Answer<()> {
        match self.kept().await? {
            Some((signup, _)) if signup.waits_for(number) => self.take_up(signup).await.map(drop),
            Some(_) | None => self.subscribe(number).await.map(drop),
        }
    }

    /// Has Meta send the number's webhooks here, and asks the phone for contacts and history.
    async fn take_up(&self, mut signup: Signup) -> Answer<ConnectionView> {
        if let Some(number) = signup.number.clone() {
            signup.problem = match self.subscribe(&number).await? {
                Some(problem) => Some(problem),
                None => {
                    if let Some(line) = self.inner.clients.of(&number) {
                        self.ask_phone(&number, &line, false).await.map_err(internal)?;
                    }
                    None
                }
            };
            self.keep(&signup, Vec::new()).await?;
        }
        self.connection().await
    }

    pub(crate) async fn forget_signup(&self) -> Answer<ConnectionView> {
        let _turn = self.inner.connecting.turn.lock().await;
        self.inner.store.set_signup(None).await.map_err(internal)?;
        self.connection().await
    }

    /// The signup and its sealed token.
    async fn kept(&self) -> Answer<Option<(Signup, Vec<u8>)>> {
        let Some(row) = self.inner.store.signup().await.map_err(internal)? else {
            return Ok(None);
        };
        let signup = serde_json::from_str(&row.body).unwrap_or_else(|error| {
            tracing::warn!(%error, "the signup of another version is begun anew");
            Signup::default()
        });
        Ok(Some((signup, row.token)))
    }

    async fn keep(&self, signup: &Signup, token: Vec<u8>) -> Answer<()> {
        let body = serde_json::to_string(signup).map_err(|error| {
            tracing::error!(%error, "a signup cannot be written as JSON");
            fault_of_ours()
        })?;
        self.inner
            .store
            .set_signup(Some(SignupRow { body, token }))
            .await
            .map_err(internal)
    }

    async fn at_or_after(&self, step: SignupStep) -> Answer<(Signup, Vec<u8>)> {
        match self.kept().await? {
            Some((signup, token)) if signup.step >= step && signup.step < SignupStep::Sync => Ok((signup, token)),
            Some(_) | None => Err(conflict("The signup has moved on. Look again.")),
        }
    }
}

fn app_client(app: &App) -> Answer<AppClient> {
    let settings = app.settings().ok_or_else(|| conflict("Enter the app secret first."))?;
    AppClient::new(settings).map_err(|error| invalid(format!("The settings cannot be used: {error}.")))
}

fn open_token(vault: &Vault, sealed: &[u8]) -> Answer<Secret> {
    vault
        .open(sealed, TOKEN_PLACE)
        .map_err(|_| conflict("The token of this signup cannot be opened any more. Begin again."))
}

/// Why a token cannot be used.
fn unfit(info: &TokenInfo, app: &App) -> Option<SignupProblem> {
    if !info.is_valid || info.app_id != app.app_id {
        return Some(SignupProblem::CodeRefused);
    }
    let missing = PERMISSIONS
        .into_iter()
        .find(|permission| !info.scopes.iter().any(|scope| scope == permission));
    missing.map(|permission| SignupProblem::PermissionMissing {
        permission: permission.to_owned(),
    })
}

pub(super) fn problem_of(error: &CallError) -> SignupProblem {
    match error {
        CallError::Unreachable(_) | CallError::NoAnswer(_) | CallError::Unreadable { .. } => SignupProblem::Unreachable,
        CallError::Refused(refusal) if refusal.http >= 500 => SignupProblem::Unreachable,
        CallError::Refused(refusal) => SignupProblem::Refused {
            code: refusal.code,
            sentence: explain_meta_error(refusal.code)
                .map_or_else(|| "Meta refused this step.".to_owned(), str::to_owned),
        },
    }
}

fn checked(business: BusinessDetails) -> Answer<BusinessDetails> {
    let name = business.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(invalid("Enter the name as it is on the registration documents."));
    }
    let website = match business.website.as_deref() {
        None => None,
        Some(text) => {
            let page = web_page(text);
            Some(page.ok_or_else(|| invalid("The website is written like https://example.com."))?)
        }
    };
    Ok(BusinessDetails {
        name: name.to_owned(),
        website,
    })
}

fn sha256(state: &Secret) -> String {
    hex::encode(Sha256::digest(state.expose().as_bytes()))
}

fn not_asked_for() -> ApiError {
    conflict("This link was not asked for, or was used before. Begin again in Twinbox.")
}
