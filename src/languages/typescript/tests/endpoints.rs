use crate::languages::typescript::{Body, Confidence, FetchMethod, Status, ValueKind, parse};

#[test]
fn responses_have_bodies_and_statuses() {
    let text = "const payload = { success: true, data };\nfunction f(code) {\n  if (a) return NextResponse.json({ success: true, ...rest }, { status: 201 });\n  \
                if (b) return Response.json(payload);\n  if (c) return new Response(JSON.stringify({ error: 'no', details }), { status: code });\n  \
                if (d) return new Response(null, { status: 204 });\n  if (e) return new NextResponse('text');\n  return NextResponse.json(rows);\n}";
    let facts = parse(text);
    let bodies: Vec<_> = facts
        .responses
        .iter()
        .map(|response| match &response.body {
            Body::Object { object, .. } => {
                let keys: Vec<_> = object.properties.iter().map(|one| one.key.text.as_str()).collect();
                format!("{}{}", keys.join(","), if object.open { "…" } else { "" })
            }
            Body::Json(span) => format!("json {}", span.of(text)),
            Body::Raw(span) => format!("raw {}", span.of(text)),
            Body::Empty => "empty".to_owned(),
        })
        .collect();
    assert_eq!(bodies, ["success…", "success,data", "error,details", "empty", "raw 'text'", "json rows"]);
    let codes: Vec<_> = facts.responses.iter().map(|response| response.status.code()).collect();
    assert_eq!(codes, [Some(201), Some(200), None, Some(204), Some(200), Some(200)]);
    assert!(matches!(facts.responses[2].status, Status::Dynamic(span) if span.of(text) == "code"));
    assert!(facts.responses.iter().all(|response| response.returned && response.function.is_some()));
    let Body::Object { object, .. } = &facts.responses[1].body else { panic!() };
    assert_eq!(object.get("success").unwrap().value.kind, ValueKind::Boolean(true));
    assert!(object.get("data").unwrap().shorthand);
}

#[test]
fn an_elided_body_is_open() {
    let facts = parse("return NextResponse.json({ success: true, ... });");
    assert_eq!(facts.confidence, Confidence::Repaired);
    let Body::Object { object, .. } = &facts.responses[0].body else { panic!() };
    assert!(object.open && object.has("success"));
    let facts = parse("return NextResponse.json({ success: true, data: ... });");
    let Body::Object { object, .. } = &facts.responses[0].body else { panic!() };
    assert!(object.has("data"));
}

#[test]
fn fetches_have_routes_and_methods() {
    let text = "fetch('/api/boats');\nfetch(`/api/boats/${id}?full=${x}`, { method: 'patch' });\nfetch(url, options);\n\
                fetch('/api/boats/' + id, { ...init });\nfetch(`${base}/api/boats${query}`, { method });";
    let facts = parse(text);
    let fetches: Vec<_> = facts
        .fetches
        .iter()
        .map(|fetch| {
            let method = match &fetch.method {
                FetchMethod::Known(method) => method.as_str(),
                FetchMethod::Dynamic => "?",
            };
            (method, fetch.target.as_ref().map(|target| target.text.as_str()))
        })
        .collect();
    let expected = [
        ("GET", Some("/api/boats")),
        ("PATCH", Some("/api/boats/[param]")),
        ("?", None),
        ("?", Some("/api/boats/[param]")),
        ("?", Some("/api/boats")),
    ];
    assert_eq!(fetches, expected);
    assert_eq!(facts.fetches[1].target.as_ref().unwrap().span.of(text), "`/api/boats/${id}?full=${x}`");
}
