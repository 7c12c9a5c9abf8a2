//! The real window over a store of a million messages: from the start of the process to a painted list, from a click or
//! key to what it paints, frames while things move, and memory beside an empty window.
//!
//! Needs a display, a driver, and the program to start in `TWINBOX_E2E_APP`; says so when one is missing. Where
//! `TWINBOX_EMPTY_WINDOW` names a program that shows an empty window, starts and memory are compared with that.

mod measure;
mod process;
#[cfg(target_os = "linux")]
mod start;

use crate::search::corpus::Corpus;
use anyhow::ensure;
use reqwest::Client;
use serde_json::json;
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use twinbox_domain::{Fact, MessageFact, Millis, NumberFact, NumberId, PersonIds};
use twinbox_store::{JournalLane, Store};
use twinbox_tests::{
    desk::sign,
    webdriver::{Window, free_port, http_client},
};

const STARTS: usize = 15;
/// A virtual machine may be slowed down for a while after so much work.
const REST_AFTER_FILLING: Duration = Duration::from_secs(30);
/// What a start needs besides is over by then.
const AT_REST_AFTER: Duration = Duration::from_secs(2);
const CHUNK: usize = 2000;
const ROUNDS: u32 = 60;
const ARRIVALS_PER_SECOND: u32 = 50;
const ARRIVALS_FOR: Duration = Duration::from_secs(10);
const SCROLL_FOR: Duration = Duration::from_secs(4);

pub(crate) async fn run(messages: usize) -> anyhow::Result<()> {
    let Some(app) = std::env::var_os("TWINBOX_E2E_APP").map(PathBuf::from) else {
        println!("window: skipped, TWINBOX_E2E_APP names no program to start");
        return Ok(());
    };
    let people = (messages / 50).max(1);
    let home = tempfile::tempdir()?;
    fill(&home.path().join("data"), &Corpus::new(messages, people)).await?;
    // Else the disk would still write what was filled in while the window starts. Where there is no `sync`, so be it.
    drop(Command::new("sync").status());
    tokio::time::sleep(REST_AFTER_FILLING).await;
    println!(
        "window of {}, {messages} messages in {people} conversations",
        app.display()
    );
    let port = free_port()?;
    let environment = environment(home.path(), port);
    #[cfg(target_os = "linux")]
    starts(&app, &environment).await?;

    let window = Window::open(&app, &environment).await?;
    window.wait_for(".rows [role=option]").await?;
    tokio::time::sleep(AT_REST_AFTER).await;
    let at_rest = process::of_tree(process::of(&app)?)?;
    measure::opening(&window, ROUNDS).await?;
    let words: Vec<String> = (0..ROUNDS / 2).map(|n| format!("w{}", 12 + n * n * 11)).collect();
    measure::searching(&window, &words).await?;
    measure::frames(&window, "the list scrolled 30 pixels a frame", ".rows", 30, SCROLL_FOR).await?;
    // Now the newest, which is then open; it is answered within its window.
    let client = http_client()?;
    post(&client, port, 0, people).await?;
    measure::to_the_top(&window).await?;
    open_newest(&window).await?;
    measure::typing(&window, ROUNDS).await?;
    measure::frames(
        &window,
        "a conversation scrolled 30 pixels a frame",
        "[role=log]",
        -30,
        SCROLL_FOR,
    )
    .await?;
    let arrivals = tokio::spawn(arrive(client, port, people));
    let what = format!("{ARRIVALS_PER_SECOND} messages arriving a second");
    measure::frames(&window, &what, "[role=log]", 0, ARRIVALS_FOR).await?;
    arrivals.await??;
    measure::frames(&window, "floor: nothing happens", "[role=log]", 0, SCROLL_FOR).await?;

    let memory = process::of_tree(process::of(&app)?)?;
    window.close().await?;
    match std::env::var_os("TWINBOX_EMPTY_WINDOW").map(PathBuf::from) {
        Some(program) => {
            let empty = process::of_empty_window(&program).await?;
            println!(
                "  memory of all its processes: {at_rest:.0} MB with the list on screen, {memory:.0} MB after all of this; \
                 {:.2} and {:.2} of an empty window's {empty:.0} MB",
                at_rest / empty,
                memory / empty
            );
        }
        None => println!(
            "  memory of all its processes: {at_rest:.0} MB with the list on screen, {memory:.0} MB after all of this"
        ),
    }
    Ok(())
}

