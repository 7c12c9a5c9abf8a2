//! Meta's signup in a window of its own, which can do nothing but be looked at and come back.
//!
//! The one capability is bound to the main window, so no page in here reaches a command. Cookies live as long as the
//! window. It shows the pages that [`Pages`] allows, and says in its title whose page it is. One at a time.

mod pages;

use crate::{
    desk::Desk,
    window::{bring_forward, open_link, open_outside},
    words::Words,
};
use pages::{Pages, Verdict};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU32, Ordering::Relaxed},
};
use tauri::{
    AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    webview::{NewWindowFeatures, NewWindowResponse},
};
use twinbox_protocol::{ApiError, ConnectionView, ErrorCode, GetConnection, Request, SignupAddress, SignupClosed};

/// What the labels of these windows begin with. No capability names one of them.
const LABEL: &str = "signup-";

const TITLE: Words = Words("signup-window");

/// Meta opens one at most.
const MOST_POPUPS: usize = 3;

/// A page cannot fill the browser with pages.
const MOST_OUTSIDE: u32 = 5;

/// The signup that is shown, if one is.
#[derive(Default)]
pub(crate) struct SignupWindow {
    shown: Mutex<Option<Arc<Signup>>>,
    /// Labels are never used twice: a window may still be closing.
    windows: AtomicU32,
}

/// One signup in its window, and the popups of its pages.
struct Signup {
    pages: Pages,
    /// It came back, was closed, or another one took its place: nothing of it counts any more.
    is_over: AtomicBool,
    outside: AtomicU32,
}

/// Opens a window at Meta's page, in the place of the one before.
///
/// # Errors
/// When the address is not one that the window shows, or the system gives no window.
pub(crate) async fn open<R: Runtime>(app: &AppHandle<R>, reply: &[u8]) -> Result<(), ApiError> {
    let (engine, caller) = app.state::<Desk>().engine().await?;
    let connection = engine.dispatch(&caller, GetConnection {}.into()).await?;
    let connection: ConnectionView = serde_json::from_slice(&connection).map_err(|_| not_opened())?;
    let address = address(reply)?;
    let pages = Pages::of(&connection.app.dialog_url).filter(|pages| pages.judge(&address) == Verdict::Show);
    show(app, pages.ok_or_else(not_opened)?, address).map_err(|error| {
        tracing::error!(%error, "the window for the signup cannot be opened");
        not_opened()
    })
}

/// Opens Meta's page in the system's browser. The page of the main window cannot: by the time it knows the address,
/// the webview takes it for a popup that nobody asked for.
///
/// # Errors
/// When the reply holds no address, or no browser takes it.
pub(crate) async fn open_in_browser(reply: &[u8]) -> Result<(), ApiError> {
    match open_link(&address(reply)?).await {
        true => Ok(()),
        false => Err(ApiError::new(
            ErrorCode::Unavailable,
            "There is no browser that opens Meta's page.",
        )),
    }
}

fn address(reply: &[u8]) -> Result<Url, ApiError> {
    let address: SignupAddress = serde_json::from_slice(reply).map_err(|_| not_opened())?;
    Url::parse(&address.url).map_err(|_| not_opened())
}

/// Closes the window without telling the engine. `false` when there was none.
pub(crate) fn close<R: Runtime>(app: &AppHandle<R>) -> bool {
    let shown = app.state::<SignupWindow>().replace(None);
    let was_open = shown.is_some_and(|signup| signup.end());
    close_windows(app);
    was_open
}

/// Tells the engine how it ended. It answers the main window by an event, so only trouble is of interest here.
pub(crate) async fn tell<R: Runtime>(app: &AppHandle<R>, request: impl Into<Request>) {
    let told = async {
        let (engine, caller) = app.state::<Desk>().engine().await?;
        engine.dispatch(&caller, request.into()).await
    };
    if let Err(error) = told.await {
        tracing::warn!(%error, "the engine did not take the end of a signup");
    }
}

fn show<R: Runtime>(app: &AppHandle<R>, pages: Pages, address: Url) -> tauri::Result<()> {
    let signup = Arc::new(Signup {
        pages,
        is_over: AtomicBool::new(false),
        outside: AtomicU32::new(0),
    });
    if let Some(before) = app.state::<SignupWindow>().replace(Some(Arc::clone(&signup))) {
        before.end();
    }
    close_windows(app);
    let window = builder(app, &signup, address).inner_size(760.0, 860.0).build()?;
    let app = app.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event
            && signup.end()
        {
            let app = app.clone();
            tauri::async_runtime::spawn(async move {
                close_windows(&app);
                tell(&app, SignupClosed {}).await;
            });
        }
    });
    Ok(())
}

