#!/usr/bin/env bash
# How long it takes from a clean clone to the first answered query: `bash bench/first-query.sh`.
set -euo pipefail
repository="$(cd "$(dirname "$0")/.." && pwd)"
folder="$(mktemp -d)"
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
port="${PORT:-4199}"

git clone --quiet "$repository" "$folder/clone"
cd "$folder/clone"
cloned=$(date +%s%N)
npm install >/dev/null 2>&1
installed=$(date +%s%N)
npm run build --silent
PORT="$port" node dist/main.js >/dev/null &
server=$!
until curl --silent --fail "http://127.0.0.1:$port/graphql" --header 'content-type: application/json' \
  --data '{"query":"{ upcomingOrders { nodes { id } } }"}' >/dev/null; do sleep 0.1; done
answered=$(date +%s%N)

echo "npm install: $(((installed - cloned) / 1000000)) ms"
echo "build, start and first answer: $(((answered - installed) / 1000000)) ms"
