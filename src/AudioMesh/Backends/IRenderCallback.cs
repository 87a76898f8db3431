// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Backends;

/// <summary>Whoever fills the device's periods.</summary>
public interface IRenderCallback
{
    /// <summary>Fills <paramref name="block"/>. Called on the device thread, one block after the other, never at once.</summary>
    [RealtimeSafe]
    void Render(in DeviceBlock block);
}
