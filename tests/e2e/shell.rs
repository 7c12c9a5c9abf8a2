//! What reaches the app from outside of its window: pages in the signup window, and links.
#![allow(
    clippy::indexing_slicing,
    reason = "tests: a JSON value has a null for what it lacks"
)]

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use twinbox_simulator::{Config, Customer, CustomerMessage};
use twinbox_tests::webdriver::{Window, free_port};

use super::{LOG, Shop, app, environment};

/// Tries everything it can reach from a window of the app, tells its server what came of it, tries to lead the window
/// away, and ends the signup with the state it was given.
const EVIL_PAGE: &str = r#"<!doctype html><title>Facebook</title><script type="module">
const ipc = window.__TAURI_INTERNALS__;
const told = { has_ipc: Boolean(ipc) };
const attempt = async (name, act) => {
  try { told[name] = `REACHED ${JSON.stringify(await act())}`; } catch (error) { told[name] = String(error?.message ?? error); }
};
const fetched = async url => {
  const answer = await fetch(url, { method: 'POST', body: '{}' });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.text();
};
await attempt('call', () => ipc.invoke('call', { request: { hello: {} } }));
await attempt('subscribe', () => ipc.invoke('subscribe', { since: '0', channel: '__CHANNEL__:1' }));
await attempt('upload', () => ipc.invoke('upload', new Uint8Array([1])));
await attempt('listen', () => ipc.invoke('plugin:event|listen',
  { event: 'deep-link://new-url', target: { kind: 'Any' }, handler: ipc.transformCallback(() => {}) }));
await attempt('link', () => ipc.invoke('plugin:deep-link|get_current'));
await attempt('window', () => ipc.invoke('plugin:webview|create_webview_window', { options: { label: 'main2' } }));
await attempt('file', () => fetched('media://localhost/1'));
await attempt('ui', () => fetched('tauri://localhost/index.html'));
await fetch('/told', { method: 'POST', body: JSON.stringify(told) });
location.href = `http://localhost:${location.port}/elsewhere`;
setTimeout(() => {
  const state = new URLSearchParams(location.search).get('state');
  location.href = `/leads-back?code=not-a-code&state=${state}`;
}, 300);
</script>"#;

/// A page that is taken for Meta's.
struct EvilServer {
    url: String,
    port: u16,
    /// What the page told.
    told: Arc<Mutex<Option<Value>>>,
    /// The paths that were asked for.
    asked: Arc<Mutex<Vec<String>>>,
}

impl EvilServer {
    async fn start() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let (told, asked) = (Arc::default(), Arc::default());
        let server = Self {
            url: format!("http://127.0.0.1:{port}"),
            port,
            told: Arc::clone(&told),
            asked: Arc::clone(&asked),
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&told), Arc::clone(&asked)));
            }
        });
        Ok(server)
    }

    fn told(&self) -> Option<Value> {
        self.told.lock().ok()?.clone()
    }

    fn was_asked(&self, path: &str) -> bool {
        let asked = |asked: &Vec<String>| asked.iter().any(|target| target.starts_with(path));
        self.asked.lock().is_ok_and(|all| asked(&all))
    }
}

async fn answer(mut stream: TcpStream, told: Arc<Mutex<Option<Value>>>, asked: Arc<Mutex<Vec<String>>>) -> Result<()> {
    let mut request = Vec::new();
    let (head, body) = loop {
        if stream.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse::<usize>().ok())?
        });
        if body.len() >= length.unwrap_or(0) {
            break (head.to_owned(), body.to_owned());
        }
    };
    let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
    if target == "/told" {
        *told.lock().map_err(|_| anyhow::anyhow!("poisoned"))? = serde_json::from_str(&body).ok();
    }
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let (status, location, page) = if target.starts_with("/leads-back") {
        let end = format!("Location: /connect/login_success.html?{query}\r\n");
        ("303 See Other", end, "")
    } else {
        ("200 OK", String::new(), EVIL_PAGE)
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n{location}Connection: \
         close\r\n\r\n{page}",
        page.len()
    );
    asked.lock().map_err(|_| anyhow::anyhow!("poisoned"))?.push(target);
    stream.write_all(answer.as_bytes()).await?;
    Ok(())
}

