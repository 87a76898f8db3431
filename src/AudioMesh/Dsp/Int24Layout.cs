// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AudioMesh.Dsp;

/// <summary>Signed 24-bit in three bytes, little endian.</summary>
internal readonly unsafe struct Int24Layout : ISampleLayout
{
    public static int Bytes => 3;

    public static float Scale => 1 << 23;

    // Four samples are 12 bytes, but 16 are loaded.
    public static int Reach => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int value, byte* to)
    {
        Unsafe.WriteUnaligned(to, (ushort)value);
        to[2] = (byte)(value >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> values, byte* to)
    {
        // The order stands in the call: ILC 9 makes one instruction of it only there.
        Vector128<byte> packed = Vector128.Shuffle(
            values.AsByte(), Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255));
        Unsafe.WriteUnaligned(to, packed.AsUInt64().ToScalar());
        Unsafe.WriteUnaligned(to + 8, packed.AsUInt32().GetElement(2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> values, byte* to)
    {
        Store(values.GetLower(), to);
        Store(values.GetUpper(), to + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> values, byte* to)
    {
        Store(values.GetLower(), to);
        Store(values.GetUpper(), to + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Load(byte* from) => Unsafe.ReadUnaligned<ushort>(from) | ((sbyte)from[2] << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(byte* from)
    {
        // Each sample to the top of its word, so that the shift back down brings the sign along.
        Vector128<byte> spread = Vector128.Shuffle(
            Vector128.Load(from), Vector128.Create((byte)255, 0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11));
        return spread.AsInt32() >> 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(byte* from)
    {
        Vector256<byte> order = Vector256.Create(
            (byte)255, 0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255, 0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11);
        return Avx2.Shuffle(Vector256.Create(Vector128.Load(from), Vector128.Load(from + 12)), order).AsInt32() >> 8;
    }

    // Not by Vector512.Create, of which .NET 10 keeps the undefined half in memory from one turn of a loop to the next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load512(byte* from) => Load256(from).ToVector512().WithUpper(Load256(from + 24));
}
