# shellcheck shell=bash
# Background processes: started in a session of their own, so that Ctrl-C reaches this script alone, which then stops
# them by their ids, the last one first.

STOP_SECONDS=30
PROCESS_IDS=()
PROCESS_NAMES=()
STOP_ACTIONS=()

# start_process NAME LOG COMMAND...: starts it and remembers its id.
start_process() {
  local name=$1 log=$2
  shift 2
  [[ ! -f $log ]] || mv "$log" "$log.1"
  setsid "$@" </dev/null >"$log" 2>&1 &
  PROCESS_IDS+=($!)
  PROCESS_NAMES+=("$name")
  PROCESS_LOGS[$!]=$log
}
declare -A PROCESS_LOGS=()

# at_stop COMMAND: runs after the processes have ended.
at_stop() { STOP_ACTIONS+=("$1"); }

# A process that has died is named with the end of its log, instead of waiting for it in vain.
require_processes() {
  local index
  for index in "${!PROCESS_IDS[@]}"; do
    local id=${PROCESS_IDS[$index]}
    if ! kill -0 "$id" 2>/dev/null; then
      tail -n 30 "${PROCESS_LOGS[$id]}" >&2
      fail "${PROCESS_NAMES[$index]} has ended; its log is ${PROCESS_LOGS[$id]}"
    fi
  done
}

stop_process() {
  local id=$1 deadline=$((SECONDS + STOP_SECONDS))
  kill -TERM "$id" 2>/dev/null || return 0
  while kill -0 "$id" 2>/dev/null; do
    if ((SECONDS >= deadline)); then
      say "process $id did not stop within $STOP_SECONDS seconds and is killed"
      kill -KILL "$id" 2>/dev/null || true
      return 0
    fi
    sleep "$POLL_SECONDS"
  done
}

stop_everything() {
  trap '' INT TERM
  local index
  for ((index = ${#PROCESS_IDS[@]} - 1; index >= 0; index--)); do
    stop_process "${PROCESS_IDS[$index]}"
  done
  for ((index = ${#STOP_ACTIONS[@]} - 1; index >= 0; index--)); do
    ${STOP_ACTIONS[$index]} || true
  done
}

# stop_when_done: from now on everything is stopped however this script ends.
stop_when_done() {
  trap stop_everything EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# wait_for_the_end: until Ctrl-C, or until one of the processes dies.
wait_for_the_end() {
  wait -n "${PROCESS_IDS[@]}" || true
  require_processes
}