/// Cold starts, each of a new process, and of a window that shows an empty page, in turns.
#[cfg(target_os = "linux")]
async fn starts(app: &Path, environment: &[(&str, OsString)]) -> anyhow::Result<()> {
    let empty = std::env::var_os("TWINBOX_EMPTY_WINDOW").map(PathBuf::from);
    let (mut painted, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        painted.push(start::until_painted(app, environment).await?);
        if let Some(empty) = &empty {
            floor.push(start::until_painted(empty, environment).await?);
        }
    }
    measure::report("a cold start until the list is painted", painted);
    if !floor.is_empty() {
        measure::report("floor: until an empty page is", floor);
    }
    Ok(())
}

/// Opens the conversation at the top of the list.
async fn open_newest(window: &Window) -> anyhow::Result<()> {
    let newest = window
        .wait_until("the newest message is on top", async || {
            let script = "const top = row => row.getBoundingClientRect().top; \
                const row = [...document.querySelectorAll('.rows .row[role=option]')].sort((a, b) => top(a) - top(b))[0]; \
                return row && row.textContent.includes('arrival 0 ') ? row : null";
            window.element(script, &[]).await
        })
        .await?;
    window.click(&newest).await
}

/// Live messages at a steady rate, from people all over the list.
async fn arrive(client: Client, port: u16, people: usize) -> anyhow::Result<()> {
    let start = tokio::time::Instant::now();
    for n in 1..=ARRIVALS_PER_SECOND * u32::try_from(ARRIVALS_FOR.as_secs())? {
        tokio::time::sleep_until(start + Duration::from_secs(1) / ARRIVALS_PER_SECOND * n).await;
        post(&client, port, n, people).await?;
    }
    Ok(())
}

async fn post(client: &Client, port: u16, n: u32, people: usize) -> anyhow::Result<()> {
    let phone = format!("49151{:07}", usize::try_from(n)? * 7919 % people);
    let at = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let body = json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [{
        "field": "messages", "value": {"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
        "contacts": [{"profile": {"name": format!("Customer {n}")}, "wa_id": phone}],
        "messages": [{"from": phone, "id": format!("wamid.arrival.{n}"), "timestamp": at.to_string(), "type": "text",
            "text": {"body": format!("arrival {n} of the day: is the oak bench still there?")}}]}}]}]})
    .to_string()
    .into_bytes();
    let request = client
        .post(format!("http://127.0.0.1:{port}/webhooks/meta"))
        .header("X-Hub-Signature-256", sign(&body));
    let status = request.body(body).send().await?.status();
    ensure!(status == 200, "a webhook was answered {status}");
    Ok(())
}

fn environment(home: &Path, port: u16) -> Vec<(&'static str, OsString)> {
    let path = |name: &str| home.join(name).into_os_string();
    vec![
        ("HOME", path("home")),
        ("XDG_DATA_HOME", path("data-home")),
        ("XDG_CONFIG_HOME", path("config-home")),
        ("XDG_CACHE_HOME", path("cache-home")),
        ("TWINBOX_DATA_DIR", path("data")),
        ("TWINBOX_LISTEN", format!("127.0.0.1:{port}").into()),
        ("TWINBOX_ACCESS_TOKEN", "access-token".into()),
        ("TWINBOX_APP_SECRET", "app-secret".into()),
        ("TWINBOX_PHONE_NUMBER_ID", "106540352242922".into()),
        ("TWINBOX_GRAPH_URL", "http://127.0.0.1:9".into()),
        ("TWINBOX_NUMBER_NAME", "Shop".into()),
    ]
}

/// Puts the corpus into a new store, as the history brings it, with names.
async fn fill(folder: &Path, corpus: &Corpus) -> anyhow::Result<()> {
    let store = Store::open(folder)?;
    let number = Fact::Number(NumberFact {
        number: NumberId::from("106540352242922"),
        waba: None,
        display_phone_number: "15550783881".to_owned(),
    });
    let mut facts = vec![number];
    for fact in corpus.messages() {
        let phone = fact.person.phone.clone().unwrap_or_default();
        facts.push(Fact::Message(MessageFact {
            person: PersonIds {
                profile_name: format!("Customer {phone}"),
                ..fact.person
            },
            ..fact
        }));
        if facts.len() >= CHUNK {
            apply(&store, std::mem::take(&mut facts)).await?;
        }
    }
    apply(&store, facts).await?;
    while store.merge_index(50, false).await? {}
    Ok(())
}

async fn apply(store: &Store, facts: Vec<Fact>) -> anyhow::Result<()> {
    let id = store
        .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0))
        .await?;
    store.apply(id, facts).await?;
    Ok(())
}
