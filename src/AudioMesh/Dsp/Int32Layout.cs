// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>Signed 32-bit, little endian.</summary>
internal readonly unsafe struct Int32Layout : ISampleLayout
{
    public static int Bytes => sizeof(int);

    public static float Scale => 1u << 31;

    public static int Reach => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int value, byte* to) => Unsafe.WriteUnaligned(to, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> values, byte* to) => values.AsByte().Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> values, byte* to) => values.AsByte().Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> values, byte* to) => values.AsByte().Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Load(byte* from) => Unsafe.ReadUnaligned<int>(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(byte* from) => Vector128.Load(from).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(byte* from) => Vector256.Load(from).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load512(byte* from) => Vector512.Load(from).AsInt32();
}
