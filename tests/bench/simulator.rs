//! How fast the simulator tells: webhooks a second on one core, and a history of a million messages with the memory it
//! takes. Each beside a bare HTTP client that posts the same bodies to the same receiver.

use crate::program::{Program, next_line, peak_memory, ready};
use anyhow::{bail, ensure};
use futures_util::future::join_all;
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, body::Bytes};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    runtime,
};
use twinbox_simulator::{Config, Customer, CustomerMessage, Setting, Simulator};

/// The argument that makes this program the simulator of the history, so that its memory is its own.
pub(crate) const BIG_WORLD: &str = "big-world";

const WEBHOOKS: usize = 30_000;
const AT_ONCE: usize = 64;
const KEPT: usize = 500;
const LARGE_POSTS: usize = 200;

pub(crate) async fn run() -> anyhow::Result<()> {
    let receiver = Receiver::start()?;
    // A thread of its own with one worker is one core.
    let took = on_one_core({
        let (url, seen) = (receiver.url.clone(), Arc::clone(&receiver.seen));
        move || push(url, seen)
    })?;
    report("simulator: webhooks pushed on one core", WEBHOOKS, took);
    let bodies = receiver.seen.kept();
    let url = receiver.url.clone();
    let took = on_one_core(move || async move { Ok(post_all(&url, &bodies, WEBHOOKS).await) })?;
    report("  floor: a bare hyper client, the same bodies", WEBHOOKS, took);
    history().await
}

/// The other program: a big world that stops when its input ends.
pub(crate) async fn serve_big_world() -> anyhow::Result<()> {
    let config = Config {
        history: Setting::Big.history(),
        ..Config::for_tests("")
    };
    let simulator = Simulator::start(config).await?;
    ready(simulator.graph_url())?;
    simulator.set_webhook_url(next_line().await?);
    next_line().await?;
    simulator.stop().await;
    Ok(())
}

async fn push(url: String, seen: Arc<Seen>) -> anyhow::Result<Duration> {
    let simulator = Simulator::start(Config::for_tests(url)).await?;
    let started = Instant::now();
    for n in 0..WEBHOOKS {
        while simulator.undelivered_webhooks() >= AT_ONCE {
            tokio::task::yield_now().await;
        }
        let customer = Customer::new(format!("49151{:06}", n % 500), format!("Customer {}", n % 500));
        let text = "Is the oak bench with the rounded corners still there, and does it fit on a truck?";
        simulator.customer_writes(customer, CustomerMessage::Text(text.to_owned()));
    }
    while seen.posts.load(Ordering::Acquire) < WEBHOOKS {
        tokio::task::yield_now().await;
    }
    Ok(started.elapsed())
}

async fn history() -> anyhow::Result<()> {
    let receiver = Receiver::start()?;
    let mut child = big_world()?;
    child.tell(&receiver.url)?;
    let size = Setting::Big.history();
    let messages = size.chats as usize * size.messages_each as usize;
    let started = Instant::now();
    ask_for_history(&child.address).await?;
    while receiver.seen.messages.load(Ordering::Acquire) < messages {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let took = started.elapsed();
    let bytes = receiver.seen.bytes.load(Ordering::Acquire);
    println!(
        "simulator: a history of {messages} messages in {:.1} s, {:.0} MB/s, {} posts, peak memory {}",
        took.as_secs_f64(),
        megabytes(bytes) / took.as_secs_f64(),
        receiver.seen.posts.load(Ordering::Acquire),
        peak_memory(child.id()),
    );
    let largest = vec![receiver.seen.largest()];
    let bytes = largest.iter().map(Bytes::len).sum::<usize>() * LARGE_POSTS;
    let took = post_all(&receiver.url, &largest, LARGE_POSTS).await;
    println!(
        "  floor: a bare hyper client, the largest body again and again: {:.0} MB/s",
        megabytes(bytes) / took.as_secs_f64()
    );
    Ok(())
}

fn on_one_core<Work, Made>(work: Work) -> anyhow::Result<Duration>
where
    Work: FnOnce() -> Made + Send + 'static,
    Made: Future<Output = anyhow::Result<Duration>>,
{
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let thread = thread::spawn(move || runtime.block_on(work()));
    thread.join().unwrap_or_else(|_| bail!("the thread failed"))
}

async fn post_all(url: &str, bodies: &[Bytes], count: usize) -> Duration {
    let client: Client<HttpConnector, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    let started = Instant::now();
    let next = AtomicUsize::new(0);
    join_all((0..AT_ONCE).map(|_| async {
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let Some(body) = bodies.get(n % bodies.len().max(1)).filter(|_| n < count) else {
                return;
            };
            let request = Request::post(url).body(Full::new(body.clone()));
            if let Ok(request) = request
                && let Ok(response) = client.request(request).await
            {
                drop(response.into_body().collect().await);
            }
        }
    }))
    .await;
    started.elapsed()
}

