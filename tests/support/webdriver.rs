//! A small WebDriver client that drives the app's real window through `WebKitWebDriver` (Linux).
//!
//! For the tests of the window. One [`Window`] is one driver process, one session and one app; all of them end with it.
//! Looks are repeated until a deadline, never timed: [`Window::wait_until`] says what it waited for when it gives up.
//! It speaks the part of <https://www.w3.org/TR/webdriver2/> that the tests need, no more.

use std::ffi::OsString;
use std::fmt;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use base64::Engine as _;
use reqwest::Method;
use serde_json::{Value, json};

/// How long [`Window::wait_until`] looks before it gives up.
pub const PATIENCE: Duration = Duration::from_secs(20);

const PAUSE: Duration = Duration::from_millis(50);

/// A picture that is not taken by then never is.
const PICTURE_WITHIN: Duration = Duration::from_secs(10);

/// The key under which the standard hides an element's id.
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The Enter key, for [`Window::send_keys`].
pub const ENTER: &str = "\u{E007}";

/// A refusal of the driver.
#[derive(Debug)]
pub struct Refusal {
    /// The error code of the standard, such as `no such element`.
    pub code: String,
    /// What the driver says about it.
    pub message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Refusal {}

/// An element of the page; stale as soon as the page has replaced it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(String);

impl Element {
    /// The element as an argument of [`Window::execute`].
    pub fn reference(&self) -> Value {
        json!({ ELEMENT_KEY: self.0 })
    }
}

/// The app's window, driven.
pub struct Window {
    driver: DriverProcess,
    http: reqwest::Client,
    session_url: String,
}

impl Window {
    /// Starts the app under a driver of its own, with these variables added to the environment of both.
    ///
    /// # Errors
    /// When `WebKitWebDriver` cannot be started, or the app's window does not come up.
    pub async fn open(app: &Path, environment: &[(&str, OsString)]) -> Result<Self> {
        Self::open_with(app, &[], environment).await
    }

    /// The same, with these arguments of the app.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_with(app: &Path, arguments: &[&str], environment: &[(&str, OsString)]) -> Result<Self> {
        let driver = DriverProcess::start(environment)?;
        let http = http_client()?;
        wait_for_driver(&http, &driver.url()).await?;
        // No `browserName`: the driver takes it for a condition, and the app's answer to it differs between versions.
        let wanted = json!({ "webkitgtk:browserOptions": { "binary": app, "args": arguments } });
        let body = json!({ "capabilities": { "alwaysMatch": wanted } });
        let session = request(&http, Method::POST, &format!("{}/session", driver.url()), Some(&body))
            .await
            .context("the app's window did not come up")?;
        let id = text_of(session.get("sessionId").unwrap_or(&Value::Null))?;
        let session_url = format!("{}/session/{id}", driver.url());
        Ok(Self {
            driver,
            http,
            session_url,
        })
    }

    /// The address of the session bus that this app has for itself.
    pub fn bus(&self) -> &str {
        &self.driver.bus.address
    }

    /// The process id of the driver, from which the app and its web processes descend.
    pub fn driver_id(&self) -> u32 {
        self.driver.process.id()
    }

    /// The first element a CSS selector matches; `None` when there is none.
    ///
    /// # Errors
    /// When the driver refuses for any other reason.
    pub async fn find(&self, css: &str) -> Result<Option<Element>> {
        Ok(self.find_all(css).await?.into_iter().next())
    }

