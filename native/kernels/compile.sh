#!/bin/sh
# SPDX-License-Identifier: MIT
# Compiles every kernel beside this script into a folder: NAME.spv for Vulkan, NAME.metal for Metal.
# With --versions it only says what would compile them, which decides what comes out.
set -eu
case ${1-} in
  --versions)
    glslangValidator --version | head -n 1
    spirv-val --version | head -n 1
    # SPIRV-Cross does not know its version.
    echo "SPIRV-Cross $(dpkg-query -W -f '${Version}' spirv-cross 2>/dev/null || spirv-cross --revision 2>&1 | tr '\n' ' ')"
    exit ;;
  ''|-*) echo "usage: $0 FOLDER | --versions" >&2; exit 64 ;;
esac
sources=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
for source in "$sources"/*.comp; do
  name=$(basename "$source" .comp)
  glslangValidator -V --target-env vulkan1.1 -o "$1/$name.spv" "$source"
  spirv-val --target-env vulkan1.1 "$1/$name.spv"
  spirv-cross "$1/$name.spv" --msl --msl-version 20100 --msl-decoration-binding --rename-entry-point main "$name" comp --output "$1/$name.metal"
done
