//! Any source that is recognised is scaffolded clean: random sections, features in both shapes, models, endpoints, tasks.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(clippy::format_push_string, clippy::too_many_lines, reason = "a document is written from top to bottom")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use speclint::Checker;
use speclint::checks::RuleSet;
use speclint::config::{Draft, Overrides};
use speclint::languages::code::CodeKind;
use speclint::languages::typescript::Confidence;
use speclint::markdown::Document;
use speclint::scaffold::{Day, Request, Scaffold, write};
use speclint::spec::{Code, Spec, SpecKind};
use speclint::text::SourceFile;

static CHECKER: LazyLock<Checker> = LazyLock::new(|| {
    let rules = RuleSet::new(Vec::new()).unwrap();
    let config = Draft::defaults(Path::new("/")).resolve(&rules.known(), &Overrides::default()).unwrap();
    Checker::new(rules, config, PathBuf::from("/"))
});

fn scaffold(source: &SourceFile) -> Scaffold {
    let request = Request { source, inventory: None, source_name: "source.md", day: Day::parse("2025-03-03").unwrap() };
    write(&CHECKER, &request).unwrap()
}

/// Words of a spec, odd ones and forbidden ones among them.
const WORDS: [&str; 34] = [
    "boats",
    "the mooring",
    "Großmann",
    "naïve",
    "plan",
    "within 2 seconds",
    "`B-07`",
    "\"quoted\"",
    "it's",
    "5 % of 3 < 4",
    "S3",
    "Redis",
    "BullMQ worker",
    "Prisma",
    "useSWR",
    "NextAuth.js",
    "a & b",
    "名前",
    "**bold**",
    "(see above)",
    "→ done",
    "3.5",
    "must not",
    "e-mail",
    "harbour_master",
    "snake_case",
    "C:\\tide",
    "#hash",
    "a/b",
    "100 m²",
    "x|y",
    "~2 days",
    "two tables",
    "GET it",
];

fn sentence() -> impl Strategy<Value = String> {
    vec(select(&WORDS[..]), 1..6).prop_map(|words| words.join(" "))
}

/// A title: no pipes and no marks that a heading would read.
fn title() -> impl Strategy<Value = String> {
    let words = [
        "Boats",
        "Moorings & Piers",
        "Über-Blick",
        "Tide \"A\"",
        "Login Page",
        "Session Log",
        "S3 Upload Flow",
        "(old) Lamps",
        "Harbour API",
        "Prisma Models",
        "Big 5",
        "名前 List",
        "It's Due",
        "C++ Bridge",
    ];
    vec(select(words.to_vec()), 1..3).prop_map(|words| words.join(" "))
}

/// A block of criteria in one of the shapes that specs have.
fn criteria() -> impl Strategy<Value = String> {
    (vec(sentence(), 1..5), 0..6_u8).prop_map(|(items, shape)| {
        let line = |(index, item): (usize, &String)| match shape {
            0 => format!("- {item}"),
            1 => format!("{}. {item}", index + 1),
            2 => format!("- [ ] {item}"),
            3 => format!("- **GIVEN** {item} **WHEN** it rains **THEN** nothing"),
            4 => format!("* {item}\n  - nested {index}"),
            _ => format!("| {} | {} |", index + 1, item.replace('|', "/")),
        };
        let lines = items.iter().enumerate().map(line).collect::<Vec<_>>().join("\n");
        if shape > 4 { format!("| # | Criterion |\n|---|---|\n{lines}") } else { lines }
    })
}

#[derive(Clone, Debug)]
struct Feature {
    title: String,
    is_body: bool,
    description: String,
    criteria: Option<String>,
    label: u8,
    endpoints: Vec<(usize, usize)>,
    extra: Option<String>,
}

