// SPDX-License-Identifier: MIT
// Metal's shading language is C++ with qualifiers and attributes. The shim's macros and types make most of it compile; what is left is done here:
// variables of a threadgroup become static, and for every kernel comes a function that takes its arguments from an array.
#ifndef AUDIOMESH_FAKE_METAL_MSL2CPP_H
#define AUDIOMESH_FAKE_METAL_MSL2CPP_H

// C++ to be freed; NULL: *message, to be freed, says what is not understood.
char *msl2cpp(const char *source, char **message);

#endif
