// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>
/// Writes JDAT lines. A Unix socket serves up to 16 listeners, and none makes another or the writer wait: who is more than a megabyte behind misses whole
/// lines, who takes nothing for ten seconds is disconnected. One thread sends; counts may be read from any.
/// </summary>
public sealed class JdatOutput : IDisposable
{
    private readonly IJdatOutputPort _port;
    private bool _isStopping;
    private long _lines;

    /// <summary>Opens <paramref name="endpoint"/>.</summary>
    /// <exception cref="AudioMeshException">DeviceBusy: somebody else listens there; FileUnreadable: another file is there; PermissionDenied; InvalidArgument.</exception>
    public JdatOutput(JdatEndpoint endpoint) => _port = endpoint.Kind switch
    {
        JdatEndpointKind.Standard => new StandardOutputPort(),
        JdatEndpointKind.Unix => new UnixOutputPort(endpoint.Path),
        _ => new UdpOutputPort(endpoint.Address!),
    };

    /// <summary>Lines sent.</summary>
    public long Lines => Volatile.Read(ref _lines);

    /// <summary>Lines that a listener did not get, a number for each listener.</summary>
    public long DroppedLines => _port.DroppedLines;

    /// <summary>Who listens now; 1 for standard output that is open, 0 for UDP, which does not know.</summary>
    public int Clients => _port.Clients;

    /// <summary>Listeners that were turned away or disconnected.</summary>
    public long DroppedClients => _port.DroppedClients;

    /// <summary>Whether nobody will listen any more: standard output is closed.</summary>
    public bool IsClosed => _port.IsClosed;

    /// <summary>Sends one line with its end, as <see cref="JdatWriter"/> made it. Waits for standard output only.</summary>
    public void Send(ReadOnlySpan<byte> line)
    {
        _port.Send(line, in _isStopping);
        Volatile.Write(ref _lines, _lines + 1);
    }

    /// <summary>Sees to listeners that come, go and are behind; call it every few milliseconds.</summary>
    public void Pump() => _port.Pump();

    /// <summary>Makes a <see cref="Send"/> that waits give up. Any thread.</summary>
    public void Stop() => Volatile.Write(ref _isStopping, true);

    /// <summary>Closes it.</summary>
    public void Dispose() => _port.Dispose();
}
