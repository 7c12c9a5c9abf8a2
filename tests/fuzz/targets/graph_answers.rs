//! Any bytes, read as what the Graph API answers: to a message, to a look-up of a file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::{sync::LazyLock, time::Duration};
use twinbox_whatsapp::{GraphClient, GraphSettings, Secret, fuzzing};

static CLIENT: LazyLock<GraphClient> = LazyLock::new(|| {
    GraphClient::new(GraphSettings {
        base_url: "http://127.0.0.1:4010".to_owned(),
        version: "v25.0".to_owned(),
        access_token: Secret::new("token"),
        time_out: Duration::from_secs(1),
    })
    .expect("a client")
});

fuzz_target!(|answer: (u16, &[u8])| {
    let (http, bytes) = answer;
    match fuzzing::sent(http, bytes) {
        Ok(wamid) => assert!((200..300).contains(&http) && !wamid.as_str().is_empty()),
        Err(error) => {
            let _ = error.disposition();
            let _ = (error.is_over(), error.code(), format!("{error:?} {error}"));
            assert!(!error.sentence().is_empty());
        }
    }
    match fuzzing::looked_up(&CLIENT, http, bytes) {
        Ok(address) => assert!((200..300).contains(&http) && format!("{address:?}") == "MediaAddress(..)"),
        Err(error) => {
            let _ = (error.trouble(), error.is_about_meta(), format!("{error:?} {error}"));
            assert!(!error.sentence().is_empty());
        }
    }
});
