//! The listener. Its own accept loop instead of axum's, because a request must be stamped before anything else looks
//! at it, and because a fault can close a connection without an answer.

use crate::{control, fault, fault::Fault, faults, media, meta::Meta, nodes, oauth, pages, staging};
use axum::{
    Router,
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt as _;
use hyper::{
    Request,
    body::Incoming,
    server::conn::http1,
    service::{Service as _, service_fn},
};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use std::{fmt, future, ops::RangeInclusive, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    time,
};

/// When the head of a request arrived, in microseconds since the start. Every request carries one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival(pub u64);

/// Put on an answer that must never be sent: the connection ends instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HangUp {
    /// It is closed.
    Close,
    /// It is reset.
    Reset,
}

/// Why a connection ends after a [`HangUp`].
#[derive(Debug)]
struct HungUp(HangUp);

impl fmt::Display for HungUp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a fault ended the connection")
    }
}

impl std::error::Error for HungUp {}

/// Accepts connections until `meta` is cancelled. Open ones are dropped then.
pub(crate) async fn serve(listener: TcpListener, meta: Arc<Meta>) {
    let router = Router::new()
        .merge(control::routes())
        .merge(pages::routes())
        .merge(staging::routes())
        .merge(faults::routes())
        .merge(oauth::routes())
        .merge(media::routes())
        .merge(nodes::routes())
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
    let service = service_fn(|request| Box::pin(answer(request, router.clone(), Arc::clone(&meta))));
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // Not awaited itself, because the stream is wanted back.
    let served = future::poll_fn(|context| connection.poll_without_shutdown(context));
    if let Some(Err(error)) = meta.cancel.run_until_cancelled(served).await {
        tracing::debug!("a connection ended early: {error}");
        if is_reset(&error) {
            let stream = connection.into_parts().io.into_inner();
            // With nothing to linger for, closing resets (RFC 9293, "abort").
            let _ = stream.set_zero_linger();
        }
    }
}

fn is_reset(error: &hyper::Error) -> bool {
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<HungUp>());
    cause.is_some_and(|HungUp(how)| *how == HangUp::Reset)
}

async fn answer(mut request: Request<Incoming>, router: Router, meta: Arc<Meta>) -> Result<Response, HungUp> {
    if request.uri().path().starts_with("/_sim/") {
        return Ok(routed(request, router).await);
    }
    let met = meta.meets(request.method(), request.uri().path());
    travel(&meta, &meta.config.latency.there, met.there).await;
    request.extensions_mut().insert(Arrival(meta.now_micros()));
    if met.fault.as_ref().is_some_and(Fault::comes_first) {
        // An answer to half a request closes the connection, and may be lost with it.
        while let Some(Ok(_)) = request.body_mut().frame().await {}
    }
    let response = fault::answered(met.fault.as_ref(), &meta, routed(request, router)).await;
    if let Some(how) = response.extensions().get::<HangUp>() {
        return Err(HungUp(*how));
    }
    travel(&meta, &meta.config.latency.back, met.back).await;
    Ok(response)
}

async fn routed(request: Request<Incoming>, router: Router) -> Response {
    match TowerToHyperService::new(router).call(request).await {
        Ok(response) => response.into_response(),
        Err(impossible) => match impossible {},
    }
}

/// Waits for something within `latency`, and for `more`.
async fn travel(meta: &Meta, latency: &RangeInclusive<Duration>, more: Duration) {
    let micros = |duration: &Duration| u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
    let shortest = micros(latency.start());
    let longest = micros(latency.end()).max(shortest);
    if longest > 0 || !more.is_zero() {
        let usual = meta.streams.latency.draw().u64(shortest..=longest);
        time::sleep(Duration::from_micros(usual) + more).await;
    }
}
