use super::*;

macro_rules! sample {
    ($name:literal) => {
        (include_bytes!(concat!("../samples/", $name)).as_slice(), $name)
    };
}

fn check(bytes: &[u8], name: &str) -> Result<(FileKind, &'static str), FileProblem> {
    sized(bytes, bytes.len() as u64, name)
}

fn sized(bytes: &[u8], size_bytes: u64, name: &str) -> Result<(FileKind, &'static str), FileProblem> {
    OutgoingFile::check(bytes, &[], size_bytes, name, false).map(|file| (file.kind, file.mime_type))
}

#[test]
fn a_file_is_what_its_bytes_say_whatever_it_is_called() {
    for ((bytes, name), kind, mime_type) in [
        (sample!("photo.jpg"), FileKind::Image, "image/jpeg"),
        (sample!("rgb.png"), FileKind::Image, "image/png"),
        (sample!("film.mp4"), FileKind::Video, "video/mp4"),
        (sample!("film.3gp"), FileKind::Video, "video/3gpp"),
        (sample!("sound.mp3"), FileKind::Audio, "audio/mpeg"),
        (sample!("bare.mp3"), FileKind::Audio, "audio/mpeg"),
        (sample!("sound.aac"), FileKind::Audio, "audio/aac"),
        (sample!("sound.m4a"), FileKind::Audio, "audio/mp4"),
        (sample!("stereo.ogg"), FileKind::Audio, "audio/ogg; codecs=opus"),
        (sample!("voice.ogg"), FileKind::Voice, "audio/ogg; codecs=opus"),
        (sample!("still.webp"), FileKind::Sticker, "image/webp"),
        (sample!("moving.webp"), FileKind::Sticker, "image/webp"),
    ] {
        for name in [name, "invoice.pdf", "", "run.exe"] {
            assert_eq!(check(bytes, name), Ok((kind, mime_type)), "{name}");
        }
    }
    assert_eq!(check(b"#!AMR\n\x04", "a"), Ok((FileKind::Audio, "audio/amr")));
}

#[test]
fn what_whatsapp_does_not_show_or_play_can_go_as_a_document() {
    for ((bytes, name), problem) in [
        (sample!("moving.gif"), FileProblem::Type(FileKind::Image)),
        (sample!("picture.bmp"), FileProblem::Type(FileKind::Image)),
        (sample!("picture.tiff"), FileProblem::Type(FileKind::Image)),
        (sample!("deep.png"), FileProblem::Colors),
        (sample!("gray.jpg"), FileProblem::Colors),
        (sample!("cmyk.jpg"), FileProblem::Colors),
        (sample!("film.mov"), FileProblem::Type(FileKind::Video)),
        (sample!("film.webm"), FileProblem::Type(FileKind::Video)),
        (sample!("vorbis.ogg"), FileProblem::Type(FileKind::Audio)),
        (sample!("sound.wav"), FileProblem::Type(FileKind::Audio)),
        (sample!("hevc.mp4"), FileProblem::Codec),
        (sample!("lossless.m4a"), FileProblem::Codec),
    ] {
        assert_eq!(check(bytes, name), Err(problem), "{name}");
        assert!(problem.can_be_document());
        let document = OutgoingFile::check(bytes, &[], bytes.len() as u64, name, true);
        assert_eq!(
            document.map(|file| (file.kind, file.mime_type)),
            Ok((FileKind::Document, "application/octet-stream")),
            "{name}"
        );
    }
    let iphone = b"\0\0\0\x18ftypheic\0\0\0\0";
    assert_eq!(check(iphone, "photo.jpg"), Err(FileProblem::Type(FileKind::Image)));
}

#[test]
fn how_a_film_is_packed_may_stand_at_its_end() {
    let (hevc, name) = sample!("hevc.mp4");
    let (head, tail) = hevc.split_at(40);
    assert!(OutgoingFile::check(head, &[], 9_000_000, name, false).is_ok());
    assert_eq!(
        OutgoingFile::check(head, tail, 9_000_000, name, false),
        Err(FileProblem::Codec)
    );
}

