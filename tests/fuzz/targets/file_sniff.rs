//! What senders say about files: names, types, hashes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use twinbox_domain::{Content, ContentHash, Media, save_name, shown_type};

fuzz_target!(|said: (&str, &str, &str)| {
    let (filename, mime_type, hash) = said;
    let shown = shown_type(mime_type);
    assert!(shown.is_none_or(|shown| shown_type(shown) == Some(shown)));
    let _ = ContentHash::told(hash);
    let media = Media {
        mime_type: mime_type.to_owned(),
        ..Media::default()
    };
    let filename = filename.to_owned();
    for content in [Content::Document { media: media.clone(), filename }, Content::Image(media)] {
        let name = save_name(&content);
        assert!(!name.is_empty() && name.chars().count() <= 120, "{name:?}");
        assert!(!name.starts_with('.') && !name.ends_with(['.', ' ']), "{name:?}");
        assert!(!name.contains(['/', '\\', ':', '\0', '\u{202e}']) && !name.chars().any(char::is_control), "{name:?}");
    }
});