/// Everything that the window and its popups have in common.
fn builder<'a, R: Runtime>(
    app: &'a AppHandle<R>,
    signup: &Arc<Signup>,
    address: Url,
) -> WebviewWindowBuilder<'a, R, AppHandle<R>> {
    let label = format!("{LABEL}{}", app.state::<SignupWindow>().windows.fetch_add(1, Relaxed));
    let (navigating, opening) = ((app.clone(), Arc::clone(signup)), (app.clone(), Arc::clone(signup)));
    WebviewWindowBuilder::new(app, label, WebviewUrl::External(address))
        .title(TITLE.to_owned())
        .incognito(!shares_cookies())
        .devtools(false)
        .on_navigation(move |url| navigate(&navigating.0, &navigating.1, url))
        .on_new_window(move |url, features| open_popup(&opening.0, &opening.1, &url, features))
        .on_download(|_, _| false)
        .on_page_load(|window, page| name_the_host(&window, page.url()))
}

/// Whether a page, or a frame in it, is shown.
fn navigate<R: Runtime>(app: &AppHandle<R>, signup: &Arc<Signup>, url: &Url) -> bool {
    if signup.is_over.load(Relaxed) {
        return false;
    }
    match signup.pages.judge(url) {
        Verdict::Show => true,
        Verdict::CameBack(query) => {
            came_back(app, signup, query);
            false
        }
        Verdict::Elsewhere => {
            let host = url.host_str().unwrap_or_default();
            tracing::info!(host, "a page that is not Meta's was not shown in the signup window");
            false
        }
    }
}

fn came_back<R: Runtime>(app: &AppHandle<R>, signup: &Signup, query: String) {
    if !signup.end() {
        return;
    }
    let app = app.clone();
    // Not in here: the page that asks would be closed while it asks.
    tauri::async_runtime::spawn(async move {
        close_windows(&app);
        bring_forward(&app);
        tell(&app, twinbox_protocol::FinishSignup { query }).await;
    });
}

/// A page wants another window. Meta's get one with the same rules; other pages belong to the browser.
fn open_popup<R: Runtime>(
    app: &AppHandle<R>,
    signup: &Arc<Signup>,
    url: &Url,
    features: NewWindowFeatures,
) -> NewWindowResponse<R> {
    if signup.is_over.load(Relaxed) {
        return NewWindowResponse::Deny;
    }
    match signup.pages.judge(url) {
        Verdict::Show if windows(app).count() <= MOST_POPUPS => {
            // The page itself comes by the opener, which `window_features` keeps.
            match builder(app, signup, url.clone()).window_features(features).build() {
                Ok(window) => NewWindowResponse::Create { window },
                Err(error) => {
                    tracing::warn!(%error, "a popup of the signup cannot be opened");
                    NewWindowResponse::Deny
                }
            }
        }
        Verdict::CameBack(query) => {
            came_back(app, signup, query);
            NewWindowResponse::Deny
        }
        Verdict::Elsewhere if signup.outside.fetch_add(1, Relaxed) < MOST_OUTSIDE => {
            open_outside(url);
            NewWindowResponse::Deny
        }
        Verdict::Show | Verdict::Elsewhere => NewWindowResponse::Deny,
    }
}

/// There is no address bar: the title says whose page it is, as the system spells it (`xn--` and all).
fn name_the_host<R: Runtime>(window: &WebviewWindow<R>, url: &Url) {
    let title = match url.host_str() {
        Some(host) => format!("{host} – {}", TITLE.to_owned()),
        None => TITLE.to_owned(),
    };
    if let Err(error) = window.set_title(&title) {
        tracing::warn!(%error, "the signup window cannot say whose page it shows");
    }
}

fn windows<R: Runtime>(app: &AppHandle<R>) -> impl Iterator<Item = WebviewWindow<R>> {
    let windows = app.webview_windows().into_iter();
    windows.filter_map(|(label, window)| label.starts_with(LABEL).then_some(window))
}

fn close_windows<R: Runtime>(app: &AppHandle<R>) {
    for window in windows(app) {
        if let Err(error) = window.destroy() {
            tracing::warn!(%error, "a window of the signup cannot be closed");
        }
    }
}

/// A test drives one web context only, the first, and asks for this window to be in it. Not in what people run.
fn shares_cookies() -> bool {
    cfg!(debug_assertions) && std::env::var_os("TWINBOX_E2E_ONE_CONTEXT").is_some()
}

fn not_opened() -> ApiError {
    ApiError::new(ErrorCode::Internal, "Meta's page cannot be opened in a window.")
}

impl SignupWindow {
    fn replace(&self, signup: Option<Arc<Signup>>) -> Option<Arc<Signup>> {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *shown, signup)
    }
}

impl Signup {
    /// `true` for whoever ends it.
    fn end(&self) -> bool {
        !self.is_over.swap(true, Relaxed)
    }
}
