use crate::languages::typescript::{Confidence, ExportKind, Facts, ImportKind, parse};

/// The facts of the text as a syntax tree and as tokens alone: the appended line is no code.
fn both(text: &str) -> [Facts; 2] {
    let tree = parse(text);
    let tokens = parse(&format!("{text}\n\nIt's # odd\n"));
    assert_eq!(tree.confidence, Confidence::Parsed);
    assert_eq!(tokens.confidence, Confidence::Scanned);
    [tree, tokens]
}

#[test]
fn imports_have_their_names_and_spans() {
    let text = "import sharp, { resize as shrink, type Options } from 'sharp';\nimport * as path from \"node:path\";\n\
                import type { Boat } from '@/types/boats';\nimport './globals.css';\n";
    for facts in both(text) {
        let [sharp, path, boat, css] = &facts.imports[..] else { panic!("{:?}", facts.imports) };
        assert_eq!((sharp.module.text.as_str(), sharp.module.span.of(text)), ("sharp", "sharp"));
        let names: Vec<_> = sharp
            .names
            .iter()
            .map(|name| (name.imported.text.as_str(), name.local.span.of(text), name.type_only))
            .collect();
        assert_eq!(names, [("default", "sharp", false), ("resize", "shrink", false), ("Options", "Options", true)]);
        assert_eq!((path.names[0].imported.text.as_str(), path.names[0].local.text.as_str()), ("*", "path"));
        assert!(boat.type_only && boat.names[0].type_only);
        assert!(css.names.is_empty() && css.kind == ImportKind::Static);
    }
}

#[test]
fn modules_are_taken_in_at_run_time_too() {
    let text = "const { Pool } = require('pg');\nasync function load() { return import('./heavy'); }\nexport { a as b } from './c';\nexport * from './d';\n";
    for facts in both(text) {
        let kinds: Vec<_> = facts.imports.iter().map(|import| (import.kind, import.module.text.as_str())).collect();
        let expected = [
            (ImportKind::Require, "pg"),
            (ImportKind::Dynamic, "./heavy"),
            (ImportKind::ReExport, "./c"),
            (ImportKind::ReExport, "./d"),
        ];
        assert_eq!(kinds, expected);
        assert_eq!(facts.imports[2].names[0].imported.text, "a");
        assert_eq!(facts.imports[2].names[0].local.text, "b");
    }
    assert_eq!(parse(text).imports[0].names[0].imported.text, "Pool");
}

#[test]
fn exports_have_their_kinds() {
    let text = "export default function Page() { return null; }\nexport interface Boat { id: string }\nexport type Id = string;\n\
                export const a = 1;\nexport class C {}\nexport enum E { A }\nconst x = 1;\nexport { x as y };\n";
    for facts in both(text) {
        let exports: Vec<_> = facts.exports.iter().map(|export| (export.name.text.as_str(), export.kind)).collect();
        let expected = [
            ("default", ExportKind::Function),
            ("Boat", ExportKind::Interface),
            ("Id", ExportKind::TypeAlias),
            ("a", ExportKind::Variable),
            ("C", ExportKind::Class),
            ("E", ExportKind::Enum),
            ("y", ExportKind::Name),
        ];
        assert_eq!(exports, expected);
        assert_eq!(facts.exports[0].local.as_ref().unwrap().text, "Page");
    }
}

#[test]
fn what_else_stands_in_a_text() {
    let text = "'use client';\nconst url = process.env.NEXT_PUBLIC_SITE_URL!;\nconst key = Deno.env.get('SERVICE_KEY');\n\
                const pool = new Pool({ max: 3 });\nconst rows = sql`select 1`;\ntype P = Prisma.BoatGetPayload<{}>;\n\
                const page = <Tabs.List><Button>Don't</Button></Tabs.List>;\n";
    for facts in both(text) {
        assert!(facts.has_directive("use client"));
        let variables: Vec<_> = facts.environment.iter().map(|one| one.name.span.of(text)).collect();
        assert_eq!(variables, ["NEXT_PUBLIC_SITE_URL", "SERVICE_KEY"]);
        assert_eq!(facts.environment[0].span.of(text), "process.env.NEXT_PUBLIC_SITE_URL");
        assert_eq!(facts.constructions[0].callee.text, "Pool");
        assert_eq!(facts.tags[0].text, "sql");
        let components: Vec<_> = facts.components.iter().map(|name| name.text.as_str()).collect();
        assert_eq!(components, ["Tabs.List", "Button"]);
    }
    assert_eq!(parse(text).types[0].text, "Prisma.BoatGetPayload");
}

#[test]
fn types_are_referred_to_in_many_places() {
    let facts = parse(
        "interface A extends Prisma.Boat {}\nclass B implements C.D {}\nlet e: import('@prisma/client').User | F<G>;",
    );
    let types: Vec<_> = facts.types.iter().map(|name| name.text.as_str()).collect();
    assert_eq!(types, ["Prisma.Boat", "C.D", "F", "G"]);
    assert_eq!((facts.imports[0].module.text.as_str(), facts.imports[0].type_only), ("@prisma/client", true));
}

#[test]
fn environment_variables_are_read_by_destructuring() {
    let facts = parse("const { API_KEY, OTHER: other } = process.env;\nconst c = process.env['QUOTED'];");
    let names: Vec<_> = facts.environment.iter().map(|one| one.name.text.as_str()).collect();
    assert_eq!(names, ["API_KEY", "OTHER", "QUOTED"]);
}

#[test]
fn edge_functions_are_told_from_routes() {
    assert!(parse("Deno.serve(async (req) => new Response('OK'));").is_edge_function());
    let old =
        "import { serve } from 'https://deno.land/std@0.168.0/http/server.ts';\nserve(async () => new Response('OK'));";
    assert!(parse(old).is_edge_function());
    assert!(!parse("export async function GET() { return serve(1); }").is_edge_function());
}
