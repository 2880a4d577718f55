#!/usr/bin/env bash
# Builds and starts the marketplace with its demo world.
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
for part in processes packages build demo standalone brokers distributed; do
  # shellcheck source=/dev/null
  source "$ROOT/infra/lib/$part.sh"
done

usage() {
  cat <<'USAGE'
infra/run.sh [--demo] [--check] [--distributed [--nodes N]] [--data DIR]

Installs what is missing, builds, and starts every service in one process with a private PostgreSQL and a demo world.

  --demo         keeps a contract of the demo renter running, so that there is life at once
  --check        drives the main line once, prints each step with its figures, stops, and exits 0 when all held
  --distributed  every service as its own process, on private RabbitMQ, PostgreSQL and Redis
  --nodes N      so many nodes of the proxy (default 1), each with the next HTTP and the next Stratum port
  --data DIR     where everything is kept between starts (default .data)
  --help         this

A configured connection string (ConnectionStrings__catalog and so on) wins over the private PostgreSQL.
MARKETPLACE_HTTP_PORT (8080) and MARKETPLACE_STRATUM_PORT (3333) are the ports of the one process.
USAGE
}

DATA="$ROOT/.data"
MODE=run
PROXY_NODES=1
TOPOLOGY=standalone
DEMO_FLAG=

while (($# > 0)); do
  case $1 in
    --demo) DEMO_FLAG=--demo ;;
    --check) MODE=check ;;
    --distributed) TOPOLOGY=distributed ;;
    --nodes)
      [[ ${2:-} =~ ^[1-9]$ ]] || fail "--nodes needs a number from 1 to 9"
      PROXY_NODES=$2
      shift
      ;;
    --data)
      (($# > 1)) || fail "--data needs a folder"
      DATA=$2
      shift
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *)
      usage >&2
      fail "unknown option '$1'"
      ;;
  esac
  shift
done

# Other users may pass through the folder to what is theirs in it, but not look around.
(umask 066 && mkdir -p "$DATA")
DATA="$(cd "$DATA" && pwd)"

[[ $TOPOLOGY == distributed || $PROXY_NODES == 1 ]] || fail "--nodes goes with --distributed"

need_sdk
need_postgres
build_programs
build_web
stop_when_done
"run_$TOPOLOGY"
