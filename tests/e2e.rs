//! The app as people see it: the real window against a simulated Meta, from a customer's message to the read tick.
//!
//! `cargo xtask test` runs this on a display of its own and says which program to start (`TWINBOX_E2E_APP`, an absolute
//! path); without that variable the test is skipped and says so. It leaves pictures in `TWINBOX_SCREENSHOTS`
//! (by default `screenshots` in cargo's target folder).

#[path = "e2e/accessibility.rs"]
mod accessibility;
#[cfg(target_os = "linux")]
#[path = "e2e/desktop.rs"]
mod desktop;
#[path = "e2e/focus.rs"]
mod focus;
#[cfg(target_os = "linux")]
#[path = "e2e/kept.rs"]
mod kept;
#[cfg(target_os = "linux")]
#[path = "e2e/notifications.rs"]
mod notifications;
#[cfg(target_os = "linux")]
#[path = "e2e/notified.rs"]
mod notified;
#[cfg(target_os = "linux")]
#[path = "e2e/rows.rs"]
mod rows;
#[cfg(target_os = "linux")]
#[path = "e2e/searched.rs"]
mod searched;
#[cfg(target_os = "linux")]
#[path = "e2e/secrets.rs"]
mod secrets;
#[path = "e2e/shell.rs"]
mod shell;
#[path = "e2e/signup.rs"]
mod signup;
#[path = "e2e/team.rs"]
mod team;
#[cfg(target_os = "linux")]
#[path = "e2e/tray.rs"]
mod tray;
#[cfg(target_os = "linux")]
#[path = "e2e/tray_host.rs"]
mod tray_host;
#[path = "e2e/writing.rs"]
mod writing;

use std::ffi::OsString;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use twinbox_simulator::{Config, Customer, CustomerMessage, Fault, Simulator};
use twinbox_tests::webdriver::{ENTER, Window, free_port};

const COMPOSER: &str = "textarea[aria-label=\"Message\"]";
const LOG: &str = "[role=log]";
const SIZES: [(u32, u32); 2] = [(1360, 860), (960, 600)];

/// A shop with a connected number: the app in its window, and a simulated Meta.
struct Shop {
    window: Window,
    simulator: Simulator,
    config: Config,
    /// What the app was started with, to start it again.
    environment: Vec<(&'static str, OsString)>,
    app: PathBuf,
    home: TempDir,
}

impl Shop {
    /// `None`: no program to start, so the test is skipped.
    async fn open() -> Result<Option<Self>> {
        let Some(app) = app() else { return Ok(None) };
        let home = TempDir::new()?;
        let webhook_port = free_port()?;
        let config = Config::for_tests(format!("http://127.0.0.1:{webhook_port}/webhooks/meta"));
        let simulator = Simulator::start(config.clone()).await?;
        let environment = environment(home.path(), &config, webhook_port, &simulator.graph_url())?;
        Ok(Some(Self {
            window: Window::open(&app, &environment).await?,
            simulator,
            config,
            environment,
            app,
            home,
        }))
    }
}

#[tokio::test]
async fn a_customer_writes_and_is_answered_in_the_real_window() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let Shop {
        window,
        simulator,
        home,
        ..
    } = shop;

    if let Err(error) = tell_the_story(&window, &simulator, home.path()).await {
        // The picture and the page's text are what one wants to see of a failed run.
        let file = screenshot_folder()?.join("failed.png");
        let picture = window.screenshot(&file).await;
        let text = window.execute("return document.body.innerText", &[]).await;
        let text = text.unwrap_or_default();
        eprintln!(
            "the window at the failure: {} {picture:?}\n{}",
            file.display(),
            text.as_str().unwrap_or_default()
        );
        return Err(error);
    }
    take_pictures(&window, "inbox").await?;
    window.close().await
}

