// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// One operation on a block of samples, in every width: each member does samples i up to i + width, the same to the bit, loading all it needs
/// before it stores. <see cref="BlockLoop"/> calls the widths that the machine has.
/// </summary>
internal interface IBlockOperator
{
    /// <summary>How many samples come before the destination lies on a boundary of 64 bytes, 0 where it never does.</summary>
    nint Lead { [RealtimeSafe] get; }

    /// <summary>One sample.</summary>
    [RealtimeSafe]
    void At(nint i);

    /// <summary>Four samples.</summary>
    [RealtimeSafe]
    void At128(nint i);

    /// <summary>Eight samples.</summary>
    [RealtimeSafe]
    void At256(nint i);

    /// <summary>Sixteen samples.</summary>
    [RealtimeSafe]
    void At512(nint i);
}
