# shellcheck shell=bash
# Debian packages, installed without letting them start anything.

# The clusters and services of these packages are not wanted: the programs run private ones.
POLICY=/usr/sbin/policy-rc.d
CLUSTER_SETTINGS=/etc/postgresql-common/createcluster.d/marketplace.conf

# need_packages COMMAND-OR-PATH=PACKAGE...: installs the packages whose command or path is missing.
need_packages() {
  local pair missing=()
  for pair in "$@"; do
    is_present "${pair%%=*}" || missing+=("${pair#*=}")
  done
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

is_present() {
  if [[ $1 == /* ]]; then
    compgen -G "$1" >/dev/null
  else
    command -v "$1" >/dev/null
  fi
}

install_packages() {
  command -v apt-get >/dev/null || fail "install $* first: this system has no apt-get"
  say "installing $*"
  if ((EUID == 0)); then
    install_as_root "$@"
  elif sudo -n true 2>/dev/null; then
    sudo -n bash -c "$(declare -p POLICY CLUSTER_SETTINGS); $(declare -f install_as_root forbid_starts allow_starts); \
      set -euo pipefail; install_as_root $*"
  else
    fail "install $* first, as root: apt-get install $*"
  fi
}

install_as_root() (
  forbid_starts
  trap allow_starts EXIT
  export DEBIAN_FRONTEND=noninteractive
  local options=(-y -q --no-install-recommends)
  if ! apt-get install "${options[@]}" "$@" >/dev/null 2>&1; then
    apt-get update -q >/dev/null
    apt-get install "${options[@]}" "$@" >/dev/null
  fi
)

forbid_starts() {
  mkdir -p "${CLUSTER_SETTINGS%/*}"
  printf 'create_main_cluster = false\n' >"$CLUSTER_SETTINGS"
  if [[ ! -e $POLICY ]]; then
    printf '#!/bin/sh\n# marketplace\nexit 101\n' >"$POLICY"
    chmod 755 "$POLICY"
  fi
}

allow_starts() {
  rm -f "$CLUSTER_SETTINGS"
  if grep -q '^# marketplace$' "$POLICY" 2>/dev/null; then
    rm -f "$POLICY"
  fi
}

need_postgres() { need_packages '/usr/lib/postgresql/*/bin/initdb=postgresql' setpriv=util-linux curl=curl; }

need_broker_and_cache() {
  need_packages /usr/lib/rabbitmq/bin/rabbitmq-server=rabbitmq-server redis-server=redis-server
}
