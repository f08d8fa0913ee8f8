#!/usr/bin/env bash
# Runs speclint once and hands out what it found: annotations, the job summary, SARIF, counts.
#
# In: SPECLINT_PROGRAM, SPECLINT_PATHS and SPECLINT_REPORTS (one a line), SPECLINT_ARGS (parted by white space),
#     SPECLINT_CONFIG, SPECLINT_FAIL_ON, SPECLINT_WORKING_DIRECTORY; GITHUB_WORKSPACE, RUNNER_TEMP.
# Out: errors, warnings, notes and sarif in GITHUB_OUTPUT, the summary in GITHUB_STEP_SUMMARY; speclint's exit code.
# No input is ever read as a part of this script.
set -euo pipefail
set -f

fail() {
  echo "::error title=speclint::$1"
  exit 2
}

[[ -n ${SPECLINT_PROGRAM:-} ]] || fail "there is no program to run"
cd "$GITHUB_WORKSPACE" || fail "there is no workspace"
cd -- "${SPECLINT_WORKING_DIRECTORY:-.}" || fail "the input 'working-directory' names no folder"
folder=$(mktemp -d "$RUNNER_TEMP/speclint-reports.XXXXXX")
sarif=$folder/speclint.sarif

args=(check --report github --report "markdown=$folder/summary.md" --report "sarif=$sarif" --report "json=$folder/report.json")
[[ -z ${SPECLINT_CONFIG:-} ]] || args+=("--config=$SPECLINT_CONFIG")
[[ -z ${SPECLINT_FAIL_ON:-} ]] || args+=("--fail-on=$SPECLINT_FAIL_ON")
while IFS= read -r line; do
  line=${line%$'\r'}
  [[ -z $line ]] || args+=("--report=$line")
done <<<"${SPECLINT_REPORTS:-}"
# shellcheck disable=SC2206 # parted at white space on purpose; names are not expanded (set -f)
args+=(${SPECLINT_ARGS:-})
args+=(--)
while IFS= read -r line; do
  line=${line%$'\r'}
  [[ -z $line ]] || args+=("$line")
done <<<"${SPECLINT_PATHS:-}"

code=0
"$SPECLINT_PROGRAM" "${args[@]}" || code=$?

# A key of the summary in the JSON report; keys of findings stand deeper, and a text has no line feed of its own.
count() {
  sed -n "s/^    \"$1\": \([0-9][0-9]*\),\{0,1\}\$/\1/p" "$folder/report.json" | head -n 1
}

if [[ -f $folder/report.json ]]; then
  for name in errors warnings notes; do
    echo "$name=$(count $name)" >>"$GITHUB_OUTPUT"
  done
elif [[ $code == 0 ]]; then
  fail "speclint ended without a report"
fi
[[ ! -f $sarif ]] || echo "sarif=$sarif" >>"$GITHUB_OUTPUT"
[[ ! -f $folder/summary.md ]] || cat "$folder/summary.md" >>"$GITHUB_STEP_SUMMARY"
exit "$code"
