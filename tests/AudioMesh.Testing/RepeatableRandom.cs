// SPDX-License-Identifier: MIT
namespace AudioMesh.Testing;

/// <summary>Random numbers that are the same on every run and every runtime: S. Vigna's SplitMix64.</summary>
public struct RepeatableRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to <paramref name="limit"/> - 1.</summary>
    public int Next(int limit) => (int)(NextBits() % (uint)limit);

    /// <summary>A sample from -1 to 1.</summary>
    public float NextSample() => ((NextBits() >> 40) / (float)(1 << 23)) - 1f;

    /// <summary>Fills <paramref name="samples"/> with samples from -1 to 1.</summary>
    public void Fill(Span<float> samples)
    {
        foreach (ref float sample in samples)
        {
            sample = NextSample();
        }
    }

    /// <summary>Fills <paramref name="bytes"/>.</summary>
    public void Fill(Span<byte> bytes)
    {
        foreach (ref byte value in bytes)
        {
            value = (byte)NextBits();
        }
    }
}
