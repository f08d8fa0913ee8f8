use std::ops::Range;
/// tmp
pub fn trim_blank_lines(text: &str) -> Range<usize> {
    let s = text.len() - text.trim_start().len();
    s..text.trim_end().len().max(s)
}
