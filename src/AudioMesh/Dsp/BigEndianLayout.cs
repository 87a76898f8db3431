// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>The same samples with their bytes the other way round. Turned in the integers, by shifts that every machine and compiler has.</summary>
internal readonly unsafe struct BigEndianLayout<TLayout> : ISampleLayout
    where TLayout : struct, ISampleLayout
{
    private const int SecondByte = 0xFF00;

    public static int Bytes => TLayout.Bytes;

    public static float Scale => TLayout.Scale;

    public static int Reach => TLayout.Reach;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int value, byte* to) => TLayout.Store(Turn(value), to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> values, byte* to) => TLayout.Store(Turn(values), to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> values, byte* to) => TLayout.Store(Turn(values), to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> values, byte* to) => TLayout.Store(Turn(values), to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Load(byte* from) => Turn(TLayout.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(byte* from) => Turn(TLayout.Load128(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(byte* from) => Turn(TLayout.Load256(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load512(byte* from) => Turn(TLayout.Load512(from));

    // Of narrower samples the sign is drawn along, so that they stay in range.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Turn(int value)
    {
        if (TLayout.Bytes == 2)
        {
            return (value << 24 >> 16) | ((value >>> 8) & 0xFF);
        }

        return TLayout.Bytes == 3
            ? (value << 24 >> 8) | (value & SecondByte) | ((value >>> 16) & 0xFF)
            : (value << 24) | ((value & SecondByte) << 8) | ((value >>> 8) & SecondByte) | (value >>> 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Turn(Vector128<int> values)
    {
        if (TLayout.Bytes == 2)
        {
            return (values << 24 >> 16) | ((values >>> 8) & Vector128.Create(0xFF));
        }

        return TLayout.Bytes == 3
            ? (values << 24 >> 8) | (values & Vector128.Create(SecondByte)) | ((values >>> 16) & Vector128.Create(0xFF))
            : (values << 24) | ((values & Vector128.Create(SecondByte)) << 8) | ((values >>> 8) & Vector128.Create(SecondByte)) | (values >>> 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Turn(Vector256<int> values)
    {
        if (TLayout.Bytes == 2)
        {
            return (values << 24 >> 16) | ((values >>> 8) & Vector256.Create(0xFF));
        }

        return TLayout.Bytes == 3
            ? (values << 24 >> 8) | (values & Vector256.Create(SecondByte)) | ((values >>> 16) & Vector256.Create(0xFF))
            : (values << 24) | ((values & Vector256.Create(SecondByte)) << 8) | ((values >>> 8) & Vector256.Create(SecondByte)) | (values >>> 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Turn(Vector512<int> values)
    {
        if (TLayout.Bytes == 2)
        {
            return (values << 24 >> 16) | ((values >>> 8) & Vector512.Create(0xFF));
        }

        return TLayout.Bytes == 3
            ? (values << 24 >> 8) | (values & Vector512.Create(SecondByte)) | ((values >>> 16) & Vector512.Create(0xFF))
            : (values << 24) | ((values & Vector512.Create(SecondByte)) << 8) | ((values >>> 8) & Vector512.Create(SecondByte)) | (values >>> 24);
    }
}
