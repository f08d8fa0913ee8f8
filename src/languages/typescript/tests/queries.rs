use crate::languages::typescript::{ErrorUse, Facts, PromiseUse, Query, QueryTarget, parse};

fn query(text: &str) -> Query {
    let facts = parse(text);
    assert_eq!(facts.queries.len(), 1, "{text}: {:?}", facts.queries);
    facts.queries[0].clone()
}

fn columns(query: &Query, written: bool) -> Vec<&str> {
    query.columns.iter().filter(|column| column.written == written).map(|column| column.name.text.as_str()).collect()
}

#[test]
fn a_query_names_its_table_and_columns() {
    let text = "const { data, error } = await supabase\n  .from('berths')\n  .select('id, length_m, boats(name)')\n  .eq('harbour_id', id)\n  .order('length_m');\nif (error) throw error;";
    let one = query(text);
    assert_eq!(one.target, QueryTarget::Table);
    assert_eq!(one.name.as_ref().unwrap().span.of(text), "berths");
    assert_eq!(columns(&one, false), ["id", "length_m", "harbour_id", "length_m"]);
    assert_eq!(one.embedded[0].text, "boats");
    for column in &one.columns {
        assert_eq!(column.name.span.of(text), column.name.text);
    }
    assert_eq!(one.error, ErrorUse::Read);
}

#[test]
fn written_keys_come_from_objects_arrays_and_constants() {
    let one = query(
        "await db.from('boats').insert([{ name, 'length_m': 3 }, { owner_id: user.id, ...rest }]).throwOnError();",
    );
    assert_eq!(columns(&one, true), ["name", "length_m", "owner_id"]);
    assert!(one.writes_more);
    assert_eq!(one.error, ErrorUse::Thrown);
    let one = query(
        "const row: any = { name };\nrow.length_m = 4;\nawait db.from('boats').upsert(row, { onConflict: 'name, owner_id' });",
    );
    assert_eq!(columns(&one, true), ["name", "length_m"]);
    assert_eq!(columns(&one, false), ["name", "owner_id"]);
    assert!(!one.writes_more);
    let one = query("await db.from('boats').update(changes).match({ id });");
    assert!(one.writes_more);
    assert_eq!(columns(&one, false), ["id"]);
}

#[test]
fn lists_made_by_map_have_known_keys() {
    for text in [
        "await db.from('boats').insert(list.map((one) => ({ name: one.name, length_m: 3 })));",
        "const rows = list.map((one) => { return { name: one.name, length_m: 3 }; });\nawait db.from('boats').insert(rows);",
        "await db.from('boats').insert(Array.from(list, (one) => ({ name: one, length_m: 3 })));",
    ] {
        let one = query(text);
        assert_eq!(columns(&one, true), ["name", "length_m"], "{text}");
        assert!(one.writes_more);
    }
    assert!(columns(&query("await db.from('boats').insert(list.map(row));"), true).is_empty());
}

#[test]
fn columns_of_embedded_tables_are_told_apart() {
    let text = "await db.from('boats').select('id, b:berths!inner(quay)').eq('b.depth', 3).or('side.eq.a', { referencedTable: 'berths' }).order('row', { foreignTable: 'b' }).or('name.eq.x,meta->>hull.is.null').throwOnError();";
    let one = query(text);
    assert_eq!(columns(&one, false), ["id", "name", "meta"]);
    let foreign: Vec<String> = one.foreign.iter().map(|own| format!("{}.{}", own.table, own.name.text)).collect();
    assert_eq!(foreign, ["berths.quay", "berths.depth", "berths.side", "berths.row"]);
    for column in &one.foreign {
        assert_eq!(column.name.span.of(text), column.name.text);
    }
    let template = query("await db.from('boats').select().or(`name.ilike.%${text}%,mast.eq.${count}`);");
    assert_eq!(columns(&template, false), ["name", "mast"]);
}

#[test]
fn storage_functions_and_constants_are_told_apart() {
    let one = query(
        "const BUCKET = 'photos';\nconst { data } = await supabase\n  .storage\n  .from(BUCKET)\n  .createSignedUrl(path, 60);",
    );
    assert_eq!((one.target, one.name.unwrap().text.as_str()), (QueryTarget::Bucket, "photos"));
    let one = query("const { data, error } = await supabase.rpc('free_berths', { day });\nreport(error);");
    assert_eq!((one.target, one.name.unwrap().text.as_str()), (QueryTarget::Function, "free_berths"));
    let one = query("await supabase.schema('ops').from('logs').select();");
    assert_eq!(one.schema.unwrap().text, "ops");
    assert_eq!(query("await supabase.from(table).select();").name, None);
    assert!(
        parse("Array.from('abc'); Buffer.from(x); db.select().from(boats); new Set(Array.from(y));").queries.is_empty()
    );
    assert_eq!(query("(await createClient()).from('boats').select();").name.unwrap().text, "boats");
    assert_eq!(query("class A { m() { return this.db.from('boats').select(); } }").name.unwrap().text, "boats");
}

