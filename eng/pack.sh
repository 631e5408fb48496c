#!/usr/bin/env bash
# Packs everything that a game references, and the template nakama-game, into a folder: eng/pack.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath -m "${1:?eng/pack.sh FOLDER}")
shift
for project in Nakama.Server Nakama.ServiceDefaults libraries/Nakama.{Protocol,Lua,Enet,GameLogic,GameLogic.Testing,Hosting.Aspire,Templates}; do
  dotnet pack "$project" -c Release -o "$folder" -nologo -v:q "$@"
done
