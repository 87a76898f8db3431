// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Jack;

/// <summary>What JACK offers beyond a device; all for the control thread, and all throw InvalidState when closed, DeviceLost when lost, Timeout when the server hangs.</summary>
public sealed partial class JackBackend
{
    /// <summary>
    /// Connects two ports of any clients by full name (<c>client:port</c>); connected ones may be connected again. Ours must have been started once.
    /// Throws NotFound for a port there is not, InvalidArgument where the two do not fit.
    /// </summary>
    public void Connect(string source, string destination) =>
        Ask("connect", session => session.Patchbay.Connect(source, destination));

    /// <summary>Takes a connection away, also from what comes back after a loss. Throws NotFound for a port there is not, InvalidArgument where the two are not connected.</summary>
    public void Disconnect(string source, string destination) =>
        Ask("disconnect", session => session.Patchbay.Disconnect(source, destination));

    /// <summary>The connections of our ports as the server's graph has them; a change shows within a cycle.</summary>
    public IReadOnlyList<JackConnection> GetConnections()
    {
        IReadOnlyList<JackConnection> connections = [];
        Ask("list connections", session => connections = session.Patchbay.Connections());
        return connections;
    }

    /// <summary>Names one of our ports (<c>out_1</c>) for people. Throws NotFound, or InvalidArgument where the server keeps no properties.</summary>
    public void SetPortPrettyName(string port, string prettyName) =>
        SetPortProperty(port, "http://jackaudio.org/metadata/pretty-name", prettyName, "text/plain");

    /// <summary>Sets where one of our ports stands among those of its client, from 0. Throws as <see cref="SetPortPrettyName"/>.</summary>
    public void SetPortOrder(string port, int order) =>
        SetPortProperty(port, "http://jackaudio.org/metadata/order", $"{order}", "http://www.w3.org/2001/XMLSchema#int");

    /// <summary>Sets any property of one of our ports (JACK's metadata API: key is a URI, type a MIME type or URI). Throws as <see cref="SetPortPrettyName"/>.</summary>
    public void SetPortProperty(string port, string key, string value, string type) =>
        Ask("set a property", session => session.Properties.Set(port, key, value, type));

    /// <summary>A property of one of our ports; null when it has none of this key. Throws NotFound for a port there is not.</summary>
    public string? GetPortProperty(string port, string key)
    {
        string? value = null;
        Ask("get a property", session => value = session.Properties.Get(port, key));
        return value;
    }

    /// <summary>Changes the server's period, for all its clients, with a gap in the sound. Throws InvalidArgument where the driver cannot.</summary>
    public void SetBufferSize(int frames) => Ask("set the buffer size", session => session.SetBufferSize(frames));

    /// <summary>Lets the whole graph run as fast as it can, or by the clock again. Throws InvalidArgument where the server refuses.</summary>
    public void SetFreewheel(bool on) => Ask("set freewheel", session => session.SetFreewheel(on));

    private void Ask(string what, Action<JackSession> ask)
    {
        JackSession? session = _session;
        if (session is null || State == BackendState.Lost)
        {
            throw new AudioMeshException(
                session is null ? AudioErrorKind.InvalidState : AudioErrorKind.DeviceLost,
                $"jack: cannot {what}: the state is {State}. {LostReason}".TrimEnd());
        }

        session.Calls.Run(what, CallTimeoutMs, () =>
        {
            ask(session);
            return true;
        });
    }
}
