use std::collections::HashMap;

use crate::checks::{Check, Context};
use crate::diagnostics::{Finding, Location};
use crate::spec::Feature;

pub(super) const CHECK: Check = Check { rules: &["duplicate-feature"], run };

/// A feature id that has two bodies.
fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let spec = &cx.pair.integrated;
    let mut first: HashMap<&str, &Feature<'_>> = HashMap::new();
    for (_, feature) in spec.features() {
        let Some(earlier) = first.insert(&feature.id, feature) else { continue };
        first.insert(&feature.id, earlier);
        let line = spec.document.file.line(earlier.place.start);
        let message = format!("{} is defined twice; the first is on line {line}", feature.id);
        let finding = cx.finding("duplicate-feature", feature.place, message);
        let place = Location::of(spec.document.file, earlier.place);
        let help = "merge the two, or give this one its own id";
        findings.extend(finding.map(|f| f.help(help).related(place, "the first one").subject(&feature.id)));
    }
}
