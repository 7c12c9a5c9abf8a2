//! How long the real window takes from the start of the process to a painted list, and how large the UI is.
//!
//! Needs a display, a driver, and the program to start in `TWINBOX_E2E_APP`; says so when one is missing.

use crate::quantile;
use anyhow::Context;
use serde_json::json;
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};
use twinbox_domain::{
    Content, Direction, Fact, MessageFact, Millis, NumberFact, NumberId, Origin, PersonIds, Telling, Wamid,
};
use twinbox_store::Store;
use twinbox_tests::webdriver::Window;

const CONVERSATIONS: i64 = 2_000;
const MESSAGES_EACH: i64 = 10;
const RUNS: usize = 7;

pub(crate) async fn run() -> anyhow::Result<()> {
    let Some(app) = std::env::var_os("TWINBOX_E2E_APP").map(PathBuf::from) else {
        println!("window: skipped, TWINBOX_E2E_APP names no program to start");
        return Ok(());
    };
    let home = tempfile::tempdir()?;
    fill(&home.path().join("data")).await?;
    let (mut page, mut painted) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let started = now_ms()?;
        let window = Window::open(&app, &environment(home.path())).await?;
        window.wait_for("[role=option]").await?;
        let times = window
            .wait_until("the mark of the painted list", async || {
                let script = "const m = performance.getEntriesByName('list-painted')[0]; \
                    return m ? [performance.timeOrigin, performance.timeOrigin + m.startTime] : null";
                Ok(window.execute(script, &[]).await?.as_array().cloned())
            })
            .await?;
        let at = |index: usize| times.get(index).and_then(serde_json::Value::as_f64).context("no time");
        page.push(at(0)? - started);
        painted.push(at(1)? - started);
        window.close().await?;
    }
    page.sort_by(f64::total_cmp);
    painted.sort_by(f64::total_cmp);
    println!(
        "window, {CONVERSATIONS} conversations, {RUNS} cold starts of {}: list painted after median {:.0} ms, worst \
         {:.0} ms; floor: the page begins to load after median {:.0} ms",
        app.display(),
        quantile(&painted, 0.5),
        quantile(&painted, 1.0),
        quantile(&page, 0.5),
    );
    Ok(())
}

fn now_ms() -> anyhow::Result<f64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64() * 1000.0)
}

fn environment(home: &Path) -> Vec<(&'static str, OsString)> {
    let path = |name: &str| home.join(name).into_os_string();
    vec![
        ("HOME", path("home")),
        ("XDG_DATA_HOME", path("data-home")),
        ("XDG_CONFIG_HOME", path("config-home")),
        ("XDG_CACHE_HOME", path("cache-home")),
        ("TWINBOX_DATA_DIR", path("data")),
        ("TWINBOX_LISTEN", "127.0.0.1:0".into()),
        ("TWINBOX_ACCESS_TOKEN", "access-token".into()),
        ("TWINBOX_APP_SECRET", "app-secret".into()),
        ("TWINBOX_PHONE_NUMBER_ID", "106540352242922".into()),
        ("TWINBOX_GRAPH_URL", "http://127.0.0.1:9".into()),
        ("TWINBOX_NUMBER_NAME", "Shop".into()),
    ]
}

/// Puts conversations into a new store.
async fn fill(folder: &Path) -> anyhow::Result<()> {
    let store = Store::open(folder)?;
    let number = NumberId::from("106540352242922");
    let mut facts = vec![Fact::Number(NumberFact {
        number: number.clone(),
        waba: None,
        display_phone_number: "15550783881".to_owned(),
    })];
    let now = Millis(now_ms()? as i64);
    for n in 0..CONVERSATIONS * MESSAGES_EACH {
        let who = n % CONVERSATIONS;
        facts.push(Fact::Message(MessageFact {
            number: number.clone(),
            wamid: Wamid(format!("wamid.{n}")),
            person: PersonIds {
                phone: Some(format!("49151{who:06}")),
                profile_name: format!("Customer {who}"),
                ..PersonIds::default()
            },
            direction: if n % 3 == 0 { Direction::Out } else { Direction::In },
            origin: if n % 3 == 0 { Origin::Phone } else { Origin::Customer },
            telling: Telling::Live,
            at: now.plus_ms(-1000 * (CONVERSATIONS * MESSAGES_EACH - n)),
            content: Content::Text {
                body: format!("Is the oak bench number {n} still there, and does it fit on a truck?"),
            },
            reply_to: None,
        }));
    }
    let body = json!({"entry": []}).to_string().into_bytes();
    let id = store.append_to_journal(body, now).await?;
    store.apply(id, facts).await?;
    Ok(())
}