fn feature() -> impl Strategy<Value = Feature> {
    let endpoints = vec((0..5_usize, 0..PATHS.len()), 0..3);
    let parts = (title(), any::<bool>(), sentence(), proptest::option::of(criteria()), 0..4_u8, endpoints);
    (parts, proptest::option::of(sentence())).prop_map(
        |((title, is_body, description, criteria, label, endpoints), extra)| Feature {
            title,
            is_body,
            description,
            criteria,
            label,
            endpoints,
            extra,
        },
    )
}

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const PATHS: [&str; 12] = [
    "/api/boats",
    "/api/boats/[id]",
    "/api/boats/:id/photos",
    "/api/tide-gauges/{gaugeId}/readings/[id]",
    "/api/stats/summary",
    "/api/boats/[id]/download",
    "/api/files/[...path]",
    "/api/users/<user>/boats",
    "/api/moorings?free=1",
    "/api/Lamps/",
    "/api/uploads",
    "/api/v1/crew.json",
];

/// A field of a model; relations are by the index of the other model.
#[derive(Clone, Debug)]
enum Field {
    Plain(usize, usize),
    One(Index, bool, usize),
    User(bool),
    Many(Index),
}

const NAMES: [&str; 14] = [
    "title", "order", "userId", "s3Key", "s3Bucket", "createdAt", "updatedAt", "weightKg", "group", "HTTPCode", "a",
    "ownerId", "memberId", "deletedAt",
];
const TYPES: [&str; 16] = [
    "String",
    "String?",
    "Int @default(3)",
    "Int @default(autoincrement())",
    "BigInt",
    "Float?",
    "Decimal @db.Decimal(10, 2)",
    "DateTime @default(now())",
    "DateTime",
    "Json @default(\"{}\")",
    "Boolean @default(false)",
    "String[]",
    "Status @default(OPEN)",
    "String @unique @db.VarChar(40)",
    "Bytes?",
    "String @default(\"it's \\\"so\\\"\")",
];

fn field() -> impl Strategy<Value = Field> {
    prop_oneof![
        5 => (0..NAMES.len(), 0..TYPES.len()).prop_map(|(name, ty)| Field::Plain(name, ty)),
        2 => (any::<Index>(), any::<bool>(), 0..4_usize).prop_map(|(to, optional, action)| Field::One(to, optional, action)),
        1 => any::<bool>().prop_map(Field::User),
        1 => any::<Index>().prop_map(Field::Many),
    ]
}

#[derive(Clone, Debug)]
struct Model {
    name: &'static str,
    key: u8,
    fields: Vec<Field>,
    map: bool,
}

const MODELS: [&str; 8] = ["Boat", "TideGauge", "Order", "Crew", "MooringLine", "Session", "Category", "Lamp"];

fn models() -> impl Strategy<Value = Vec<Model>> {
    let one = (0..4_u8, vec(field(), 0..6), any::<bool>());
    (proptest::sample::subsequence(MODELS.to_vec(), 0..5), vec(one, 8)).prop_map(|(names, parts)| {
        let model = |(name, (key, fields, map))| Model { name, key, fields, map };
        names.into_iter().zip(parts).map(model).collect()
    })
}

fn prisma(model: &Model, all: &[Model]) -> String {
    let mut lines = vec![match model.key {
        0 => "  id String @id @default(cuid())".to_owned(),
        1 => "  id Int @id @default(autoincrement())".to_owned(),
        2 => "  code String @id".to_owned(),
        _ => "  name String".to_owned(),
    }];
    let other = |index: &Index| &all[index.index(all.len())];
    for (number, field) in model.fields.iter().enumerate() {
        match field {
            Field::Plain(name, ty) => lines.push(format!("  {} {}", NAMES[*name], TYPES[*ty])),
            Field::One(to, optional, action) => {
                let to = other(to);
                let mark = if *optional { "?" } else { "" };
                let key = ["id", "id", "code", "id"][to.key as usize];
                let ty = if to.key == 1 { "Int" } else { "String" };
                let action = ["", ", onDelete: Cascade", ", onDelete: SetNull", ", onUpdate: Restrict"][*action];
                lines.push(format!("  ref{number}Id {ty}{mark}"));
                lines.push(format!(
                    "  ref{number} {}{mark} @relation(\"R{number}\", fields: [ref{number}Id], references: [{key}]{action})",
                    to.name
                ));
            }
            Field::User(required) => {
                let mark = if *required { "" } else { "?" };
                lines.push(format!("  keeperId String{mark}"));
                lines.push(format!("  keeper User{mark} @relation(fields: [keeperId], references: [id])"));
            }
            Field::Many(to) => lines.push(format!("  many{number} {}[]", other(to).name)),
        }
    }
    if model.map {
        lines.push(format!("\n  @@map(\"old_{}\")", model.name.to_lowercase()));
        lines.push("  @@index([title, order])".to_owned());
    }
    format!("model {} {{\n{}\n}}", model.name, lines.join("\n"))
}

