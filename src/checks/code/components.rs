//! UI that is not made of the existing components.

use crate::checks::{Check, Context, one_per_line};
use crate::diagnostics::Finding;
use crate::languages::typescript::Import;
use crate::spec::{Code, is_ui, module_key};

pub(super) const CHECK: Check = Check { rules: &["existing-components"], run };

/// The primitives that the existing components are made of: they are installed everywhere, and used nowhere else.
const PRIMITIVES: [&str; 2] = ["@radix-ui/", "radix-ui"];
/// Libraries of components: packages, or families that end in `/`.
const LIBRARIES: [&str; 33] = [
    "@mui/",
    "@material-ui/",
    "antd",
    "antd-mobile",
    "@ant-design/",
    "@chakra-ui/",
    "@mantine/",
    "@headlessui/",
    "@nextui-org/",
    "@heroui/",
    "@fluentui/",
    "@blueprintjs/",
    "@carbon/react",
    "@shopify/polaris",
    "@tremor/react",
    "@ariakit/react",
    "@base-ui-components/react",
    "@base-ui/react",
    "@ark-ui/react",
    "@geist-ui/",
    "@primer/react",
    "@elastic/eui",
    "react-aria-components",
    "react-bootstrap",
    "reactstrap",
    "semantic-ui-react",
    "primereact",
    "rsuite",
    "grommet",
    "evergreen-ui",
    "flowbite-react",
    "baseui",
    "theme-ui",
];

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("existing-components") {
        return;
    }
    let mut own = Vec::new();
    for code in cx.scripts() {
        for import in code.facts().imports.iter().filter(|import| !import.type_only) {
            own.extend(fault(cx, code, import).and_then(|message| {
                let help = "use a component of `@/components/ui/` that the codebase has";
                let finding = cx.finding("existing-components", code.place(import.module.span), message)?;
                Some(finding.help(help).subject(import.module.text.clone()))
            }));
        }
    }
    findings.extend(one_per_line(own));
}

/// Whether an import is reported here: then it is no one else's business.
pub(in crate::checks) fn is_foreign(cx: &Context<'_, '_>, code: &Code<'_>, import: &Import) -> bool {
    !import.type_only && fault(cx, code, import).is_some()
}

fn fault(cx: &Context<'_, '_>, code: &Code<'_>, import: &Import) -> Option<String> {
    let module = import.module.text.as_str();
    let own_path = code.path_at(import.span.start).and_then(module_key);
    let foreign = Some(format!("`{module}` is not one of the existing components"));
    if PRIMITIVES.iter().any(|package| is_of(module, package)) {
        // A component of the UI folder is where the primitives belong.
        return foreign.filter(|_| !own_path.is_some_and(|own| is_ui(&own)));
    }
    if LIBRARIES.iter().any(|package| is_of(module, package)) {
        let is_known = cx.pair.known().is_some_and(|inventory| inventory.packages.contains(module));
        return foreign.filter(|_| !is_known);
    }
    let key = module_key(module).filter(|key| module.starts_with("@/") && is_ui(key))?;
    let is_created = cx.pair.created().modules.contains_key(&key);
    let in_codebase = cx.codebase.map(|codebase| codebase.resolve(module).is_some());
    let in_inventory = cx.pair.known().map(|inventory| inventory.has_ui_module(&key));
    let is_missing = match (in_codebase, in_inventory) {
        (Some(true), _) | (_, Some(Some(true) | None)) | (None, None) => false,
        (Some(false) | None, _) => true,
    };
    (is_missing && !is_created).then(|| format!("`{module}` is not one of the existing components"))
}

/// Whether a module specifier is of a package, or of a family that ends in `/`.
fn is_of(module: &str, package: &str) -> bool {
    module.strip_prefix(package).is_some_and(|rest| package.ends_with('/') || rest.is_empty() || rest.starts_with('/'))
}
