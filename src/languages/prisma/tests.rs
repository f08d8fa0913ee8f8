use proptest::prelude::*;

use super::*;

fn models(text: &str) -> Vec<(String, Vec<String>)> {
    let fields = |model: Model| model.fields.into_iter().map(|field| field.name).collect();
    PrismaText::parse(text).models.into_iter().map(|model| (model.name.clone(), fields(model))).collect()
}

const SCHEMA: &str = r#"
// The herd.
model Goat {
  id        String   @id @default(cuid())   /// the ear tag
  name      String?  @db.VarChar(40) // "unknown" is "" here
  born      DateTime @default(now()) @map("born_on")
  tags      String[]
  kind      Breed    @default(ALPINE)
  motherId  String?
  mother    Goat?    @relation("Kin", fields: [motherId], references: [id], onDelete: SetNull)
  kids      Goat[]   @relation("Kin")
  shape     Unsupported("polygon")?

  @@index([kind, born(sort: Desc)])
  @@map("goats")
}

enum Breed {
  ALPINE
  SAANEN @map("saanen_1")
}
"#;

#[test]
fn a_schema_is_read_in_full() {
    let read = PrismaText::parse(SCHEMA);
    let goat = &read.models[0];
    assert_eq!((goat.name.as_str(), goat.map(), goat.head.of(SCHEMA)), ("Goat", Some("goats"), "model Goat"));
    let of = |name: &str| goat.fields.iter().find(|field| field.name == name).expect(name);
    assert_eq!(goat.fields.len(), 9);
    assert!(of("id").has("id") && of("name").optional && of("tags").list && of("kids").list);
    assert_eq!((of("born").map(), of("name").map()), (Some("born_on"), None));
    assert_eq!(of("name").span.of(SCHEMA), "name      String?  @db.VarChar(40)");
    assert_eq!(of("mother").attributes[0].arguments.as_deref().map(|a| a.len() > 40), Some(true));
    assert!(of("shape").is_scalar() && of("shape").optional && !of("kind").is_scalar());
    assert_eq!(goat.attributes.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["index", "map"]);
    assert_eq!(read.enums, [Enum { name: "Breed".into(), values: vec!["ALPINE".into(), "SAANEN".into()] }]);
}

#[test]
fn what_breaks_off_hides_nothing_behind_it() {
    let text = "model Stall {\n  id Int @id\n  goat Goat @relation(fields: [goatId], ...\n  goatId Int\n  ...\n\nmodel Pen {\n  id Int\n";
    assert_eq!(
        models(text),
        [("Stall".into(), vec!["id".into(), "goat".into(), "goatId".into()]), ("Pen".into(), vec!["id".into()])]
    );
}

#[test]
fn attributes_go_over_several_lines() {
    let text = "model Pen {\n  farm Farm @relation(\n    fields: [farmId],\n    references: [id]\n  )\n  farmId Int\n}";
    let read = PrismaText::parse(text);
    assert_eq!(read.models[0].fields[0].attributes[0].name, "relation");
    assert_eq!(models(text)[0].1, ["farm", "farmId"]);
}

#[test]
fn other_blocks_comments_and_prose_declare_nothing() {
    let text = "datasource db {\n  provider = \"postgresql\"\n}\n// model Old {\n//   id Int\n// }\n/* model Older { id Int } */\nThe model is kept.\nmodel Barn\n{\n  id Int @default(1) // }\n  and more fields as above\n  ... existing fields\n  note String @default(\"a // b }\")\n}\nafter String\n";
    assert_eq!(models(text), [("Barn".into(), vec!["id".into(), "note".into()])]);
}

#[test]
fn a_block_on_one_line() {
    assert_eq!(
        models("model Key { id Int @id }\nmodel Lock { id Int }"),
        [("Key".into(), vec!["id".into()]), ("Lock".into(), vec!["id".into()])]
    );
    assert_eq!(PrismaText::parse("enum Size { SMALL LARGE }").enums[0].values, ["SMALL", "LARGE"]);
}

proptest! {
    #[test]
    fn any_text_gives_spans_inside_it(text in "(model A \\{\n|  [a-z]{1,3} [A-Z][a-z]{0,2}(\\?|\\[\\])?|@@?[a-z(\"]{0,5}|\\)|\n|//|/\\*|\\}|[äß…\"\\\\ ]){0,40}") {
        let read = PrismaText::parse(&text);
        for model in &read.models {
            prop_assert!(model.head.of(&text).starts_with("model"));
            for field in &model.fields {
                prop_assert!(field.span.of(&text).starts_with(&field.name));
                prop_assert!(field.attributes.iter().all(|a| a.span.of(&text).starts_with('@')));
            }
        }
    }
}
