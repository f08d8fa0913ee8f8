#!/usr/bin/env bash
# Gets the speclint program: a released one whose checksum holds, or else one built from this action's checkout.
#
# In: SPECLINT_VERSION (a release, `source`, or nothing for the action's own), GITHUB_ACTION_PATH, RUNNER_TEMP.
#     SPECLINT_RELEASES may name a mirror of the releases.
# Out: `program` in GITHUB_OUTPUT. Whatever cannot be verified ends in an error, never in an unverified program.
set -euo pipefail

here=$GITHUB_ACTION_PATH
releases=${SPECLINT_RELEASES:-https://github.com/speclint/speclint/releases/download}
own=$(sed -n 's/^version = "\([0-9A-Za-z.+-]*\)"$/\1/p' "$here/Cargo.toml" | head -n 1)
version=${SPECLINT_VERSION:-$own}
version=${version#v}

fail() {
  echo "::error title=speclint::$1"
  exit 2
}

if [[ $version != source && ! $version =~ ^[0-9]+\.[0-9]+\.[0-9]+([-+.][0-9A-Za-z.]+)?$ ]]; then
  fail "the input 'version' is no version; write it as in 0.1.0"
fi

folder=$(mktemp -d "$RUNNER_TEMP/speclint.XXXXXX")

target() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo x86_64-unknown-linux-musl ;;
    Linux-aarch64 | Linux-arm64) echo aarch64-unknown-linux-musl ;;
    Darwin-x86_64) echo x86_64-apple-darwin ;;
    Darwin-arm64) echo aarch64-apple-darwin ;;
    MINGW*-x86_64 | MSYS*-x86_64) echo x86_64-pc-windows-msvc ;;
    *) return 1 ;;
  esac
}

get() {
  curl --fail --silent --show-error --location --proto '=https,file' --proto-redir '=https' --retry 3 --max-time 120 \
    --output "$2" "$releases/v$version/$1"
}

# The digest in lower case, whatever the system's tool is called.
digest() {
  if command -v sha256sum >/dev/null; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}

# Succeeds with a verified program, fails where there is no such release, and ends the step where something is wrong with it.
released() {
  local name archive wanted
  name=$(target) || return 1
  archive=speclint-$name.tar.gz
  command -v curl >/dev/null || return 1
  get "$archive" "$folder/$archive" || return 1
  get SHA256SUMS "$folder/SHA256SUMS" || fail "release $version has a program but no SHA256SUMS; it is not run"
  wanted=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$folder/SHA256SUMS")
  [[ $wanted =~ ^[0-9a-f]{64}$ ]] || fail "SHA256SUMS of release $version does not name $archive once; it is not run"
  [[ $wanted == "$(digest "$folder/$archive")" ]] || fail "the checksum of $archive, release $version, does not hold; it is not run"
  tar -xzf "$folder/$archive" -C "$folder" || fail "$archive cannot be unpacked"
  program=$folder/speclint
  [[ -f $program.exe ]] && program=$program.exe
  [[ -f $program ]] || fail "$archive holds no speclint"
}

build() {
  [[ $version == source || $version == "$own" ]] || fail "there is no release $version for this system"
  command -v cargo >/dev/null || fail "there is no release $version for this system, and no cargo to build it with"
  echo "::group::Build speclint"
  cargo build --release --locked --manifest-path "$here/Cargo.toml" --target-dir "$folder/target" ||
    fail "speclint cannot be built"
  echo "::endgroup::"
  program=$folder/target/release/speclint
  [[ -f $program.exe ]] && program=$program.exe
  [[ -f $program ]] || fail "the build left no program"
}

program=
if [[ $version == source ]] || ! released; then
  build
fi
"$program" --version >/dev/null || fail "the program does not run on this system"
echo "program=$program" >>"$GITHUB_OUTPUT"
