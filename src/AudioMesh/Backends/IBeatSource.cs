// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Backends;

/// <summary>Bars and beats along a transport.</summary>
public interface IBeatSource
{
    /// <summary>The beat that a frame of the transport lies in. Device thread.</summary>
    [RealtimeSafe]
    BeatPosition BeatAt(long frame);
}
