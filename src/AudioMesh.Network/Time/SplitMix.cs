// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Time;

/// <summary>SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): spreads what need not be secret.</summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        ulong z = _state += 0x9e37_79b9_7f4a_7c15;
        z = (z ^ (z >> 30)) * 0xbf58_476d_1ce4_e5b9;
        z = (z ^ (z >> 27)) * 0x94d0_49bb_1331_11eb;
        return z ^ (z >> 31);
    }
}
