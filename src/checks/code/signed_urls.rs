//! Files that are handed out to everybody.

use std::collections::HashMap;

use super::public_buckets;
use crate::checks::{Check, Context, one_per_line};
use crate::diagnostics::Finding;
use crate::languages::code::{CodeKind, RegionKind, regions};
use crate::languages::typescript::{Call, Facts, Value, ValueKind};
use crate::spec::Database;
use crate::spec::schema::Bucket;
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["signed-urls"], run };

/// What the address of an object in storage has in it.
const OBJECT_PATHS: [&str; 2] = ["/storage/v1/object/", "/storage/v1/render/image/"];

const HELP: &str = "keep the bucket private, and hand the file out with `createSignedUrl(path, seconds)`";

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("signed-urls") {
        return;
    }
    let mut own = Vec::new();
    for code in cx.scripts() {
        let facts = code.facts();
        for call in &facts.calls {
            if let Some(link) = call.method("getPublicUrl") {
                let place = link.name.as_ref().map_or(link.span, |name| name.span);
                own.extend(finding(cx, code.place(place), "`getPublicUrl` hands the file to everybody"));
            }
            if let Some(place) = public_bucket(facts, call) {
                own.extend(finding(cx, code.place(place), "the bucket is created public"));
            }
        }
        for place in hand_built(&code.text.text) {
            own.extend(finding(cx, code.place(place), "the address of a stored file is put together by hand"));
        }
    }
    own.extend(public_buckets_in_sql(cx));
    for place in public_buckets::find(cx) {
        let finding = cx.finding("signed-urls", place, "the bucket is created public");
        own.extend(finding.map(|finding| finding.help(HELP)));
    }
    findings.extend(one_per_line(own));
}

fn finding(cx: &Context<'_, '_>, span: Span, message: &str) -> Option<Finding> {
    Some(cx.finding("signed-urls", span, message)?.help(HELP))
}

/// `createBucket('x', { public: true })`, also `updateBucket`: where `public` stands.
fn public_bucket(facts: &Facts, call: &Call) -> Option<Span> {
    let link = call.method("createBucket").or_else(|| call.method("updateBucket"))?;
    let options = link.argument(1).map(|value: &Value| facts.resolve(value))?;
    let property = options.as_object()?.get("public")?;
    matches!(property.value.kind, ValueKind::Boolean(true)).then_some(property.key.span)
}

/// Addresses of objects in strings and code; a signed one is not hand-built, and a comment builds nothing.
fn hand_built(text: &str) -> Vec<Span> {
    let found = OBJECT_PATHS.iter().flat_map(|path| {
        memchr::memmem::find_iter(text.as_bytes(), path.as_bytes()).map(|at| Span::new(at, at + path.len()))
    });
    let found: Vec<Span> = found.filter(|span| !is_signed(text.get(span.end..).unwrap_or(""))).collect();
    if found.is_empty() {
        return found;
    }
    let comments: Vec<Span> = regions(CodeKind::Script, text)
        .into_iter()
        .filter(|region| region.kind == RegionKind::Comment)
        .map(|region| region.span)
        .collect();
    let is_comment = |span: &Span| {
        let behind = comments.partition_point(|comment| comment.start <= span.start);
        behind.checked_sub(1).and_then(|index| comments.get(index)).is_some_and(|comment| comment.encloses(*span))
    };
    found.into_iter().filter(|span| !is_comment(span)).collect()
}

fn is_signed(rest: &str) -> bool {
    ["sign/", "upload/sign/"].iter().any(|kind| rest.starts_with(kind))
}

/// Rows of `storage.buckets` with `public` set.
fn public_buckets_in_sql(cx: &Context<'_, '_>) -> Vec<Finding> {
    let database = Database::of_pair(cx.pair, &cx.config.exposed_schemas);
    let buckets = &database.schema.buckets;
    // A bucket may be opened or closed after it was made: the last word counts.
    let last: HashMap<&str, bool> =
        buckets.iter().filter_map(|bucket| Some((bucket.id.as_str(), bucket.public?))).collect();
    let is_left_public = |bucket: &&Bucket| bucket.public == Some(true) && last.get(bucket.id.as_str()) == Some(&true);
    let finding = |bucket: &Bucket| {
        let span = database.judged_place(bucket.place)?;
        let message = format!("the bucket `{}` is made public", bucket.id);
        Some(finding(cx, span, &message)?.subject(bucket.id.clone()))
    };
    buckets.iter().filter(is_left_public).filter_map(finding).collect()
}
