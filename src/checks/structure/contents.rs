use std::collections::{HashMap, HashSet};

use crate::checks::{Check, Context};
use crate::diagnostics::{Edit, Finding, Fix};
use crate::markdown::{Document, Link, anchors, within};
use crate::spec::DocumentPart;
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["broken-toc"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let document = cx.pair.integrated.document;
    let Some(heading) = cx.pair.integrated.part(DocumentPart::Contents).filter(|_| cx.is_on("broken-toc")) else {
        return;
    };
    let next =
        document.headings.iter().find(|next| next.span.start > heading.span.start && next.level <= heading.level);
    let contents = Span::new(heading.span.end, next.map_or(document.file.text().len(), |next| next.span.start));
    let titles: Vec<String> = document
        .headings
        .iter()
        .filter_map(|heading| document.prose.get(heading.prose))
        .map(|prose| document.plain(prose))
        .collect();
    let mut all = anchors(titles.iter().map(String::as_str));
    all.extend(own_anchors(document.file.text()));
    let mut by_words: HashMap<String, Vec<&str>> = HashMap::new();
    for anchor in &all {
        by_words.entry(words_of(anchor)).or_default().push(anchor);
    }
    let known: HashSet<&str> = all.iter().map(String::as_str).collect();
    for link in within(&document.links, contents) {
        let target = decoded(&link.target);
        let Some(anchor) = target.strip_prefix('#').filter(|anchor| !known.contains(anchor.to_lowercase().as_str()))
        else {
            continue;
        };
        // The nearest anchor is looked for among the sections, which is what a table of contents lists.
        let closest = known.iter().filter(|other| other.starts_with(anchor) || anchor.starts_with(**other)).max();
        let help = match closest {
            Some(closest) => format!("link to `#{closest}`"),
            None => "add the heading, or remove the line".to_owned(),
        };
        let finding = cx.finding("broken-toc", link.span, format!("no heading has the anchor `#{anchor}`"));
        let fitting = by_words.get(&words_of(anchor)).map_or(&[][..], Vec::as_slice);
        let fix = match fitting {
            [only] => lead_to(document, link, only),
            _ => None,
        };
        findings.extend(finding.map(|f| f.help(help).subject(anchor).fix(fix)));
    }
}

/// An anchor without hyphens and without the mark of integrated sections: what a slip in it leaves.
fn words_of(anchor: &str) -> String {
    let letters: String = anchor.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    letters.strip_suffix("integrated").unwrap_or(&letters).to_owned()
}

/// Leads a link to another anchor, where its target stands in it as written.
fn lead_to(document: &Document<'_>, link: &Link, anchor: &str) -> Option<Fix> {
    let at = document.slice(link.span).rfind(&format!("]({}", link.target))? + 2;
    let target = Span::new(link.span.start + at, link.span.start + at + link.target.len());
    Some(Fix::safe(format!("link to `#{anchor}`"), vec![Edit::replace(target, format!("#{anchor}"))]))
}

/// The anchors that HTML in the text sets itself, in lower case: `<a id="top"></a>`.
fn own_anchors(text: &str) -> impl Iterator<Item = String> {
    text.split('<').skip(1).filter_map(|tag| {
        let tag = tag.split(['>', '\n']).next()?.strip_prefix(|c: char| c.is_ascii_alphabetic())?;
        let mut blanks = tag.rmatch_indices([' ', '\t']);
        blanks.find_map(|(at, _)| anchor(tag.get(at + 1..)?)).map(str::to_lowercase)
    })
}

/// The value of an attribute, if it sets an anchor: `id="top"`.
fn anchor(attribute: &str) -> Option<&str> {
    let value = ["id=", "name="].iter().find_map(|name| attribute.strip_prefix(name))?;
    let (anchor, _) = value.strip_prefix(['"', '\''])?.split_once(['"', '\''])?;
    (!anchor.is_empty()).then_some(anchor)
}

/// A link target with `%C3%A9` read as the bytes that it stands for.
fn decoded(target: &str) -> String {
    let mut bytes = Vec::with_capacity(target.len());
    let mut rest = target.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.filter(|_| byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
