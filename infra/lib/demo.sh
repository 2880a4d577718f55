# shellcheck shell=bash
# The demo world: simulated pools and a simulated farm that really hash, and people with known passwords.

HTTP_PORT=${MARKETPLACE_HTTP_PORT:-8080}
STRATUM_PORT=${MARKETPLACE_STRATUM_PORT:-3333}
DEMO_ACCRUAL_SECONDS=10
DEMO_WORLD_SECONDS=120

# Role=e-mail=password.
PEOPLE=(
  seller=seller@demo.example=demo-seller-hashrate-2026
  renter=renter@demo.example=demo-renter-hashrate-2026
  finance=finance@demo.example=demo-finance-hashrate-2026
)

# The settings of every service that make a demonstration possible; none of them is on by default.
demo_settings() {
  printf '%s\n' \
    DemoWorld__Enabled=true \
    Payments__Sandbox=true \
    Proxy__AllowPrivatePools=true \
    Settlement__AccrualIntervalSeconds="$DEMO_ACCRUAL_SECONDS"
}

# Settings of Identity alone: people who do not register, but are appointed.
demo_staff() {
  local role email password
  IFS="=" read -r role email password <<<"${PEOPLE[2]}"
  printf '%s\n' \
    Identity__Staff__0__Email="$email" \
    Identity__Staff__0__Password="$password" \
    Identity__Staff__0__Role="$role"
}

people_options() {
  local person role email password
  for person in "${PEOPLE[@]}"; do
    IFS="=" read -r role email password <<<"$person"
    printf '%s\n' "--$role-email" "$email" "--$role-password" "$password"
  done
}

quiet_logs() {
  printf '%s\n' \
    Logging__LogLevel__Default=Information \
    Logging__LogLevel__Microsoft.AspNetCore=Warning \
    Logging__LogLevel__Microsoft.EntityFrameworkCore=Warning
}

# Where workers connect: a port of each node of the proxy, one after the other.
stratum_addresses() {
  local addresses=() node
  for ((node = 1; node <= PROXY_NODES; node++)); do
    addresses+=("127.0.0.1:$((STRATUM_PORT + node - 1))")
  done
  (IFS=',' && printf '%s' "${addresses[*]}")
}

# run_check ADDRESS=VALUE...: drives the main line once and ends with its exit code.
# The tests bring a program of their own.
run_check() {
  local people
  mapfile -t people < <(people_options)
  if [[ -n ${MARKETPLACE_CHECK_PROGRAM:-} ]]; then
    env "$@" MARKETPLACE_STRATUM="$(stratum_addresses)" "$MARKETPLACE_CHECK_PROGRAM"
    return
  fi
  env "$@" MARKETPLACE_STRATUM="$(stratum_addresses)" "$(program DemoWorld)" check "${people[@]}"
}

# start_world LOGS FLAG ADDRESS=VALUE...: returns when pools, farm and people are there.
start_world() {
  local logs=$1 flag=$2 people
  shift 2
  mapfile -t people < <(people_options)
  start_process "the demo world" "$logs/demo-world.log" \
    env "$@" MARKETPLACE_STRATUM="$(stratum_addresses)" "$(program DemoWorld)" world ${flag:+"$flag"} "${people[@]}"
  wait_until "$DEMO_WORLD_SECONDS" "the demo world" grep -q '^farm of' "$logs/demo-world.log"
}

print_guide() {
  local address=$1 person role email password
  printf '\nThe marketplace runs at %s\n' "$address"
  for person in "${PEOPLE[@]}"; do
    IFS="=" read -r role email password <<<"$person"
    printf '  %-9s %-22s %s\n' "$role" "$email" "$password"
  done
  cat <<GUIDE
  Stratum   stratum+tcp://127.0.0.1:$STRATUM_PORT   (user farm.rig.worker, any password)
            stratum+ssl://127.0.0.1:$STRATUM_PORT   (the same port; a self-signed certificate)

What to try
  1. Sign in as the seller and see the rig's measured hashrate beside its claimed one.
  2. Sign in as the renter, open Listings, ask for a quote with the pool
     stratum+tcp://127.0.0.1:13332, pay with card 4242 4242 4242 4242, and watch the hashrate arrive.
  3. Cancel the contract and compare invoice, credit note and held funds.
  4. Sign in as finance and read the ledger's trial balance: it is zero.
  infra/run.sh --demo keeps a contract running; infra/run.sh --check drives the whole line and prints its figures.

Ctrl-C stops everything. The data stays in $DATA.
GUIDE
}
