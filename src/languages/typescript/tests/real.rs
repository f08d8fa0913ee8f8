use std::path::Path;

use crate::languages::typescript::{Confidence, Facts, parse};

/// The TypeScript fences of a Markdown text: line number and content.
fn fences(markdown: &str) -> Vec<(usize, String)> {
    let mut fences = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (number, line) in markdown.lines().enumerate() {
        let trimmed = line.trim_start();
        match &mut open {
            Some((_, content)) if !trimmed.starts_with("```") => {
                content.push_str(line);
                content.push('\n');
            }
            Some(_) => fences.extend(open.take()),
            None if ["```typescript", "```ts", "```tsx", "```javascript"]
                .iter()
                .any(|tag| trimmed.starts_with(tag)) =>
            {
                open = Some((number + 2, String::new()));
            }
            None => {}
        }
    }
    fences
}

#[test]
fn real_fences_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real-specs");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no real specifications beside the project");
        return;
    };
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    let mut counts = [0; 3];
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for (line, fence) in fences(&text) {
            let facts = parse(&fence);
            counts[facts.confidence as usize] += 1;
            if std::env::var_os("SHOW_FACTS").is_some() {
                show(&file.file_name().unwrap().to_string_lossy(), line, &fence, &facts);
            }
        }
    }
    let [scanned, repaired, parsed] = counts;
    println!("real fences: {parsed} parsed, {repaired} repaired, {scanned} scanned");
    assert!(parsed + repaired > 9 * scanned, "most fences have a tree");
}

fn show(file: &str, line: usize, fence: &str, facts: &Facts) {
    println!("==== {file}:{line} {:?} gaps {}", facts.confidence, facts.gaps.len());
    if facts.confidence != Confidence::Parsed {
        println!("{}", fence.lines().take(30).collect::<Vec<_>>().join("\n"));
    }
    for import in &facts.imports {
        let names: Vec<_> =
            import.names.iter().map(|name| format!("{}>{}", name.imported.text, name.local.text)).collect();
        println!("  import {:?} {} {names:?}", import.kind, import.module.text);
    }
    for export in &facts.exports {
        println!("  export {:?} {}", export.kind, export.name.text);
    }
    for handler in &facts.handlers {
        let guard = facts.guard(handler, "requireAuth");
        let guard = guard.map(|guard| {
            let before: Vec<_> = guard.before.iter().map(|call| call.callee()).collect();
            format!("exit {} result {} before {before:?}", guard.exit.is_some(), guard.returns_result)
        });
        println!(
            "  handler {} {:?} function {:?} guard {guard:?}",
            handler.method.text,
            handler.line.of(fence),
            handler.function
        );
    }
    for call in &facts.calls {
        let text: String = call.span.of(fence).split_whitespace().collect::<Vec<_>>().join(" ");
        let text: String = text.chars().take(70).collect();
        println!("  call {}{text} => {:?}", if call.awaited() { "await " } else { "" }, short(&call.binding));
    }
    for query in &facts.queries {
        let columns: Vec<_> = query.columns.iter().map(|column| column.name.text.as_str()).collect();
        println!(
            "  query {:?} {:?} {:?} {columns:?} embedded {} more {} error {:?}",
            query.target,
            query.name.as_ref().map(|name| &name.text),
            query.methods.iter().map(|name| name.text.as_str()).collect::<Vec<_>>(),
            query.embedded.len(),
            query.writes_more,
            query.error
        );
    }
    for response in &facts.responses {
        println!("  response {} {:?} returned {}", response.builder.text, response.status, response.returned);
    }
    for fetch in &facts.fetches {
        println!("  fetch {:?} {:?}", fetch.method, fetch.target.as_ref().map(|target| &target.text));
    }
    let list = |names: &[crate::languages::typescript::Name]| {
        names.iter().map(|name| name.text.clone()).collect::<Vec<_>>().join(" ")
    };
    println!("  env {:?}", facts.environment.iter().map(|one| one.name.text.as_str()).collect::<Vec<_>>());
    println!(
        "  components {} | types {} | tags {} | directives {}",
        list(&facts.components),
        list(&facts.types),
        list(&facts.tags),
        list(&facts.directives)
    );
}

fn short(binding: &crate::languages::typescript::Binding) -> String {
    use crate::languages::typescript::Binding;
    match binding {
        Binding::Name(bound) => bound.local.text.clone(),
        Binding::Pattern { bound, .. } => {
            bound.iter().map(|bound| bound.local.text.clone()).collect::<Vec<_>>().join(",")
        }
        other => format!("{other:?}"),
    }
}
