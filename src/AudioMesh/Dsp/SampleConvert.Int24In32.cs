// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AudioMesh.Dsp;

public static partial class SampleConvert
{
    /// <summary>Float to signed 24-bit in the low three bytes of 32 (ALSA's S24_LE); the top byte repeats the sign.</summary>
    public static void ToInt24In32(ReadOnlySpan<float> source, Span<int> destination)
    {
        int count = Math.Min(source.Length, destination.Length);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref int to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= count - Vector<int>.Count; i += Vector<int>.Count)
        {
            Quantize(Vector.LoadUnsafe(ref from, (nuint)i), Scale24).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) = Quantize(Unsafe.Add(ref from, i), Scale24);
        }
    }

    /// <summary>Signed 24-bit in the low three bytes of 32 to float; the top byte is not looked at.</summary>
    public static void FromInt24In32(ReadOnlySpan<int> source, Span<float> destination)
    {
        int count = Math.Min(source.Length, destination.Length);
        ref int from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= count - Vector<int>.Count; i += Vector<int>.Count)
        {
            Vector<int> signed = Vector.LoadUnsafe(ref from, (nuint)i) << 8 >> 8;
            (Vector.ConvertToSingle(signed) * (1 / Scale24)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) = (Unsafe.Add(ref from, i) << 8 >> 8) * (1 / Scale24);
        }
    }
}
