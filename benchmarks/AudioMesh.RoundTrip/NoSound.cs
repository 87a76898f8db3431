// SPDX-License-Identifier: MIT
using AudioMesh.Backends;

namespace AudioMesh.RoundTrip;

/// <summary>For a client that is there to connect ports.</summary>
internal sealed class NoSound : IRenderCallback
{
    public void Render(in DeviceBlock block)
    {
    }
}
