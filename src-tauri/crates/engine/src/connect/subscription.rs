//! Having Meta send the webhooks of connected numbers here.

use super::signup::problem_of;
use crate::{
    Engine,
    requests::{Answer, internal},
};
use twinbox_domain::NumberId;
use twinbox_protocol::SignupProblem;

impl Engine {
    /// Has Meta send the webhooks of a number here. `None`: it does.
    pub(super) async fn subscribe(&self, number: &NumberId) -> Answer<Option<SignupProblem>> {
        let store = &self.inner.store;
        let connection = store.number_connection(number.clone()).await.map_err(internal)?;
        let Some((connection, line)) = connection.zip(self.inner.clients.of(number)) else {
            return Ok(Some(SignupProblem::AppRefused));
        };
        let app = self.app().await.map_err(internal)?;
        let address = app.webhook_address();
        let own = address.as_deref().zip(app.verify_token.as_ref());
        match line.graph.subscribe(&connection.waba, own).await {
            Ok(()) => {
                store.set_subscribed(number.clone()).await.map_err(internal)?;
                Ok(None)
            }
            Err(error) => {
                tracing::warn!(%number, %error, "number {number}: webhooks not subscribed");
                Ok(Some(problem_of(&error)))
            }
        }
    }
}
