#!/usr/bin/env bash
# Writes .env with a random password for everything in docker-compose.yml that has one; an existing file is kept.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
FILE="$ROOT/.env"
SERVICES=(IDENTITY CATALOG ORDERING BILLING PROXY)

password() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

if [[ -e $FILE ]]; then
  echo "$FILE exists and is kept" >&2
  exit 0
fi

umask 077
{
  echo "POSTGRES_PASSWORD=$(password)"
  echo "REDIS_PASSWORD=$(password)"
  for service in "${SERVICES[@]}"; do
    echo "${service}_DATABASE_PASSWORD=$(password)"
    echo "${service}_BROKER_PASSWORD=$(password)"
  done
} >"$FILE"
