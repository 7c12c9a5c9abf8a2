//! Any bytes, read as a webhook.
#![no_main]

use libfuzzer_sys::fuzz_target;
use twinbox_domain::Millis;
use twinbox_whatsapp::webhook::parse;

const NOW: Millis = Millis(1_760_000_000_000);

fuzz_target!(|body: &[u8]| {
    let Ok(envelope) = parse(body) else { return };
    let facts = envelope.facts(NOW);
    assert!(facts == envelope.facts(NOW), "the same bytes say the same");
    // What goes to the logs.
    let _ = format!("{facts:?}");
});
