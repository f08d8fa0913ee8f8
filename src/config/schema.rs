use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::raw::RawConfig;

/// The JSON Schema (draft 7, which editors for TOML read) of `speclint.toml`.
pub fn json_schema() -> Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<RawConfig>().to_value()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::{env, fs};

    use super::*;

    #[test]
    fn the_checked_in_schema_is_current() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/speclint.schema.json");
        let current = format!("{}\n", serde_json::to_string_pretty(&json_schema()).unwrap());
        if env::var_os("SPECLINT_UPDATE_SCHEMA").is_some() {
            fs::write(&path, &current).unwrap();
        }
        let checked_in = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            checked_in == current,
            "schema/speclint.schema.json is stale; regenerate it: SPECLINT_UPDATE_SCHEMA=1 cargo test --lib config"
        );
    }
}
