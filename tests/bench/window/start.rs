//! A cold start as a person sees it: no driver, and a session whose bus, accessibility bus and keyring run already, as they do
//! on a desktop.

use anyhow::{Context, ensure};
use std::{
    ffi::OsString,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use twinbox_tests::webdriver::SessionBus;
use x11rb::{
    connection::Connection,
    protocol::xproto::{ConnectionExt, ImageFormat, Window},
    rust_connection::RustConnection,
};

/// A band of the screen that runs through rows of the list, without the bar that tells how many more there are, in pixels: from
/// the top, and its width and height.
const BAND: (i16, u16, u16) = (300, 370, 60);
/// What is drawn once more may be rounded another way.
const ROUNDED: u8 = 8;
const LOOK_EVERY: Duration = Duration::from_millis(4);
/// What shows the same for so long is what it goes on showing.
const STILL: Duration = Duration::from_millis(1500);
const PATIENCE: Duration = Duration::from_secs(20);

/// Milliseconds from the start of a program until the screen shows what it then goes on showing. The program is ended.
pub(super) async fn until_painted(program: &Path, environment: &[(&str, OsString)]) -> anyhow::Result<f64> {
    let bus = SessionBus::start()?;
    wake(bus.address()).await?;
    let screen = Screen::open()?;
    let before = screen.look()?;
    let began = Instant::now();
    let mut process = Command::new(program)
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let painted = screen.settled(&before, began).await;
    process.kill()?;
    process.wait()?;
    screen.shows(&before).await?;
    Ok(painted?.as_secs_f64() * 1000.0)
}

/// Has the session run what a desktop's runs before any app. A system may lack either.
async fn wake(bus: &str) -> anyhow::Result<()> {
    let session = zbus::connection::Builder::address(bus)?.build().await?;
    let address = session
        .call_method(
            Some("org.a11y.Bus"),
            "/org/a11y/bus",
            Some("org.a11y.Bus"),
            "GetAddress",
            &(),
        )
        .await;
    drop(address);
    let keyring = zbus::fdo::DBusProxy::new(&session)
        .await?
        .start_service_by_name("org.freedesktop.secrets".try_into()?, 0)
        .await;
    drop(keyring);
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok(())
}

struct Screen {
    display: RustConnection,
    root: Window,
}

/// The colours of the band.
type Look = Vec<u8>;

impl Screen {
    fn open() -> anyhow::Result<Self> {
        let (display, screen) = x11rb::connect(None)?;
        let screen = display.setup().roots.get(screen).context("no screen")?;
        let root = screen.root;
        Ok(Self { display, root })
    }

    fn look(&self) -> anyhow::Result<Look> {
        let (top, width, height) = BAND;
        let picture = self
            .display
            .get_image(ImageFormat::Z_PIXMAP, self.root, 0, top, width, height, u32::MAX)?;
        Ok(picture.reply()?.data)
    }

    /// How long after `began` the band came to show something else than `before` for good.
    async fn settled(&self, before: &Look, began: Instant) -> anyhow::Result<Duration> {
        let (mut shown, mut since) = (before.clone(), Duration::ZERO);
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let (now, look) = (began.elapsed(), self.look()?);
            if differ(&look, &shown) {
                (shown, since) = (look, now);
            } else if differ(&shown, before) && now.saturating_sub(since) > STILL {
                return Ok(since);
            }
            ensure!(now < PATIENCE, "nothing stood still on the screen");
        }
    }

    /// Waits until the band shows this again.
    async fn shows(&self, what: &Look) -> anyhow::Result<()> {
        let began = Instant::now();
        while differ(&self.look()?, what) {
            ensure!(began.elapsed() < PATIENCE, "a window stayed");
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }
}

/// Whether a person could see the difference.
fn differ(one: &Look, other: &Look) -> bool {
    one.len() != other.len() || one.iter().zip(other).any(|(one, other)| one.abs_diff(*other) > ROUNDED)
}
