#!/usr/bin/env bash
# Exits 0 when the service on the given port says it is ready; the image has no other HTTP client.
set -euo pipefail

exec 3<>"/dev/tcp/127.0.0.1/$1"
printf 'GET /health/ready HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
read -r status <&3
[[ $status == *' 200 '* ]]
