// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>Random numbers that are the same everywhere and for ever: M. E. O'Neill's PCG-XSH-RR 64/32. One thread.</summary>
public struct Pcg32
{
    private const ulong Multiplier = 6364136223846793005;
    private const ulong Increment = 1442695040888963407;

    private ulong _state;

    /// <summary>Begins where <paramref name="seed"/> says; seeds that are alike begin far apart.</summary>
    public Pcg32(ulong seed) => _state = Scatter(seed);

    /// <summary>32 random bits.</summary>
    public uint Next()
    {
        ulong old = _state;
        _state = (old * Multiplier) + Increment;
        return uint.RotateRight((uint)(((old >> 18) ^ old) >> 27), (int)(old >> 59));
    }

    /// <summary>0 or more and below <paramref name="bound"/>.</summary>
    public int NextBelow(int bound) => (int)(((ulong)Next() * (uint)bound) >> 32);

    /// <summary>0 or more and below 1.</summary>
    public double NextShare() => Next() / 4294967296.0;

    // The finaliser of S. Vigna's SplitMix64.
    private static ulong Scatter(ulong seed)
    {
        seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9;
        seed = (seed ^ (seed >> 27)) * 0x94d049bb133111eb;
        return seed ^ (seed >> 31);
    }
}
