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
        for import in code.facts().imports.iter().filter(|import| is_foreign(cx, code, import)) {
            let module = &import.module;
            let message = format!("`{}` is not one of the existing components", module.text);
            let help = "use a component of `@/components/ui/` that the codebase has";
            let finding = cx.finding("existing-components", code.place(module.span), message);
            own.extend(finding.map(|finding| finding.help(help).subject(module.text.clone())));
        }
    }
    findings.extend(one_per_line(own));
}

/// Whether an import is reported here: then it is no one else's business.
pub(in crate::checks) fn is_foreign(cx: &Context<'_, '_>, code: &Code<'_>, import: &Import) -> bool {
    let module = import.module.text.as_str();
    let of_any = |packages: &[&str]| packages.iter().any(|package| is_of(module, package));
    if import.type_only || is_of_icons(module) {
        return false;
    }
    if of_any(&PRIMITIVES) {
        // A component of the UI folder is where the primitives belong.
        return !code.path_at(import.span.start).and_then(module_key).is_some_and(|own| is_ui(&own));
    }
    if of_any(&LIBRARIES) {
        return !cx.pair.known().is_some_and(|inventory| inventory.packages.contains(module));
    }
    let key = module.starts_with("@/").then(|| module_key(module)).flatten();
    key.is_some_and(|key| is_ui(&key) && is_missing(cx, module, &key))
}

/// Whether nothing has a module of the folder of the UI components, as far as can be told.
fn is_missing(cx: &Context<'_, '_>, module: &str, key: &str) -> bool {
    let is_created = cx.pair.created().modules.contains_key(key);
    let in_codebase = cx.codebase.map(|codebase| codebase.resolve(module).is_some());
    let in_inventory = cx.pair.known().map(|inventory| inventory.has_ui_module(key));
    let is_there = matches!((in_codebase, in_inventory), (Some(true), _) | (_, Some(Some(true) | None)) | (None, None));
    !is_there && !is_created
}

/// Whether a library's package holds its icons: `@radix-ui/react-icons`, `@ant-design/icons`.
fn is_of_icons(module: &str) -> bool {
    let package = module.strip_prefix('@').and_then(|scoped| scoped.split('/').nth(1));
    package.is_some_and(|name| name.split('-').any(|word| word == "icons"))
}

/// Whether a module specifier is of a package, or of a family that ends in `/`.
fn is_of(module: &str, package: &str) -> bool {
    module.strip_prefix(package).is_some_and(|rest| package.ends_with('/') || rest.is_empty() || rest.starts_with('/'))
}
