// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

/// <summary>512 bits, in 32 registers.</summary>
internal readonly unsafe struct Width512 : IVectorWidth<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    public static Vector512<float> Zero => Vector512<float>.Zero;

    public static Vector512<float> Indices => Vector512<float>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Repeat(float value) => Vector512.Create(value);

    // A volatile read is not shared with the next one, which would take an instruction and a register.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> RepeatFrom(float* from) => Vector512.Create(Volatile.Read(ref *from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* from) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> vector, float* to) => vector.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> left, Vector512<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> left, Vector512<float> right) => left * right;
}
