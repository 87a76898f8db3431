// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AudioMesh.Dsp;

public static partial class SampleConvert
{
    /// <summary>Float to signed 16-bit.</summary>
    public static void ToInt16(ReadOnlySpan<float> source, Span<short> destination)
    {
        int count = Math.Min(source.Length, destination.Length);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref short to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= count - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector<int> low = Quantize(Vector.LoadUnsafe(ref from, (nuint)i), Scale16);
            Vector<int> high = Quantize(Vector.LoadUnsafe(ref from, (nuint)(i + Vector<float>.Count)), Scale16);
            Vector.Narrow(low, high).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) = (short)Quantize(Unsafe.Add(ref from, i), Scale16);
        }
    }

    /// <summary>Signed 16-bit to float.</summary>
    public static void FromInt16(ReadOnlySpan<short> source, Span<float> destination)
    {
        int count = Math.Min(source.Length, destination.Length);
        ref short from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= count - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref from, (nuint)i), out Vector<int> low, out Vector<int> high);
            (Vector.ConvertToSingle(low) * (1 / Scale16)).StoreUnsafe(ref to, (nuint)i);
            (Vector.ConvertToSingle(high) * (1 / Scale16)).StoreUnsafe(ref to, (nuint)(i + Vector<float>.Count));
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i) * (1 / Scale16);
        }
    }
}
