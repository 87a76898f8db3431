// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

public static unsafe partial class SampleConvert
{
    /// <summary>Float to unsigned 8-bit, silence at 128.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToUInt8(ReadOnlySpan<float> source, Span<byte> destination)
    {
        fixed (float* from = source)
        {
            fixed (byte* to = destination)
            {
                Encode<UInt8Layout>(from, to, Math.Min(source.Length, destination.Length));
            }
        }
    }

    /// <summary>Unsigned 8-bit, silence at 128 to float.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FromUInt8(ReadOnlySpan<byte> source, Span<float> destination)
    {
        fixed (byte* from = source)
        {
            fixed (float* to = destination)
            {
                Decode<UInt8Layout>(from, to, Math.Min(source.Length, destination.Length));
            }
        }
    }
}
