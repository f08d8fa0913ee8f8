//! Route handlers: the guard, the query, the answer in the house's format.

use super::queries::{Action, Row};
use super::{File, module_of, text, words};
use crate::scaffold::draft::marker;
use crate::scaffold::plan::Plan;
use crate::scaffold::routes::Route;

/// How a handler answers with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signed {
    Upload,
    Download,
}

/// The file with the handlers of the routes, which have one path.
pub(in crate::scaffold) fn route_file(plan: &Plan<'_>, routes: &[&Route]) -> Option<File> {
    let first = routes.first()?;
    let bodies: Vec<Vec<String>> = routes.iter().map(|route| handler(plan, route)).collect();
    let queries = bodies.iter().flatten().any(|line| line.contains("createServerSupabaseClient"));
    let (guard, client) = ("requireAuth", "createServerSupabaseClient");
    let (guards, clients) = (module_of(plan.inventory, guard), module_of(plan.inventory, client));
    let mut lines = vec!["import { NextRequest, NextResponse } from 'next/server';".to_owned()];
    match (queries, guards == clients) {
        (true, true) => lines.push(format!("import {{ {client}, {guard} }} from '{guards}';")),
        (true, false) => {
            lines.push(format!("import {{ {client} }} from '{clients}';"));
            lines.push(format!("import {{ {guard} }} from '{guards}';"));
        }
        (false, _) => lines.push(format!("import {{ {guard} }} from '{guards}';")),
    }
    for body in bodies {
        lines.push(String::new());
        lines.extend(body);
    }
    Some(File::new(first.file(), &lines))
}

fn handler(plan: &Plan<'_>, route: &Route) -> Vec<String> {
    let work = work(plan, route);
    let has_user = work.iter().any(|line| line.contains("user.id"));
    let names = if has_user { "user, response" } else { "response" };
    let values: Vec<&str> = route.values().collect();
    let used: Vec<&str> = values.iter().copied().filter(|name| uses(&work, name)).collect();
    let context = if values.is_empty() || used.is_empty() {
        String::new()
    } else {
        let is_rest = |name: &str| route.parts.contains(&crate::scaffold::routes::Part::Rest(name.to_owned()));
        let ty = |name: &&str| format!("{name}: {}", if is_rest(name) { "string[]" } else { "string" });
        let types = values.iter().map(ty).collect::<Vec<_>>().join("; ");
        format!(", {{ params }}: {{ params: Promise<{{ {types} }}> }}")
    };
    let mut lines = vec![
        format!("/** {} {} */", route.method, route.path().replace("*/", "* /")),
        format!("export async function {}(request: NextRequest{context}) {{", route.method),
        format!("  const {{ {names} }} = await requireAuth(request);"),
        "  if (response) return response;".to_owned(),
        String::new(),
    ];
    if !used.is_empty() {
        lines.push(format!("  const {{ {} }} = await params;", used.join(", ")));
    }
    lines.extend(work);
    lines.push("}".to_owned());
    lines
}

/// Whether a variable stands in the code.
fn uses(lines: &[String], name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '\'');
    lines.iter().filter(|line| !line.trim_start().starts_with("//")).any(|line| {
        line.match_indices(name).any(|(at, found)| {
            let before = line.get(..at).and_then(|text| text.chars().next_back());
            let behind = line.get(at + found.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(is_part) && before != Some('.') && !behind.is_some_and(is_part)
        })
    })
}

/// What a handler does behind the guard.
fn work(plan: &Plan<'_>, route: &Route) -> Vec<String> {
    if matches!(route.method.as_str(), "HEAD" | "OPTIONS") {
        return vec!["  return new NextResponse(null, { status: 204 });".to_owned()];
    }
    let open = |what: &str| format!("  // {}", marker(what));
    let Some((table, at)) = route.table(plan) else {
        let mut lines = Vec::new();
        let has_body = matches!(route.method.as_str(), "POST" | "PUT" | "PATCH");
        lines.push(open(if has_body { "what this route does with its body" } else { "what this route answers" }));
        lines.push("  return NextResponse.json({ success: true, data: null });".to_owned());
        return lines;
    };
    let behind = route.parts.iter().enumerate().filter(|(index, _)| at.is_none_or(|at| *index > at));
    let mut words = route.words().filter(|(index, _)| behind.clone().any(|(own, _)| own == *index));
    let tail = match at {
        Some(_) => words.next().map(|(_, word)| word),
        // The first word is about the table, although it is not called so.
        None => words.nth(1).map(|(_, word)| word),
    };
    let id = behind.clone().find_map(|(_, part)| match part {
        crate::scaffold::routes::Part::Value(name) => Some(name.as_str()),
        _ => None,
    });
    let row = Row { table, id };
    let (action, note) = action(&route.method, id.is_some(), tail);
    let signed = plan.bucket_near(route.home).and_then(|bucket| Some((bucket, signed(route, action, tail)?)));
    let mut lines = Vec::new();
    if matches!(action, Action::Add | Action::Change) {
        lines.push("  const body = await request.json();".to_owned());
        lines.push(open("the check of the body"));
    }
    let stored = signed.filter(|(_, kind)| *kind == Signed::Upload).map(|(bucket, _)| bucket);
    lines.extend(stored.map(|_| "  const path = `${user.id}/${crypto.randomUUID()}`;".to_owned()));
    lines.extend(note.map(|note| open(&note)));
    lines.push("  const supabase = await createServerSupabaseClient();".to_owned());
    let one = super::words(&table.name).join(" ");
    lines.extend(row.query(action, stored));
    lines.extend(failure("error", &format!("{} {}", capital(&one), failed(action))));
    if !matches!(action, Action::List | Action::Add) {
        lines.push("  if (!data) {".to_owned());
        lines.push(format!("    return NextResponse.json({{ error: {} }}, {{ status: 404 }});", text("Not found")));
        lines.push("  }".to_owned());
    }
    lines.push(String::new());
    match signed {
        Some((bucket, Signed::Upload)) => lines.extend(upload(bucket)),
        Some((bucket, Signed::Download)) => lines.extend(download(bucket, &row)),
        None if action == Action::Add => {
            lines.push("  return NextResponse.json({ success: true, data }, { status: 201 });".to_owned());
        }
        None => lines.push("  return NextResponse.json({ success: true, data });".to_owned()),
    }
    lines
}

