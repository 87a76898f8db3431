// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>Sums of the heard sources for some mixes, <c>stride</c> apart, in one shape of registers. Where nothing was summed before, <c>to</c> is not read.</summary>
internal unsafe interface IMixMatrixSums
{
    /// <summary>Frames of a mix.</summary>
    static abstract int Width { [RealtimeSafe] get; }

    /// <summary>Up to six mixes, whose gains stand still.</summary>
    [RealtimeSafe]
    static abstract void AddSteady<TRows>(ref readonly MixMatrixGains gains, float* samples, bool isFirst, float* to, nint stride)
        where TRows : IRowCount;

    /// <summary>Up to three mixes, whose gains move. The first of the frames is <paramref name="frame"/> of the block.</summary>
    [RealtimeSafe]
    static abstract void AddMoving<TRows>(
        ref readonly MixMatrixGains gains, int firstRow, float* samples, bool isFirst, int frame, float* to, nint stride)
        where TRows : IRowCount;
}
