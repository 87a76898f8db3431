// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>Makes the sample that lies a fraction of a frame, in 2^64ths, after the middle of a window of frames.</summary>
[RealtimeSafe]
internal unsafe interface IPhaseKernel<T>
    where T : unmanaged
{
    /// <summary>Frames of the window from its middle on; as many less one lie before.</summary>
    int HalfTaps { get; }

    T One(ulong fraction, T* window);

    /// <summary>The same for two channels, whose windows lie <paramref name="apart"/> samples from each other.</summary>
    (T Left, T Right) Two(ulong fraction, T* window, nint apart);
}
