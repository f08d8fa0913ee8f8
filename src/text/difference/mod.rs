//! tmp
#![allow(missing_docs)]
use crate::text::Span;
/// tmp
pub fn without_blank_edges(text: &str) -> Span {
    let s = text.len() - text.trim_start().len();
    Span::new(s, text.trim_end().len().max(s))
}
pub struct Difference {
    pub kind: &'static str,
    pub source_line: Span,
    pub integrated_line: Span,
}
impl Difference {
    pub fn description(&self) -> String {
        "wording".into()
    }
    pub fn is_damage_of_source(&self) -> bool {
        false
    }
}
pub fn compare(a: &str, b: &str) -> Option<Difference> {
    if a == b {
        return None;
    }
    let mut off = 0;
    let mut oa = 0;
    for (x, y) in a.split_inclusive('\n').zip(b.split_inclusive('\n')) {
        if x != y {
            return Some(Difference {
                kind: "wording",
                source_line: Span::new(oa, oa + x.trim_end().len()),
                integrated_line: Span::new(off, off + y.trim_end().len()),
            });
        }
        off += y.len();
        oa += x.len();
    }
    Some(Difference {
        kind: "wording",
        source_line: Span::empty(oa.min(a.len())),
        integrated_line: Span::empty(off.min(b.len())),
    })
}
pub fn mojibake(_: &str) -> Vec<(Span, String)> {
    Vec::new()
}
