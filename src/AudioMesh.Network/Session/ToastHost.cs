// SPDX-License-Identifier: MIT
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <summary>A member of a session on this machine's network: its socket, its session, and the threads that both want. Any thread.</summary>
public sealed class ToastHost : IDisposable
{
    private const int MaintainMs = 10;

    private readonly ManualResetEventSlim _end = new(false, spinCount: 0);
    private readonly StreamTraining _training;
    private readonly Thread _maintenance;
    private int _isDisposed;

    /// <summary>
    /// Joins. Throws InvalidArgument naming the field, and where <see cref="ToastHostOptions.Bind"/> cannot be had DeviceBusy (in use), PermissionDenied, NotFound (no such address here)
    /// or DeviceUnavailable.
    /// </summary>
    public ToastHost(ToastHostOptions options)
    {
        options.Validate();
        Port = new UdpPort(new UdpPortOptions { Bind = options.Bind, Groups = options.Group is null ? [] : [options.Group] });
        try
        {
            Session = new ToastSession(
                new ToastSessionOptions
                {
                    Name = options.Name,
                    Identity = SenderIdentity.CreateRandom(options.Key),
                    Contacts = [.. options.Contacts.Select(PeerAddress.From)],
                    DiscoveryGroup = options.Group is null ? null : PeerAddress.From(options.Group),
                    DatagramBytes = options.DatagramBytes,
                    MaxPeers = options.MaxPeers,
                    Capabilities = options.Capabilities,
                    Time = options.Time,
                },
                Port)
            {
                Control = options.Control,
            };
        }
        catch
        {
            Port.Dispose();
            throw;
        }

        _training = new StreamTraining(Session);
        _maintenance = new Thread(Maintain) { IsBackground = true, Name = "am-session" };
        _maintenance.Start();
        Port.Start(Session);
    }

    /// <summary>Peers, streams and mesh time. Its end is this host's: it is not to be disposed by itself.</summary>
    public ToastSession Session { get; }

    /// <summary>The socket, for its address and counters.</summary>
    public UdpPort Port { get; }

    /// <summary>Says goodbye to the others and closes. Nobody reads or sends its streams any more.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        Session.Leave();
        _end.Set();
        _maintenance.Join();
        _training.Dispose();
        Port.Dispose();
        Session.Dispose();
        _end.Dispose();
    }

    private void Maintain()
    {
        do
        {
            Session.Maintain();
            _training.Follow();
        }
        while (!_end.Wait(MaintainMs));
    }
}
