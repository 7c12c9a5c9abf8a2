//! `twinbox-server`, the program: what others wrote to its webhook is on disk, its people sign in by their names, and it stops
//! when asked to.
//!
//! `cargo xtask test` names the program to start (`TWINBOX_SERVER`, an absolute path); without that variable the test is
//! skipped and says so. `TWINBOX_WEBHOOK_FIXTURES` may name a folder with more payloads, `*.json` files at any depth.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests"
)]

use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::{Child, Command},
    time::{Duration, Instant},
};
use twinbox_store::Store;
use twinbox_tests::{
    desk::sign,
    server::until_healthy,
    webdriver::{free_port, http_client},
};

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn what_the_server_answered_200_is_on_disk_and_it_stops_when_asked_to() {
    let Some(program) = std::env::var_os("TWINBOX_SERVER") else {
        eprintln!("SKIPPED: TWINBOX_SERVER names no program to start; `cargo xtask test` sets it");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let url = format!("http://127.0.0.1:{}", free_port().unwrap());
    let mut server = start(Path::new(&program), folder.path(), &url);
    let http = http_client().unwrap();
    until_healthy(&http, &url, PATIENCE).await.unwrap();

    let unsigned = post(&http, &url, b"{}".to_vec(), None).await;
    assert_eq!(unsigned, 401);
    let payloads = payloads();
    for (name, body) in &payloads {
        let signature = sign(body);
        assert_eq!(post(&http, &url, body.clone(), Some(signature)).await, 200, "{name}");
    }
    let overview = until_applied(&http, &url, folder.path()).await;

    ask_to_stop(&server);
    let status = until_ended(&mut server);
    assert!(status.success(), "{status}");
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.journal_len().await.unwrap(), payloads.len() as u64);
    println!(
        "{} payloads journaled, {} conversations, {} parts not understood and kept",
        payloads.len(),
        overview["conversations"],
        overview["not_understood"]
    );
}

#[tokio::test]
async fn each_person_signs_in_by_their_own_name_until_they_are_removed() {
    let Some(program) = std::env::var_os("TWINBOX_SERVER") else {
        eprintln!("SKIPPED: TWINBOX_SERVER names no program to start; `cargo xtask test` sets it");
        return;
    };
    let (program, folder) = (Path::new(&program), tempfile::tempdir().unwrap());
    let url = format!("http://127.0.0.1:{}", free_port().unwrap());
    let mut server = start(program, folder.path(), &url);
    let http = http_client().unwrap();
    until_healthy(&http, &url, PATIENCE).await.unwrap();
    let run = |owner: &[&str], task: &[&str]| {
        let mut command = Command::new(program);
        command.arg("--data-dir").arg(folder.path()).args(owner).args(task);
        let output = command.output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap().trim().to_owned();
        output.status.success().then_some(told)
    };
    let person = |task: &[&str]| run(&["--user", "Ines"], &[&["person"], task].concat());
    // Colleagues would not know whose messages the owner's are.
    assert_eq!(run(&[], &["person", "add", "Maya Lindqvist"]), None);
    // The server runs meanwhile.
    let maya = person(&["add", "Maya Lindqvist"]).unwrap();
    let omar = person(&["add", "Omar Haddad"]).unwrap();
    assert_eq!(person(&["add", "Omar Haddad"]), None);
    assert_eq!(person(&["list"]).unwrap(), "Maya Lindqvist\nOmar Haddad");

    for (token, name) in [(&maya, "Maya Lindqvist"), (&omar, "Omar Haddad")] {
        let hello = ask(&http, &url, token, "hello", json!({})).await.unwrap();
        assert_eq!(hello["you"]["user"], name);
    }
    let team = ask(&http, &url, &maya, "get_team", json!({})).await.unwrap();
    let people = team["teammates"].as_array().unwrap();
    for name in ["Maya Lindqvist", "Omar Haddad"] {
        assert!(people.iter().any(|person| person == name), "{team}");
    }
    let wrong = ask(&http, &url, &"0".repeat(64), "hello", json!({})).await;
    assert_eq!(wrong, Err(401));

    let (_, message) = payloads().pop().unwrap();
    let signature = sign(&message);
    assert_eq!(post(&http, &url, message, Some(signature)).await, 200);
    until_applied(&http, &url, folder.path()).await;
    let chat = async |what: &str| {
        let all = json!({"filter": "all", "before": null, "limit": 1});
        let page = ask(&http, &url, &maya, "list_conversations", all).await.unwrap();
        page["items"][0][what].clone()
    };
    let to_omar = json!({"conversations": [chat("id").await], "assignee": "Omar Haddad"});
    ask(&http, &url, &maya, "assign", to_omar.clone()).await.unwrap();
    assert_eq!(chat("assignee").await, "Omar Haddad");

    let events = http.get(format!("{url}/api/events")).bearer_auth(&omar);
    let mut events = events.send().await.unwrap();
    assert_eq!(events.status(), 200);
    assert_eq!(person(&["remove", "Omar Haddad"]).as_deref(), Some(""));
    assert_eq!(ask(&http, &url, &omar, "hello", json!({})).await, Err(401));
    let ended = async { while let Ok(Some(_)) = events.chunk().await {} };
    let ended = tokio::time::timeout(PATIENCE, ended).await;
    assert!(ended.is_ok(), "whoever was removed still listens");
    ask(&http, &url, &maya, "hello", json!({})).await.unwrap();
    let passphrase = json!({"before": "", "passphrase": "correct horse"});
    ask(&http, &url, &maya, "set_passphrase", passphrase).await.unwrap();
    assert_eq!(person(&["unlock", "Maya Lindqvist"]), None, "the server runs");
    let began = Instant::now();
    while chat("assignee").await != "" {
        assert!(began.elapsed() < PATIENCE, "the chat is nobody's");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let team = ask(&http, &url, &maya, "get_team", json!({})).await.unwrap();
    assert_eq!(team["teammates"], json!(["Ines", "Maya Lindqvist"]));
    assert_eq!(ask(&http, &url, &maya, "assign", to_omar).await, Err(400));

    ask_to_stop(&server);
    let status = until_ended(&mut server);
    assert!(status.success(), "{status}");
    assert_eq!(run(&[], &[]), None, "it starts without a name of the owner");
    assert_eq!(person(&["unlock", "Maya Lindqvist"]).as_deref(), Some(""));
    assert_eq!(
        person(&["unlock", "Maya Lindqvist"]),
        None,
        "nothing is to be forgotten"
    );
}

/// What a call is answered with, or its status.
async fn ask(http: &reqwest::Client, url: &str, token: &str, call: &str, args: Value) -> Result<Value, u16> {
    let request = http.post(format!("{url}/api/call")).bearer_auth(token);
    let answer = request.body(json!({ call: args }).to_string()).send().await.unwrap();
    match answer.status().as_u16() {
        200 => Ok(answer.json().await.unwrap()),
        status => Err(status),
    }
}

/// A few kills of what `cargo xtask torture` does by the thousand.
#[test]
fn a_server_that_is_killed_at_random_points_loses_and_doubles_nothing() {
    if std::env::var_os("TWINBOX_SERVER").is_none() {
        eprintln!("SKIPPED: TWINBOX_SERVER names no program to start; `cargo xtask test` sets it");
        return;
    }
    let torture = Command::new(env!("CARGO_BIN_EXE_torture"))
        .args(["--kills", "4", "--at-once", "2", "--seed", "7"])
        .status()
        .unwrap();
    assert!(torture.success(), "{torture}");
}

/// The running program; a failed test does not leave it behind.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.kill());
    }
}

