//! The steps of `action.yml`, run as a runner would: with its environment files, and nothing from its network.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{root, skip};
use tempfile::TempDir;

/// A runner's folders and files.
struct Runner {
    folder: TempDir,
}

/// What a step did.
#[derive(Debug)]
struct Step {
    code: i32,
    log: String,
    output: String,
    summary: String,
}

impl Runner {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["workspace", "temp", "bin", "releases"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a script of the action with these inputs.
    fn step(&self, script: &str, inputs: &[(&str, &str)]) -> Step {
        for file in ["output", "summary"] {
            fs::write(self.path(file), "").unwrap();
        }
        let mut command = Command::new("bash");
        command.arg(root().join("action").join(script)).current_dir(self.path("workspace"));
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_ACTION_PATH", root())
            .env("GITHUB_WORKSPACE", self.path("workspace"))
            .env("GITHUB_OUTPUT", self.path("output"))
            .env("GITHUB_STEP_SUMMARY", self.path("summary"))
            .env("RUNNER_TEMP", self.path("temp"))
            .env("SPECLINT_RELEASES", format!("file://{}", self.path("releases").display()))
            .envs(inputs.iter().copied());
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Step {
            code: output.status.code().unwrap_or(-1),
            log: text(&output.stdout) + &text(&output.stderr),
            output: fs::read_to_string(self.path("output")).unwrap(),
            summary: fs::read_to_string(self.path("summary")).unwrap(),
        }
    }

    /// A `PATH` with what a system has, and no cargo.
    fn without_cargo(&self) -> String {
        let found = |tool: &str| {
            let path = std::env::var_os("PATH")?;
            std::env::split_paths(&path).map(|folder| folder.join(tool)).find(|path| path.is_file())
        };
        let tools = "awk bash basename cat curl cut env gzip head mkdir mktemp sed sha256sum shasum tar uname";
        for tool in tools.split(' ') {
            if let Some(path) = found(tool) {
                let _ = symlink(path, self.path("bin").join(tool));
            }
        }
        self.path("bin").display().to_string()
    }

    /// A release with a program that says `released`.
    fn release(&self, version: &str, target: &str) -> PathBuf {
        let folder = self.path("releases").join(format!("v{version}"));
        fs::create_dir_all(&folder).unwrap();
        let program = self.path("speclint");
        fs::write(&program, "#!/bin/sh\necho released\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let archive = folder.join(format!("speclint-{target}.tar.gz"));
        run(Command::new("tar").arg("-czf").arg(&archive).arg("-C").arg(self.folder.path()).arg("speclint"));
        folder
    }
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Whether this system has the tools that installing takes, and a target that releases know.
fn target() -> Option<&'static str> {
    let has = |tool: &str| Command::new(tool).arg("--version").output().is_ok();
    if !has("curl") || !has("sha256sum") || !has("bash") {
        skip("there is no bash, curl or sha256sum");
        return None;
    }
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Some("x86_64-unknown-linux-musl"),
        ("linux", "aarch64") => Some("aarch64-unknown-linux-musl"),
        _ => {
            skip("releases are tested on Linux");
            None
        }
    }
}

fn sums(folder: &Path) {
    let mut command = Command::new("bash");
    run(command.arg("-c").arg("sha256sum -- *.tar.gz >SHA256SUMS").current_dir(folder));
}

#[test]
fn a_release_is_run_only_if_its_checksum_holds() {
    let Some(target) = target() else { return };
    let runner = Runner::new();
    let path = runner.without_cargo();
    let install = |version: &str| runner.step("install.sh", &[("PATH", &path), ("SPECLINT_VERSION", version)]);

    let none = install("");
    assert_eq!(none.code, 2, "{none:?}");
    assert!(none.log.contains("::error") && none.log.contains("no cargo") && none.output.is_empty(), "{none:?}");

    let folder = runner.release("1.2.3", target);
    let unsigned = install("1.2.3");
    assert!(unsigned.code == 2 && unsigned.log.contains("no SHA256SUMS") && unsigned.output.is_empty(), "{unsigned:?}");

    sums(&folder);
    let good = install("v1.2.3");
    assert_eq!(good.code, 0, "{good:?}");
    let program = good.output.trim().strip_prefix("program=").unwrap().to_owned();
    assert_eq!(run(&mut Command::new(program)), "released\n");

    let archive = folder.join(format!("speclint-{target}.tar.gz"));
    let mut bytes = fs::read(&archive).unwrap();
    bytes.push(0);
    fs::write(&archive, bytes).unwrap();
    let forged = install("1.2.3");
    assert!(forged.code == 2 && forged.log.contains("does not hold") && forged.output.is_empty(), "{forged:?}");

    fs::write(folder.join("SHA256SUMS"), "").unwrap();
    assert_eq!(install("1.2.3").code, 2);
    for version in ["9.9.9", "../1.2.3", "1.2.3;touch x", "$(touch x)"] {
        let refused = install(version);
        assert!(refused.code == 2 && refused.output.is_empty(), "{version}: {refused:?}");
    }
    assert!(!runner.path("workspace/x").exists());
}

#[test]
fn one_run_gives_annotations_summary_sarif_and_counts() {
    let runner = Runner::new();
    let workspace = runner.path("workspace");
    // A checkout, whose top the paths in annotations and SARIF are relative to.
    fs::create_dir_all(workspace.join(".git")).unwrap();
    fs::create_dir(workspace.join("specs")).unwrap();
    for file in ["integrated.md", "integrated-clean.md", "source.md", "inventory.md"] {
        fs::copy(root().join("examples").join(file), workspace.join("specs").join(file)).unwrap();
    }
    let program = ("SPECLINT_PROGRAM", env!("CARGO_BIN_EXE_speclint"));
    let check = |inputs: &[(&str, &str)]| {
        let mut all = vec![program];
        all.extend(inputs);
        runner.step("check.sh", &all)
    };
    let faulty = check(&[("SPECLINT_PATHS", "specs/integrated.md\n"), ("SPECLINT_REPORTS", "rdjson=r.json\n")]);
    assert_eq!(faulty.code, 1, "{}", faulty.log);
    assert!(faulty.log.contains("::error ") && faulty.log.contains("file=specs/integrated.md"), "{}", faulty.log);
    assert!(faulty.summary.contains("rls-enabled"), "{}", faulty.summary);
    let value = |name: &str| {
        let line = faulty.output.lines().find_map(|line| line.strip_prefix(&format!("{name}=")));
        line.unwrap_or_else(|| panic!("{name} is not in {}", faulty.output)).to_owned()
    };
    assert!(["errors", "warnings", "notes"].iter().all(|name| value(name).parse::<usize>().unwrap() > 0));
    let sarif: serde_json::Value = serde_json::from_slice(&fs::read(value("sarif")).unwrap()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(check(&[("SPECLINT_PATHS", "specs/integrated.md"), ("SPECLINT_FAIL_ON", "never")]).code, 0);

    let inside = [("SPECLINT_WORKING_DIRECTORY", "specs"), ("SPECLINT_PATHS", "integrated-clean.md\r\n")];
    let clean = check(&inside);
    assert!(clean.code == 0 && clean.output.contains("errors=0\nwarnings=0\n"), "{clean:?}");

    // No input is code, a path that starts with `-` is a path, and what cannot be checked fails the step.
    for inputs in [
        [("SPECLINT_PATHS", "$(touch x)\n`touch x`\n; touch x")],
        [("SPECLINT_PATHS", "--report=json=x")],
        [("SPECLINT_ARGS", "--select $(touch${IFS}x) *")],
        [("SPECLINT_CONFIG", "'; touch x")],
        [("SPECLINT_WORKING_DIRECTORY", "$(touch x)")],
        [("SPECLINT_REPORTS", "sarif=/nowhere/x")],
        [("SPECLINT_PROGRAM", "")],
    ] {
        let refused = check(&inputs);
        assert!(refused.code != 0 && refused.code != 1, "{inputs:?}: {refused:?}");
        assert!(!workspace.join("x").exists(), "{inputs:?}");
    }
    let nothing = check(&[("SPECLINT_PROGRAM", "true")]);
    assert!(nothing.code == 2 && nothing.log.contains("without a report"), "{nothing:?}");
}

/// An expression in a script would let whoever names a branch write the script.
#[test]
fn no_script_holds_an_expression_and_every_foreign_action_is_pinned() {
    let folder = root().join(".github/workflows");
    let workflows = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let template = root().join("src/cli/init/workflow.yml");
    for path in workflows.chain([root().join("action.yml"), template]) {
        let text = fs::read_to_string(&path).unwrap();
        let mut script = None;
        for line in text.lines() {
            let indent = line.len() - line.trim_start().len();
            let key = line.trim_start().trim_start_matches("- ");
            if script.is_some_and(|start| !line.trim().is_empty() && indent <= start) {
                script = None;
            }
            if key.starts_with("run:") {
                script = Some(indent);
            }
            assert!(script.is_none() || !line.contains("${{"), "{}: {line}", path.display());
            if let Some(action) = key.strip_prefix("uses: ").filter(|action| !action.starts_with("speclint/speclint@"))
            {
                let commit = action.split_once('@').map_or("", |(_, rest)| rest.split(' ').next().unwrap_or(""));
                let is_commit = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
                assert!(action == "./" || (is_commit && action.contains(" # v")), "{}: {line}", path.display());
            }
        }
    }
}

/// What is released together names one version.
#[test]
fn versions_agree() {
    let version = env!("CARGO_PKG_VERSION");
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    assert!(read("packaging/pre-commit-mirror/pyproject.toml").contains(&format!("\"speclint=={version}\"")));
    let readme = read("README.md");
    assert!(readme.contains(&format!("uses: speclint/speclint@v{version}\n")));
    assert!(readme.contains(&format!("rev: v{version}\n")));
}
