//! Graph's refusals: HTTP status, code and the words around them (Meta, "Error codes", 2026).

pub(crate) mod codes;

use crate::numbering;
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::fmt;

/// One refusal, in Meta's envelope once answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GraphError {
    http: StatusCode,
    kind: &'static str,
    code: i64,
    subcode: Option<i64>,
    message: String,
    details: Option<String>,
    /// Whether it comes with words for whoever sits before the app, too.
    is_for_people: bool,
    /// What stands beside `error` in the answer.
    beside: Option<Box<Value>>,
}

impl GraphError {
    /// What the ledger keeps.
    pub fn code(&self) -> i64 {
        self.code
    }

    /// The token is missing, wrong or revoked.
    pub fn token() -> Self {
        Self::new(190, "Invalid OAuth access token - Cannot parse access token")
    }

    /// `appsecret_proof` is not the token's.
    pub fn proof() -> Self {
        Self {
            kind: "GraphMethodException",
            ..Self::new(100, "Invalid appsecret_proof provided in the API argument")
        }
    }

    /// A business token where the app's own is needed.
    pub fn app_token_only() -> Self {
        Self::new(15, "(#15) This method must be called with an app access_token.")
    }

    /// A webhook address did not pass the challenge.
    pub fn callback(problem: &str) -> Self {
        Self::coded(
            2200,
            "Callback verification failed",
            format!("The URL couldn't be validated. {problem}"),
        )
    }

    /// No such node, or none this token may see.
    pub fn unknown_object(method: &str, id: &str) -> Self {
        Self {
            kind: "GraphMethodException",
            subcode: Some(33),
            ..Self::new(
                100,
                format!(
                    "Unsupported {method} request. Object with ID '{id}' does not exist, cannot be loaded due to \
                     missing permissions, or does not support this operation. Please read the Graph API \
                     documentation at https://developers.facebook.com/docs/graph-api"
                ),
            )
        }
    }

    /// No such path.
    pub fn unknown_path(path: &str) -> Self {
        Self::new(2500, format!("Unknown path components: {path}"))
    }

    /// Required at the top of the request, and not there.
    pub fn required(parameter: &str) -> Self {
        Self::new(100, format!("(#100) The parameter {parameter} is required."))
    }

    /// Out of range.
    pub fn parameter(details: impl Into<String>) -> Self {
        Self::new(100, "(#100) Invalid parameter").with(details)
    }

    /// Part of a message body that is not there.
    pub fn missing(details: impl Into<String>) -> Self {
        Self::known(131_008, details)
    }

    /// Part of a message body that makes no sense.
    pub fn value(details: impl Into<String>) -> Self {
        Self::known(131_009, details)
    }

    /// The number writes to itself.
    pub fn own_number() -> Self {
        Self::known(131_021, "Recipient phone number cannot be the sender phone number")
    }

    /// A send names a medium that is not there, or not any more. Meta's words as third parties quote them.
    pub fn medium(kind: &str) -> Self {
        Self::new(100, "(#100) Invalid parameter").with(format!(
            "Param {kind}['id'] is not a valid whatsapp business account media attachment ID"
        ))
    }

    /// An upload of a type that WhatsApp does not take.
    pub fn file_type(known: impl fmt::Display) -> Self {
        Self::new(
            100,
            format!("(#100) Param file must be a file with one of the following types: {known}."),
        )
    }

    /// A type Meta does not know.
    pub fn unsupported_type(kind: &str) -> Self {
        Self::known(131_051, format!("Message type {kind} is not supported."))
    }

    /// The number left the Cloud API: it was disconnected, or its phone was changed (Meta, "Error codes", 2026).
    pub fn not_registered() -> Self {
        Self::known(
            133_010,
            "The phone number is not registered on the WhatsApp Business Platform.",
        )
    }

    /// The business blocked the person it writes to.
    pub fn blocked() -> Self {
        Self::known(
            130_403,
            "Message failed to send because this user is blocked by the business.",
        )
    }

    /// More than the number's throughput.
    pub fn throughput() -> Self {
        Self {
            subcode: Some(2_494_055),
            ..Self::known(130_429, "Cloud API message throughput has been reached.")
        }
    }

    /// Too many messages to one person.
    pub fn pair() -> Self {
        Self::known(
            131_056,
            "Message failed to send because there were too many messages sent from this phone number to the same \
             phone number in a short period of time.",
        )
    }