#[tokio::test]
async fn a_page_in_the_signup_window_reaches_nothing_and_comes_back_by_its_address_alone() -> Result<()> {
    let Some(app) = app() else { return Ok(()) };
    let home = TempDir::new()?;
    let evil = EvilServer::start().await?;
    let webhook_port = free_port()?;
    let config = Config::for_tests(format!("http://127.0.0.1:{webhook_port}/webhooks/meta"));
    // The code is worth nothing, so nobody has to trade it.
    let mut environment = environment(home.path(), &config, webhook_port, "http://127.0.0.1:9")?;
    environment.extend([
        ("TWINBOX_DIALOG_URL", OsString::from(&evil.url)),
        ("TWINBOX_APP_ID", "670843887433847".into()),
        ("TWINBOX_CONFIG_ID", "1016048300393439".into()),
    ]);
    allow_key_in_file(home.path())?;
    let window = Window::open(&app, &environment).await?;
    ask_until(
        &window,
        "secrets can be kept",
        "get_connection",
        json!({}),
        |connection| connection["secrets"] == "file",
    )
    .await?;

    let answers = json!({"phone": "15550783881", "app_version": "2.26.31", "days_in_use": 30, "is_admin": true,
        "has_phone_at_hand": true, "accepts_unlinking": true});
    ask(&window, "save_answers", json!({"answers": answers})).await?;
    let begun = ask(&window, "begin_signup", json!({"way": "window"})).await?;
    ensure!(
        begun["url"].as_str().is_some_and(|url| url.starts_with(&evil.url)),
        "{begun}"
    );
    let told = window
        .wait_until("the page has told what it reached", async || Ok(evil.told()))
        .await?;
    ensure!(told["has_ipc"] == true, "the page had nothing to try: {told}");
    for what in ["call", "subscribe", "upload", "listen", "link", "window"] {
        let said = told[what].as_str().unwrap_or_default();
        ensure!(said.contains("not allowed"), "{what}: {told}");
    }
    for what in ["file", "ui"] {
        let said = told[what].as_str().unwrap_or_default();
        ensure!(!said.is_empty() && !said.starts_with("REACHED"), "{what}: {told}");
    }

    let ended = ask_until(
        &window,
        "the signup has come back",
        "get_connection",
        json!({}),
        |connection| !connection["signup"]["problem"].is_null(),
    )
    .await?;
    ensure!(ended["signup"]["problem"] == "code_refused", "{ended}");
    ensure!(
        !evil.was_asked("/elsewhere"),
        "port {}: a page elsewhere was loaded",
        evil.port
    );
    ensure!(
        evil.was_asked("/leads-back") && !evil.was_asked("/connect/"),
        "the end was loaded"
    );
    window.close().await
}

#[tokio::test]
async fn a_link_opens_its_conversation_in_the_app_that_runs_and_in_one_that_starts() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let Shop {
        window,
        simulator,
        environment,
        app,
        home: _home,
        ..
    } = shop;
    simulator.customer_writes(
        Customer::new("351912345678", "Ana Duarte"),
        CustomerMessage::Text("Is the blue bicycle still there?".to_owned()),
    );
    let wanted = json!({"filter": "all", "before": null, "limit": 1});
    let filter = ask(&window, "list_conversations", wanted.clone()).await;
    ensure!(filter.is_ok(), "{filter:?}");
    let list = ask_until(&window, "the message is here", "list_conversations", wanted, |list| {
        list["items"][0]["id"].is_string()
    })
    .await?;
    let conversation = list["items"][0]["id"].as_str().context("no id")?.to_owned();
    ensure!(window.find(LOG).await?.is_none(), "a conversation is open already");

    for ignored in ["twinbox://conversation/1%00", "twinbox://evil/1", "--help"] {
        start_again(&app, &window, &environment, ignored)?;
    }
    let link = format!("twinbox://conversation/{conversation}");
    start_again(&app, &window, &environment, &link)?;
    window.wait_for_text(LOG, "Is the blue bicycle still there?").await?;
    window.close().await?;

    let window = Window::open_with(&app, &[&link], &environment).await?;
    window.wait_for_text(LOG, "Is the blue bicycle still there?").await?;
    window.close().await
}

/// A second start, with this as its only argument. It hands over and ends well.
pub(super) fn start_again(app: &Path, window: &Window, environment: &[(&str, OsString)], argument: &str) -> Result<()> {
    let mut second = Command::new(app);
    second
        .arg(argument)
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .env("DBUS_SESSION_BUS_ADDRESS", window.bus());
    let status = second.status().context("a second Twinbox cannot be started")?;
    ensure!(status.success(), "the second Twinbox ended with {status}");
    Ok(())
}

/// As if the owner had allowed a file: no keychain of this machine is touched.
pub(super) fn allow_key_in_file(home: &Path) -> Result<()> {
    let file = home.join("data/master-key");
    // Not to be anywhere by chance.
    std::fs::write(
        &file,
        "9c41d07be2f5386a1b8e74c3f06d29a5e83b17f4602cd95a7e1f4086b3d2c95e",
    )?;
    #[cfg(unix)]
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

/// A request as the UI sends it.
pub(super) async fn ask(window: &Window, call: &str, args: Value) -> Result<Value> {
    let script = "return window.__TAURI_INTERNALS__.invoke('call', { request: arguments[0] })\
                  .then(reply => ({ reply: JSON.parse(new TextDecoder().decode(reply)) }), error => ({ error }))";
    let mut answer = window.execute(script, &[json!({ call: args })]).await?;
    let error = answer["error"].take();
    ensure!(error.is_null(), "{call} was refused: {error}");
    Ok(answer["reply"].take())
}

/// The window listens from here on, and is away from the pointer, which stands in the middle: nobody looks at it then.
pub(super) async fn listens(window: &Window) -> Result<()> {
    window.wait_for("[role=tablist]").await?;
    // Its page says the same, perhaps only after this; a window that may be locked does not tell what a message says.
    ask(window, "tell_locked", json!({"is_locked": false})).await?;
    window.set_size(960, 600).await?;
    window.move_to(1000, 800).await
}

pub(super) async fn ask_until(
    window: &Window,
    what: &str,
    call: &str,
    args: Value,
    is_so: impl Fn(&Value) -> bool,
) -> Result<Value> {
    window
        .wait_until(what, async || {
            let reply = ask(window, call, args.clone()).await?;
            Ok(is_so(&reply).then_some(reply))
        })
        .await
}
