// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>Reads JDAT on a thread of its own, <c>am-jdat-in</c>. Where the handler waits, standard input and Unix sockets wait with it; datagrams are lost.</summary>
public sealed class JdatInput : IDisposable
{
    private const int PassMs = 50;

    private readonly IJdatInputPort _port;
    private readonly IJdatHandler _handler;
    private readonly JdatStream _stream;
    private readonly Thread _thread;
    private volatile bool _isStopping;

    /// <summary>Opens <paramref name="endpoint"/> and begins to read.</summary>
    /// <exception cref="AudioMeshException">DeviceBusy: somebody else listens there; FileUnreadable: another file is there; PermissionDenied; InvalidArgument.</exception>
    public JdatInput(JdatEndpoint endpoint, IJdatHandler handler, JdatLimits? limits = null)
    {
        _handler = handler;
        _stream = new JdatStream(handler, limits);
        _port = endpoint.Kind switch
        {
            JdatEndpointKind.Standard => new StandardInputPort(),
            JdatEndpointKind.Unix => new UnixInputPort(endpoint.Path),
            _ => new UdpInputPort(endpoint.Address!),
        };
        _thread = new Thread(Run) { IsBackground = true, Name = "am-jdat-in" };
        _thread.Start();
    }

    /// <summary>Lines so far, refused ones counted.</summary>
    public long Lines => _stream.Lines;

    /// <summary>Lines refused.</summary>
    public long Faults => _stream.Faults;

    /// <summary>Who is connected now; 1 for standard input, 0 for UDP.</summary>
    public int Clients => _port.Clients;

    /// <summary>Who was turned away, because somebody was connected already.</summary>
    public long RefusedClients => _port.RefusedClients;

    /// <summary>Ends reading, when the handler has returned from its present call.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
        _port.Dispose();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            if (!_port.Pump(_stream, PassMs))
            {
                _handler.OnEnd();
                return;
            }
        }
    }
}
