#!/usr/bin/env bash
# Builds and starts everything: PostgreSQL, the game server, the console and the dashboard. Ctrl+C stops it all.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/install.sh

usage() {
  cat <<'TEXT'
eng/run.sh [--lan] [--Ports:Shift=1000] [--Data=name] [--Postgres=container|local] [settings of the server]

  --lan                    let other machines reach the game ports; the default keys must be changed then
  --Ports:Shift=1000       move every port by as many
  --Data=name              use other data than those of this clone; an absolute path is fine, too
  --Postgres=container     run PostgreSQL in a container, or as a local process with --Postgres=local
  --socket.server_key=key  any setting of docs/configuration.md, also --config file

An existing database is given in the environment: ConnectionStrings__nakamadb='Host=db;Username=...;Database=nakama'
TEXT
}

# Says whether PostgreSQL has to be on this machine.
wants_local_postgres() {
  local choice=${Postgres:-} argument
  [ -z "${ConnectionStrings__nakamadb:-}" ] || return 1
  for argument in "$@"; do
    case $argument in
      --ConnectionStrings:nakamadb*) return 1 ;;
      --Postgres=*) choice=${argument#*=} ;;
    esac
  done
  case $choice in
    container) return 1 ;;
    local) return 0 ;;
  esac
  for engine in docker podman; do
    if command -v "$engine" >/dev/null && timeout 5 "$engine" container ls --last 1 --quiet >/dev/null 2>&1; then return 1; fi
  done
  return 0
}

for argument in "$@"; do
  case $argument in -h | --help)
    usage
    exit 0
    ;;
  esac
done

need_writable_folder
need_dotnet
if wants_local_postgres "$@"; then need_postgres; fi

program=Nakama.AppHost/bin/Release/net10.0/Nakama.AppHost.dll
if [ -e "$program" ]; then
  echo "Building what has changed ..."
else
  echo "Building. The first time this takes one to three minutes and about 1 GB of memory ..."
fi
dotnet build Nakama.AppHost -c Release -nologo -v:minimal -clp:NoSummary
echo "Starting ..."
# The program itself: "dotnet run" would stay in memory beside it.
export DOTNET_ENVIRONMENT=${DOTNET_ENVIRONMENT:-Development}
exec dotnet "$program" "$@"
