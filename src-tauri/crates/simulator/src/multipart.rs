//! Forms with files, as uploads are sent (RFC 7578). Takes the body whole; nothing here is large.

/// One field of a form.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its own `Content-Type`.
    pub content_type: Option<&'a str>,
    /// What it holds.
    pub content: &'a [u8],
}

/// The parts of `body`. Empty if `content_type` names no boundary; what makes no sense is left out.
pub(crate) fn parts<'a>(content_type: &str, body: &'a [u8]) -> Vec<Part<'a>> {
    let Some((_, rest)) = content_type.split_once("boundary=") else {
        return Vec::new();
    };
    let boundary = rest.split(';').next().unwrap_or_default().trim().trim_matches('"');
    let delimiter = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(format!("--{boundary}").as_bytes()).unwrap_or(&[]);
    let mut parts = Vec::new();
    while let Some((content, after)) = split_at(rest, delimiter.as_bytes()) {
        parts.extend(part(content));
        rest = after;
    }
    parts
}

fn part(bytes: &[u8]) -> Option<Part<'_>> {
    let (head, content) = split_at(bytes.strip_prefix(b"\r\n")?, b"\r\n\r\n")?;
    let head = std::str::from_utf8(head).ok()?;
    let mut name = None;
    let mut content_type = None;
    for line in head.lines() {
        let (field, value) = line.split_once(':')?;
        if field.eq_ignore_ascii_case("content-disposition") {
            name = value
                .split(';')
                .find_map(|piece| piece.trim().strip_prefix("name="))
                .map(|name| name.trim_matches('"'));
        } else if field.eq_ignore_ascii_case("content-type") {
            content_type = Some(value.trim());
        }
    }
    Some(Part {
        name: name?,
        content_type,
        content,
    })
}

/// What stands before and after the first `mark`.
fn split_at<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let place = bytes.windows(mark.len()).position(|window| window == mark)?;
    Some((bytes.get(..place)?, bytes.get(place + mark.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_files_are_told_apart() {
        let body = b"--b1\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n--b1\r\n\
            content-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\
            \x89\r\n\r\n--b\r\n--b1--\r\n";
        let parts = parts("multipart/form-data; boundary=b1", body);
        let [product, file] = parts.as_slice() else {
            panic!("{parts:?}");
        };
        assert_eq!((product.name, product.content), ("messaging_product", &b"whatsapp"[..]));
        assert_eq!(
            (file.name, file.content_type, file.content),
            ("file", Some("image/png"), &b"\x89\r\n\r\n--b"[..])
        );
    }
}
