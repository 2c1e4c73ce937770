#!/usr/bin/env bash
# Restores, builds, checks the format and runs every test. Ends with a line "N passed, N failed[, N skipped]".
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

# The launcher publishes the same configuration, so nothing is compiled twice.
configuration=Release
solution=Rulescope.slnx

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

step() { printf '\n==> %s\n' "$1"; shift; local from=$SECONDS; "$@"; printf '    %d s\n' $((SECONDS - from)); }

check_tools() {
  command -v dotnet >/dev/null ||
    fail "the .NET SDK 10 is missing; get it from https://dotnet.microsoft.com/download/dotnet/10.0"
  dotnet --list-sdks | grep -q '^10\.' ||
    fail "dotnet is here, but not its SDK 10; get it from https://dotnet.microsoft.com/download/dotnet/10.0"
  command -v git >/dev/null ||
    fail "git is missing; get it from your package manager (apt-get install git) or https://git-scm.com"
  { command -v node >/dev/null && command -v npm >/dev/null; } ||
    echo "build.sh: node and npm are missing: the site is built without its scripts, and the tests of them are skipped (https://nodejs.org)" >&2
}

# The runner writes one summary for each run; whatever a test prints before it does not count.
count_tests() {
  awk '
    /^Test run summary:/ { summary = 1; next }
    summary { for (i = 1; i < NF; i++) count[$i] += $(i + 1) }
    END { printf "%d %d %d %d\n", count["total:"], count["succeeded:"], count["failed:"], count["skipped:"] }
  ' "$1"
}

check_tools
step "restore" dotnet restore "$solution" -v quiet
step "build ($configuration, warnings are errors)" dotnet build "$solution" -c "$configuration" --no-restore -v quiet
step "format" dotnet format "$solution" --verify-no-changes --no-restore

printf '\n==> test\n'
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet test --solution "$solution" -c "$configuration" --no-build --no-ansi 2>&1 | tee "$log" || status=$?
read -r total passed failed skipped < <(count_tests "$log")

[ "$total" -gt 0 ] || { status=1; echo "build.sh: no test ran" >&2; }
[ "$failed" -eq 0 ] || status=1
[ "$status" -eq 0 ] || echo "build.sh: the tests did not pass (status $status)" >&2

line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
printf '\n%s\n' "$line"
exit "$status"
