// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AudioMesh.Dsp;

public static partial class SampleConvert
{
    /// <summary>Float to signed 32-bit.</summary>
    public static void ToInt32(ReadOnlySpan<float> source, Span<int> destination)
    {
        int count = Math.Min(source.Length, destination.Length);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref int to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        // The largest integer is no float here: the conversion itself must saturate, which since .NET 9 it does, with NaN to 0.
        for (; i <= count - Vector<int>.Count; i += Vector<int>.Count)
        {
            Vector<float> scaled = Vector.LoadUnsafe(ref from, (nuint)i) * Scale32;
            Vector<int> hasFraction = Vector.LessThan(Vector.Abs(scaled), new Vector<float>(Scale24));
            Vector<float> rounded = Vector.ConditionalSelect(hasFraction, Round(scaled), scaled);
            Vector.ConvertToInt32(rounded).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) = (int)MathF.Round(Unsafe.Add(ref from, i) * Scale32);
        }
    }

    /// <summary>Signed 32-bit to float, rounded to the 24 bits of a float's significand.</summary>
    public static void FromInt32(ReadOnlySpan<int> source, Span<float> destination)
    {
        int count = Math.Min(source.Length, destination.Length);
        ref int from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= count - Vector<int>.Count; i += Vector<int>.Count)
        {
            (Vector.ConvertToSingle(Vector.LoadUnsafe(ref from, (nuint)i)) * (1 / Scale32)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i) * (1 / Scale32);
        }
    }
}
