/// `text` with its comments blanked out, byte for byte, so that offsets stay.
pub(super) fn without_comments(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        let end = match byte {
            b'"' => string_end(rest),
            b'/' if rest.starts_with(b"//") => memchr::memchr(b'\n', rest).unwrap_or(rest.len()),
            b'/' if rest.starts_with(b"/*") => memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2),
            _ => 1,
        };
        if byte == b'/' && end > 1 {
            let comment = bytes.iter_mut().skip(at).take(end);
            comment.filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        }
        at += end;
    }
    // Comments start and end at ASCII characters, so that whole characters were blanked.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Length of the string that `rest` starts with; one that is not closed ends at its line's end.
fn string_end(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\n' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    rest.len()
}
