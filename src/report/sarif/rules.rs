//! What SARIF says of each rule, all from its page.

use serde::Serialize;

use super::Text;
use crate::checks::page::Page;
use crate::diagnostics::Level;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule<'a> {
    id: &'a str,
    name: String,
    short_description: Text,
    full_description: Text,
    help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: Level,
}

#[derive(Serialize)]
struct Properties {
    tags: Vec<String>,
}

impl<'a> Rule<'a> {
    pub(super) fn of(page: &'a Page) -> Self {
        let help = page.guidance();
        let mut tags = vec![page.group.to_string()];
        tags.extend(page.item.map(|item| format!("checklist-item-{item}")));
        Self {
            id: &page.id,
            name: name(page),
            short_description: Text::sentence(&page.summary),
            full_description: Text::sentence(&first_paragraph(help).unwrap_or_else(|| page.summary.to_string())),
            help: Help { text: help.to_owned(), markdown: help.to_owned() },
            help_uri: page.address(),
            default_configuration: Configuration { level: page.level },
            properties: Properties { tags },
        }
    }
}

/// The id in Pascal case. The id of one word would be the same but for its case: the group goes before it.
fn name(page: &Page) -> String {
    let name = pascal_case(&page.id);
    if name.eq_ignore_ascii_case(&page.id) { format!("{}{name}", pascal_case(&page.group)) } else { name }
}

/// `no-s3-sdk` as `NoS3Sdk`.
fn pascal_case(id: &str) -> String {
    let words = id.split(|letter: char| !letter.is_alphanumeric());
    words
        .flat_map(|word| {
            let mut letters = word.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect::<Vec<_>>()
        })
        .collect()
}

/// The first paragraph that is no heading, on one line.
fn first_paragraph(text: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty() || line.starts_with('#'));
    let lines: Vec<&str> = lines.by_ref().map(str::trim).take_while(|line| !line.is_empty()).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::checks::RuleSet;

    #[test]
    fn names_are_in_pascal_case_and_unlike_the_ids() {
        assert_eq!(pascal_case("no-s3-sdk"), "NoS3Sdk");
        assert_eq!(pascal_case("x\n::a"), "XA");
    }

    #[test]
    fn each_rule_has_a_name_of_its_own_and_all_texts() {
        let rules = RuleSet::new(Vec::new()).unwrap();
        let all: Vec<_> = rules.pages().iter().map(Rule::of).collect();
        let names: BTreeSet<_> = all.iter().map(|rule| rule.name.as_str()).collect();
        assert_eq!(names.len(), all.len());
        for rule in all {
            assert!(!rule.name.eq_ignore_ascii_case(rule.id), "{}", rule.id);
            assert!(rule.full_description.text.ends_with('.') && rule.full_description.text.len() > 20, "{}", rule.id);
            assert!(!rule.help.text.contains("\n## Fails") && rule.help.text.len() > 50, "{}", rule.id);
            assert!(rule.help_uri.is_some_and(|uri| uri.starts_with("https://")));
        }
    }
}
