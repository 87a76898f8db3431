// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

public static partial class SampleConvert
{
    private const int Bytes24 = 3;

    /// <summary>Float to signed 24-bit, three bytes a sample.</summary>
    public static void ToInt24(ReadOnlySpan<float> source, Span<byte> destination)
    {
        int count = Math.Min(source.Length, destination.Length / Bytes24);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= count - 4; i += 4)
        {
            // The order stands in the call: ILC 9 makes one instruction of it only there.
            Vector128<byte> packed = Vector128.Shuffle(
                QuantizeTo24(Vector128.LoadUnsafe(ref from, (nuint)i)).AsByte(),
                Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255));
            ref byte at = ref Unsafe.Add(ref to, (nint)i * Bytes24);
            Unsafe.WriteUnaligned(ref at, packed.AsUInt64().ToScalar());
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 8), packed.AsUInt32().GetElement(2));
        }

        for (; i < count; i++)
        {
            int value = Quantize(Unsafe.Add(ref from, i), Scale24);
            ref byte at = ref Unsafe.Add(ref to, (nint)i * Bytes24);
            Unsafe.WriteUnaligned(ref at, (ushort)value);
            Unsafe.Add(ref at, 2) = (byte)(value >> 16);
        }
    }

    /// <summary>Signed 24-bit, three bytes a sample, to float.</summary>
    public static void FromInt24(ReadOnlySpan<byte> source, Span<float> destination)
    {
        int count = Math.Min(source.Length / Bytes24, destination.Length);
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        // Four samples are 12 bytes, but 16 are loaded: stop while two more samples follow.
        for (; i <= count - 6; i += 4)
        {
            Vector128<byte> packed = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, (nint)i * Bytes24));
            // Each sample to the top of its word, so that the shift back down brings the sign along.
            Vector128<byte> spread = Vector128.Shuffle(
                packed, Vector128.Create((byte)255, 0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11));
            Vector128<int> signed = spread.AsInt32() >> 8;
            (Vector128.ConvertToSingle(signed) * (1 / Scale24)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < count; i++)
        {
            ref byte at = ref Unsafe.Add(ref from, (nint)i * Bytes24);
            int value = Unsafe.ReadUnaligned<ushort>(ref at) | ((sbyte)Unsafe.Add(ref at, 2) << 16);
            Unsafe.Add(ref to, i) = value * (1 / Scale24);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> QuantizeTo24(Vector128<float> samples)
    {
        Vector128<float> numbers = samples & Vector128.Equals(samples, samples);
        Vector128<float> clamped = Vector128.ClampNative(
            numbers * Scale24, Vector128.Create(-Scale24), Vector128.Create(Scale24 - 1));
        Vector128<float> magic = Vector128.Create(Scale24) | (clamped & Vector128.Create(-0f));
        return Vector128.ConvertToInt32Native(clamped + magic - magic);
    }
}
