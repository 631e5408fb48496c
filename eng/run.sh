#!/usr/bin/env bash
# Starts everything: PostgreSQL, a node of the game server, and the console. Ctrl+C stops it all.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/install.sh

need_dotnet
need_postgres
exec dotnet run --project Nakama.AppHost -- "$@"
