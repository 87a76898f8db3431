// SPDX-License-Identifier: MIT
// spirv-cross includes it; what it would bring is in metal_stdlib.