fn start(program: &Path, folder: &Path, url: &str) -> Server {
    let started = Command::new(program)
        .arg("--data-dir")
        .arg(folder)
        .args(["--listen", url.trim_start_matches("http://"), "--user", "Ines"])
        .env("TWINBOX_APP_SECRET", "app-secret")
        .spawn();
    Server(started.unwrap())
}

async fn post(http: &reqwest::Client, url: &str, body: Vec<u8>, signature: Option<String>) -> u16 {
    let mut request = http.post(format!("{url}/webhooks/meta")).body(body);
    if let Some(signature) = signature {
        request = request.header("X-Hub-Signature-256", signature);
    }
    request.send().await.unwrap().status().as_u16()
}

/// Waits for the message that was posted last. What happened before it is applied or parked by then.
async fn until_applied(http: &reqwest::Client, url: &str, folder: &Path) -> Value {
    let token = std::fs::read_to_string(folder.join("api-token")).unwrap();
    let call = async |call: &str, args: Value| ask(http, url, &token, call, args).await.unwrap();
    let began = Instant::now();
    loop {
        let page = call(
            "list_conversations",
            json!({"filter": "all", "before": null, "limit": 200}),
        )
        .await;
        if page["items"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["person"]["phone"] == LAST_PHONE)
        {
            return call("get_overview", json!({})).await;
        }
        assert!(began.elapsed() < PATIENCE, "the last message is not shown");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

const LAST_PHONE: &str = "4915112340000";

/// Names and bodies; the last one is a message of its own.
fn payloads() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    if let Some(folder) = std::env::var_os("TWINBOX_WEBHOOK_FIXTURES") {
        json_files(Path::new(&folder), &mut files);
        assert!(!files.is_empty(), "no payloads in {}", folder.display());
    }
    let mut payloads: Vec<_> = files
        .into_iter()
        .map(|file| (file.display().to_string(), std::fs::read(&file).unwrap()))
        .collect();
    let message = json!({"from": LAST_PHONE, "id": "wamid.last", "timestamp": "1749416383", "type": "text",
        "text": {"body": "after all of them"}});
    let last = json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [{
        "field": "messages", "value": {"messaging_product": "whatsapp", "messages": [message],
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"}}}]}]});
    payloads.push(("not json".to_owned(), b"not json".to_vec()));
    payloads.push(("the last message".to_owned(), last.to_string().into_bytes()));
    payloads
}

fn json_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            json_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "json") && !path.ends_with("INDEX.json") {
            found.push(path);
        }
    }
    found.sort();
}

/// As a service manager does. Windows has no such signal, so there it is just ended.
fn ask_to_stop(server: &Server) {
    let id = server.0.id().to_string();
    let mut ask = if cfg!(windows) {
        let mut ask = Command::new("taskkill");
        ask.args(["/F", "/PID", &id]);
        ask
    } else {
        // The shell's own, which is there without any package.
        let mut ask = Command::new("sh");
        ask.args(["-c", &format!("kill -TERM {id}")]);
        ask
    };
    assert!(ask.status().unwrap().success());
}

fn until_ended(server: &mut Server) -> std::process::ExitStatus {
    let began = Instant::now();
    loop {
        if let Some(status) = server.0.try_wait().unwrap() {
            return status;
        }
        assert!(began.elapsed() < PATIENCE, "it does not stop");
        std::thread::sleep(Duration::from_millis(20));
    }
}