/// The simulator with a long history, in a process of its own; its address is that of its Graph API.
pub(crate) fn big_world() -> anyhow::Result<Program> {
    Program::start(&[BIG_WORLD.as_ref()])
}

/// Asks a simulator to tell its history, as whoever connects a number does.
pub(crate) async fn ask_for_history(graph_url: &str) -> anyhow::Result<()> {
    let asked = Request::post(format!("{graph_url}/v25.0/106540352242922/smb_app_data"))
        .header("authorization", "Bearer access-token")
        .header("content-type", "application/json")
        .body(Full::from(r#"{"messaging_product":"whatsapp","sync_type":"history"}"#))?;
    let client: Client<HttpConnector, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    let asked = client.request(asked).await?;
    ensure!(asked.status() == 200, "the simulator answered {}", asked.status());
    Ok(())
}

/// What arrived.
#[derive(Default)]
struct Seen {
    posts: AtomicUsize,
    bytes: AtomicUsize,
    messages: AtomicUsize,
    bodies: Mutex<Vec<Bytes>>,
    largest: Mutex<Bytes>,
}

impl Seen {
    fn take(&self, body: &[u8]) {
        {
            let mut bodies = self.bodies.lock().unwrap_or_else(PoisonError::into_inner);
            if bodies.len() < KEPT {
                bodies.push(Bytes::copy_from_slice(body));
            }
            let mut largest = self.largest.lock().unwrap_or_else(PoisonError::into_inner);
            if largest.len() < body.len() {
                *largest = Bytes::copy_from_slice(body);
            }
        }
        let text = std::str::from_utf8(body).unwrap_or_default();
        let messages = text.matches("\"history_context\"").count();
        self.bytes.fetch_add(body.len(), Ordering::AcqRel);
        self.messages.fetch_add(messages, Ordering::AcqRel);
        self.posts.fetch_add(1, Ordering::AcqRel);
    }

    fn kept(&self) -> Vec<Bytes> {
        self.bodies.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn largest(&self) -> Bytes {
        self.largest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// As little of an HTTP server as takes webhooks, on a thread of its own.
struct Receiver {
    url: String,
    seen: Arc<Seen>,
}

impl Receiver {
    fn start() -> anyhow::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}/", listener.local_addr()?);
        let seen = Arc::new(Seen::default());
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            runtime.block_on(async move {
                let listener = TcpListener::from_std(listener)?;
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(answer_all(stream, Arc::clone(&shared)));
                }
                std::io::Result::Ok(())
            })
        });
        Ok(Self { url, seen })
    }
}

/// Answers 200 until the connection ends. Knows `Content-Length` only, which is all that hyper's client sends here.
async fn answer_all(mut stream: TcpStream, seen: Arc<Seen>) -> Option<()> {
    let mut buffer = Vec::with_capacity(16 * 1024);
    loop {
        let head_end = loop {
            if let Some(place) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break place + 4;
            }
            (stream.read_buf(&mut buffer).await.ok()? > 0).then_some(())?;
        };
        let head = std::str::from_utf8(buffer.get(..head_end)?).ok()?.to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"))?;
        let end = head_end + length.trim().parse::<usize>().ok()?;
        while buffer.len() < end {
            (stream.read_buf(&mut buffer).await.ok()? > 0).then_some(())?;
        }
        seen.take(buffer.get(head_end..end)?);
        buffer.drain(..end);
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            .await
            .ok()?;
    }
}

fn report(what: &str, count: usize, took: Duration) {
    #[allow(clippy::cast_precision_loss, reason = "small")]
    let rate = count as f64 / took.as_secs_f64();
    println!("{what}: {rate:.0}/s");
}

#[allow(clippy::cast_precision_loss, reason = "small")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
