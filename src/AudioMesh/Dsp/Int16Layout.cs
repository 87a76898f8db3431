// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AudioMesh.Dsp;

/// <summary>Signed 16-bit, little endian.</summary>
internal readonly unsafe struct Int16Layout : ISampleLayout
{
    public static int Bytes => sizeof(short);

    public static float Scale => 1 << 15;

    public static int Reach => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int value, byte* to) => Unsafe.WriteUnaligned(to, (short)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> values, byte* to) =>
        Unsafe.WriteUnaligned(to, Vector128.Narrow(values, values).AsUInt64().ToScalar());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> values, byte* to) =>
        Sse2.PackSignedSaturate(values.GetLower(), values.GetUpper()).AsByte().Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> values, byte* to) => Avx512F.ConvertToVector256Int16(values).AsByte().Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Load(byte* from) => Unsafe.ReadUnaligned<short>(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(byte* from) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(from)).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(byte* from) => Avx2.ConvertToVector256Int32((short*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load512(byte* from) => Avx512F.ConvertToVector512Int32(Vector256.Load((short*)from));
}
