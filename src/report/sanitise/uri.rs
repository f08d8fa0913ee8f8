//! References as of RFC 3986 (<https://www.rfc-editor.org/rfc/rfc3986#section-3.3>).

use std::fmt::Write as _;

/// A path with `/` as a reference: all bytes that a path segment cannot hold are percent-encoded, and colons too,
/// since one in the first segment would look like a scheme.
pub fn path(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b'@' => {
                uri.push(char::from(byte));
            }
            other => {
                // Writing to a string cannot fail.
                let _ = write!(uri, "%{other:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_segment_may_hold_stays() {
        assert_eq!(path("specs/a b#c?.md"), "specs/a%20b%23c%3F.md");
        assert_eq!(path("a:b%/\u{202e}é\n[id]"), "a%3Ab%25/%E2%80%AE%C3%A9%0A%5Bid%5D");
    }
}
