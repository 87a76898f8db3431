// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AudioMesh.Dsp;

/// <summary>Unsigned 8-bit, silence at 128.</summary>
internal readonly unsafe struct UInt8Layout : ISampleLayout
{
    private const int Middle = 128;

    public static int Bytes => sizeof(byte);

    public static float Scale => 1 << 7;

    public static int Reach => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int value, byte* to) => *to = (byte)(value + Middle);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> values, byte* to)
    {
        Vector128<short> shorts = Vector128.Narrow(values, values);
        Vector128<byte> bytes = Vector128.Narrow(shorts, shorts).AsByte() + Vector128.Create((byte)Middle);
        Unsafe.WriteUnaligned(to, bytes.AsUInt32().ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> values, byte* to)
    {
        Vector128<short> shorts = Sse2.PackSignedSaturate(values.GetLower(), values.GetUpper());
        Vector128<byte> bytes = Sse2.PackSignedSaturate(shorts, shorts).AsByte() + Vector128.Create((byte)Middle);
        Unsafe.WriteUnaligned(to, bytes.AsUInt64().ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> values, byte* to) =>
        Avx512F.ConvertToVector128Byte((values + Vector512.Create(Middle)).AsUInt32()).Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Load(byte* from) => *from - Middle;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128(byte* from)
    {
        Vector128<byte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(from)).AsByte();
        return Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32() - Vector128.Create(Middle);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256(byte* from) => Avx2.ConvertToVector256Int32(from) - Vector256.Create(Middle);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load512(byte* from) => Avx512F.ConvertToVector512Int32(Vector128.Load(from)) - Vector512.Create(Middle);
}
