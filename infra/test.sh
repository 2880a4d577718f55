#!/usr/bin/env bash
# Installs what the tests need, builds once, and runs every test. The last line is "N passed, N failed".
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
for part in processes packages build brokers tests; do
  # shellcheck source=/dev/null
  source "$ROOT/infra/lib/$part.sh"
done

usage() {
  cat <<'USAGE'
infra/test.sh [--full] [PROJECT...]

Runs every test of the solution and of the web app, or only the named test projects (Stratum.Tests).

  --full   adds the long ones: soak, kill loops and a million fuzzed inputs; the seed is printed, and the reports of
           every such run are kept in .artifacts/reports
  --help   this

MARKETPLACE_SEED repeats a run with its printed seed.
USAGE
}

FULL=
PROJECTS=()
while (($# > 0)); do
  case $1 in
    --full) FULL=1 ;;
    --help | -h)
      usage
      exit 0
      ;;
    -*)
      usage >&2
      fail "unknown option '$1'"
      ;;
    *) PROJECTS+=("$1") ;;
  esac
  shift
done

need_sdk
need_postgres
need_broker_and_cache
need_packages hledger=hledger bean-check=beancount
prepare_reports
build_tests
stop_when_done
start_test_servers
if [[ ${#PROJECTS[@]} -eq 0 ]]; then
  start_distributed_line
fi
run_test_projects
if [[ ${#PROJECTS[@]} -eq 0 ]]; then
  run_web_tests
fi
report_totals
