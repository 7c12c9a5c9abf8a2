//! A receiver of webhooks and a client of Graph.

use crate::{Customer, Simulator};
use axum::{
    Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    routing::get,
};
use http_body_util::{BodyExt as _, Full};
use hyper::Request;
use hyper_util::{
    client::legacy::{self, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{net::TcpListener, sync::mpsc, time::timeout};

/// Longer than anything here takes.
pub const PATIENCE: Duration = Duration::from_secs(10);

pub fn customer() -> Customer {
    Customer {
        username: Some("alice.oak".to_owned()),
        ..Customer::new("+16505551234", "Alice")
    }
}

pub fn text_to(to: &str, text: &str) -> Value {
    json!({"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": text}})
}

pub fn template_to(to: &str) -> Value {
    let template = json!({"name": "pickup", "language": {"code": "en"}});
    json!({"messaging_product": "whatsapp", "to": to, "type": "template", "template": template})
}

/// A webhook as it arrived.
pub struct Delivery {
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Delivery {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Where webhooks go; answers 200 unless told otherwise.
pub struct Receiver {
    url: String,
    deliveries: mpsc::UnboundedReceiver<Delivery>,
    answers: Answers,
}

type Answers = Arc<Mutex<VecDeque<StatusCode>>>;
type ReceiverState = (mpsc::UnboundedSender<Delivery>, Answers);

impl Receiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhook", listener.local_addr().unwrap());
        let (sender, deliveries) = mpsc::unbounded_channel();
        let answers = Answers::default();
        let router = Router::new()
            .route("/webhook", get(challenge).post(take))
            .with_state((sender, Arc::clone(&answers)));
        tokio::spawn(async { axum::serve(listener, router).await });
        Self {
            url,
            deliveries,
            answers,
        }
    }

    pub fn url(&self) -> String {
        self.url.clone()
    }

    pub fn answers_next(&self, status: StatusCode) {
        self.answers.lock().unwrap().push_back(status);
    }

    pub async fn next(&mut self) -> Delivery {
        timeout(PATIENCE, self.deliveries.recv())
            .await
            .expect("a webhook")
            .unwrap()
    }

    /// The next status webhook's status object and contacts.
    pub async fn next_status(&mut self) -> (Value, Value) {
        loop {
            let value = self.next().await.json()["entry"][0]["changes"][0]["value"].clone();
            if value["statuses"].is_array() {
                return (value["statuses"][0].clone(), value["contacts"].clone());
            }
        }
    }
}

async fn take(State((sender, answers)): State<ReceiverState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    sender.send(Delivery { headers, body }).unwrap();
    answers.lock().unwrap().pop_front().unwrap_or(StatusCode::OK)
}

async fn challenge(Query(query): Query<HashMap<String, String>>) -> Result<String, StatusCode> {
    if query["hub.mode"] == "subscribe" && query["hub.verify_token"] == "verify-token" {
        return Ok(query["hub.challenge"].clone());
    }
    Err(StatusCode::FORBIDDEN)
}

/// What Graph answered.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Bytes,
    pub text: String,
    /// Null if it is none.
    pub json: Value,
}

#[derive(Clone)]
pub struct Client {
    base: String,
    http: legacy::Client<HttpConnector, Full<Bytes>>,
    token: String,
}

impl Client {
    pub fn of(simulator: &Simulator) -> Self {
        let http = legacy::Client::builder(TokioExecutor::new()).build_http();
        Self {
            base: simulator.graph_url(),
            http,
            token: "access-token".to_owned(),
        }
    }

    pub fn with_token(self, token: &str) -> Self {
        Self {
            token: token.to_owned(),
            ..self
        }
    }

    pub async fn send(&self, body: &Value) -> Answer {
        self.post_json("/v25.0/106540352242922/messages", body).await
    }

    pub async fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.try_call("POST", path, body.to_string()).await.expect("an answer")
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.try_call("GET", path, String::new()).await.expect("an answer")
    }

    /// `None` if the connection ended without an answer.
    pub async fn try_call(&self, method: &str, path: &str, body: String) -> Option<Answer> {
        self.try_raw(method, path, &[("content-type", "application/json")], body.into())
            .await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.try_call("DELETE", path, String::new()).await.expect("an answer")
    }

    /// Any call; `path` may be a whole address.
    pub async fn try_raw(&self, method: &str, path: &str, head: &[(&str, &str)], body: Bytes) -> Option<Answer> {
        let uri = if path.starts_with('/') {
            format!("{}{path}", self.base)
        } else {
            path.to_owned()
        };
        let mut request = Request::builder()
            .method(method)
            .uri(uri)
            .header("authorization", format!("Bearer {}", self.token));
        for (name, value) in head {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::from(body)).unwrap();
        let response = timeout(PATIENCE, self.http.request(request))
            .await
            .expect("an end")
            .ok()?;
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Some(Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            bytes,
            text,
            json,
        })
    }
}
