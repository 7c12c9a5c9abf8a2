//! A desktop with a tray and a dock, made for the tests, and the close button of its windows.
//!
//! The tray is the part of StatusNotifierItem (freedesktop.org) and of `com.canonical.dbusmenu` that libayatana-appindicator
//! speaks, the dock reads Unity's `LauncherEntry`.

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};
use futures_util::StreamExt;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use twinbox_tests::webdriver::{PATIENCE, Window};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, MapState};
use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Structure, Value};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const MENU: &str = "com.canonical.dbusmenu";

/// An entry and what lies below it, as the bus has it.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// Takes icons: the name on the bus of who has one, and where it is there.
struct Watcher(UnboundedSender<(String, String)>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&mut self, item: String, #[zbus(header)] header: Header<'_>) {
        let from = header.sender().map(ToString::to_string).unwrap_or_default();
        drop(self.0.send((from, item)));
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// The tray on the bus of a window, once the app has an icon in it.
pub(super) struct Tray {
    connection: zbus::Connection,
    owner: String,
    item: String,
    /// What the dock was told last.
    counts: UnboundedReceiver<(String, i64, bool)>,
}

impl Tray {
    pub(super) async fn start(bus: &str) -> Result<Self> {
        let (sender, mut items) = unbounded_channel();
        let connection = zbus::connection::Builder::address(bus)?
            .serve_at("/StatusNotifierWatcher", Watcher(sender))?
            .name(WATCHER)?
            .build()
            .await?;
        let counts = listen_to_counts(&connection).await?;
        let item = tokio::time::timeout(PATIENCE, items.recv()).await;
        let (owner, item) = item.context("nobody has an icon")?.context("the tray ended")?;
        Ok(Self {
            connection,
            owner,
            item,
            counts,
        })
    }

    /// The next count on the app's icon in the dock; `None` when there is to be none.
    pub(super) async fn count(&mut self) -> Result<Option<i64>> {
        let told = tokio::time::timeout(PATIENCE, self.counts.recv()).await;
        let (app, count, is_visible) = told.context("the dock was told nothing")?.context("the bus ended")?;
        ensure!(app == "application://Twinbox.desktop", "it is of {app}");
        Ok(is_visible.then_some(count))
    }

    /// Waits until the app that has the icon has left the bus.
    pub(super) async fn is_left(&self) -> Result<()> {
        let bus = zbus::fdo::DBusProxy::new(&self.connection).await?;
        let mut changes = bus
            .receive_name_owner_changed_with_args(&[(0, self.owner.as_str())])
            .await?;
        let owner = zbus::names::BusName::try_from(self.owner.as_str())?;
        if bus.name_has_owner(owner).await? {
            let change = tokio::time::timeout(PATIENCE, changes.next()).await;
            change.context("it is still there")?.context("the bus ended")?;
        }
        Ok(())
    }

    /// What stands beside the icon.
    pub(super) async fn label(&self) -> Result<String> {
        let item = self.proxy(&self.item, "org.kde.StatusNotifierItem").await?;
        Ok(item.get_property("XAyatanaLabel").await?)
    }

    /// The words of the menu and their ids.
    pub(super) async fn menu(&self) -> Result<Vec<(i32, String)>> {
        let (_, (_, _, entries)): (u32, Layout) = self
            .menu_proxy()
            .await?
            .call("GetLayout", &(0_i32, -1_i32, Vec::<&str>::new()))
            .await?;
        entries.into_iter().map(entry).collect()
    }

    /// Chooses what the menu has under these words.
    pub(super) async fn choose(&self, words: &str) -> Result<()> {
        let menu = self.menu().await?;
        let entry = menu.iter().find(|(_, label)| label == words);
        let (id, _) = entry.with_context(|| format!("the menu has no {words}: {menu:?}"))?;
        let click = (*id, "clicked", Value::from(0_i32), 0_u32);
        self.menu_proxy().await?.call_method("Event", &click).await?;
        Ok(())
    }

    async fn menu_proxy(&self) -> Result<zbus::Proxy<'_>> {
        let item = self.proxy(&self.item, "org.kde.StatusNotifierItem").await?;
        let path: OwnedObjectPath = item.get_property("Menu").await?;
        self.proxy(path.as_str(), MENU).await
    }

    async fn proxy(&self, path: &str, interface: &'static str) -> Result<zbus::Proxy<'_>> {
        let proxy = zbus::proxy::Builder::new(&self.connection)
            .destination(self.owner.clone())?
            .path(path.to_owned())?
            .interface(interface)?
            // Asked anew each time: not everything that changes is told.
            .cache_properties(zbus::proxy::CacheProperties::No);
        Ok(proxy.build().await?)
    }
}

async fn listen_to_counts(connection: &zbus::Connection) -> Result<UnboundedReceiver<(String, i64, bool)>> {
    let rule = zbus::MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .interface("com.canonical.Unity.LauncherEntry")?
        .member("Update")?
        .build();
    let mut signals = zbus::MessageStream::for_match_rule(rule, connection, None).await?;
    let (sender, counts) = unbounded_channel();
    tokio::spawn(async move {
        while let Some(Ok(signal)) = signals.next().await {
            let body = signal.body();
            let (app, properties): (String, HashMap<String, OwnedValue>) = body.deserialize()?;
            let of = |name: &str| properties.get(name).with_context(|| format!("no {name}"));
            let count = i64::try_from(of("count")?)?;
            drop(sender.send((app, count, bool::try_from(of("count-visible")?)?)));
        }
        anyhow::Ok(())
    });
    Ok(counts)
}

fn entry(value: OwnedValue) -> Result<(i32, String)> {
    let entry = Structure::try_from(value)?;
    let mut fields = entry.into_fields().into_iter();
    let id = i32::try_from(fields.next().context("no id")?)?;
    let properties: HashMap<String, Value<'_>> = fields.next().context("no properties")?.try_into()?;
    let label = properties.get("label").map(String::try_from).transpose();
    Ok((id, label?.unwrap_or_default()))
}

/// Presses the close button of the app's window, as a window manager does (ICCCM, 4.2.8.1): none runs here.
pub(super) fn press_close(window: &Window) -> Result<()> {
    let (display, screen) = x11rb::connect(None)?;
    let root = display.setup().roots.get(screen).context("no screen")?.root;
    let atom = |name: &str| anyhow::Ok(display.intern_atom(false, name.as_bytes())?.reply()?.atom);
    let (protocols, delete, process) = (atom("WM_PROTOCOLS")?, atom("WM_DELETE_WINDOW")?, atom("_NET_WM_PID")?);
    for shown in display.query_tree(root)?.reply()?.children {
        let attributes = display.get_window_attributes(shown)?.reply()?;
        let owner = display.get_property(false, shown, process, AtomEnum::CARDINAL, 0, 1)?;
        let owner = owner.reply()?.value32().and_then(|mut values| values.next());
        let is_ours = owner.is_some_and(|owner| descends_from(owner, window.driver_id()));
        if is_ours && attributes.map_state == MapState::VIEWABLE {
            let message = ClientMessageEvent::new(32, shown, protocols, [delete, 0, 0, 0, 0]);
            display
                .send_event(false, shown, EventMask::NO_EVENT, message)?
                .check()?;
            return Ok(());
        }
    }
    anyhow::bail!("the app shows no window")
}

fn descends_from(process: u32, ancestor: u32) -> bool {
    let parent = |process: u32| {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
        parent.trim().parse::<u32>().ok()
    };
    std::iter::successors(Some(process), |process| parent(*process)).any(|it| it == ancestor)
}