#[derive(Clone, Debug)]
struct Section {
    name: String,
    purpose: Option<String>,
    value: Option<String>,
    is_bulleted: bool,
    features: Vec<Feature>,
    tests: Vec<String>,
    tasks: Vec<String>,
    endpoints: Vec<(usize, usize)>,
}

fn section() -> impl Strategy<Value = Section> {
    let texts = (title(), proptest::option::of(sentence()), proptest::option::of(sentence()), any::<bool>());
    let lists = (vec(feature(), 0..4), vec(sentence(), 0..3), vec(sentence(), 0..3));
    (texts, lists, vec((0..5_usize, 0..PATHS.len()), 0..3)).prop_map(
        |((name, purpose, value, is_bulleted), (features, tests, tasks), endpoints)| Section {
            name,
            purpose,
            value,
            is_bulleted,
            features,
            tests,
            tasks,
            endpoints,
        },
    )
}

#[derive(Clone, Debug)]
struct Source {
    sections: Vec<Section>,
    models: Vec<Model>,
    home: Index,
    appendix: Option<String>,
    crlf: bool,
    mark: bool,
}

prop_compose! {
    fn source()(
        sections in vec(section(), 1..4),
        models in models(),
        home in any::<Index>(),
        appendix in proptest::option::of(sentence()),
        crlf in any::<bool>(),
        mark in proptest::bool::weighted(0.2),
    ) -> Source {
        Source { sections, models, home, appendix, crlf, mark }
    }
}

impl Source {
    /// The file, and the criteria that must stand in the scaffold.
    fn write(&self) -> (String, Vec<String>) {
        let (mut out, mut kept) =
            (String::from("# Harbour - Structured Specification\n\n**Version:** 2.1\n\n"), Vec::new());
        let places: usize = self.sections.iter().map(|section| section.features.len() + 1).sum();
        let home = self.home.index(places);
        let mut place = 0;
        for (index, section) in self.sections.iter().enumerate() {
            let number = index + 1;
            out.push_str(&format!("## SECTION {number}: {}\n\n### Overview\n\n", section.name));
            let labels = [("Section Purpose", &section.purpose), ("User Value", &section.value)];
            for (label, text) in labels.into_iter().filter_map(|(label, text)| Some((label, text.as_ref()?))) {
                out.push_str(&if section.is_bulleted {
                    format!("- **{label}**: {text}\n")
                } else {
                    format!("**{label}:** {text}\n\n")
                });
            }
            out.push_str("\n### Features & Requirements\n\n");
            for (own, feature) in section.features.iter().enumerate().filter(|(_, feature)| !feature.is_body) {
                out.push_str(&format!("- **FR-{number}.{}**: {} (more)\n", own + 1, feature.title));
            }
            out.push('\n');
            for (own, feature) in section.features.iter().enumerate().filter(|(_, feature)| feature.is_body) {
                out.push_str(&format!("#### FR-{number}.{}: {}\n\n", own + 1, feature.title));
                out.push_str(&format!("**Type:** API Endpoint\n\n**Description:** {}\n\n", feature.description));
                if let Some(criteria) = &feature.criteria {
                    let label = [
                        "**Acceptance Criteria:**\n\n",
                        "**Acceptance Criteria**:\n",
                        "**Acceptance Criteria** (all):\n\n",
                        "#### Acceptance Criteria\n\n",
                    ];
                    out.push_str(&format!("{}{criteria}\n\n", label[feature.label as usize]));
                    kept.push(criteria.clone());
                }
                if let Some(extra) = &feature.extra {
                    out.push_str(&format!("**Technical Notes:** {extra}\n\n"));
                }
                for (method, path) in &feature.endpoints {
                    out.push_str(&format!("**{} `{}`** - does it\n\n", METHODS[*method], PATHS[*path]));
                }
                if place == home {
                    out.push_str(&self.schema());
                }
                place += 1;
                out.push_str("---\n\n");
            }
            place += section.features.iter().filter(|feature| !feature.is_body).count();
            if place == home {
                out.push_str(&format!("### Database Models\n\n{}", self.schema()));
            }
            place += 1;
            if !section.endpoints.is_empty() {
                out.push_str("### API Endpoints\n\n| Endpoint | Method |\n|---|---|\n");
                for (method, path) in &section.endpoints {
                    out.push_str(&format!("| `{}` | {} |\n", PATHS[*path], METHODS[*method]));
                }
                out.push('\n');
            }
            if !section.tests.is_empty() {
                out.push_str("### Testing Strategy\n\n");
                section.tests.iter().for_each(|test| out.push_str(&format!("- {test}\n")));
                out.push_str("\n```typescript\nimport { prisma } from '@/lib/db';\n```\n\n");
            }
            if !section.tasks.is_empty() {
                out.push_str("### Development Tasks\n\n");
                for (own, task) in section.tasks.iter().enumerate() {
                    out.push_str(&match own % 3 {
                        0 => format!("- **T-{number}.{own}**: {task} (2 hours)\n"),
                        1 => format!("\n**T-{number}.{own}: {task}** (3 hours)\n- {task}\n\n"),
                        _ => format!("- T-{number}.{own}: {task}\n"),
                    });
                }
            }
            out.push_str(&format!("\n## END OF SECTION {number}\n\n"));
        }
        if let Some(appendix) = &self.appendix {
            out.push_str(&format!(
                "## APPENDICES\n\n### Appendix A: Terms\n\n- **Tide**: {appendix}\n\n| `/api/lost/[id]` | GET |\n"
            ));
        }
        if self.crlf {
            out = out.replace('\n', "\r\n");
            for text in &mut kept {
                *text = text.replace('\n', "\r\n");
            }
        }
        (if self.mark { format!("\u{feff}{out}") } else { out }, kept)
    }

