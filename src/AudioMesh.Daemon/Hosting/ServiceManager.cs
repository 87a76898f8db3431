// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AudioMesh.Daemon.Hosting;

/// <summary>
/// Tells the service manager how things stand: sd_notify(3), datagrams to the socket that <c>NOTIFY_SOCKET</c> names. Without one it tells nobody. Any thread.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _place;

    private ServiceManager(string? path)
    {
        if (path is not { Length: > 1 } || path[0] is not ('/' or '@'))
        {
            return;
        }

        _place = new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    }

    /// <summary>As the environment has it.</summary>
    public static ServiceManager FromEnvironment() => new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"))
    {
        WatchdogInterval = Watchdog(),
    };

    /// <summary>How long the service manager waits for a sign of life (WATCHDOG_USEC); null where it waits for none.</summary>
    public TimeSpan? WatchdogInterval { get; private init; }

    /// <summary>Everything works from now on.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={status}");

    /// <summary>The configuration is being read anew; <see cref="Ready"/> follows.</summary>
    public void Reloading() =>
        Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={Clock.MeshClock.Now.Nanoseconds / 1000}"));

    /// <summary>It ends.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <summary>A sign of life.</summary>
    public void Alive() => Send("WATCHDOG=1");

    public void Dispose() => _socket?.Dispose();

    private void Send(string state)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(state), _place!);
        }
        catch (SocketException)
        {
            // Who does not listen is not told.
        }
    }

    private static TimeSpan? Watchdog()
    {
        string? pid = Environment.GetEnvironmentVariable("WATCHDOG_PID");
        bool isOurs = pid is null || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return isOurs && long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long usec) && usec > 0
            ? TimeSpan.FromMicroseconds(usec)
            : null;
    }
}
