//! The wire form of server-sent events, read piece by piece as it arrives.

/// Bytes that are no whole event yet.
#[derive(Debug, Default)]
pub struct ServerSent {
    line: Vec<u8>,
    data: String,
}

impl ServerSent {
    /// Takes the next bytes and gives out the data of the events that are whole now. Ids, names and comments are
    /// dropped: an event of ours says itself where it belongs.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut events = Vec::new();
        for byte in bytes {
            if *byte != b'\n' {
                self.line.push(*byte);
                continue;
            }
            let line = std::mem::take(&mut self.line);
            let line = String::from_utf8_lossy(&line);
            let line = line.strip_suffix('\r').unwrap_or(&line);
            if let Some(data) = line.strip_prefix("data:") {
                if !self.data.is_empty() {
                    self.data.push('\n');
                }
                self.data.push_str(data.strip_prefix(' ').unwrap_or(data));
            } else if line.is_empty() && !self.data.is_empty() {
                events.push(std::mem::take(&mut self.data));
            }
        }
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_given_out_once_it_is_whole() {
        let mut stream = ServerSent::default();
        assert!(stream.push(b": hello\n\nid: 7\ndata: {\"a\"").is_empty());
        assert!(stream.push(b":1}\n").is_empty());
        assert_eq!(stream.push(b"\nid: 8\r\ndata:b\r\n\r\n"), ["{\"a\":1}", "b"]);
    }

    #[test]
    fn a_letter_may_be_split_between_two_pieces() {
        let bytes = "data: é\n\n".as_bytes();
        let mut stream = ServerSent::default();
        let (first, second) = bytes.split_at(7);
        assert!(stream.push(first).is_empty());
        assert_eq!(stream.push(second), ["é"]);
    }

    #[test]
    fn lines_of_one_event_are_joined() {
        assert_eq!(ServerSent::default().push(b"data: a\ndata: b\n\n"), ["a\nb"]);
    }
}