#[test]
fn errors_are_read_or_not() {
    for (text, expected) in [
        ("const { data, error: failure } = await s.from('a').select(); if (failure) throw failure;", ErrorUse::Read),
        ("const { data, error } = await s.from('a').select(); use(data);", ErrorUse::Unread),
        ("const { data } = await s.from('a').select();", ErrorUse::Unread),
        ("await s.from('a').delete();", ErrorUse::Unread),
        ("const result = await s.from('a').select(); if (result.error) throw result.error;", ErrorUse::Read),
        ("const result = await s.from('a').select(); const { error } = result; log(error);", ErrorUse::Read),
        ("const result = await s.from('a').select(); use(result.data);", ErrorUse::Unread),
        ("const result = await s.from('a').select(); check(result);", ErrorUse::Unknown),
        ("const f = () => s.from('a').select();", ErrorUse::Unknown),
        ("const rows = (await s.from('a').select()).data;", ErrorUse::Unread),
        ("const { data, ...rest } = await s.from('a').select();", ErrorUse::Unknown),
        ("s.from('a').select().then(({ error }) => log(error));", ErrorUse::Read),
        ("s.from('a').select().then(({ data }) => use(data));", ErrorUse::Unread),
        ("s.from('a').select().then((result) => use(result.data));", ErrorUse::Unread),
        ("s.from('a').select().then((result) => use(result));", ErrorUse::Unknown),
        ("s.from('a').select().then(use);", ErrorUse::Unknown),
        ("s.from('a').select().then(() => done());", ErrorUse::Unknown),
        ("const { data } = s.storage.from('a').getPublicUrl(p);", ErrorUse::None),
        ("let error; ({ error } = await s.from('a').select()); if (error) throw error;", ErrorUse::Read),
        (
            "const [{ data, error }] = await Promise.all([s.from('a').select()]); if (error) throw error;",
            ErrorUse::Read,
        ),
        ("const [{ data }] = await Promise.all([s.from('a').select()]);", ErrorUse::Unread),
        ("const { data } = await s.from('a').select();\n// ...", ErrorUse::Unknown),
        ("const { data, error } = id ? await s.from('a').select() : empty; log(error);", ErrorUse::Read),
    ] {
        assert_eq!(query(text).error, expected, "{text}");
    }
}

#[test]
fn a_query_may_go_on_in_a_variable() {
    let text = "let query = s.from('boats').select('*');\nif (name) query = query.ilike('name', name);\nconst { data, error } = await query.range(0, 9);\n";
    let one = query(&format!("{text}if (error) throw error;"));
    assert_eq!(columns(&one, false), ["name"]);
    assert_eq!(one.error, ErrorUse::Read);
    assert_eq!(query(text).error, ErrorUse::Unread);
    let one = query("const q = s.from('boats').select('*');\nconst { data } = await q;");
    assert_eq!(one.error, ErrorUse::Unread);
    let one = query("const q = s.from('boats').select('*');\nreturn run(q);");
    assert_eq!(one.error, ErrorUse::Unknown);
}

#[test]
fn alternatives_in_one_fence_are_judged_apart() {
    let facts = parse(
        "const { data, error } = await s.from('a').select();\nconst { data, error } = await s.from('b').select();\nif (error) throw error;",
    );
    let errors: Vec<_> = facts.queries.iter().map(|query| query.error).collect();
    assert_eq!(errors, [ErrorUse::Unread, ErrorUse::Read]);
}

#[test]
fn promises_are_awaited_deferred_or_misused() {
    let state = |text: &str| {
        let facts: Facts = parse(text);
        let call = facts.calls.iter().find(|call| call.is_plain_call("createClient")).unwrap();
        match facts.promise_use(call) {
            PromiseUse::Misused(span) => format!("misused {}", span.of(text)),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(state("const s = await createClient();"), "Awaited");
    assert_eq!(state("(await createClient()).from('a').select();"), "Awaited");
    assert_eq!(state("const s = createClient(); await s.from('a').select();"), "misused s");
    assert_eq!(state("createClient().from('a').select();"), "misused from('a')");
    assert_eq!(state("const s = createClient(); (await s).from('a').select();"), "Deferred");
    assert_eq!(state("const s = createClient(); use(s);"), "Deferred");
    assert_eq!(state("createClient().then((s) => s.from('a'));"), "Deferred");
    assert_eq!(state("const { auth } = createClient();"), "misused auth");
}