#[tokio::test]
async fn a_window_whose_port_is_taken_says_why_twinbox_cannot_start() -> Result<()> {
    let Some(app) = app() else { return Ok(()) };
    let home = TempDir::new()?;
    // Held until the end, so that the app cannot listen there.
    let taken = TcpListener::bind(("127.0.0.1", 0))?;
    let webhook_port = taken.local_addr()?.port();
    let config = Config::for_tests(format!("http://127.0.0.1:{webhook_port}/webhooks/meta"));
    // Nothing is sent, so nobody has to answer there.
    let environment = environment(home.path(), &config, webhook_port, "http://127.0.0.1:9")?;
    let window = Window::open(&app, &environment).await?;

    let sentence = format!("Twinbox cannot start: cannot listen on 127.0.0.1:{webhook_port}");
    window.wait_for_text("[role=alert]", &sentence).await?;
    window.wait_for_text("[role=alert]", "then start Twinbox again").await?;
    let list = window.find("[role=listbox]").await?;
    ensure!(list.is_none(), "the list is shown although nothing runs");
    window
        .screenshot(&screenshot_folder()?.join("cannot-start.png"))
        .await?;
    drop(taken);
    window.close().await
}

/// The program to start; without one the test is skipped.
fn app() -> Option<PathBuf> {
    let app = std::env::var_os("TWINBOX_E2E_APP").map(PathBuf::from);
    if app.is_none() {
        eprintln!("SKIPPED: TWINBOX_E2E_APP names no program to start; `cargo xtask test` sets it");
    }
    app
}

async fn tell_the_story(window: &Window, simulator: &Simulator, home: &Path) -> Result<()> {
    let ana = Customer::new("351912345678", "Ana Duarte");

    simulator.customer_writes(
        ana.clone(),
        CustomerMessage::Text("Is the blue bicycle still there?".to_owned()),
    );
    open_conversation(window, "Ana Duarte").await?;
    window.wait_for_text(LOG, "Is the blue bicycle still there?").await?;

    answer(window, "Yes, and it is in the window.").await?;
    window.wait_for_text(LOG, "Yes, and it is in the window.").await?;
    let ticks = format!("{LOG} [aria-label=\"Delivered\"], {LOG} [aria-label=\"Read\"]");
    window.wait_for(&ticks).await?;
    let sent = simulator.ledger();
    ensure!(sent.len() == 1, "one answer, so one send: {sent:?}");

    simulator.phone_writes(ana.clone(), "I can hold it until six.");
    window.wait_for_text(LOG, "I can hold it until six.").await?;
    window.wait_for_text(LOG, "From the phone").await?;

    simulator.fail_next_send(Fault::Error {
        http: 400,
        code: 131_026,
        message: "Message undeliverable".to_owned(),
    });
    answer(window, "Shall I put your name on it?").await?;
    window.wait_for_text(LOG, "Not delivered").await?;
    window
        .wait_for_text(LOG, "This person cannot receive the message.")
        .await?;

    simulator.customer_writes(
        ana.clone(),
        CustomerMessage::Text("Please do, I am on my way".to_owned()),
    );
    window.wait_for_text(LOG, "Please do, I am on my way").await?;
    controls_are_named(window).await?;
    files_are_shown(window, simulator, ana.clone()).await?;
    a_photo_is_sent(window, simulator, home).await?;
    a_document_is_saved(window, simulator, ana, home).await
}

/// A photo is drawn and a voice note can be played, both fetched from Meta and read through the app's own scheme.
async fn files_are_shown(window: &Window, simulator: &Simulator, from: Customer) -> Result<()> {
    let caption = "It would stand here".to_owned();
    simulator.customer_writes(from.clone(), CustomerMessage::Image { caption });
    let drawn = "return [...document.querySelectorAll(arguments[0])].some(img => img.complete && img.naturalWidth > 0)";
    let playable = "return [...document.querySelectorAll(arguments[0])].some(voice => voice.duration > 0)";
    wait_for_file(window, "the photo is drawn", drawn, ".photo img").await?;

    let body = json!({"mime_type": "audio/ogg; codecs=opus", "voice": true});
    simulator.customer_writes(
        from,
        CustomerMessage::Raw {
            type_name: "audio".to_owned(),
            body,
        },
    );
    // Its length is known before; the file itself is read when somebody wants to hear it.
    window.click_on(".voice__play", "").await?;
    wait_for_file(window, "the voice note can be played", playable, "audio").await?;
    window.wait_for(".voice button[aria-label^=\"Save \"]").await.map(drop)
}

