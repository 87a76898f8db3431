// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.RoundTrip;

/// <summary>What a JACK client heard, and when each of its periods began, in mesh time.</summary>
internal sealed record Recorded(float[] Frames, long[] PeriodNs, int PeriodFrames)
{
    public const int Rate = 48_000;

    /// <summary>When a frame was, in mesh time ns.</summary>
    public long TimeOf(double frame)
    {
        int period = Math.Clamp((int)(frame / PeriodFrames), 0, PeriodNs.Length - 1);
        return PeriodNs[period] + (long)((frame - ((double)period * PeriodFrames)) * 1e9 / Rate);
    }

    public void Write(string path)
    {
        using FileStream file = File.Create(path);
        file.Write(MemoryMarshal.AsBytes<int>([PeriodFrames, PeriodNs.Length, Frames.Length]));
        file.Write(MemoryMarshal.AsBytes<long>(PeriodNs));
        file.Write(MemoryMarshal.AsBytes<float>(Frames));
    }

    public static Recorded Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        int[] sizes = new int[3];
        file.ReadExactly(MemoryMarshal.AsBytes(sizes.AsSpan()));
        Recorded recorded = new(new float[sizes[2]], new long[sizes[1]], sizes[0]);
        file.ReadExactly(MemoryMarshal.AsBytes(recorded.PeriodNs.AsSpan()));
        file.ReadExactly(MemoryMarshal.AsBytes(recorded.Frames.AsSpan()));
        return recorded;
    }
}
