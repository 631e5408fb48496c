# Installs what a bare machine lacks. Sourced by the scripts beside it; says nothing when nothing is missing.

# The oldest Node.js that the samples and tests run on; what Debian 12 and Ubuntu 24.04 have.
oldest_node=18
package_lists_fetched=

fail() {
  echo "$@" >&2
  exit 1
}

# Shows the output of a command only when it fails.
quietly() {
  local output
  if ! output=$("$@" 2>&1); then
    echo "$output" >&2
    return 1
  fi
}

package_manager() {
  local known
  for known in apt-get dnf brew winget; do
    if command -v "$known" >/dev/null; then echo "$known"; return; fi
  done
}

# The package of a program under each package manager.
package_name() {
  case "$1-$(package_manager)" in
    dotnet-apt-get | dotnet-dnf) echo dotnet-sdk-10.0 ;;
    dotnet-brew) echo dotnet-sdk ;;
    dotnet-winget) echo Microsoft.DotNet.SDK.10 ;;
    icu-apt-get) apt-cache search --names-only '^libicu[0-9]+$' | sort -V | tail -n 1 | cut -d' ' -f1 ;;
    icu-dnf) echo libicu ;;
    icu-brew) echo icu4c ;;
    postgresql-apt-get) echo postgresql ;;
    postgresql-dnf) echo postgresql-server ;;
    postgresql-brew) echo postgresql@17 ;;
    postgresql-winget) echo PostgreSQL.PostgreSQL.17 ;;
    node-apt-get) echo nodejs npm ;;
    node-dnf) echo nodejs ;;
    node-brew) echo node ;;
    node-winget) echo OpenJS.NodeJS.LTS ;;
    chromium-apt-get | chromium-dnf) echo chromium ;;
    chromium-brew) echo --cask chromium ;;
    chromium-winget) echo Google.Chrome ;;
    enet-apt-get) echo libenet7 ;;
    enet-dnf | enet-brew) echo enet ;;
    lua-apt-get) echo lua5.1 ;;
    lua-dnf) echo compat-lua ;;
    lua-brew) echo lua@5.1 ;;
    iproute2-apt-get) echo iproute2 ;;
    iproute2-dnf) echo iproute iproute-tc ;;
    faketime-apt-get) echo libfaketime ;;
    faketime-dnf) echo libfaketime ;;
  esac
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "This needs the rights of root, and there is no sudo here. As root, run: $*"
  fi
}

fetch_package_lists() {
  local output
  if [ -n "$package_lists_fetched" ]; then return; fi
  output=$(as_root apt-get update -q 2>&1) || fail "$output"
  # apt-get ends well when no server answers.
  if grep -q '^Err:\|^W: Failed to fetch\|^W: Some index files failed' <<<"$output" && ! grep -q '^Get:\|^Hit:' <<<"$output"; then
    echo "$output" >&2
    fail "The lists of packages could not be fetched. Is this machine online?"
  fi
  package_lists_fetched=yes
}

install_with_apt() {
  echo "Installing $* ..."
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}

# Installs the package of a program with apt-get; with another package manager, tells what to install.
install_package() {
  local program=$1 title=$2 names
  if [ "$(package_manager)" != apt-get ]; then
    names=$(package_name "$program")
    case "$(package_manager)" in
      "") fail "$title is missing. Please install it first." ;;
      dnf) fail "$title is missing. Please install it first: sudo dnf install ${names:-$program}" ;;
      *) fail "$title is missing. Please install it first: $(package_manager) install ${names:-$program}" ;;
    esac
  fi
  fetch_package_lists
  # shellcheck disable=SC2046 # a program may have two packages
  install_with_apt $(package_name "$program")
}

need_writable_folder() {
  [ -w . ] || fail "The folder $PWD is not writable, and the build writes into it. Clone into a folder of your own."
}

need_dotnet() {
  local answer
  command -v dotnet >/dev/null ||
    fail "The .NET 10 SDK is missing. Your system may have a package for it: ${1:-$(package_name dotnet)}; else see https://dot.net/download."
  if answer=$(dotnet --version 2>&1); then return; fi
  case $answer in
    *ICU*) install_package icu "The ICU library, which .NET needs," ;;
    *) fail ".NET is here, but its SDK of version 10 is not: $answer" ;;
  esac
}

# The same places as those in which the app host looks.
has_postgres() {
  local folder
  if command -v initdb >/dev/null && command -v postgres >/dev/null; then return 0; fi
  for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin \
    /Applications/Postgres.app/Contents/Versions/*/bin "/c/Program Files/PostgreSQL"/*/bin; do
    if [ -x "$folder/initdb" ] || [ -x "$folder/initdb.exe" ]; then return 0; fi
  done
  return 1
}

