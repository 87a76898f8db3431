// SPDX-License-Identifier: MIT
using AudioMesh.Backends;

namespace AudioMesh.Engine;

/// <content>The ports of a device that has some.</content>
public sealed partial class AudioEngine
{
    /// <summary>Connects two ports of the device's server by their full names. Throws InvalidState when the device has no ports, NotFound, ...</summary>
    public void ConnectPorts(string source, string destination)
    {
        lock (_gate)
        {
            Patchbay.Connect(source, destination);
        }
    }

    /// <summary>Takes a connection of ports away. Throws as <see cref="ConnectPorts"/>.</summary>
    public void DisconnectPorts(string source, string destination)
    {
        lock (_gate)
        {
            Patchbay.Disconnect(source, destination);
        }
    }

    /// <summary>The connections of the device's ports. Throws InvalidState when the device has no ports.</summary>
    public IReadOnlyList<(string Source, string Destination)> GetPortConnections()
    {
        lock (_gate)
        {
            return Patchbay.Connections;
        }
    }

    private IPortPatchbay Patchbay => _device.Device as IPortPatchbay
        ?? throw new AudioMeshException(AudioErrorKind.InvalidState, "No device with ports is open.");
}