/// Chosen through the field of the attach button, uploaded through the app's own scheme, sent, and drawn from here.
async fn a_photo_is_sent(window: &Window, simulator: &Simulator, home: &Path) -> Result<()> {
    let photo = home.join("rack.jpg");
    std::fs::write(
        &photo,
        include_bytes!("../src-tauri/crates/domain/src/media/samples/photo.jpg"),
    )?;
    let field = window.wait_for("input[type=file]").await?;
    window.send_keys(&field, &photo.to_string_lossy()).await?;
    window.wait_for_text("[aria-label=\"Attached files\"]", "Photo").await?;
    window.screenshot(&screenshot_folder()?.join("attached.png")).await?;
    answer(window, "This is the rack").await?;
    let sent = || {
        simulator
            .ledger()
            .into_iter()
            .filter(|entry| entry.kind == "image")
            .collect::<Vec<_>>()
    };
    window
        .wait_until("the photo is sent with its text", async || {
            Ok(sent().iter().any(|entry| entry.wamid().is_some()).then_some(()))
        })
        .await?;
    let sent = sent();
    ensure!(
        sent.len() == 1 && sent.iter().all(|entry| entry.text == "This is the rack"),
        "{sent:?}"
    );
    let drawn =
        "return [...document.querySelectorAll(arguments[0])].some(img => img.complete && img.naturalWidth === 8)";
    wait_for_file(
        window,
        "the photo sent from here is drawn",
        drawn,
        ".msg--out .photo img",
    )
    .await
}

/// Twice: the second one does not replace the first. A system without a folder for downloads saves into the home.
async fn a_document_is_saved(window: &Window, simulator: &Simulator, from: Customer, home: &Path) -> Result<()> {
    let body = json!({"filename": "plan.pdf", "mime_type": "application/pdf"});
    simulator.customer_writes(
        from,
        CustomerMessage::Raw {
            type_name: "document".to_owned(),
            body,
        },
    );
    for name in ["plan.pdf", "plan (1).pdf"] {
        let save = format!("{LOG} button[aria-label=\"Save plan.pdf\"]");
        window.click_on(&save, "").await?;
        let saved = home.join(name);
        window
            .wait_until(&format!("{name} lies on the disk"), async || {
                let size = std::fs::metadata(&saved).map_or(0, |file| file.len());
                Ok((size > 0).then_some(()))
            })
            .await?;
        window.wait_for_text(".toast", name).await?;
        window.click_on(".toast [aria-label=Dismiss]", "").await?;
    }
    Ok(())
}

async fn wait_for_file(window: &Window, what: &str, script: &str, css: &str) -> Result<()> {
    let css = json!(format!("{LOG} {css}"));
    window
        .wait_until(what, async || {
            let is_so = window.execute(script, std::slice::from_ref(&css)).await?;
            Ok((is_so == Value::Bool(true)).then_some(()))
        })
        .await
}

async fn open_conversation(window: &Window, name: &str) -> Result<()> {
    window.click_on("[role=listbox] [role=option]", name).await?;
    // The composer is that of another one until then.
    window.wait_for_text("h2.thread__name", name).await.map(drop)
}

async fn answer(window: &Window, text: &str) -> Result<()> {
    let composer = window.click_on(COMPOSER, "").await?;
    window.send_keys(&composer, text).await?;
    window.send_keys(&composer, ENTER).await?;
    window
        .wait_until("the composer is empty again", async || {
            let value = window
                .execute("return document.querySelector(arguments[0]).value", &[json!(COMPOSER)])
                .await?;
            Ok((value.as_str() == Some("")).then_some(()))
        })
        .await
}

/// What the driver computes is what assistive technology gets.
async fn controls_are_named(window: &Window) -> Result<()> {
    let composer = window.wait_for(COMPOSER).await?;
    ensure!(
        window.computed_label(&composer).await? == "Message",
        "the composer has another name"
    );
    let list = window.wait_for("[role=listbox]").await?;
    ensure!(window.computed_role(&list).await? == "listbox", "the list is no list");
    for button in window.find_all("button").await? {
        // What is not shown has no name, and asking for one is an error; the page may take a button away at any time.
        let label = window.computed_label(&button).await;
        let script = "return arguments[0].checkVisibility() ? arguments[0].outerHTML : null";
        let markup = window.execute(script, &[button.reference()]).await.unwrap_or_default();
        if markup.is_null() {
            continue;
        }
        ensure!(!label?.trim().is_empty(), "a button without a name: {markup}");
    }
    Ok(())
}

