// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>Signed 24-bit in the low bytes of four, of which the top one repeats the sign when stored and is not looked at when loaded.</summary>
internal readonly unsafe struct Int24In32Layout : ISampleLayout
{
    public static int Bytes => sizeof(int);

    public static float Scale => 1 << 23;

    public static int Reach => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int value, byte* to) => Int32Layout.Store(value, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> values, byte* to) => Int32Layout.Store(values, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> values, byte* to) => Int32Layout.Store(values, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> values, byte* to) => Int32Layout.Store(values, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Load(byte* from) => Int32Layout.Load(from) << 8 >> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(byte* from) => Int32Layout.Load128(from) << 8 >> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(byte* from) => Int32Layout.Load256(from) << 8 >> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load512(byte* from) => Int32Layout.Load512(from) << 8 >> 8;
}
