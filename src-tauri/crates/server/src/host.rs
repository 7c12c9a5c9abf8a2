//! Starting and stopping everything in the right order.

use crate::{
    Settings,
    door::Door,
    people::People,
    router::{self, App},
    serving::{self, LONGEST_HEAD},
};
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, task::JoinHandle};
use twinbox_engine::{Engine, StartError, Store, StoreError};

/// How long open connections may take to end once the engine has stopped.
const LONGEST_GOODBYE: Duration = Duration::from_secs(3);

/// How often it is looked up who may sign in.
const LOOK_AT_PEOPLE_EVERY: Duration = Duration::from_secs(5);

/// A running engine that listens.
pub struct Host {
    engine: Engine,
    address: SocketAddr,
    serving: JoinHandle<()>,
    team: JoinHandle<()>,
}

/// The host could not start.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The API token cannot be read or made.
    #[error("the file api-token in the data folder cannot be used")]
    ApiToken(#[source] io::Error),
    /// The owner would be taken for somebody who signs in with a token of their own.
    #[error("somebody with a token of their own is called {name} already; give the owner another name, or remove them")]
    OwnersName {
        /// What the owner is to be called.
        name: String,
    },
    /// The engine cannot start.
    #[error(transparent)]
    Engine(#[from] StartError),
    /// Serving ended with an error.
    #[error("the listener failed")]
    Serve(#[source] io::Error),
}

impl HostError {
    /// Whether another process has the data open; it may be about to end.
    pub const fn is_in_use(&self) -> bool {
        matches!(self, Self::Store(StoreError::InUse(_)))
    }
}

impl Host {
    /// Opens the store and starts on it.
    ///
    /// # Errors
    /// [`HostError`] says what is in the way; nothing is left running then.
    pub async fn start(settings: Settings) -> Result<Self, HostError> {
        let folder = settings.data_dir.clone();
        let opened = tokio::task::spawn_blocking(move || Store::open(&folder)).await;
        Self::start_on(opened.unwrap_or(Err(StoreError::Stopped))?, settings).await
    }

    /// Listens and starts the engine on a store that is open already.
    ///
    /// # Errors
    /// [`HostError`] says what is in the way; nothing is left running then.
    pub async fn start_on(store: Store, settings: Settings) -> Result<Self, HostError> {
        let Settings {
            data_dir,
            listen,
            ui_dir,
            user,
            returns_to_app,
            mut engine,
        } = settings;
        let unable = |source| HostError::Listen {
            address: listen,
            source,
        };
        let listener = TcpListener::bind(listen).await.map_err(unable)?;
        let address = listener.local_addr().map_err(unable)?;
        // A file that cannot be read lets nobody in.
        if People::of(&data_dir).has(&user).unwrap_or_default() {
            return Err(HostError::OwnersName { name: user });
        }
        let door = Door::of(&data_dir, user.clone()).map_err(HostError::ApiToken)?;
        engine
            .webhook_url
            .get_or_insert_with(|| format!("http://{address}/webhooks/meta"));
        let engine = Engine::start(store, engine).await?;
        let team = Team {
            people: People::of(&data_dir),
            owner: user,
        };
        let known = team.told(&engine, Vec::new()).await;
        let team = tokio::spawn(team.keep(engine.clone(), known));
        let app = App {
            engine: engine.clone(),
            door,
            returns_to_app,
            large_webhooks: Arc::default(),
        };
        let routes = router::router(app, ui_dir.as_deref());
        let serving = tokio::spawn(serving::serve(listener, routes, LONGEST_HEAD, engine.stopped()));
        tracing::info!(%address, "listening on {address}");
        Ok(Self {
            engine,
            address,
            serving,
            team,
        })
    }

    /// The engine, to talk to it without HTTP.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops the engine and the listener. What is under way has a few seconds each. The store is closed with the last
    /// clone of the engine.
    ///
    /// # Errors
    /// When serving had failed before.
    pub async fn stop(mut self) -> Result<(), HostError> {
        self.engine.stop().await;
        drop(tokio::time::timeout(LONGEST_GOODBYE, self.team).await);
        match tokio::time::timeout(LONGEST_GOODBYE, &mut self.serving).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(panicked)) => Err(HostError::Serve(io::Error::other(panicked))),
            // A client that neither speaks nor hangs up must not keep the process alive.
            Err(_) => {
                self.serving.abort();
                Ok(())
            }
        }
    }
}

/// Who works here: the owner, and whoever may sign in.
struct Team {
    people: People,
    owner: String,
}

impl Team {
    /// Tells the engine when it is somebody else than `known`. Returns whom it knows of then.
    async fn told(&self, engine: &Engine, known: Vec<String>) -> Vec<String> {
        // Nobody has left when that cannot be read.
        let Ok(mut names) = self.people.names() else {
            return known;
        };
        names.push(self.owner.clone());
        if names == known {
            return known;
        }
        match engine.set_teammates(names.clone()).await {
            Ok(()) => names,
            Err(error) => {
                tracing::error!(%error, "who works here is not written down");
                known
            }
        }
    }

    async fn keep(self, engine: Engine, mut known: Vec<String>) {
        while !engine.stopped().is_cancelled() {
            known = self.told(&engine, known).await;
            let stopped = engine.stopped();
            drop(tokio::time::timeout(LOOK_AT_PEOPLE_EVERY, stopped.cancelled()).await);
        }
    }
}
