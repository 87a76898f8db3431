// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Realtime;

/// <summary>A counter with its cache lines to itself, so that threads that use its neighbours do not slow it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedInt64
{
    [FieldOffset(128)]
    public long Value;
}
