// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>What is added to scaled samples before they are rounded, in steps of the integer; in every width the same to the bit.</summary>
internal interface IDither
{
    /// <summary>Whether anything is added.</summary>
    static abstract bool IsOn { [RealtimeSafe] get; }

    /// <summary>For sample i of the block.</summary>
    [RealtimeSafe]
    float At(nint i);

    /// <summary>For four samples.</summary>
    [RealtimeSafe]
    Vector128<float> At128(nint i);

    /// <summary>For eight samples.</summary>
    [RealtimeSafe]
    Vector256<float> At256(nint i);

    /// <summary>For sixteen samples.</summary>
    [RealtimeSafe]
    Vector512<float> At512(nint i);
}
