//! The settings of the Meta app as they are typed.

use crate::session::Session;
use crate::state::Part;
use leptos::prelude::*;
use twinbox_protocol::{MetaAppView, SaveMetaApp};

/// What is typed. The secret is never told, so its field begins empty.
#[derive(Clone, Copy)]
pub struct Form {
    /// Digits.
    pub app_id: RwSignal<String>,
    /// Digits.
    pub config_id: RwSignal<String>,
    /// Empty keeps the one there is.
    pub app_secret: RwSignal<String>,
    /// Without a path.
    pub public_url: RwSignal<String>,
    /// For example `v25.0`.
    pub graph_version: RwSignal<String>,
    /// Where the Graph is.
    pub graph_url: RwSignal<String>,
    /// Where the login page is.
    pub dialog_url: RwSignal<String>,
}

impl Form {
    /// What is kept.
    pub fn of(app: Option<&MetaAppView>) -> Self {
        let app = app.cloned().unwrap_or_default();
        Self {
            app_id: RwSignal::new(app.app_id),
            config_id: RwSignal::new(app.config_id),
            app_secret: RwSignal::new(String::new()),
            public_url: RwSignal::new(app.public_url),
            graph_version: RwSignal::new(app.graph_version),
            graph_url: RwSignal::new(app.graph_url),
            dialog_url: RwSignal::new(app.dialog_url),
        }
    }

    /// Whether it is different from what is kept.
    pub fn is_changed(self, session: Session) -> Memo<bool> {
        let kept = session.memo(Part::Connecting, |state| {
            state.connecting.view.as_ref().map(|view| view.app.clone())
        });
        Memo::new(move |_| {
            let typed = self.call();
            kept.with(|kept| {
                kept.as_ref().is_none_or(|kept| {
                    typed.app_secret.is_some()
                        || typed.app_id != kept.app_id
                        || typed.config_id != kept.config_id
                        || typed.public_url != kept.public_url
                        || typed.graph_version != kept.graph_version
                        || typed.graph_url != kept.graph_url
                        || typed.dialog_url != kept.dialog_url
                })
            })
        })
    }

    /// What is sent to be kept.
    pub fn call(self) -> SaveMetaApp {
        let typed = |field: RwSignal<String>| field.with(|text| text.trim().to_owned());
        SaveMetaApp {
            app_id: typed(self.app_id),
            config_id: typed(self.config_id),
            app_secret: Some(typed(self.app_secret)).filter(|secret| !secret.is_empty()),
            graph_version: typed(self.graph_version),
            graph_url: typed(self.graph_url).trim_end_matches('/').to_owned(),
            dialog_url: typed(self.dialog_url).trim_end_matches('/').to_owned(),
            public_url: typed(self.public_url).trim_end_matches('/').to_owned(),
        }
    }
}
