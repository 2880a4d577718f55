# shellcheck shell=bash
# Builds what runs, when something has changed since the last time.

WEB="$ROOT/gateway/web"

need_sdk() {
  command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download"
  [[ ! -d $WEB ]] || command -v npm >/dev/null || fail "Node.js 20 or later with npm is missing: https://nodejs.org"
}

# changed_since STAMP PATH...: whether a source, or a folder by a deletion, is newer than the stamp.
changed_since() {
  local stamp=$1
  shift
  [[ -f $stamp ]] || return 0
  [[ -n "$(find "$@" \( -name node_modules -o -name dist \) -prune -o -newer "$stamp" -print -quit)" ]]
}

build_programs() {
  local stamp="$ARTIFACTS/run.stamp" started
  local sources=("$ROOT/services" "$ROOT/infra" "$ROOT"/Directory.* "$ROOT/global.json" "$ROOT/BannedSymbols.txt")
  changed_since "$stamp" "${sources[@]}" || return 0
  say "building the services"
  mkdir -p "$ARTIFACTS"
  started="$(mktemp "$ARTIFACTS/run.stamp.XXXXXX")"
  quietly dotnet build "$ROOT/infra/run.proj" --configuration Release --nologo -v quiet
  mv "$started" "$stamp"
}

build_web() {
  [[ -f $WEB/package-lock.json ]] || return 0
  local stamp="$WEB/dist/.stamp" started
  if changed_since "$WEB/node_modules/.package-lock.json" "$WEB/package-lock.json"; then
    say "installing the web app's packages"
    # A copy of the registry may lack packages of other platforms, which "npm ci" takes for a broken lock file.
    (cd "$WEB" && quietly npm install --no-save --no-audit --no-fund)
    touch "$WEB/node_modules/.package-lock.json"
  fi
  changed_since "$stamp" "$WEB"/{src,index.html} "$WEB"/*.{json,ts} || return 0
  say "building the web app"
  started="$(mktemp "$ARTIFACTS/web.stamp.XXXXXX")"
  (cd "$WEB" && quietly npm run build)
  mv "$started" "$stamp"
}
