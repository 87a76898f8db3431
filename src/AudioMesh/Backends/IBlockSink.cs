// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Backends;

/// <summary>Where a <see cref="SoftwareDevice"/> leaves what was rendered.</summary>
internal interface IBlockSink
{
    /// <summary>Takes the outputs of a block whole, or returns false because there is no room. Device thread.</summary>
    [RealtimeSafe]
    bool TryWrite(in DeviceBlock block);
}
