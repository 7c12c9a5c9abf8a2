//! A door before the simulated Graph, through which an engine fetches files and behind which things go wrong.

use anyhow::{Context, Result};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What happens to a request instead of its passing through.
#[derive(Clone, Debug)]
pub enum Twist {
    /// This status and body.
    Answer(u16, &'static str),
    /// What passes through has its last byte changed.
    Damage,
    /// Half of it comes, and nothing more.
    Stall,
    /// More bytes are announced than WhatsApp allows.
    TooLarge,
}

/// Which of the two requests of a fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Where does it lie?
    LookUp,
    /// Its bytes.
    Download,
}

#[derive(Default)]
struct State {
    twists: VecDeque<(Step, Twist)>,
    passed: Vec<Step>,
}

/// The open door. Closed when dropped.
pub struct GraphDoor {
    url: String,
    state: Arc<Mutex<State>>,
    serving: JoinHandle<()>,
}

impl GraphDoor {
    /// Opens one before the Graph at `graph_url`.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn before(graph_url: String) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(Mutex::new(State::default()));
        let (own_url, shared) = (url.clone(), Arc::clone(&state));
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (graph_url, own_url, state) = (graph_url.clone(), own_url.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    // An engine that hangs up is none of the door's business.
                    drop(serve(stream, &graph_url, &own_url, &state).await);
                });
            }
        });
        Ok(Self { url, state, serving })
    }

    /// The Graph behind the door.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The next such request meets this; called again, the one after it.
    pub fn twist(&self, step: Step, twist: Twist) {
        self.state().twists.push_back((step, twist));
    }

    /// Every request so far, in order.
    pub fn passed(&self) -> Vec<Step> {
        self.state().passed.clone()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for GraphDoor {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(mut stream: TcpStream, graph_url: &str, own_url: &str, state: &Mutex<State>) -> Result<()> {
    let head = read_head(&mut stream).await?;
    let path = head.split(' ').nth(1).context("no path")?;
    let step = if path.starts_with("/whatsapp_business/") {
        Some(Step::Download)
    } else if path.contains("?fields=") || path.contains("/message_templates") {
        // How the number is, and its templates: the engine asks for them whenever it likes.
        None
    } else {
        Some(Step::LookUp)
    };
    let twist = step.and_then(|step| {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.passed.push(step);
        let place = state.twists.iter().position(|(twisted, _)| *twisted == step);
        place
            .and_then(|place| state.twists.remove(place))
            .map(|(_, twist)| twist)
    });
    if let Some(Twist::Answer(status, body)) = &twist {
        return answer(&mut stream, *status, body.len() as u64, body.as_bytes()).await;
    }
    let mut request = reqwest::Client::new().get(format!("{graph_url}{path}"));
    for line in head.lines() {
        if let Some(token) = line
            .split_once(": ")
            .filter(|(name, _)| name.eq_ignore_ascii_case("authorization"))
        {
            request = request.header("Authorization", token.1);
        }
    }
    let passed = request.send().await?;
    let status = passed.status().as_u16();
    let mut bytes = passed.bytes().await?.to_vec();
    if step == Some(Step::LookUp) {
        bytes = String::from_utf8_lossy(&bytes).replace(graph_url, own_url).into_bytes();
    }
    let length = bytes.len() as u64;
    match twist {
        Some(Twist::Damage) => {
            if let Some(last) = bytes.last_mut() {
                *last ^= 1;
            }
            answer(&mut stream, status, length, &bytes).await
        }
        Some(Twist::Stall) => {
            bytes.truncate(bytes.len() / 2);
            answer(&mut stream, status, length, &bytes).await?;
            std::future::pending().await
        }
        Some(Twist::TooLarge) => answer(&mut stream, status, 1 << 40, &bytes).await,
        Some(Twist::Answer(..)) | None => answer(&mut stream, status, length, &bytes).await,
    }
}

async fn read_head(stream: &mut TcpStream) -> Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    Ok(String::from_utf8(head)?)
}

async fn answer(stream: &mut TcpStream, status: u16, length: u64, body: &[u8]) -> Result<()> {
    let head = format!("HTTP/1.1 {status} Twisted\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await?;
    stream.flush().await?;
    Ok(())
}
