use super::Attribute;

impl Attribute {
    /// The names in the list that goes by `name`: `fields: [a, b]`. The list in front without a name, as in
    /// `@@index([a, b(sort: Desc)])`, goes by `fields`. What stands in parentheses behind a name is left out.
    pub fn names(&self, name: &str) -> Vec<&str> {
        let Some(value) = self.value(name).or_else(|| (name == "fields").then(|| self.positional()).flatten()) else {
            return Vec::new();
        };
        let Some(inside) = value.strip_prefix('[') else { return Vec::new() };
        let items = split(inside.strip_suffix(']').unwrap_or(inside));
        items.into_iter().map(identifier).filter(|name| !name.is_empty()).collect()
    }

    /// The word that goes by `name`: `onDelete: Cascade`.
    pub fn word(&self, name: &str) -> Option<&str> {
        self.value(name).map(identifier).filter(|word| !word.is_empty())
    }

    /// The quoted text that goes by `name`, or stands in front without a name where it is called `name`.
    pub fn text(&self, name: &str) -> Option<&str> {
        let value = self.value(name).or_else(|| (name == "name").then(|| self.positional()).flatten())?;
        value.strip_prefix('"')?.split('"').next()
    }

    /// The first argument, where it has no name.
    pub fn positional(&self) -> Option<&str> {
        let first = split(self.arguments.as_deref()?).into_iter().next()?;
        (!first.is_empty() && key(first).is_none()).then_some(first)
    }

    fn value(&self, name: &str) -> Option<&str> {
        let arguments = split(self.arguments.as_deref()?);
        arguments.into_iter().find_map(|argument| {
            let (own, value) = key(argument)?;
            (own == name).then_some(value)
        })
    }
}

/// Name and value of `name: value`.
fn key(argument: &str) -> Option<(&str, &str)> {
    let name = identifier(argument);
    let value = argument.get(name.len()..)?.trim_start().strip_prefix(':')?;
    (!name.is_empty()).then(|| (name, value.trim()))
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// The parts between the commas that stand in no brackets, parentheses or quotes.
fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut escaped, mut start) = (0_usize, false, false, 0);
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' | '(' | '{' if !quoted => depth += 1,
            ']' | ')' | '}' if !quoted => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                parts.push(text.get(start..at).unwrap_or("").trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or("").trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::super::PrismaText;

    #[test]
    fn arguments_are_found_by_name_and_place() {
        let text = "model A {\n  b B @relation(\"Kin, all\", fields: [bId, cId], references: [id, x], onDelete: SetNull)\n  @@index([bId, cId(sort: Desc)], map: \"a_idx\")\n  @@unique(fields: [cId])\n}";
        let model = &PrismaText::parse(text).models[0];
        let relation = &model.fields[0].attributes[0];
        assert_eq!(relation.names("fields"), ["bId", "cId"]);
        assert_eq!(relation.names("references"), ["id", "x"]);
        assert_eq!((relation.word("onDelete"), relation.word("onUpdate")), (Some("SetNull"), None));
        assert_eq!(relation.text("name"), Some("Kin, all"));
        assert_eq!(model.attributes[0].names("fields"), ["bId", "cId"]);
        assert_eq!(model.attributes[0].text("map"), Some("a_idx"));
        assert_eq!((model.attributes[0].text("name"), model.attributes[1].names("fields")), (None, vec!["cId"]));
    }
}
