//! The listener. Its own accept loop instead of axum's, because a request must be stamped before anything else looks
//! at it, and because a fault can close a connection without an answer.

use crate::{control, graph, media, meta::Meta, nodes, oauth, pages, staging};
use axum::{
    Router,
    response::{IntoResponse, Response},
};
use hyper::{
    Request,
    body::Incoming,
    server::conn::http1,
    service::{Service as _, service_fn},
};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use std::{fmt, ops::RangeInclusive, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    time,
};

/// When the head of a request arrived, in microseconds since the start. Every request carries one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival(pub u64);

/// Put on an answer that must never be sent: the connection closes instead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HangUp;

/// Why a connection ends after a [`HangUp`].
#[derive(Debug)]
struct HungUp;

impl fmt::Display for HungUp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a fault closed the connection")
    }
}

impl std::error::Error for HungUp {}

/// Accepts connections until `meta` is cancelled. Open ones are dropped then.
pub(crate) async fn serve(listener: TcpListener, meta: Arc<Meta>) {
    let router = Router::new()
        .merge(control::routes())
        .merge(pages::routes())
        .merge(staging::routes())
        .merge(oauth::routes())
        .merge(media::routes())
        .merge(nodes::routes())
        .merge(graph::routes())
        .with_state(Arc::clone(&meta));
    while let Some(accepted) = meta.cancel.run_until_cancelled(listener.accept()).await {
        match accepted {
            Ok((stream, _)) => {
                meta.tracker
                    .spawn(serve_connection(stream, router.clone(), Arc::clone(&meta)));
            }
            Err(error) => {
                tracing::warn!("a connection could not be accepted: {error}");
                time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn serve_connection(stream: TcpStream, router: Router, meta: Arc<Meta>) {
    // Only costs speed when it fails.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| answer(request, router.clone(), Arc::clone(&meta)));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    if let Some(Err(error)) = meta.cancel.run_until_cancelled(connection).await {
        tracing::debug!("a connection ended early: {error}");
    }
}

async fn answer(mut request: Request<Incoming>, router: Router, meta: Arc<Meta>) -> Result<Response, HungUp> {
    let is_graph = !request.uri().path().starts_with("/_sim/");
    if is_graph {
        travel(&meta, &meta.config.latency.there).await;
    }
    request.extensions_mut().insert(Arrival(meta.now_micros()));
    let response = match TowerToHyperService::new(router).call(request).await {
        Ok(response) => response.into_response(),
        Err(impossible) => match impossible {},
    };
    if response.extensions().get::<HangUp>().is_some() {
        return Err(HungUp);
    }
    if is_graph {
        travel(&meta, &meta.config.latency.back).await;
    }
    Ok(response)
}

async fn travel(meta: &Meta, latency: &RangeInclusive<Duration>) {
    let micros = |duration: &Duration| u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
    let shortest = micros(latency.start());
    let longest = micros(latency.end()).max(shortest);
    if longest > 0 {
        time::sleep(Duration::from_micros(
            meta.streams.latency.draw().u64(shortest..=longest),
        ))
        .await;
    }
}