async fn take_pictures(window: &Window, name: &str) -> Result<()> {
    let folder = screenshot_folder()?;
    let first = theme(window).await?;
    picture_each_size(window, &folder, name, first).await?;

    window.click_on("button[aria-label^=\"Switch t\"]", "").await?;
    let second = window
        .wait_until("the other theme is shown", async || {
            let shown = theme(window).await?;
            Ok((shown != first).then_some(shown))
        })
        .await?;
    picture_each_size(window, &folder, name, second).await
}

async fn picture_each_size(window: &Window, folder: &Path, name: &str, theme: &str) -> Result<()> {
    for (width, height) in SIZES {
        window.set_size(width, height).await?;
        window
            .wait_until(&format!("the page is about {width} wide"), async || {
                let shown = window.execute("return window.innerWidth", &[]).await?;
                Ok((shown.as_u64() == Some(u64::from(width))).then_some(()))
            })
            .await?;
        settle(window).await?;
        window
            .screenshot(&folder.join(format!("{name}-{theme}-{width}x{height}.png")))
            .await?;
    }
    Ok(())
}

/// Two frames and every finite animation later, the page is what it stays.
async fn settle(window: &Window) -> Result<()> {
    window
        .wait_until("nothing moves any more", async || {
            let script = "return document.fonts.status === 'loaded' && !document.getAnimations().some(\
                          a => a.playState === 'running' && a.effect.getComputedTiming().endTime !== Infinity)";
            let is_still = window.execute(script, &[]).await?;
            Ok((is_still == Value::Bool(true)).then_some(()))
        })
        .await
}

/// Told by what is seen, not by what the page says of itself: `light` or `dark`.
async fn theme(window: &Window) -> Result<&'static str> {
    let script = "const channels = getComputedStyle(document.body).color.match(/[0-9.]+/g).slice(0, 3).map(Number);\
                  const scale = Math.max(...channels) <= 1 ? 1 : 255;\
                  return channels.reduce((a, b) => a + b) / (3 * scale)";
    let text_brightness = window
        .execute(script, &[])
        .await?
        .as_f64()
        .context("the page has no text color")?;
    Ok(if text_brightness > 0.5 { "dark" } else { "light" })
}

/// A home of its own, so that nothing of this machine's user is read or written.
fn environment(
    home: &Path,
    config: &Config,
    webhook_port: u16,
    graph_url: &str,
) -> Result<Vec<(&'static str, OsString)>> {
    let mut environment: Vec<(&'static str, OsString)> = vec![
        ("HOME", home.into()),
        ("TWINBOX_LISTEN", format!("127.0.0.1:{webhook_port}").into()),
        ("TWINBOX_GRAPH_URL", graph_url.into()),
        ("TWINBOX_APP_SECRET", config.app_secret.clone().into()),
        ("TWINBOX_VERIFY_TOKEN", config.verify_token.clone().into()),
        ("TWINBOX_ACCESS_TOKEN", config.access_token.clone().into()),
        ("TWINBOX_PHONE_NUMBER_ID", config.phone_number_id.clone().into()),
        (
            "TWINBOX_DISPLAY_PHONE_NUMBER",
            config.display_phone_number.clone().into(),
        ),
        ("TWINBOX_NUMBER_NAME", "Shop".into()),
        ("TWINBOX_MPS", config.mps.to_string().into()),
        ("TWINBOX_USER", "Maya Lindqvist".into()),
        ("LANG", "C.UTF-8".into()),
        // On one session bus, the second Twinbox only shows the window of the first.
        ("DBUS_SESSION_BUS_ADDRESS", "disabled:".into()),
    ];
    let folders = [
        ("TWINBOX_DATA_DIR", "data"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_RUNTIME_DIR", "run"),
    ];
    for (name, folder) in folders {
        let folder = home.join(folder);
        std::fs::create_dir_all(&folder)?;
        #[cfg(unix)]
        std::fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        environment.push((name, folder.into()));
    }
    Ok(environment)
}

fn screenshot_folder() -> Result<PathBuf> {
    let folder = match std::env::var_os("TWINBOX_SCREENSHOTS") {
        Some(folder) => PathBuf::from(folder),
        // A test program lies in <target>/<profile>/deps.
        None => std::env::current_exe()?
            .ancestors()
            .nth(3)
            .context("no target folder")?
            .join("screenshots"),
    };
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
