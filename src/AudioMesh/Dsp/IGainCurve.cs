// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>The gain of every sample of a block, in every width the same to the bit. An index is a whole number in a float.</summary>
internal interface IGainCurve
{
    /// <summary>The gain of one sample.</summary>
    [RealtimeSafe]
    float At(float index);

    /// <summary>The gains of four samples.</summary>
    [RealtimeSafe]
    Vector128<float> At(Vector128<float> index);

    /// <summary>The gains of eight samples.</summary>
    [RealtimeSafe]
    Vector256<float> At(Vector256<float> index);

    /// <summary>The gains of sixteen samples.</summary>
    [RealtimeSafe]
    Vector512<float> At(Vector512<float> index);
}
