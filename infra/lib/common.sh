# shellcheck shell=bash
# Said once for every script: where things are, how to speak, and how to wait.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
ARTIFACTS="$ROOT/.artifacts"
CONFIGURATION=release
POLL_SECONDS=0.1

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "error: $*"
  exit 1
}

# Runs a command silently; shows what it printed when it fails.
quietly() {
  local output
  if ! output="$("$@" 2>&1)"; then
    say "$output"
    fail "'$*' failed"
  fi
}

# program NAME: the path of a built .NET program.
program() { printf '%s/bin/%s/%s/Marketplace.%s' "$ARTIFACTS" "$1" "$CONFIGURATION" "$1"; }

# wait_until SECONDS WHAT COMMAND...: polls the command until it succeeds.
wait_until() {
  local limit_seconds=$1 what=$2
  shift 2
  local deadline=$((SECONDS + limit_seconds))
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || fail "$what: not within $limit_seconds seconds"
    require_processes
    sleep "$POLL_SECONDS"
  done
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# recorded_port FILE: the port written there when it is free now, and else a new free one, which is written there.
recorded_port() {
  local file=$1 port
  if [[ -s $file ]] && port="$(<"$file")" && ! port_answers "$port"; then
    printf '%s' "$port"
    return
  fi
  port=$((20000 + RANDOM % 10000))
  while port_answers "$port"; do
    port=$((20000 + RANDOM % 10000))
  done
  printf '%s' "$port" >"$file"
  printf '%s' "$port"
}

# recorded_secret FILE: a random secret, made once and readable by its owner alone.
recorded_secret() {
  local file=$1
  if [[ ! -s $file ]]; then
    (umask 077 && od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$file.new" && mv "$file.new" "$file")
  fi
  cat "$file"
}
