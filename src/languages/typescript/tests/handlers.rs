use crate::languages::typescript::{Call, Facts, Handler, parse};

fn handler<'a>(facts: &'a Facts, method: &str) -> &'a Handler {
    facts.handlers.iter().find(|handler| handler.method.text == method).unwrap()
}

#[test]
fn handlers_are_functions_arrows_wrapped_arrows_and_names() {
    let text = "export async function GET(request: Request) { return list(); }\n\
                export const POST = async (request: Request) => { return create(); };\n\
                export const PUT = withLogging(withAuth(async (request) => { return replace(); }));\n\
                async function change(request: Request) { return update(); }\n\
                export { change as PATCH, change as DELETE };\nexport { HEAD } from './other';\nexport const GETTER = 1;\n";
    let facts = parse(text);
    let called = |method: &str| {
        let function = facts.handler_function(handler(&facts, method))?;
        let mut calls = facts.calls.iter().filter(|call| function.body.encloses(call.span));
        calls.next().map(Call::callee)
    };
    assert_eq!(called("GET").as_deref(), Some("list"));
    assert_eq!(called("POST").as_deref(), Some("create"));
    assert_eq!(called("PUT").as_deref(), Some("replace"));
    assert_eq!(called("PATCH").as_deref(), Some("update"));
    assert_eq!(called("DELETE").as_deref(), Some("update"));
    assert_eq!(handler(&facts, "HEAD").function, None);
    assert_eq!(facts.handlers.len(), 6);
    let wrappers: Vec<_> = handler(&facts, "PUT").wrappers.iter().map(|name| name.text.as_str()).collect();
    assert_eq!(wrappers, ["withLogging", "withAuth"]);
    assert_eq!(handler(&facts, "GET").line.of(text), "export async function GET(request: Request) { return list(); }");
    assert_eq!(facts.handler_function(handler(&facts, "GET")).unwrap().parameters[0].text, "request");
}

#[test]
fn a_handler_may_be_a_wrapped_constant() {
    let facts = parse(
        "const handler = withAuth(async () => { return list(); });\nexport const GET = handler;\nexport { handler as POST };",
    );
    for method in ["GET", "POST"] {
        let own = handler(&facts, method);
        assert!(own.function.is_some(), "{method}");
        assert_eq!(own.wrappers[0].text, "withAuth");
    }
    let facts = parse("export const { GET, POST } = handlers;");
    assert_eq!(facts.handlers.len(), 2);
    assert_eq!(facts.handlers[0].function, None);
}

#[test]
fn a_guard_has_its_exit_and_the_work_before_it() {
    let facts = parse(
        "export async function GET(request) {\n  try {\n    const { user, response } = await requireAuth(request);\n    if (response) return response;\n    await work();\n  } catch {}\n}",
    );
    let guard = facts.guard(&facts.handlers[0], "requireAuth").unwrap();
    assert!(guard.call.awaited() && guard.exit.is_some() && guard.returns_result);
    assert_eq!(guard.argument().unwrap().as_path(), Some("request"));
    assert!(guard.before.is_empty());

    let facts = parse(
        "export const POST = async (request) => {\n  const body = await request.json();\n  const auth = await requireAuth(request);\n  if (auth.response) { return auth.response; }\n};",
    );
    let guard = facts.guard(&facts.handlers[0], "requireAuth").unwrap();
    assert!(guard.returns_result);
    let before: Vec<_> = guard.before.iter().map(|call| call.callee()).collect();
    assert_eq!(before, ["request.json"]);
}

#[test]
fn a_guard_without_exit_or_await_is_told() {
    let facts =
        parse("export async function GET(request) { const { user } = requireAuth(request); await work(user); }");
    let guard = facts.guard(&facts.handlers[0], "requireAuth").unwrap();
    assert!(!guard.call.awaited() && guard.exit.is_none());
    let facts = parse("export async function GET(request) { return work(); }");
    assert!(facts.guard(&facts.handlers[0], "requireAuth").is_none());
    let text = "export async function GET(request) { const { user, response } = await requireAuth(request); if (!user) return deny(); }";
    let facts = parse(text);
    let guard = facts.guard(&facts.handlers[0], "requireAuth").unwrap();
    assert!(guard.exit.is_some() && !guard.returns_result);
}

#[test]
fn a_guard_inside_a_wrapping_call_counts() {
    let facts = parse(
        "export async function GET(request) {\n  return handleErrors(async () => {\n    const { response } = await requireAuth(request);\n    if (response) return response;\n    return work();\n  });\n}",
    );
    let guard = facts.guard(&facts.handlers[0], "requireAuth").unwrap();
    assert!(guard.returns_result && guard.before.is_empty());
}