/// What a method does to a table, and what a person must say about it.
fn action(method: &str, has_id: bool, tail: Option<&str>) -> (Action, Option<String>) {
    let about = |what: &str| Some(format!("{what} {}", tail.unwrap_or("this route")));
    match (method, has_id, tail) {
        ("GET", true, None) => (Action::Read, None),
        ("GET", true, Some(_)) => (Action::Read, about("what belongs to")),
        ("GET", false, None) => (Action::List, None),
        ("GET", false, Some(_)) => (Action::List, about("what belongs to")),
        ("POST", false, None) => (Action::Add, None),
        ("PUT" | "PATCH", true, None) => (Action::Change, None),
        ("POST", true, _) | ("PUT" | "PATCH", true, Some(_)) => (Action::Read, about("what changes with")),
        ("DELETE", true, None) => (Action::Delete, None),
        ("DELETE", true, Some(_)) => (Action::Read, about("what is deleted with")),
        _ => (Action::List, about("what becomes of the rows with")),
    }
}

fn failed(action: Action) -> &'static str {
    match action {
        Action::List | Action::Read => "not read",
        Action::Add => "not added",
        Action::Change => "not changed",
        Action::Delete => "not deleted",
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn failure(error: &str, message: &str) -> Vec<String> {
    vec![
        format!("  if ({error}) {{"),
        format!(
            "    return NextResponse.json({{ error: {}, details: {error}.message }}, {{ status: 500 }});",
            text(message)
        ),
        "  }".to_owned(),
    ]
}

/// Whether a route hands out the address of a file.
fn signed(route: &Route, action: Action, tail: Option<&str>) -> Option<Signed> {
    let about = &route.about;
    let tails: Vec<String> = tail.map(words).unwrap_or_default();
    let is_called = |names: &[&str]| tails.iter().any(|word| names.contains(&word.as_str()));
    let says = |names: &[&str]| names.iter().any(|name| about.contains(name));
    let uploads = says(&["upload url", "uploadurl", "presigned upload", "signed upload", "upload link"]);
    let downloads = says(&["download", "presigned", "signed url"]);
    match action {
        Action::Add if uploads || is_called(&["upload"]) => Some(Signed::Upload),
        Action::Read if route.method == "GET" && (downloads || is_called(&["download", "file", "url"])) => {
            Some(Signed::Download)
        }
        _ => None,
    }
}

fn upload(bucket: &str) -> Vec<String> {
    let mut lines = vec![
        "  const { data: upload, error: uploadError } = await supabase.storage".to_owned(),
        format!("    .from({})", text(bucket)),
        "    .createSignedUploadUrl(path);".to_owned(),
    ];
    lines.extend(failure("uploadError", "No upload URL"));
    lines.push(String::new());
    lines.push(
        "  return NextResponse.json({ success: true, data: { ...data, uploadUrl: upload.signedUrl } }, { status: 201 });"
            .to_owned(),
    );
    lines
}

fn download(bucket: &str, row: &Row<'_>) -> Vec<String> {
    let path = row.table.columns.iter().find(|own| own.name.ends_with("path")).map(|own| own.name.as_str());
    let mut lines = Vec::new();
    let path = if let Some(column) = path {
        format!("data.{column}")
    } else {
        lines.push(format!("  // {}", marker("where the file of this row is stored")));
        "`${user.id}/${data.id}`".to_owned()
    };
    lines.push(format!("  // {}", marker("for how many seconds the link works")));
    lines.push("  const { data: link, error: linkError } = await supabase.storage".to_owned());
    lines.push(format!("    .from({})", text(bucket)));
    lines.push(format!("    .createSignedUrl({path}, 600);"));
    lines.extend(failure("linkError", "No download link"));
    lines.push(String::new());
    lines.push("  return NextResponse.json({ success: true, data: { url: link.signedUrl } });".to_owned());
    lines
}
