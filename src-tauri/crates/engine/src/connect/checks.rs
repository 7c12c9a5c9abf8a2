//! Trying the settings out, with a plain answer for each.

use super::settings::{App, random};
use crate::{
    Engine,
    requests::{Answer, internal},
};
use std::time::Duration;
use twinbox_protocol::{Check, CheckOutcome};
use twinbox_whatsapp::{AppClient, CallError, IngressAnswer, Secret, try_challenge, try_delivery};

/// Nobody waits longer for a try.
const PATIENCE: Duration = Duration::from_secs(10);

impl Engine {
    pub(crate) async fn test_meta_app(&self) -> Answer<Vec<Check>> {
        let app = self.app().await.map_err(internal)?;
        let mut checks = vec![known_to_meta(&app).await];
        checks.push(if app.config_id.is_empty() {
            fail(
                "Login configuration",
                "Enter the id of the Login for Business configuration. It is in the Meta app under Facebook Login for \
                 Business, Configurations.",
            )
        } else {
            check(
                CheckOutcome::CannotKnow,
                "Login configuration",
                "Only Meta's page can tell whether it is right. It has to be made for WhatsApp Embedded Signup.",
            )
        });
        checks.push(self.test_public_address(&app).await?);
        Ok(checks)
    }

    /// Whether Meta sends webhooks there, which it is asked to once more.
    async fn test_public_address(&self, app: &App) -> Answer<Check> {
        const TITLE: &str = "Public address";
        self.subscribe_the_rest(true).await?;
        Ok(if !self.unsubscribed().await?.is_empty() {
            fail(
                TITLE,
                "Meta does not send the webhooks of every connected number here yet. Twinbox tries again by itself.",
            )
        } else if app.public_url.is_empty() {
            check(
                CheckOutcome::Warning,
                TITLE,
                "Without one, Meta sends webhooks only to the address that is set in the Meta app.",
            )
        } else {
            check(
                CheckOutcome::Pass,
                TITLE,
                "Numbers that are connected here have their webhooks sent to it.",
            )
        })
    }

    pub(crate) async fn test_webhooks(&self) -> Answer<Vec<Check>> {
        let app = self.app().await.map_err(internal)?;
        let Some(address) = app.webhook_address() else {
            return Ok(vec![check(
                CheckOutcome::CannotKnow,
                "Webhooks",
                "Whether they arrive cannot be tried without a public address.",
            )]);
        };
        let challenge = match &app.verify_token {
            None => fail(
                "Verification",
                "Save the settings first: they come with a verify token.",
            ),
            Some(token) => {
                let challenge = random()?;
                let tried = try_challenge(&address, token, challenge.expose(), PATIENCE).await;
                answered("Verification", "The address answers Meta's question.", tried)
            }
        };
        let delivery = match &app.app_secret {
            None => fail(
                "Signed delivery",
                "Enter the app secret first: deliveries are signed with it.",
            ),
            Some(secret) => delivered(&address, secret).await,
        };
        let mut checks = vec![challenge, delivery];
        let told = self.app_subscription().await;
        if told.is_some_and(|told| app.is_elsewhere(&told.callback_url)) {
            checks.push(check(
                CheckOutcome::Warning,
                "Account and templates",
                "Meta sends what it tells of accounts and templates to another address. Enter the callback URL from here in \
                 the Meta app under WhatsApp, Configuration.",
            ));
        }
        Ok(checks)
    }
}

async fn delivered(address: &str, secret: &Secret) -> Check {
    let tried = try_delivery(address, secret, PATIENCE).await;
    answered(
        "Signed delivery",
        "A signed webhook went out to the address and came back in.",
        tried,
    )
}

async fn known_to_meta(app: &App) -> Check {
    const TITLE: &str = "App id and secret";
    let Some(settings) = app.settings() else {
        return fail(TITLE, "Enter both. They are in the Meta app under App settings, Basic.");
    };
    let client = match AppClient::new(settings) {
        Ok(client) => client,
        Err(error) => return fail(TITLE, &format!("They cannot be tried: {error}.")),
    };
    match client.check().await {
        Ok(()) => check(CheckOutcome::Pass, TITLE, "Meta knows the app by this secret."),
        Err(CallError::Refused(refusal)) if refusal.code == 101 => fail(TITLE, "Meta knows no app with this id."),
        Err(CallError::Refused(refusal)) => fail(
            TITLE,
            &format!("Meta does not take this secret for this app (code {}).", refusal.code),
        ),
        Err(CallError::Unreachable(_) | CallError::NoAnswer(_)) => fail(
            TITLE,
            "Meta cannot be reached. Look whether this computer is online and try again.",
        ),
        Err(CallError::Unreadable { http }) => fail(
            TITLE,
            &format!("Something between here and Meta answered instead of it (HTTP status {http})."),
        ),
    }
}

fn answered(title: &str, pass: &str, tried: Result<IngressAnswer, CallError>) -> Check {
    match tried {
        Ok(IngressAnswer::Right) => check(CheckOutcome::Pass, title, pass),
        Ok(IngressAnswer::Other { http }) => fail(
            title,
            &format!(
                "Something answered, but not this Twinbox (HTTP status {http}). Look where the tunnel or proxy leads to."
            ),
        ),
        Err(CallError::Unreachable(_)) => {
            fail(title, "Nothing answers at the address. Is the tunnel or proxy running?")
        }
        Err(CallError::NoAnswer(_)) => fail(title, "The address takes too long to answer."),
        Err(CallError::Unreadable { .. } | CallError::Refused(_)) => {
            fail(title, "Something answered, but not this Twinbox.")
        }
    }
}

fn check(outcome: CheckOutcome, title: &str, sentence: &str) -> Check {
    Check {
        title: title.to_owned(),
        outcome,
        sentence: sentence.to_owned(),
    }
}

fn fail(title: &str, sentence: &str) -> Check {
    check(CheckOutcome::Fail, title, sentence)
}