#[test]
fn each_kind_has_the_size_meta_documents() {
    const KIB: u64 = 1024;
    const MIB: u64 = 1024 * 1024;
    for ((bytes, name), most, kind) in [
        (sample!("photo.jpg"), 5 * MIB, FileKind::Image),
        (sample!("film.mp4"), 16 * MIB, FileKind::Video),
        (sample!("voice.ogg"), 16 * MIB, FileKind::Voice),
        (sample!("sound.mp3"), 16 * MIB, FileKind::Audio),
        (sample!("still.webp"), 100 * KIB, FileKind::Sticker),
        (sample!("moving.webp"), 500 * KIB, FileKind::Sticker),
    ] {
        assert_eq!(sized(bytes, most, name).map(|(kind, _)| kind), Ok(kind), "{name}");
        let problem = FileProblem::TooLarge(kind);
        assert_eq!(sized(bytes, most + 1, name), Err(problem), "{name}");
        assert!(problem.can_be_document());
        assert!(OutgoingFile::check(bytes, &[], most + 1, name, true).is_ok(), "{name}");
    }
    let too_large = FileProblem::TooLarge(FileKind::Document);
    assert!(!too_large.can_be_document());
    for (bytes, name) in [sample!("photo.jpg"), (b"%PDF-1.4".as_slice(), "a.pdf")] {
        assert_eq!(
            OutgoingFile::check(bytes, &[], 100 * MIB + 1, name, true),
            Err(too_large)
        );
        assert!(OutgoingFile::check(bytes, &[], 100 * MIB, name, true).is_ok());
    }
    assert_eq!(check(b"", "a.pdf"), Err(FileProblem::Empty));
    assert!(!FileProblem::Empty.can_be_document());
}

#[test]
fn a_document_has_the_type_that_its_bytes_and_its_name_agree_on() {
    let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    for (bytes, name, mime_type) in [
        (b"%PDF-1.4".as_slice(), "quote.docx", "application/pdf"),
        (
            b"PK\x03\x04",
            "Preise.XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            b"PK\x03\x04",
            "a.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            b"PK\x03\x04",
            "a.pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        (b"PK\x03\x04", "a.pdf", "application/octet-stream"),
        (ole, "a.doc", "application/msword"),
        (ole, "a.xls", "application/vnd.ms-excel"),
        (ole, "a.ppt", "application/vnd.ms-powerpoint"),
        ("Größe;Preis\r\n".as_bytes(), "a.csv", "text/plain"),
        // Cut within a character, as the head of a long file may be.
        (b"Gr\xc3", "a.txt", "text/plain"),
        (b"\x7fELF\x02\x01\x01\0", "a.txt", "application/octet-stream"),
        (b"MZ\x90\0", "quote.pdf", "application/octet-stream"),
    ] {
        assert_eq!(check(bytes, name), Ok((FileKind::Document, mime_type)), "{name}");
    }
}

#[test]
fn cut_off_and_hostile_heads_are_read_without_a_fault() {
    let samples = [
        sample!("photo.jpg"),
        sample!("rgb.png"),
        sample!("moving.webp"),
        sample!("voice.ogg"),
        sample!("film.mp4"),
    ];
    for (bytes, name) in samples {
        for cut in 1..bytes.len().min(300) {
            // Whatever it is taken for, it is not taken for something else that WhatsApp shows.
            let kind = check(bytes.get(..cut).unwrap_or_default(), name).map(|(kind, _)| kind);
            let whole = check(bytes, name).map(|(kind, _)| kind);
            let is_less = matches!(kind, Ok(FileKind::Document) | Err(_));
            assert!(kind == whole || is_less, "{name} cut at {cut}: {kind:?}");
        }
    }
    // A segment that would end before it begins, and one without an end.
    assert_eq!(check(b"\xff\xd8\xff\xe0\0\0\xff\xe0\0\0", ""), Err(FileProblem::Colors));
    assert_eq!(check(b"\xff\xd8\xff\xff\xff\xff\xff\xff", ""), Err(FileProblem::Colors));
}

#[test]
fn only_a_document_shows_its_name_and_that_is_no_path() {
    let hash = ContentHash([7; 32]);
    let as_kind = |kind| OutgoingFile {
        kind,
        mime_type: "application/pdf",
    };
    let content = as_kind(FileKind::Document).content(hash, "../a\u{202e}fdp.exe", "Quote".to_owned());
    let Content::Document { media, filename } = content else {
        panic!("a document")
    };
    assert_eq!(filename, "afdp.exe");
    assert_eq!((media.caption.as_str(), media.sha256), ("Quote", "07".repeat(32)));
    assert!(matches!(
        as_kind(FileKind::Voice).content(hash, "a.ogg", String::new()),
        Content::Audio { is_voice: true, .. }
    ));
}

#[test]
fn an_upload_is_good_for_almost_thirty_days() {
    let day = 24 * 60 * 60 * 1000;
    assert!(upload_is_kept(Millis(5), Millis(5 + 29 * day)));
    assert!(!upload_is_kept(Millis(5), Millis(5 + 30 * day)));
}
