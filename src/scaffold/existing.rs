//! Which features of Section 1 the codebase has already.

use super::tables::is_auth;
use crate::config::SkippableFeatures;
use crate::languages::code::CodeKind;
use crate::languages::prisma::PrismaText;
use crate::markdown::within;
use crate::spec::{Feature, Section, Spec, section_key};

/// Words for what Supabase Auth and the codebase's own pages do.
const CORE: [&str; 19] = [
    "auth", "authentication", "authorization", "nextauth", "login", "logout", "signin", "signup", "signout", "sign",
    "session", "sessions", "middleware", "registration", "password", "credentials", "account", "accounts", "user",
];
/// Words that say nothing else beside them.
const NEUTRAL: [&str; 34] = [
    "js", "in", "up", "out", "and", "the", "a", "of", "for", "with", "to", "page", "pages", "api", "apis", "system",
    "setup", "set", "flow", "form", "forms", "management", "handling", "model", "models", "member", "members", "users",
    "route", "routes", "protection", "protected", "reset", "base",
];
/// A title needs one of these: `User Profile` is a feature, `User Registration` is there.
const TELLING: usize = 16;

/// The reason, where a feature is the codebase's already: Section 1's sign-in, its pages, sessions and middleware. What
/// also defines a table or an endpoint of the product is none.
pub(super) fn reason(
    source: &Spec<'_>,
    section: &Section<'_>,
    feature: &Feature<'_>,
    skippable: &SkippableFeatures,
) -> Option<&'static str> {
    if section_key(&section.number) != "1" || !skippable.cover(&feature.id) {
        return None;
    }
    let document = source.document;
    let title = words(document.slice(feature.short_title));
    let kind = feature.kind.map_or_else(Vec::new, |kind| words(kind.text(document)));
    let telling = CORE.get(..TELLING).unwrap_or_default();
    let is_known = |word: &String| CORE.contains(&word.as_str()) || NEUTRAL.contains(&word.as_str());
    let tells = |words: &[String]| words.iter().any(|word| telling.contains(&word.as_str()));
    let is_about_auth = (tells(&title) && title.iter().all(is_known)) || (tells(&kind) && kind.iter().all(is_known));
    let adds = within(&source.endpoints, feature.span).iter().any(|endpoint| !endpoint.path.starts_with("/api/auth"));
    let codes = source.code.iter().filter(|code| code.kind == CodeKind::Prisma);
    let mut models = codes
        .filter(|code| feature.span.contains(code.fence.span.start))
        .flat_map(|code| PrismaText::parse(&code.text.text).models);
    if !is_about_auth || adds || models.any(|model| !is_auth(&model)) {
        return None;
    }
    let has = |word: &str| title.iter().any(|own| own == word);
    Some(if has("middleware") || has("route") || has("routes") {
        "the middleware of the codebase keeps sessions and guards pages; route handlers call requireAuth"
    } else if has("page") || has("pages") || has("form") || has("forms") {
        "the pages for signing in and signing up are there"
    } else {
        "Supabase Auth signs users in and keeps their sessions"
    })
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Draft, Overrides};
    use crate::markdown::Document;
    use crate::spec::SpecKind;
    use crate::text::SourceFile;

    fn config() -> Config {
        let rules = crate::checks::RuleSet::new(Vec::new()).unwrap();
        Draft::defaults(std::path::Path::new("/")).resolve(&rules.known(), &Overrides::default()).unwrap()
    }

    fn skipped(feature: &str) -> bool {
        let text = format!("## SECTION 1: Base\n\n#### FR-1.1: {feature}\n");
        let file = SourceFile::new("a.md", text.into_bytes());
        let document = Document::new(&file);
        let spec = Spec::read(&document, SpecKind::Source);
        let section = &spec.sections[0];
        reason(&spec, section, &section.features[0], &config().skippable_features).is_some()
    }

    #[test]
    fn sign_in_is_there() {
        for feature in [
            "NextAuth.js Authentication System",
            "Member Sign-In",
            "User Registration API\n\n`POST /api/auth/signup`",
            "Login & Signup Pages",
            "Route Protection Middleware",
            "Way In\n\n**Type:** Authentication",
        ] {
            assert!(skipped(feature), "{feature}");
        }
    }

    #[test]
    fn the_product_is_not() {
        for feature in [
            "Login History Report",
            "Dive Session Log",
            "User Profile",
            "Authentication\n\n**POST /api/boats** adds a boat.",
            "Sign-In\n\n```prisma\nmodel Boat {\n  id String @id\n}\n```",
            "Header Component\n\n**Type:** UI Component",
        ] {
            assert!(!skipped(feature), "{feature}");
        }
    }
}
