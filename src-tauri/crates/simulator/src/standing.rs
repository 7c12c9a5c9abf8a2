//! How Meta thinks of the number and its account: quality, restrictions, locks. Follows what is told in webhooks, so
//! that what a test or a person has told (`/_sim/event`, `/_sim/webhook_event`) is also what the nodes answer and what
//! becomes of sends (Meta, "account_update" and "phone_number_quality_update" webhook references, Apr 2026, and "Health
//! status", 2026). Pure; time is an argument, in Unix seconds.

use crate::{graph_error::GraphError, send::text_at};
use serde_json::Value;

/// One thing the account may not do for a while.
#[derive(Debug)]
struct Restriction {
    /// As Meta names it, `RESTRICTED_…`.
    kind: String,
    /// `None`: until further notice.
    ends_at: Option<u64>,
}

/// What is held against the number or its account.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    is_flagged: bool,
    is_locked: bool,
    restrictions: Vec<Restriction>,
}

impl Standing {
    /// Takes in what a webhook tells.
    pub fn notice(&mut self, field: &str, value: &Value) {
        let event = text_at(value, "/event").unwrap_or_default();
        match (field, event) {
            ("phone_number_quality_update", "FLAGGED") => self.is_flagged = true,
            ("phone_number_quality_update", "UNFLAGGED") => self.is_flagged = false,
            ("account_update", "ACCOUNT_DELETED") => self.is_locked = true,
            ("account_update", "DISABLED_UPDATE") => match text_at(value, "/ban_info/waba_ban_state") {
                Some("DISABLE") => self.is_locked = true,
                Some("REINSTATE") => *self = Self::default(),
                _ => {}
            },
            ("account_update", "ACCOUNT_RESTRICTION") => {
                let told = value.get("restriction_info").and_then(Value::as_array);
                self.restrictions = told.into_iter().flatten().map(restriction).collect();
            }
            _ => {}
        }
    }

    /// `GREEN` or `RED`.
    pub fn quality(&self) -> &'static str {
        if self.is_flagged { "RED" } else { "GREEN" }
    }

    /// Whether the account was disabled or deleted.
    pub fn is_locked(&self) -> bool {
        self.is_locked
    }

    /// Whether anything is restricted at `now`.
    pub fn is_restricted(&self, now: u64) -> bool {
        self.restrictions.iter().any(|restriction| restriction.holds(now))
    }

    /// Whether the account may send at `now`, within the window or outside of it.
    pub fn check(&self, window_is_open: bool, now: u64) -> Result<(), GraphError> {
        if self.is_locked {
            return Err(GraphError::known(
                131_031,
                "Message failed to send because the WhatsApp Business Account has been disabled.",
            ));
        }
        let kind = if window_is_open {
            "RESTRICTED_CUSTOMER_INITIATED_MESSAGING"
        } else {
            "RESTRICTED_BIZ_INITIATED_MESSAGING"
        };
        let applies = |restriction: &Restriction| restriction.kind == kind && restriction.holds(now);
        if self.restrictions.iter().any(applies) {
            return Err(GraphError::known(
                368,
                "The WhatsApp Business Account has been restricted for violating a platform policy.",
            ));
        }
        Ok(())
    }
}

impl Restriction {
    fn holds(&self, now: u64) -> bool {
        self.ends_at.is_none_or(|ends_at| now < ends_at)
    }
}

fn restriction(told: &Value) -> Restriction {
    Restriction {
        kind: text_at(told, "/restriction_type").unwrap_or_default().to_owned(),
        ends_at: told.get("expiration").and_then(Value::as_u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn code(standing: &Standing, window_is_open: bool, now: u64) -> i64 {
        standing
            .check(window_is_open, now)
            .map_or_else(|refusal| refusal.code(), |()| 0)
    }

    #[test]
    fn a_restriction_ends_by_itself_and_a_lock_when_it_is_lifted() {
        let mut standing = Standing::default();
        let info = json!([{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 100}]);
        let restricted = json!({"event": "ACCOUNT_RESTRICTION", "restriction_info": info});
        standing.notice("account_update", &restricted);
        assert_eq!(
            (
                code(&standing, false, 99),
                code(&standing, false, 100),
                code(&standing, true, 99)
            ),
            (368, 0, 0)
        );
        let ban = |state| json!({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": state}});
        standing.notice("account_update", &ban("DISABLE"));
        assert_eq!(code(&standing, true, 200), 131_031);
        standing.notice("account_update", &ban("REINSTATE"));
        assert_eq!(code(&standing, true, 200), 0);
        standing.notice("phone_number_quality_update", &json!({"event": "FLAGGED"}));
        assert_eq!(standing.quality(), "RED");
    }
}
