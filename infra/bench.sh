#!/usr/bin/env bash
# Measures how fast the product is on this machine; one line "name value unit" per figure.
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
for part in packages build; do
  # shellcheck source=/dev/null
  source "$ROOT/infra/lib/$part.sh"
done

usage() {
  cat <<'USAGE'
infra/bench.sh proxy [GROUP...]   the hashrate proxy's figures: verify, share, memory, fleet, route; all without a name
infra/bench.sh money              the ledger's figures, on a database whose commits wait for the disk
infra/bench.sh hashing            each way to hash, by BenchmarkDotNet

The proxy runs as a process of its own, and haproxy beside it relays the same lines: it is installed when it is missing.
A figure holds for a machine that does nothing else.
USAGE
}

case ${1:-} in
  proxy | money) ;;
  hashing) set -- ;;
  --help | -h)
    usage
    exit 0
    ;;
  *)
    usage >&2
    fail "unknown benchmark '${1:-}'"
    ;;
esac

need_sdk
need_postgres
[[ ${1:-} != proxy ]] || need_packages /usr/sbin/haproxy=haproxy
quietly dotnet build "$ROOT/tests/Benchmarks/Benchmarks.csproj" --configuration Release --nologo -v quiet
"$(program Benchmarks)" "$@"
