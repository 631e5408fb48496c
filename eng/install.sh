# Installs what a bare machine lacks. Sourced by the scripts beside it; says nothing when nothing is missing.

packages_listed=

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Shows the output of a command only when it fails.
quietly() {
  local output
  if ! output=$("$@" 2>&1); then
    echo "$output" >&2
    return 1
  fi
}

install_packages() {
  if ! command -v apt-get >/dev/null; then
    echo "Please install these first: $*" >&2
    exit 1
  fi
  echo "Installing $* ..."
  if [ -z "$packages_listed" ]; then
    quietly as_root apt-get update -q
    packages_listed=yes
  fi
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}

need_dotnet() {
  if command -v dotnet >/dev/null && dotnet --version >/dev/null 2>&1; then return; fi
  echo "The .NET 10 SDK is missing. Where your system has a package for it: dotnet-sdk-10.0." >&2
  exit 1
}

need_postgres() {
  if command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then return; fi
  # Only the programs are wanted: the server that the package would set up and start at once is nobody's wish.
  install_packages postgresql-common
  local settings=/etc/postgresql-common/createcluster.conf
  as_root cp "$settings" "$settings.before"
  echo 'create_main_cluster = false' | as_root tee -a "$settings" >/dev/null
  install_packages postgresql
  as_root mv "$settings.before" "$settings"
}

need_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then install_packages nodejs npm; fi
  local version
  version=$(node --version | tr -dc '0-9.' | cut -d. -f1)
  if [ "$version" -lt 18 ]; then
    echo "Node.js 18 or later is needed; this is $(node --version)." >&2
    exit 1
  fi
}

need_browser() {
  if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then return; fi
  install_packages chromium
}

# The tests talk to the UDP door with the real ENet library.
need_enet() {
  if compgen -G '/usr/lib/*/libenet.so.7' >/dev/null; then return; fi
  install_packages libenet7
}

# The tests run made-up programs in it and in the server, and compare.
need_lua() {
  if command -v lua5.1 >/dev/null; then return; fi
  install_packages lua5.1
}
