// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Compute.Metal.Interop;

/// <summary>Three counts, passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct MTLSize(int width, int height, int depth)
{
    private readonly ulong _width = (ulong)width;
    private readonly ulong _height = (ulong)height;
    private readonly ulong _depth = (ulong)depth;

    public ulong Count => _width * _height * _depth;
}
