//! Secrets lie neither in files in the open nor in the processes that show the UI.

use anyhow::{Context, Result, ensure};
use twinbox_simulator::{Customer, CustomerMessage};

use super::searched::{Wanted, in_files, in_pages};
use super::signup::{APP_SECRET, Owner};
use super::{LOG, app, open_conversation};

/// Shown by the window, so it has to be found there.
const SHOWN: &str = "The greenhouse key hangs behind the blue door";

/// The app is started again after the signup: what somebody types into a page is in that page for a while, whatever
/// anyone does, and so is the code that Meta's page brings back. In use, none of it has any business there.
#[tokio::test]
async fn no_secret_is_in_a_file_in_the_open_or_in_the_process_that_shows_the_ui() -> Result<()> {
    let Some(app) = app() else { return Ok(()) };
    let owner = Owner::start(&app).await?;
    owner.connects(false).await?;
    let owner = owner.starts_again(&app).await?;
    let window = &owner.window;
    let ana = Customer::new("351912345678", "Ana Duarte");
    owner
        .simulator
        .customer_writes(ana, CustomerMessage::Text(SHOWN.to_owned()));
    open_conversation(window, "Ana Duarte").await?;
    window.wait_for_text(LOG, SHOWN).await?;
    for place in ["Numbers", "Inbox"] {
        window.click_on(&format!("a[title^=\"{place}\"]"), "").await?;
    }
    window.wait_for_text(LOG, SHOWN).await?;

    let secrets = secrets(&owner)?;
    ensure!(secrets.len() >= 6, "only {} secrets are known", secrets.len());
    let is_found = |found: &[(String, String)], name: &str| found.iter().any(|(what, _)| what == name);
    let shown = [Wanted::new("what is shown", SHOWN)];
    ensure!(
        is_found(&in_pages(window.driver_id(), &shown)?, "what is shown"),
        "the search of memory does not find what the window shows"
    );
    let in_ui = in_pages(window.driver_id(), &secrets)?;
    ensure!(in_ui.is_empty(), "secrets in a process of the UI: {in_ui:?}");

    // The key of the vault lies in its own file here, which the owner allowed.
    let home = owner.home.path();
    ensure!(
        is_found(&in_files(home, &shown)?, "what is shown"),
        "the search of files does not find a message of the store"
    );
    let mut in_files = in_files(home, &secrets)?;
    in_files.retain(|(what, place)| !(what == "key of the vault" && place.ends_with("data/master-key")));
    ensure!(in_files.is_empty(), "secrets in files: {in_files:?}");
    owner.window.close().await
}

/// Everything that Meta made or was given, the app secret, and the key they are sealed under.
fn secrets(owner: &Owner) -> Result<Vec<Wanted>> {
    let mut secrets = vec![Wanted::new("app secret", APP_SECRET)];
    let made = owner.simulator.secrets();
    secrets.extend(made.iter().map(|(name, secret)| Wanted::new(name, secret)));
    let key = std::fs::read_to_string(owner.home.path().join("data/master-key")).context("the key")?;
    secrets.push(Wanted::new("key of the vault", key.trim()));
    secrets.push(Wanted::bytes("key of the vault", &hex::decode(key.trim())?));
    Ok(secrets)
}