    fn schema(&self) -> String {
        let models = self.models.iter().map(|model| prisma(model, &self.models)).collect::<Vec<_>>().join("\n\n");
        format!("**Prisma Models:**\n\n```prisma\nenum Status {{\n  OPEN\n  CLOSED_LATE\n}}\n\n{models}\n```\n\n")
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_scaffold_checks_clean_but_for_markers(source in source()) {
        let (text, kept) = source.write();
        let file = SourceFile::new("source.md", text.clone().into_bytes());
        let written = scaffold(&file);
        let found: Vec<String> =
            written.findings.iter().map(|own| format!("{} {} {}", own.location.start.line, own.rule, own.message)).collect();
        prop_assert!(found.is_empty(), "{found:#?}\n--- source\n{text}\n--- scaffold\n{}", written.text);
        for criteria in &kept {
            prop_assert!(written.text.contains(criteria.as_str()) || is_skipped(&written.text), "{criteria}\n--- lost\n{}", written.text);
        }
        prop_assert_eq!(unread_code(&written.text), Vec::<String>::new());
        prop_assert_eq!(&scaffold(&file), &written, "the same source gives the same bytes");
        prop_assert_eq!(written.text.contains('\r'), source.crlf);
    }
}

/// The code of a scaffold that no parser reads as it is.
fn unread_code(text: &str) -> Vec<String> {
    let file = SourceFile::new("scaffold.md", text.to_owned().into_bytes());
    let document = Document::new(&file);
    let spec = Spec::read(&document, SpecKind::Integrated);
    let is_read = |code: &&Code<'_>| match code.kind {
        CodeKind::Script => code.facts().confidence == Confidence::Parsed,
        _ => code.sql().problems.is_empty(),
    };
    spec.code.iter().filter(|code| !is_read(code)).map(|code| code.text.text.to_string()).collect()
}

/// Whether some feature is left to the codebase: its criteria are not wanted.
fn is_skipped(text: &str) -> bool {
    text.contains("**Existing Infrastructure** (no changes needed):")
}
