//! `twinbox-server`: the engine for a team, without a window.

use anyhow::{Context, ensure};
use clap::Parser;
use std::time::Duration;
use tracing_subscriber::EnvFilter;
use twinbox_engine::Store;
use twinbox_server::{Arguments, Host, People, Settings};

#[derive(Parser)]
#[command(
    name = "twinbox-server",
    version,
    about = "The Twinbox engine for a team, without a window"
)]
struct CommandLine {
    #[command(flatten)]
    arguments: Arguments,
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(clap::Subcommand)]
enum Task {
    /// Read everything again that could not be read before, while no other Twinbox has the data folder open
    Reapply,
    /// Who may sign in beside the owner of the file api-token; a running server knows at once
    Person {
        #[command(subcommand)]
        task: PersonTask,
    },
}

#[derive(clap::Subcommand)]
enum PersonTask {
    /// Let somebody in, as an admin, and print the token they sign in with; it is not told again
    Add {
        /// What colleagues see on their messages
        name: String,
    },
    /// Shut somebody out, also where they are signed in
    Remove {
        /// As they were added
        name: String,
    },
    /// Take the passphrase of somebody away who forgot it, the owner's too, while no other Twinbox has the data folder open
    Unlock {
        /// As colleagues see it
        name: String,
    },
    /// Print the names, one a line
    List,
}

/// Why the owner of a team cannot stay nameless.
const NO_NAME: &str = "colleagues see the owner's name on messages: give it by --user or TWINBOX_USER";

/// How long work that blocks may take to end after everything else has.
const LONGEST_GOODBYE: Duration = Duration::from_secs(3);

fn main() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_env("TWINBOX_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let CommandLine { arguments, task } = CommandLine::parse();
    let settings = Settings::read(arguments, None, |name| std::env::var(name).ok())?;
    let runtime = tokio::runtime::Runtime::new()?;
    let done = runtime.block_on(run(settings, task));
    // A keychain may still be waiting for a person.
    runtime.shutdown_timeout(LONGEST_GOODBYE);
    done
}

async fn run(settings: Settings, task: Option<Task>) -> anyhow::Result<()> {
    match task {
        Some(Task::Reapply) => return reapply(&settings).await,
        Some(Task::Person { task }) => return person(&settings, task).await,
        None => {}
    }
    let is_alone = People::of(&settings.data_dir).names().unwrap_or_default().is_empty();
    ensure!(is_alone || settings.names_owner(), NO_NAME);
    let host = Host::start(settings).await?;
    stop_asked().await.context("cannot listen for the signal to stop")?;
    tracing::info!("stopping");
    host.stop().await?;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "what the command was asked for")]
async fn reapply(settings: &Settings) -> anyhow::Result<()> {
    let store = Store::open(&settings.data_dir)?;
    let (webhooks, parts) = twinbox_engine::reapply(&store).await?;
    println!("{webhooks} webhooks read again; {parts} parts are still not understood, and kept");
    Ok(())
}

#[expect(clippy::print_stdout, reason = "what the command was asked for")]
async fn person(settings: &Settings, task: PersonTask) -> anyhow::Result<()> {
    let people = People::of(&settings.data_dir);
    match task {
        PersonTask::Add { name } => {
            ensure!(settings.names_owner(), NO_NAME);
            println!("{}", people.add(&name, &settings.user)?);
        }
        PersonTask::Remove { name } => people.remove(&name)?,
        PersonTask::Unlock { name } => {
            let store = Store::open(&settings.data_dir)?;
            let passphrase = store.user_setting(name.clone()).await?.passphrase;
            ensure!(!passphrase.is_empty(), "nobody of this name has a passphrase");
            store.set_passphrase(name, String::new()).await?;
        }
        PersonTask::List => people.names()?.iter().for_each(|name| println!("{name}")),
    }
    Ok(())
}

/// Returns when the process is asked to stop.
async fn stop_asked() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
