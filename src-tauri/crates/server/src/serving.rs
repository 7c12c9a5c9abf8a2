//! Accepting connections. A loop of its own instead of axum's, which waits for the head of a request for ever: whoever opens
//! connections and says nothing would have all that the system gives.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{io, time::Duration};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How long the head of a request may take to come. Time without a request counts, so it is longer than a proxy usually keeps
/// a connection to use it again: Caddy does for two minutes.
pub(crate) const LONGEST_HEAD: Duration = Duration::from_secs(130);

/// How long nothing is accepted after the system had no connection to give.
const PAUSE: Duration = Duration::from_secs(1);

/// Answers requests until `stopped`, and those that are under way then.
pub(crate) async fn serve(listener: TcpListener, routes: Router, longest_head: Duration, stopped: CancellationToken) {
    let connections = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(longest_head);
    while let Some(accepted) = stopped.run_until_cancelled(listener.accept()).await {
        match accepted {
            Ok((stream, _)) => {
                let service = TowerToHyperService::new(routes.clone());
                let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
                tokio::spawn(async move {
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a connection ended early");
                    }
                });
            }
            // Whoever called has gone.
            Err(error) if is_of_caller(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                stopped.run_until_cancelled(tokio::time::sleep(PAUSE)).await;
            }
        }
    }
    drop(listener);
    connections.shutdown().await;
}

fn is_of_caller(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use axum::{extract::State, routing::get};
    use std::sync::Arc;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
        sync::Notify,
        time::timeout,
    };

    const PATIENCE: Duration = Duration::from_secs(20);

    /// A connection to a server with these routes that has said this much, and what stops the server.
    async fn says(head: &str, routes: Router, longest_head: Duration) -> (TcpStream, CancellationToken) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let stopped = CancellationToken::new();
        tokio::spawn(serve(listener, routes, longest_head, stopped.clone()));
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        (stream, stopped)
    }

    #[tokio::test]
    async fn whoever_does_not_finish_the_head_of_a_request_is_hung_up_on() {
        for head in ["", "GET / HTTP/1.1\r\nHost: a\r\n"] {
            let (mut stream, _stopped) = says(head, Router::new(), Duration::from_millis(50)).await;
            let mut answer = Vec::new();
            let ended = timeout(PATIENCE, stream.read_to_end(&mut answer)).await;
            assert!(ended.is_ok(), "after {head:?} it is still open");
        }
    }

    #[tokio::test]
    async fn what_is_under_way_when_it_stops_is_answered() {
        let (asked, goes_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let waits = (Arc::clone(&asked), Arc::clone(&goes_on));
        let answer = async |State((asked, goes_on)): State<(Arc<Notify>, Arc<Notify>)>| {
            asked.notify_one();
            goes_on.notified().await;
            "here it is"
        };
        let routes = Router::new().route("/", get(answer)).with_state(waits);
        let (mut stream, stopped) = says("GET / HTTP/1.1\r\nHost: a\r\n\r\n", routes, LONGEST_HEAD).await;
        asked.notified().await;
        stopped.cancel();
        goes_on.notify_one();
        let mut answer = String::new();
        let ended = timeout(PATIENCE, stream.read_to_string(&mut answer)).await;
        assert!(ended.is_ok() && answer.ends_with("here it is"), "{answer}");
    }
}
