#!/usr/bin/env bash
# How much a clean clone installs, and how long it takes to the first answered query: `bash bench/first-query.sh`. Names of
# commits compare those: `bash bench/first-query.sh v0.1.0 HEAD`. npm's cache is empty each time.
set -euo pipefail
repository="$(cd "$(dirname "$0")/.." && pwd)"
folder="$(mktemp -d)"
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
port="${PORT:-4199}"

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

for commit in "${@:-HEAD}"; do
  cd "$folder"
  rm -rf clone cache
  git clone --quiet "$repository" clone
  cd clone
  git checkout --quiet "$(git -C "$repository" rev-parse "$commit")"
  cloned=$(milliseconds)
  npm install --cache "$folder/cache" >/dev/null 2>&1
  installed=$(milliseconds)
  npm run build --silent
  PORT="$port" node dist/main.js >/dev/null &
  server=$!
  until curl --silent --fail "http://127.0.0.1:$port/graphql" --header 'content-type: application/json' \
    --data '{"query":"{ upcomingOrders { nodes { id } } }"}' >/dev/null; do
    kill -0 "$server" # Ends the run when the server has ended.
    sleep 0.1
  done
  answered=$(milliseconds)
  kill "$server"
  wait "$server" || true

  echo "$commit: npm install $((installed - cloned)) ms, $(du -sm --apparent-size node_modules | cut -f1) MB;" \
    "build, start and first answer $((answered - installed)) ms more"
done
