#!/usr/bin/env bash
# Runs all tests and ends with the line "N passed, N failed". Arguments go to dotnet test, for example:
#   eng/test.sh --filter FullyQualifiedName~Chat
# With --long, only those that take long: large databases, nodes that are killed repeatedly, soaks; without, all others.
# The tests that cut networks need Linux and root; without, they are left out, which is said at the beginning.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/install.sh

need_writable_folder
need_dotnet
need_postgres
need_node
need_browser
need_enet
need_lua
faults='&FullyQualifiedName!~Cluster.Faults'
if [ "$(uname -s)" = Linux ] && [ "$(id -u)" -eq 0 ]; then
  need_iproute2
  need_faketime
  if can_cut_networks; then faults=; fi
fi
if [ -n "$faults" ] && [ $# -eq 0 ]; then
  echo "The tests of clusters with cut networks are left out: they make network namespaces, which needs Linux, root, and a container that may."
  echo "As root, run: eng/test.sh --filter FullyQualifiedName~Cluster.Faults"
fi

echo "All tests take about 25 minutes and 3 GB of disk."
if ! build Nakama.sln -c Release; then
  echo "0 passed, 1 failed"
  exit 1
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
run_tests() {
  dotnet test Nakama.sln -c Release --no-build --nologo --logger trx --results-directory "$results" \
    --logger "console;verbosity=minimal" "$@" || status=$?
}

if [ "${1:-}" = --long ]; then
  run_tests --filter Category=Long
elif [ $# -eq 0 ]; then
  run_tests --filter "Category!=Long$faults"
else
  run_tests "$@"
fi
# What requests do to the database must hold where transactions are serializable by default, too.
if [ $# -eq 0 ]; then
  features='Accounts Authentication Chat Friends Golden Groups Leaderboards Notifications Purchases Storage Tournaments Wallets'
  filter=$(printf '|FullyQualifiedName~Nakama.Tests.%s.' $features)
  echo "Once more with serializable transactions: $features"
  NAKAMA_TESTS_ISOLATION=serializable run_tests --filter "${filter:1}"
fi

count() {
  { grep -ho '<Counters [^>]*' "$results"/*.trx || true; } | { grep -o " $1=\"[0-9]*\"" || true; } | tr -dc '0-9\n' |
    awk '{ sum += $1 } END { print sum + 0 }'
}
passed=$(count passed)
failed=$(($(count total) - passed))
# A run that broke off has no complete results, whatever its files say.
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
if [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
