# shellcheck shell=bash
# What the scripts share. Sourced first by each of them; leaves the caller in the repository's root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}
export CMAKE_BUILD_PARALLEL_LEVEL

say() { printf '==> %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# build PRESET [TARGET...]: configures when that has not been done yet, then builds.
build() {
  local preset=$1; shift
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"
  if [ $# -gt 0 ]; then cmake --build --preset "$preset" --target "$@"; else cmake --build --preset "$preset"; fi
}

# build_web: bundles web/ into web/dist when a source, or a document that it shows, is newer than the last bundle.
build_web() {
  [ -f web/package.json ] || return 0
  local stamp=build/stamps/web-dist newer
  if [ -d web/dist ] && [ -f "$stamp" ]; then
    newer=$(find web docs/openapi.yaml docs/asyncapi.yaml -path web/node_modules -prune -o -path web/dist -prune -o -newer "$stamp" -print -quit)
    [ -n "$newer" ] || return 0
  fi
  say "bundling the web pages"
  npm run --silent build --prefix web
  mkdir -p build/stamps && touch "$stamp"
}
