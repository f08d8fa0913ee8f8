/// Most work that brackets may cause: the sum of the depths at which they open. Nested 450 deep once, or a file of
/// the longest length with brackets 8 deep throughout.
const BRACKETS: usize = 100_000;
/// Most work that `<` may cause. Type arguments are seldom nested.
const ANGLES: usize = 10_000;
/// Most conditional operators.
const CONDITIONALS: usize = 300;

/// Whether `text` nests so far that the parser would take more than linear time.
///
/// The parser reads `(a = …`, `f<…` and `a ? (b) : c => …` first as one thing and then as the other, at every level
/// again: measured, its time grows with the square of the depth. The count is one of bytes, so that it costs little;
/// brackets in strings and comments count as well.
pub(super) fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut brackets) = (0_usize, 0_usize);
    let (mut angle, mut angles) = (0_usize, 0_usize);
    let mut conditionals = 0_usize;
    let mut before = b' ';
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'(' | b'[' | b'{' => {
                depth += 1;
                brackets += depth;
            }
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'<' if bytes.peek().is_some_and(|next| !matches!(next, b' ' | b'=' | b'/')) => {
                angle += 1;
                angles += angle;
            }
            b'>' if before != b'=' => angle = angle.saturating_sub(1),
            // Type arguments hold no statement: a comparison ends here.
            b';' => angle = 0,
            b'?' if before != b'?' && bytes.peek().is_some_and(|next| !matches!(next, b'.' | b'?' | b':')) => {
                conditionals += 1;
            }
            _ => {}
        }
        before = byte;
    }
    brackets > BRACKETS || angles > ANGLES || conditionals > CONDITIONALS
}

#[cfg(test)]
mod tests {
    use super::is_too_deep;

    #[test]
    fn ordinary_code_is_not_too_deep() {
        let code = "const f = <T,>(a: Map<string, Array<T>>, b?: string) => a.size < 3 ? { c: [b ?? 'd'] } : g?.();\n";
        assert!(!is_too_deep(&code.repeat(290)));
        let tags = "<ul>{items.map((item) => (<li key={item.id}><b>{item.name}</b></li>))}</ul>\n";
        assert!(!is_too_deep(&tags.repeat(1000)));
    }

    #[test]
    fn deep_nesting_is_told() {
        for stretch in ["(", "f<", "a ? (b) : c => ", "({a="] {
            assert!(is_too_deep(&stretch.repeat(1000)), "{stretch}");
        }
    }
}
