# shellcheck shell=bash
# Standalone: every service in one process.

run_standalone() {
  local logs="$DATA/logs" address="http://127.0.0.1:$HTTP_PORT" settings
  mkdir -p "$logs"
  mapfile -t settings < <(demo_settings; demo_staff; quiet_logs)
  ! port_answers "$HTTP_PORT" || fail "port $HTTP_PORT is taken; set MARKETPLACE_HTTP_PORT to another"
  ! port_answers "$STRATUM_PORT" || fail "port $STRATUM_PORT is taken; set MARKETPLACE_STRATUM_PORT to another"

  # A Standalone that was killed leaves its PostgreSQL running; the next start joins it, and the end stops it.
  at_stop stop_standalone_postgres
  start_process Standalone "$logs/standalone.log" env "${settings[@]}" \
    Urls="$address" Stratum__Port="$STRATUM_PORT" \
    Standalone__DataFolder="$DATA" Standalone__WebFolder="$WEB/dist" "$(program Standalone)"
  wait_until 60 "Standalone" curl -fsS "$address/health/ready"

  if [[ $MODE == check ]]; then
    run_check MARKETPLACE_URL="$address"
    return
  fi
  start_world "$logs" "$DEMO_FLAG" MARKETPLACE_URL="$address"
  print_guide "$address"
  wait_for_the_end
}

stop_standalone_postgres() { "$(program Provision)" postgres stop "$DATA"; }