    /// Every element a CSS selector matches, in document order.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn find_all(&self, css: &str) -> Result<Vec<Element>> {
        let found = self
            .post("elements", &json!({ "using": "css selector", "value": css }))
            .await?;
        let found = found.as_array().context("the driver answered with no list")?;
        found.iter().map(element_of).collect()
    }

    /// The element's text as it is shown. The page is asked, because the driver takes elements of a moved box (the rows
    /// of a virtual list) for invisible.
    ///
    /// # Errors
    /// When the element is stale.
    pub async fn text(&self, element: &Element) -> Result<String> {
        text_of(
            &self
                .execute("return arguments[0].innerText", &[element.reference()])
                .await?,
        )
    }

    /// Clicks the middle of the element. The page may take it away before: [`click_on`](Self::click_on) looks again.
    ///
    /// # Errors
    /// When the element is stale or something else lies above it.
    pub async fn click(&self, element: &Element) -> Result<()> {
        self.post(&format!("element/{}/click", element.0), &json!({}))
            .await
            .map(drop)
    }

    /// Clicks the first element a CSS selector matches whose shown text contains this text (every text contains the empty
    /// one), as soon as there is one, and returns it.
    ///
    /// # Errors
    /// When none came within [`PATIENCE`], or something else lies above it.
    pub async fn click_on(&self, css: &str, text: &str) -> Result<Element> {
        self.wait_until(&format!("{css} \"{text}\" can be clicked"), async || {
            let Some(element) = self.find_text(css, text).await? else {
                return Ok(None);
            };
            self.click(&element).await?;
            Ok(Some(element))
        })
        .await
    }

    /// Types into the element; [`ENTER`] and other keys are the standard's private characters. The driver drops
    /// characters outside the basic plane, such as most emoji.
    ///
    /// # Errors
    /// When the element is stale or takes no input.
    pub async fn send_keys(&self, element: &Element, text: &str) -> Result<()> {
        self.post(&format!("element/{}/value", element.0), &json!({ "text": text }))
            .await
            .map(drop)
    }

    /// An attribute of the element; `None` when it has no such attribute.
    ///
    /// # Errors
    /// When the element is stale.
    pub async fn attribute(&self, element: &Element, name: &str) -> Result<Option<String>> {
        let value = self.get(&format!("element/{}/attribute/{name}", element.0)).await?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// The name that assistive technology reads out.
    ///
    /// # Errors
    /// When the element is stale.
    pub async fn computed_label(&self, element: &Element) -> Result<String> {
        text_of(&self.get(&format!("element/{}/computedlabel", element.0)).await?)
    }

    /// The role that assistive technology sees.
    ///
    /// # Errors
    /// When the element is stale.
    pub async fn computed_role(&self, element: &Element) -> Result<String> {
        text_of(&self.get(&format!("element/{}/computedrole", element.0)).await?)
    }

    /// Runs a function body in the page and returns what it returns.
    ///
    /// # Errors
    /// When it throws.
    pub async fn execute(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.post("execute/sync", &json!({ "script": script, "args": arguments }))
            .await
    }

    /// The element that a function body returns; `None` when it returns `null`.
    ///
    /// # Errors
    /// When it throws or returns something else.
    pub async fn element(&self, script: &str, arguments: &[Value]) -> Result<Option<Element>> {
        match self.execute(script, arguments).await? {
            Value::Null => Ok(None),
            found => element_of(&found).map(Some),
        }
    }

    /// The handle of the window that is driven.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn handle(&self) -> Result<String> {
        text_of(&self.get("window").await?)
    }

    /// The handles of every window of the app that can be driven.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn handles(&self) -> Result<Vec<String>> {
        let handles = self.get("window/handles").await?;
        let handles = handles.as_array().context("the driver answered with no list")?;
        handles.iter().map(text_of).collect()
    }

    /// Drives the window with this handle from now on.
    ///
    /// # Errors
    /// When there is none.
    pub async fn switch_to(&self, handle: &str) -> Result<()> {
        self.post("window", &json!({ "handle": handle })).await.map(drop)
    }

    /// Resizes the window, in pixels of the screen.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn set_size(&self, width: u32, height: u32) -> Result<()> {
        self.post("window/rect", &json!({ "width": width, "height": height }))
            .await
            .map(drop)
    }

    /// Moves the window, in pixels of the screen: where it lies decides who has the focus when nothing manages windows.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn move_to(&self, x: i32, y: i32) -> Result<()> {
        self.post("window/rect", &json!({ "x": x, "y": y })).await.map(drop)
    }

    /// Writes what the window shows into a PNG file, once what is in the page has been painted. Says so when the driver takes
    /// no picture, which no test depends on.
    ///
    /// # Errors
    /// When the driver refuses or the file cannot be written.
    pub async fn screenshot(&self, file: &Path) -> Result<()> {
        let ask = "window.painted = 0; const next = () => { if (++window.painted < 4) requestAnimationFrame(next) };\
                   requestAnimationFrame(next)";
        self.execute(ask, &[]).await?;
        self.wait_until("a few frames are painted", async || {
            let painted = self.execute("return window.painted", &[]).await?;
            Ok((painted == json!(4)).then_some(()))
        })
        .await?;
        // A window that is drawn without a graphics card is now and then never taken a picture of.
        let Ok(taken) = tokio::time::timeout(PICTURE_WITHIN, self.get("screenshot")).await else {
            eprintln!("no picture {}: the driver took none", file.display());
            return Ok(());
        };
        let encoded = text_of(&taken?)?;
        let png = base64::engine::general_purpose::STANDARD.decode(encoded)?;
        std::fs::write(file, png).with_context(|| format!("cannot write {}", file.display()))
    }

    /// Looks until there is something to return. An element that vanished while it was looked at counts as not there.
    ///
    /// # Errors
    /// When nothing came within [`PATIENCE`] (the error says what was awaited), or a look failed for another reason.
    pub async fn wait_until<T>(&self, awaited: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match look().await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => {}
                Err(error) if is_passing(&error) => {}
                Err(error) => return Err(error.context(format!("while waiting until {awaited}"))),
            }
            if Instant::now() > deadline {
                bail!("waited {} s in vain until {awaited}", PATIENCE.as_secs());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The first element a CSS selector matches, as soon as there is one.
    ///
    /// # Errors
    /// When none came within [`PATIENCE`].
    pub async fn wait_for(&self, css: &str) -> Result<Element> {
        self.wait_until(&format!("there is {css}"), async || self.find(css).await)
            .await
    }

    /// The first element a CSS selector matches whose shown text contains this text, as soon as there is one.
    ///
    /// # Errors
    /// When none came within [`PATIENCE`].
    pub async fn wait_for_text(&self, css: &str, text: &str) -> Result<Element> {
        self.wait_until(&format!("{css} shows \"{text}\""), async || {
            self.find_text(css, text).await
        })
        .await
    }

    async fn find_text(&self, css: &str, text: &str) -> Result<Option<Element>> {
        for element in self.find_all(css).await? {
            if self.text(&element).await?.contains(text) {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    /// Closes the window the way a session ends; without it, dropping the window ends the app at once.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn close(self) -> Result<()> {
        request(&self.http, Method::DELETE, &self.session_url, None).await?;
        drop(self.driver);
        Ok(())
    }

    async fn get(&self, path: &str) -> Result<Value> {
        request(&self.http, Method::GET, &format!("{}/{path}", self.session_url), None).await
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        request(
            &self.http,
            Method::POST,
            &format!("{}/{path}", self.session_url),
            Some(body),
        )
        .await
    }
}

/// `WebKitWebDriver` and, in the same process group, the app it starts.
struct DriverProcess {
    process: Child,
    port: u16,
    /// Outlives both.
    bus: SessionBus,
}

impl DriverProcess {
    fn start(environment: &[(&str, OsString)]) -> Result<Self> {
        let port = free_port()?;
        let bus = SessionBus::start()?;
        let mut command = Command::new("WebKitWebDriver");
        command
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
            .stdin(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let process = command
            .spawn()
            .context("cannot start WebKitWebDriver (Debian: webkit2gtk-driver)")?;
        Ok(Self { process, port, bus })
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for DriverProcess {
    fn drop(&mut self) {
        // The group holds the driver and what it started, nothing else. The driver is waited for only afterwards, so
        // that its id, which names the group, cannot belong to anyone else yet.
        if cfg!(unix) {
            let end = format!("kill -KILL -- -{}", self.process.id());
            let _ = Command::new("sh").args(["-c", &end]).stderr(Stdio::null()).status();
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A session bus of its own: on one bus a second app would end for the sake of the first.
pub struct SessionBus {
    process: Child,
    address: String,
}

impl SessionBus {
    /// Starts one; it ends when it is dropped.
    ///
    /// # Errors
    /// When there is no `dbus-daemon`.
    pub fn start() -> Result<Self> {
        let mut process = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start dbus-daemon")?;
        let mut address = String::new();
        let told = process.stdout.take().context("dbus-daemon tells nothing")?;
        BufReader::new(told).read_line(&mut address)?;
        let address = address.trim().to_owned();
        Ok(Self { process, address })
    }

    /// Where it is reached.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for SessionBus {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A port of the loopback interface that nothing listens on at the moment.
///
/// # Errors
/// When there is none.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on this machine")?;
    Ok(listener.local_addr()?.port())
}

/// An HTTP client for tests.
///
/// # Errors
/// When HTTP cannot be set up.
pub fn http_client() -> Result<reqwest::Client> {
    // Never used for plain HTTP, yet reqwest wants one; an error says that another test has installed it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(60));
    client.build().context("cannot set up HTTP")
}

async fn wait_for_driver(http: &reqwest::Client, url: &str) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while http.get(format!("{url}/status")).send().await.is_err() {
        if Instant::now() > deadline {
            bail!("WebKitWebDriver did not answer within {} s", PATIENCE.as_secs());
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

async fn request(http: &reqwest::Client, method: Method, url: &str, body: Option<&Value>) -> Result<Value> {
    let mut request = http.request(method, url);
    if let Some(body) = body {
        request = request.json(body);
    }
    let answer = request.send().await.context("the driver did not answer")?;
    let is_success = answer.status().is_success();
    let mut answer: Value = answer.json().await.context("the driver's answer is not JSON")?;
    let value = answer.get_mut("value").map(Value::take).unwrap_or_default();
    if is_success {
        return Ok(value);
    }
    let part = |key| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Err(Refusal {
        code: part("error"),
        message: part("message"),
    }
    .into())
}

/// The page was being redrawn: the next look will tell.
fn is_passing(error: &anyhow::Error) -> bool {
    let codes = ["stale element reference", "no such element", "no such frame"];
    error
        .downcast_ref::<Refusal>()
        .is_some_and(|refusal| codes.contains(&refusal.code.as_str()))
}

fn element_of(value: &Value) -> Result<Element> {
    let id = value.get(ELEMENT_KEY).and_then(Value::as_str);
    id.map(|id| Element(id.to_owned()))
        .ok_or_else(|| anyhow!("the driver answered with no element"))
}

fn text_of(value: &Value) -> Result<String> {
    value
        .as_str()
        .map(str::to_owned)
        .context("the driver answered with no text")
}
