# shellcheck shell=bash
# The demo world: simulated pools and a simulated farm that really hash, and people with known passwords.

HTTP_PORT=${MARKETPLACE_HTTP_PORT:-8080}
STRATUM_PORT=${MARKETPLACE_STRATUM_PORT:-3333}
DEMO_ACCRUAL_SECONDS=10

# The settings of every service that make a demonstration possible; none of them is on by default.
demo_settings() {
  printf '%s\n' \
    DemoWorld__Enabled=true \
    Payments__Sandbox=true \
    Proxy__AllowPrivatePools=true \
    Settlement__AccrualIntervalSeconds="$DEMO_ACCRUAL_SECONDS"
}

# Settings of Identity alone.
demo_staff() {
  printf '%s\n' \
    Identity__Staff__0__Email=finance@demo.example \
    Identity__Staff__0__Password=demo-finance-hashrate-2026 \
    Identity__Staff__0__Role=finance
}

quiet_logs() { printf '%s\n' Logging__LogLevel__Default=Information Logging__LogLevel__Microsoft.AspNetCore=Warning; }

# run_check ADDRESS=VALUE...: drives the main line once and ends with its exit code.
run_check() { env "$@" MARKETPLACE_STRATUM="127.0.0.1:$STRATUM_PORT" "$(program DemoWorld)" check; }

# start_world LOGS FLAG ADDRESS=VALUE...
start_world() {
  local logs=$1 flag=$2
  shift 2
  start_process "the demo world" "$logs/demo-world.log" \
    env "$@" MARKETPLACE_STRATUM="127.0.0.1:$STRATUM_PORT" "$(program DemoWorld)" world ${flag:+"$flag"}
}

print_guide() {
  local address=$1
  cat <<GUIDE

The marketplace runs at $address
  seller    seller@demo.example    demo-seller-hashrate-2026
  renter    renter@demo.example    demo-renter-hashrate-2026
  finance   finance@demo.example   demo-finance-hashrate-2026
  Stratum   stratum+tcp://127.0.0.1:$STRATUM_PORT   (user farm.rig.worker, any password)

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
