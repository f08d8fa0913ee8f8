/// Most work that brackets may cause: the sum of the depths at which they open. Nested 450 deep once, or a file of
/// the longest length with brackets 8 deep throughout.
const BRACKETS: usize = 100_000;
/// Most work that type arguments may cause: the sum over each `<` of two to the power of those open around it. Nested
/// 14 deep once, or 5,000 times 2 deep.
const ANGLES: usize = 20_000;
/// Most conditional operators.
const CONDITIONALS: usize = 200;

/// Whether `text` nests so far that the parser would take more than linear time.
///
/// The parser reads `(a = …`, `f<…` and `a ? (b) : c => …` first as one thing and then as the other, at every level
/// again. Measured, its time grows with the square of the depth, and where `f<` and `(` alternate it doubles with each.
/// This is a count of bytes, so that it costs little; brackets in strings and comments count as well.
pub(super) fn is_too_deep(text: &str) -> bool {
    let mut open = Vec::new();
    let (mut depth, mut angle) = (0_usize, 0_usize);
    let (mut brackets, mut angles, mut conditionals) = (0_usize, 0_usize, 0_usize);
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let before = || at.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(b' ');
        let behind = || bytes.get(at + 1);
        match byte {
            b'(' | b'[' | b'{' => {
                depth += 1;
                brackets += depth;
                open.push(byte);
            }
            b')' | b']' | b'}' => {
                angle -= close_angles(&mut open);
                depth -= usize::from(open.pop().is_some());
            }
            b'<' if before().is_ascii_alphanumeric() || matches!(before(), b'_' | b'$') => {
                angle += 1;
                angles += 1 << angle.min(16);
                open.push(byte);
            }
            b'>' if before() != b'=' && open.last() == Some(&b'<') => {
                open.pop();
                angle -= 1;
            }
            // Type arguments hold no statement: what looked like one was a comparison.
            b';' => angle -= close_angles(&mut open),
            b'?' if before() != b'?' && behind().is_some_and(|next| !matches!(next, b'.' | b'?' | b':')) => {
                conditionals += 1;
            }
            _ => continue,
        }
        if brackets > BRACKETS || angles > ANGLES || conditionals > CONDITIONALS {
            return true;
        }
    }
    false
}

/// Drops the `<` that are open inside the innermost bracket, and returns how many there were.
fn close_angles(open: &mut Vec<u8>) -> usize {
    let angles = open.iter().rev().take_while(|&&byte| byte == b'<').count();
    open.truncate(open.len() - angles);
    angles
}

#[cfg(test)]
mod tests {
    use super::is_too_deep;

    #[test]
    fn ordinary_code_is_not_too_deep() {
        let code = "const f = <T,>(a: Map<string, Array<T>>, b?: string) => a.size < 3 ? { c: [b ?? 'd'] } : g?.();\n";
        assert!(!is_too_deep(&code.repeat(190)));
        let tags = "<ul>{items.map((item) => (<li key={item.id}><b>{item.name}</b></li>))}</ul>\n";
        assert!(!is_too_deep(&tags.repeat(1000)));
    }

    #[test]
    fn deep_nesting_is_told() {
        for stretch in ["(", "f<(", "a ? (b) : c => ", "({a="] {
            assert!(is_too_deep(&stretch.repeat(1000)), "{stretch}");
        }
    }
}
