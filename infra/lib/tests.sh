# shellcheck shell=bash
# The tests: one program per project, counted from the report each of them writes.

PROJECT_LIMIT_SECONDS=900
FULL_PROJECT_LIMIT_SECONDS=10800
FAILURE_LINES=120
DISTRIBUTED_LINE=
PASSED=0
FAILED=0

# The reports of a full run are kept; those of a quick one make room for the next.
prepare_reports() {
  export MARKETPLACE_SEED=${MARKETPLACE_SEED:-$((RANDOM * 32768 + RANDOM))}
  if [[ -n $FULL ]]; then
    export MARKETPLACE_FULL=1 MARKETPLACE_FUZZ_CASES=1000000
    PROJECT_LIMIT_SECONDS=$FULL_PROJECT_LIMIT_SECONDS
    REPORTS="$ARTIFACTS/reports/full-$(date -u +%Y%m%dT%H%M%SZ)"
  else
    REPORTS="$ARTIFACTS/reports/last"
    rm -rf "$REPORTS"
  fi
  mkdir -p "$REPORTS"
  export MARKETPLACE_REPORTS="$REPORTS"
  say "seed $MARKETPLACE_SEED, reports in $REPORTS"
}

build_tests() {
  local project
  say "building"
  if ((${#PROJECTS[@]} == 0)); then
    quietly dotnet build "$ROOT/Marketplace.sln" --configuration Release --nologo -v quiet
    return
  fi
  quietly dotnet build "$ROOT/infra/run.proj" --configuration Release --nologo -v quiet
  for project in "${PROJECTS[@]}"; do
    quietly dotnet build "$ROOT/tests/$project/$project.csproj" --configuration Release --nologo -v quiet
  done
}

# PostgreSQL is started by the first test that wants it; what is left of it is stopped here.
start_test_servers() {
  local folder="$ARTIFACTS/test-broker" password
  at_stop stop_test_postgres
  mkdir -p "$folder"
  rm -rf "$folder/mnesia"
  "$(program Provision)" rabbitmq "$folder" --administrator test >/dev/null
  start_rabbitmq "$folder"
  start_redis "$ARTIFACTS/test-redis"
  wait_for_rabbitmq "$folder"
  password="$(<"$folder/password.test")"
  export MARKETPLACE_TEST_RABBITMQ="amqp://test:$password@127.0.0.1:$RABBITMQ_PORT/marketplace"
  export MARKETPLACE_TEST_REDIS="$REDIS"
}

stop_test_postgres() { "$(program Provision)" postgres stop "$ARTIFACTS/test-postgres"; }

# The rules of the house first, because they are quick. The whole line mostly waits for minutes to pass, and so do the
# processes beside it; the proxy has the machine for itself.
test_projects() {
  if ((${#PROJECTS[@]} > 0)); then
    printf '%s\n' "${PROJECTS[@]}"
    return
  fi
  printf 'Architecture.Tests\n'
  find "$ROOT/tests" -mindepth 2 -maxdepth 2 -name '*.Tests.csproj' -printf '%f\n' | sed 's/\.csproj$//' | sort |
    grep -vxE 'Architecture\.Tests|EndToEnd\.Tests|HashrateProxy\.Tests'
  printf 'EndToEnd.Tests\nHashrateProxy.Tests\n'
}

run_test_projects() {
  local projects project
  mapfile -t projects < <(test_projects)
  for project in "${projects[@]}"; do
    [[ $project != HashrateProxy.Tests ]] || finish_distributed_line
    run_test_project "$project"
  done
}

# The line again, against every service as its own process and two nodes of the proxy: beside the other tests, so that
# it may take longer than alone.
start_distributed_line() {
  local line="$ARTIFACTS/distributed-line.sh"
  printf '#!/bin/sh\nexec "%s" -noLogo -noColor -ctrf "%s"\n' \
    "$(program EndToEnd.Tests)" "$REPORTS/distributed.ctrf.json" >"$line"
  chmod 755 "$line"
  rm -rf "$ARTIFACTS/test-distributed"
  start_process "distributed line" "$REPORTS/distributed.log" env MARKETPLACE_CHECK_PROGRAM="$line" \
    timeout --kill-after=30 "$((2 * PROJECT_LIMIT_SECONDS))" \
    "$ROOT/infra/run.sh" --distributed --nodes 2 --check --data "$ARTIFACTS/test-distributed"
  DISTRIBUTED_LINE=$!
  DISTRIBUTED_SINCE=$SECONDS
}

finish_distributed_line() {
  local code=0
  [[ -n $DISTRIBUTED_LINE ]] || return 0
  wait "$DISTRIBUTED_LINE" || code=$?
  DISTRIBUTED_LINE=
  count_report "EndToEnd.Tests, distributed" "$REPORTS/distributed.ctrf.json" "$code" \
    "$((SECONDS - DISTRIBUTED_SINCE))"
  [[ $code -eq 0 ]] || tail -n "$FAILURE_LINES" "$REPORTS/distributed.log" >&2
}

run_test_project() {
  local project=$1 report="$REPORTS/$1.ctrf.json" log="$REPORTS/$1.log" code=0 started=$SECONDS
  timeout --kill-after=30 "$PROJECT_LIMIT_SECONDS" "$(program "$project")" -noLogo -noColor -ctrf "$report" \
    </dev/null >"$log" 2>&1 || code=$?
  count_report "$project" "$report" "$code" "$((SECONDS - started))"
  [[ $code -eq 0 ]] || tail -n "$FAILURE_LINES" "$log" >&2
}

# A program that ends badly without a failed test, or without a report at all, is a failure of its own.
count_report() {
  local project=$1 report=$2 code=$3 seconds=$4 passed=0 failed=0 skipped=0
  if [[ -s $report ]]; then
    passed=$(summary_figure passed "$report")
    failed=$(summary_figure failed "$report")
    skipped=$(summary_figure skipped "$report")
  fi
  if ((code != 0 && failed == 0)) || ((passed + failed + skipped == 0)); then
    failed=$((failed + 1))
  fi
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
  say "$project: $passed passed, $failed failed, $skipped skipped in $seconds s"
}

summary_figure() { grep -oE "\"$1\": *[0-9]+" "$2" | head -n 1 | grep -oE '[0-9]+$'; }

run_web_tests() {
  [[ -f $WEB/package-lock.json ]] || return 0
  local report="$REPORTS/web.json" log="$REPORTS/web.log" code=0 started=$SECONDS
  build_web
  (cd "$WEB" && npx vitest run --reporter=json --outputFile="$report") >"$log" 2>&1 || code=$?
  if [[ -s $report ]]; then
    sed -i 's/"numPassedTests"/"passed"/; s/"numFailedTests"/"failed"/; s/"numPendingTests"/"skipped"/' "$report"
  fi
  count_report web "$report" "$code" "$((SECONDS - started))"
  [[ $code -eq 0 ]] || tail -n "$FAILURE_LINES" "$log" >&2
}

report_totals() {
  trap - EXIT
  stop_everything
  printf '%s passed, %s failed\n' "$PASSED" "$FAILED"
  ((FAILED == 0 && PASSED > 0))
}
