// SPDX-License-Identifier: MIT
using AudioMesh.Network.Hub;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Session;
using AudioMesh.Network.Tests.Sessions;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Hub;

/// <summary>A hub on a host of its own in virtual time, and clients on theirs.</summary>
internal sealed class HubRig : IDisposable
{
    public const int Rate = 48000;
    public const int Period = 128;

    public static readonly ImpairmentOptions Lan = new() { Delay = TimeSpan.FromMicroseconds(100), Jitter = TimeSpan.FromMicroseconds(50) };

    private readonly List<HubPlayer> _players = [];

    public HubRig(HubServerOptions? options = null)
    {
        Mesh = new SimulatedMesh(11);
        Host = Mesh.AddHost("hub", new HostClock { Offset = TimeSpan.FromMinutes(1) });
        Port = new ValvePort(Host.Port);
        Session = SessionOn(Host, "hub", Port, Member.Key, Capabilities.Hub, []);
        options ??= new HubServerOptions();
        Server = new HubServer(options with { HostClock = () => Host.Now }, Session);
        Host.Every(TimeSpan.FromMilliseconds(10), Server.Maintain);
        Host.Every(TimeSpan.FromMilliseconds(100), Server.Record);
        Host.RunDevice(options.Mix.PeriodFrames, options.Rate, _ => Server.Process(Host.Now));
    }

    public SimulatedMesh Mesh { get; }

    public SimulatedHost Host { get; }

    public ValvePort Port { get; }

    public ToastSession Session { get; }

    public HubServer Server { get; }

    public HubPlayer Add(string name, double hertz, int channels = 1, SessionKey? key = null, ImpairmentOptions? link = null)
    {
        SimulatedHost host = Mesh.AddHost(name, new HostClock { Offset = TimeSpan.FromSeconds(7 * (_players.Count + 1)) });
        Mesh.Connect(host, Host, link ?? Lan, link ?? Lan);
        HubPlayer player = new(host, name, hertz, channels, key ?? Member.Key, Host.Address);
        _players.Add(player);
        return player;
    }

    public void Run(double seconds) => Mesh.Run(TimeSpan.FromSeconds(seconds));

    public List<HubEvent> Events()
    {
        List<HubEvent> events = [];
        while (Server.TryTakeEvent(out HubEvent? taken))
        {
            events.Add(taken);
        }

        return events;
    }

    public void Dispose()
    {
        foreach (HubPlayer player in _players)
        {
            player.Dispose();
        }

        Server.Dispose();
        Session.Dispose();
    }

    public static ToastSession SessionOn(
        SimulatedHost host, string name, Network.Sockets.IDatagramPort port, SessionKey key, Capabilities capabilities, Network.Sockets.PeerAddress[] contacts)
    {
        ulong id = (ulong)((host.Index + 1L) << 40) + (ulong)host.Mesh.TrueTime.Nanoseconds + 1;
        ToastSession session = new(
            new ToastSessionOptions
            {
                Name = name,
                Identity = new SenderIdentity(key, id),
                Contacts = contacts,
                Capabilities = capabilities,
                MaxPeers = 1024,
                Time = new Network.Time.TimeOptions { ReferencePriority = capabilities.HasFlag(Capabilities.Hub) ? 1 : 0 },
                HostClock = () => host.Now,
            },
            port);
        host.Bind(session);
        host.Every(TimeSpan.FromMilliseconds(10), session.Maintain);
        return session;
    }
}
