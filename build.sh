#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The one door to the build: hands its first word to build.cake as the target, and the other words to that target.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TXT'
usage: ./build.sh TARGET [words for the target]

  run [file...]      build what playing needs, and show two nodes that play to each other over a lossy link, or play files
  build              everything, and the engine library (x64: both builds)
  test [words]       build, pack and run every test suite; words go to `dotnet test`
  bench [--short]    the benchmarks
  soak               the long measurements (tens of minutes)
  bindings           regenerate the native bindings from the C headers, and verify them
  kernels            compile the compute kernels
  install            the daemon, its systemd units and its manual pages, below /usr/local (DESTDIR goes before it)
  pack               NuGet packages and their symbols into artifacts/packages
  clean              remove all build output
TXT
}

[ $# -gt 0 ] || { usage; exit 64; }
case $1 in
  -h|--help|help) usage; exit 0 ;;
  --target=*) target=${1#--target=} ;;
  -*) usage >&2; exit 64 ;;
  *) target=$1 ;;
esac
shift

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
if ! command -v dotnet >/dev/null || ! dotnet --version >/dev/null 2>&1; then
  wanted=$(sed -n 's/.*"version": *"\([0-9]*\.[0-9]*\).*/\1/p' global.json)
  echo "AudioMesh is built with the .NET $wanted SDK, which is not here: https://dotnet.microsoft.com/download/dotnet/$wanted" >&2
  exit 69
fi

# Threads at device priority and locked memory, as far as this account may have them.
ulimit -r 95 2>/dev/null || true
ulimit -l unlimited 2>/dev/null || true

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet tool restore >"$log" 2>&1; then
  cat "$log" >&2
  echo "The build tool (Cake, see .config/dotnet-tools.json) could not be fetched; everything else needs it." >&2
  exit 69
fi
dotnet cake build.cake --verbosity=quiet --target="$target" "${@/#/--word=}"
