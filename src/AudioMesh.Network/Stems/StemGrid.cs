// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Stems;

/// <summary>The frames of mesh time that all stems have in common: frame 0 of every file is frame <paramref name="First"/> since mesh time 0.</summary>
internal readonly record struct StemGrid(int Rate, long First, long Frames)
{
    /// <summary>The first frame at or after a time.</summary>
    public static long FrameFrom(MeshTime time, int rate)
    {
        (Int128 whole, Int128 part) = Int128.DivRem((Int128)time.Nanoseconds * rate, 1_000_000_000);
        return (long)(part > 0 ? whole + 1 : whole);
    }
}
