// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AudioMesh.Dsp;

public static partial class SampleConvert
{
    private const int Middle8 = 128;

    /// <summary>Float to unsigned 8-bit, silence at 128.</summary>
    public static void ToUInt8(ReadOnlySpan<float> source, Span<byte> destination)
    {
        int count = Math.Min(source.Length, destination.Length);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= count - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<short> low = Vector.Narrow(QuantizeTo8(ref from, i), QuantizeTo8(ref from, i + Vector<float>.Count));
            Vector<short> high = Vector.Narrow(
                QuantizeTo8(ref from, i + (2 * Vector<float>.Count)), QuantizeTo8(ref from, i + (3 * Vector<float>.Count)));
            Vector.Narrow(low, high).As<sbyte, byte>().StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) = (byte)(Quantize(Unsafe.Add(ref from, i), Scale8) + Middle8);
        }
    }

    /// <summary>Unsigned 8-bit, silence at 128, to float.</summary>
    public static void FromUInt8(ReadOnlySpan<byte> source, Span<float> destination)
    {
        int count = Math.Min(source.Length, destination.Length);
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= count - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref from, (nuint)i), out Vector<ushort> low, out Vector<ushort> high);
            StoreFrom8(low, ref to, i);
            StoreFrom8(high, ref to, i + (2 * Vector<float>.Count));
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) = (Unsafe.Add(ref from, i) - Middle8) * (1 / Scale8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> QuantizeTo8(ref float from, int index) =>
        Quantize(Vector.LoadUnsafe(ref from, (nuint)index), Scale8) + new Vector<int>(Middle8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFrom8(Vector<ushort> samples, ref float to, int index)
    {
        Vector<int> middle = new(Middle8);
        Vector.Widen(samples.As<ushort, short>(), out Vector<int> low, out Vector<int> high);
        (Vector.ConvertToSingle(low - middle) * (1 / Scale8)).StoreUnsafe(ref to, (nuint)index);
        (Vector.ConvertToSingle(high - middle) * (1 / Scale8)).StoreUnsafe(ref to, (nuint)(index + Vector<float>.Count));
    }
}
