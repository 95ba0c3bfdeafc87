#!/usr/bin/env bash
# Builds the image without any base, from this clone's dist and the Node that runs here: `build-from-scratch.sh <name>`.
# It needs buildah and no registry of images. CI unpacks the result and runs it as its user.
set -euo pipefail
name="${1:?name of the image}"
root="$(cd "$(dirname "$0")/../.." && pwd)"
stage="$(mktemp -d)"
trap 'rm -rf "$stage"' EXIT
export STORAGE_DRIVER="${STORAGE_DRIVER:-vfs}" BUILDAH_ISOLATION="${BUILDAH_ISOLATION:-chroot}"

mkdir -p "$stage/app" "$stage/nodejs/bin" "$stage/etc" "$stage/tmp"
cp "$root/package.json" "$root/package-lock.json" "$root/.npmrc" "$root/LICENSE" "$stage/app/"
(cd "$stage/app" && npm ci --omit=dev --prefer-offline --no-audit --no-fund --loglevel=error >&2)
rm "$stage/app/package-lock.json" "$stage/app/.npmrc"
cp -r "$root/dist" "$root/schema" "$stage/app/"
install -D -m 644 -t "$stage/app/docs" "$root"/docs/*.md

node="$(readlink -f "${NODE_BINARY:-$(command -v node)}")"
cp "$node" "$stage/nodejs/bin/node"
# The loader and the libraries that Node and the native parts of packages are linked with.
{
  ldd "$node"
  find "$stage/app/node_modules" -name '*.node' -exec ldd {} \; 2>/dev/null || true
} | grep -o '/[^ ]*' | sort -u | while read -r library; do
  if [[ -e "$library" ]]; then install -D -m 755 "$(readlink -f "$library")" "$stage$library"; fi
done
printf 'nonroot:x:65532:65532::/app:/sbin/nologin\n' >"$stage/etc/passwd"
printf 'nonroot:x:65532:\n' >"$stage/etc/group"
printf 'hosts: files dns\n' >"$stage/etc/nsswitch.conf"
for file in /lib/x86_64-linux-gnu/libnss_{files,dns}.so.2 /lib/x86_64-linux-gnu/libresolv.so.2; do
  if [[ -e "$file" ]]; then install -D -m 755 "$(readlink -f "$file")" "$stage$file"; fi
done
install -D -m 644 /etc/ssl/certs/ca-certificates.crt "$stage/etc/ssl/certs/ca-certificates.crt"
rmdir "$stage/tmp"
chmod -R go-w "$stage" && chmod 755 "$stage"

# BUILDAH_FLAGS: such as --root, for storage elsewhere.
buildah() { command buildah ${BUILDAH_FLAGS:-} "$@"; }
container="$(buildah from scratch)"
buildah copy --quiet "$container" "$stage" / >/dev/null
buildah config --user 65532:65532 --workingdir /app --port 4000 --env NODE_ENV=production --env HOST=0.0.0.0 \
  --entrypoint '["/nodejs/bin/node", "/app/dist/main.js"]' "$container"
buildah commit --quiet --rm "$container" "$name"
