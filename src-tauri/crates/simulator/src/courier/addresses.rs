//! Who gets webhooks, and where (Meta, "Webhook overrides", Nov 2025).

use crate::{parcels::Audience, wire};
use serde::{Deserialize, Serialize};

/// Another app that is subscribed to the same account. Also the body of `POST /_sim/apps`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherApp {
    /// Its id.
    pub id: String,
    /// Its name, as `subscribed_apps` lists it.
    #[serde(default)]
    pub name: String,
    /// Where its webhooks go.
    pub url: String,
    /// Signs them.
    pub secret: String,
}

/// An address of the app: what is told of a number goes to the first of number, account and app that is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The app's own; everything else goes there.
    App,
    /// Of the account.
    Account,
    /// Of the number.
    Number,
}

/// Every address there is; empty: not set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Addresses {
    app: String,
    account: String,
    number: String,
    /// The fields the app is told of; `None`: all.
    pub fields: Option<Vec<String>>,
    /// Other apps have no overrides here.
    pub others: Vec<OtherApp>,
}

impl Addresses {
    /// The app's only.
    pub fn of_app(address: &str) -> Self {
        Self {
            app: address.to_owned(),
            ..Self::default()
        }
    }

    /// Whether the app is told of that field.
    pub fn takes(&self, field: &str) -> bool {
        let fields = self.fields.as_ref();
        fields.is_none_or(|fields| fields.iter().any(|wanted| wanted == field))
    }

    /// The address in that slot.
    pub fn slot(&self, slot: Slot) -> &str {
        match slot {
            Slot::App => &self.app,
            Slot::Account => &self.account,
            Slot::Number => &self.number,
        }
    }

    /// The address in that slot, to be changed.
    pub fn slot_mut(&mut self, slot: Slot) -> &mut String {
        match slot {
            Slot::App => &mut self.app,
            Slot::Account => &mut self.account,
            Slot::Number => &mut self.number,
        }
    }

    /// Address and signature for everyone who gets `body`. `signature` is the app's.
    pub fn recipients(&self, audience: Audience, signature: &str, body: &[u8]) -> Vec<(String, String)> {
        let mut recipients = Vec::with_capacity(1);
        if audience.app {
            let override_of_number = [&self.number, &self.account]
                .into_iter()
                .find(|address| audience.of_number && !address.is_empty());
            let url = override_of_number.unwrap_or(&self.app);
            recipients.push((url.clone(), signature.to_owned()));
        }
        if audience.others {
            let others = self.others.iter();
            recipients.extend(others.map(|app| (app.url.clone(), wire::signature(&app.secret, body))));
        }
        recipients
    }
}
