//! The three commands of the window.

use crate::{desk::Desk, notifications::Notifier, open_file, signup_window};
use futures_util::stream;
use std::convert::Infallible;
use tauri::{
    AppHandle, Manager, Runtime, State,
    ipc::{self, Channel, InvokeBody, Response},
};
use twinbox_domain::Seq;
use twinbox_engine::Events;
use twinbox_protocol::{
    ApiError, BeginSignup, ErrorCode, OpenFile, Request, SignupClosed, SignupWay, TellLocked, Told, UploadedFile,
};

/// Answers a request with its reply as JSON bytes.
#[tauri::command]
pub(crate) async fn call<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    request: Request,
) -> Result<Response, ApiError> {
    let (engine, caller) = desk.engine().await?;
    if let Request::TryNotification(_) = request {
        let has_sound = engine.settings_of(&caller).await?.notifications.has_sound;
        app.state::<Notifier>().try_it(has_sound);
        return Ok(Response::new(b"null".to_vec()));
    }
    if let Request::TellLocked(TellLocked { is_locked }) = request {
        if desk.set_locked(is_locked) {
            app.state::<Notifier>().close_all();
        }
        return Ok(Response::new(b"null".to_vec()));
    }
    if let Request::OpenFile(OpenFile { message }) = request {
        open_file::open(&app, message).await?;
        return Ok(Response::new(b"null".to_vec()));
    }
    let way = match &request {
        Request::BeginSignup(BeginSignup { way }) => Some(*way),
        _ => None,
    };
    let opens_window = way == Some(SignupWay::Window);
    let ends_signup = matches!(&request, Request::BeginSignup(_) | Request::ForgetSignup(_));
    // Before the engine is asked: a window closed afterwards would end what was begun.
    let was_open = ends_signup && signup_window::close(&app);
    let answer = engine.dispatch(&caller, request).await;
    let has_begun = way.is_some() && answer.is_ok();
    let reply = match answer {
        Ok(reply) if opens_window => signup_window::open(&app, &reply).await.map(|()| reply),
        Ok(reply) if way == Some(SignupWay::Browser) => signup_window::open_in_browser(&reply).await.map(|()| reply),
        answer => answer,
    };
    if reply.is_err() && (was_open || opens_window || has_begun) {
        signup_window::tell(&app, SignupClosed {}).await;
    }
    reply.map(Response::new)
}

/// Sends every event after `since` over `channel`, until the window asks anew, the engine stops, or events cannot be read.
#[tauri::command]
pub(crate) async fn subscribe(desk: State<'_, Desk>, since: Seq, channel: Channel<Told>) -> Result<(), ApiError> {
    let (engine, _) = desk.engine().await?;
    let next = async |mut events: Events| Some((events.next().await?, events));
    desk.feed(stream::unfold(engine.events(Some(since)), next), channel);
    Ok(())
}

/// Takes the bytes of a file in that is to be sent: the raw body of the invocation.
#[tauri::command]
pub(crate) async fn upload(desk: State<'_, Desk>, request: ipc::Request<'_>) -> Result<UploadedFile, ApiError> {
    let (engine, _) = desk.engine().await?;
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(ApiError::new(ErrorCode::Invalid, "A file comes as bytes."));
    };
    engine.take_file(stream::iter([Ok::<_, Infallible>(bytes)])).await
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use tauri::{
        App, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
        ipc::{CallbackFn, InvokeBody},
        test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder},
        webview::InvokeRequest,
    };

    const OURS: &str = if cfg!(windows) {
        "http://tauri.localhost"
    } else {
        "tauri://localhost"
    };
    const NO_ENGINE: &str = "no engine in this test";

    /// The app with its real configuration and capabilities, but without windows on a screen and without an engine.
    fn app() -> App<MockRuntime> {
        mock_builder()
            .plugin(tauri_plugin_deep_link::init())
            .manage(Desk::without_engine(NO_ENGINE))
            .manage(signup_window::SignupWindow::default())
            .invoke_handler(tauri::generate_handler![call, subscribe, upload])
            .build(tauri::generate_context!(test = true))
            .unwrap()
    }

    fn window(app: &App<MockRuntime>, label: &str, page: &str) -> WebviewWindow<MockRuntime> {
        let address = WebviewUrl::External(page.parse().unwrap());
        WebviewWindowBuilder::new(app, label, address).build().unwrap()
    }

    /// What a page at `url` in this window is told.
    fn invoke(window: &WebviewWindow<MockRuntime>, url: &str, command: &str) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: url.parse().unwrap(),
            body: InvokeBody::Json(json!({
                "request": {"hello": {}},
                "since": "0", "channel": "__CHANNEL__:1",
                "event": "deep-link://new-url", "target": {"kind": "Any"}, "handler": 1,
                "protocol": "twinbox", "label": "signup-9", "options": {"label": "signup-9"},
            })),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(window, request).map(|body| body.deserialize().unwrap())
    }

    const COMMANDS: [&str; 11] = [
        "call",
        "subscribe",
        "upload",
        "plugin:event|listen",
        "plugin:event|emit",
        "plugin:deep-link|get_current",
        "plugin:deep-link|register",
        "plugin:webview|create_webview_window",
        "plugin:window|close",
        "plugin:app|version",
        "plugin:path|resolve_directory",
    ];

    #[test]
    fn the_inbox_reaches_its_three_commands_and_no_other() {
        let app = app();
        let main = window(&app, crate::window::MAIN, OURS);
        for command in ["call", "subscribe", "upload"] {
            let told = invoke(&main, OURS, command).unwrap_err();
            assert!(told.to_string().contains(NO_ENGINE), "{command}: {told}");
        }
        for command in COMMANDS.iter().filter(|command| command.starts_with("plugin:")) {
            let told = invoke(&main, OURS, command).unwrap_err();
            assert!(told.to_string().contains("not allowed"), "{command}: {told}");
        }
    }

    #[test]
    fn no_page_in_a_signup_window_reaches_any_command() {
        let app = app();
        let signup = window(&app, "signup-1", "https://www.facebook.com/");
        // Even if it could pretend to be one of our pages.
        for page in [
            "https://www.facebook.com/",
            "http://127.0.0.1:9100/",
            "about:blank",
            OURS,
        ] {
            for command in COMMANDS {
                let told = invoke(&signup, page, command).unwrap_err().to_string();
                let is_refused = told.contains("not allowed");
                assert!(is_refused && !told.contains(NO_ENGINE), "{page} {command}: {told}");
            }
        }
    }

    #[test]
    fn a_page_of_meta_in_the_main_window_would_reach_nothing_either() {
        let app = app();
        let main = window(&app, crate::window::MAIN, OURS);
        for page in [
            "https://www.facebook.com/",
            "http://127.0.0.1:9100/",
            "http://localhost/",
            "about:blank",
        ] {
            for command in COMMANDS {
                let told = invoke(&main, page, command).unwrap_err().to_string();
                let is_refused = told.contains("not allowed");
                assert!(is_refused && !told.contains(NO_ENGINE), "{page} {command}: {told}");
            }
        }
    }
}
