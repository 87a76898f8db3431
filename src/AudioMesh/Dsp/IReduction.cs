// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// One number of many samples. It begins at +0, takes samples in any order, and takes what it made of other samples as one of them;
/// <see cref="ReduceLoop"/> calls the widths that the machine has.
/// </summary>
internal interface IReduction
{
    /// <summary>What has been made so far, and one more sample.</summary>
    [RealtimeSafe]
    static abstract float Take(float made, float sample);

    /// <summary>The same in four lanes.</summary>
    [RealtimeSafe]
    static abstract Vector128<float> Take(Vector128<float> made, Vector128<float> samples);

    /// <summary>The same in eight lanes.</summary>
    [RealtimeSafe]
    static abstract Vector256<float> Take(Vector256<float> made, Vector256<float> samples);

    /// <summary>The same in sixteen lanes.</summary>
    [RealtimeSafe]
    static abstract Vector512<float> Take(Vector512<float> made, Vector512<float> samples);
}
