// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Realtime;

namespace AudioMesh.Engine;

/// <summary>Lets one backend's device thread through to the renderer until it is shut: a hung device that wakes up later finds it closed.</summary>
internal sealed class RenderGate(Renderer renderer, bool isOpen) : IRenderCallback
{
    private bool _isOpen = isOpen;

    public void Open() => Volatile.Write(ref _isOpen, true);

    public void Shut() => Volatile.Write(ref _isOpen, false);

    [RealtimeSafe]
    public void Render(in DeviceBlock block)
    {
        if (Volatile.Read(ref _isOpen))
        {
            renderer.Render(block);
        }
    }
}