need_postgres() {
  if has_postgres; then return; fi
  if [ "$(package_manager)" = apt-get ]; then
    # Only the programs are wanted: the server that the package would create and start at once is not.
    local settings=/etc/postgresql-common/createcluster.conf
    fetch_package_lists
    install_with_apt postgresql-common
    as_root cp "$settings" "$settings.before"
    echo 'create_main_cluster = false' | as_root tee -a "$settings" >/dev/null
    install_package postgresql PostgreSQL
    as_root mv "$settings.before" "$settings"
  else
    install_package postgresql PostgreSQL
  fi
}

need_node() {
  local version
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then install_package node "Node.js with npm"; fi
  version=$(node --version | tr -dc '0-9.' | cut -d. -f1)
  [ "$version" -ge "$oldest_node" ] || fail "Node.js $oldest_node or later is needed; this is $(node --version)."
}

has_browser() {
  local program
  if [ -n "${CHROMIUM:-}" ]; then return 0; fi
  if [ -x "/Applications/Chromium.app/Contents/MacOS/Chromium" ] || [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]; then return 0; fi
  for program in chromium google-chrome chromium-browser; do
    # Ubuntu's package is a script that asks for a snap; a service without a session cannot start one.
    if command -v "$program" >/dev/null && ! grep -qs 'snap install' "$(command -v "$program")"; then return 0; fi
  done
  return 1
}

# Ubuntu has Chromium as a snap only. The same browser comes in a package of npm, packed for machines without a desktop.
need_packed_browser() {
  local folder=${XDG_CACHE_HOME:-$HOME/.cache}/nakama-chromium
  export CHROMIUM=$folder/chromium
  if [ -x "$CHROMIUM" ]; then return; fi
  need_node
  fetch_package_lists
  # shellcheck disable=SC2046 # names that end in t64 since the change of time_t
  install_with_apt libnss3 libnspr4 libdbus-1-3 libgbm1 libxkbcommon0 libexpat1 fonts-dejavu-core \
    $(apt-cache show libasound2t64 >/dev/null 2>&1 && echo libasound2t64 || echo libasound2)
  echo "Unpacking Chromium ..."
  mkdir -p "$folder"
  quietly npm install --prefix "$folder" --no-audit --no-fund "@sparticuz/chromium@147.0.0"
  node -e '
    const fs = require("fs"), zlib = require("zlib");
    const [packed, program] = process.argv.slice(1);
    fs.writeFileSync(program + ".part", zlib.brotliDecompressSync(fs.readFileSync(packed)), { mode: 0o755 });
    fs.renameSync(program + ".part", program);
  ' "$folder/node_modules/@sparticuz/chromium/bin/chromium.br" "$CHROMIUM"
}

need_browser() {
  if has_browser; then return; fi
  if grep -qs '^ID=ubuntu' /etc/os-release; then
    need_packed_browser
  else
    install_package chromium Chromium
  fi
}

# The tests talk to the UDP port with the real ENet library.
need_enet() {
  if compgen -G '/usr/lib/*/libenet.so.7' >/dev/null || compgen -G '/usr/lib64/libenet.so.7' >/dev/null; then return; fi
  install_package enet "The ENet library"
}

# The tests run generated programs in it and in the server, and compare.
need_lua() {
  if command -v lua5.1 >/dev/null; then return; fi
  install_package lua "Lua 5.1"
}

# The tests cut nodes off from each other in network namespaces.
need_iproute2() {
  if command -v ip >/dev/null && command -v tc >/dev/null; then return; fi
  install_package iproute2 "iproute2, which cuts networks,"
}

# A container may have no right to make networks, or the kernel no bridges.
can_cut_networks() {
  local name="nakama-try-$$" status=0
  ip netns add "$name" 2>/dev/null || return 1
  ip -n "$name" link add try type bridge 2>/dev/null &&
    ip -n "$name" link add one type veth peer name other 2>/dev/null &&
    tc -n "$name" qdisc add dev one root tbf rate 256kbit burst 4kb latency 500ms 2>/dev/null || status=1
  ip netns delete "$name"
  return $status
}

# The tests set the clocks of nodes apart.
need_faketime() {
  if compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null || compgen -G '/usr/lib64/faketime/libfaketimeMT.so.1' >/dev/null; then return; fi
  install_package faketime "The library faketime"
}

# Builds; in a terminal with the progress of the build, elsewhere quietly. The first build says what it takes.
build() {
  if [ ! -d Nakama.Server/bin ]; then
    echo "The first build restores about 1 GB of packages and takes 1 to 3 minutes."
  fi
  if [ -t 1 ]; then
    dotnet build "$@" -nologo -v:q
  else
    quietly dotnet build "$@" -nologo -v:q
  fi
}