    /// The window is closed.
    pub fn window() -> Self {
        Self::known(
            131_047,
            "Message failed to send because more than 24 hours have passed since the customer last replied to this \
             number.",
        )
    }

    /// Something broke on Meta's side.
    pub fn internal() -> Self {
        Self::known(131_000, "Message failed to send due to an unknown error.")
    }

    /// The token was good once.
    pub fn session(why: &str, subcode: i64) -> Self {
        Self {
            subcode: Some(subcode),
            ..Self::new(190, format!("Error validating access token: {why}"))
        }
    }

    /// No such app.
    pub fn application() -> Self {
        Self::new(
            101,
            "Error validating application. Cannot get application info due to a system error.",
        )
    }

    /// The app's secret is another one.
    pub fn client_secret() -> Self {
        Self::new(1, "Error validating client secret.")
    }

    /// A login that went wrong, or a call that a number in coexistence does not have.
    pub fn oauth(message: impl Into<String>, subcode: Option<i64>) -> Self {
        Self {
            subcode,
            ..Self::new(100, message)
        }
    }

    /// A field that a node does not have.
    pub fn unknown_field(name: &str, kind: &str) -> Self {
        Self::new(
            100,
            format!("(#100) Tried accessing nonexisting field ({name}) on node type ({kind})"),
        )
    }

    /// Something about a template as it is written; told by its subcode, and in words for people.
    pub fn template_content(subcode: i64, details: &str) -> Self {
        Self {
            subcode: Some(subcode),
            is_for_people: true,
            ..Self::new(100, "Invalid parameter").with(details)
        }
    }

    /// A send names a template that is not there or not approved.
    pub fn template_missing(details: impl Into<String>) -> Self {
        Self::known(132_001, details)
    }

    /// A refusal in the words of [`codes`].
    pub fn known(code: i64, details: impl Into<String>) -> Self {
        Self::coded(code, codes::title(code), details)
    }

    /// Any other refusal.
    pub fn coded(code: i64, title: &str, details: impl Into<String>) -> Self {
        Self::new(code, format!("(#{code}) {title}")).with(details)
    }

    /// Answered with `beside` around it.
    pub fn beside(self, beside: Value) -> Self {
        Self {
            beside: Some(Box::new(beside)),
            ..self
        }
    }

    /// As `debug_token` tells why a token is not valid.
    pub fn short(&self) -> Value {
        json!({"code": self.code, "subcode": self.subcode, "message": self.message})
    }

    /// A refusal a test asked for. With `http` 0 or an empty `message`, those that Meta documents for the code; an
    /// `http` that is no status answers 500.
    pub fn made_up(http: u16, code: i64, message: &str) -> Self {
        let documented = match code {
            // Listed as a code, answered as a subcode.
            33 => Self::unknown_object("post", "106540352242922"),
            code => Self::known(code, codes::title(code)),
        };
        let http = match http {
            0 => documented.http,
            http => StatusCode::from_u16(http).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        };
        match message {
            "" => Self { http, ..documented },
            message => Self {
                http,
                ..Self::new(code, message).with(message)
            },
        }
    }

    fn new(code: i64, message: impl Into<String>) -> Self {
        Self {
            http: codes::http(code),
            kind: "OAuthException",
            code,
            subcode: None,
            message: message.into(),
            details: None,
            is_for_people: false,
            beside: None,
        }
    }

    fn with(self, details: impl Into<String>) -> Self {
        Self {
            details: Some(details.into()),
            ..self
        }
    }

    fn envelope(&self) -> Value {
        let mut error = json!({
            "message": self.message, "type": self.kind, "code": self.code,
            "is_transient": codes::is_transient(self.code), "fbtrace_id": numbering::trace_id(),
        });
        if let Some(subcode) = self.subcode {
            set(&mut error, "error_subcode", json!(subcode));
        }
        if self.is_for_people {
            set(
                &mut error,
                "error_user_title",
                json!("Message template cannot be saved"),
            );
            set(&mut error, "error_user_msg", json!(self.details));
        }
        if let Some(details) = &self.details {
            set(
                &mut error,
                "error_data",
                json!({"messaging_product": "whatsapp", "details": details}),
            );
        }
        let mut envelope = self.beside.as_deref().cloned().unwrap_or_else(|| json!({}));
        set(&mut envelope, "error", error);
        envelope
    }
}

impl IntoResponse for GraphError {
    fn into_response(self) -> Response {
        (self.http, Json(self.envelope())).into_response()
    }
}

fn set(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}
