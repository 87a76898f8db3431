// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Clock;

/// <summary>Told of every block of an engine before it is rendered, on the device thread.</summary>
public interface IBlockClock
{
    /// <summary>
    /// A block begins: <paramref name="frames"/> frames from <paramref name="position"/> on, counted since the engine's creation, of which the first leaves the device at
    /// <paramref name="outputTime"/> of this host's monotonic clock, at <paramref name="rate"/> frames per second.
    /// </summary>
    [RealtimeSafe]
    void Begin(FrameCount position, int frames, MeshTime outputTime, int rate);
}
