// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Net;
using AudioMesh.Clock;
using AudioMesh.Network.Hub;
using AudioMesh.Network.Session;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Wire;

namespace AudioMesh.Benchmarks.Hub;

/// <summary>
/// What a whole period of a hub with so many stereo clients takes on its thread: reading every jitter buffer, mixing, encrypting and sending every mix through a real socket, to one on loopback that nobody reads.
/// </summary>
internal sealed unsafe record ServerCost((double Best, double Median, double P99) PeriodUs, (double Best, double Median, double P99) ReceiveUs, long AllocatedBytes, int Joined)
{
    private const int MostRounds = 3000;

    public static ServerCost Measure(int clients, bool isShort)
    {
        LocalWire wire = new();
        SessionKey key = SessionKey.FromSecret(new byte[32], "benchmark");
        LocalWire.Port hubPort = wire.Add();
        using ToastSession hub = SessionOf(key, "hub", hubPort, Capabilities.Hub, []);
        wire.Bind(hubPort, hub);
        HubOptions size = new() { MaxClients = clients, MaxSendChannels = 2 * clients, MaxReceiveChannels = 2 * clients, PeriodFrames = HubCost.PeriodFrames };
        using HubServer server = new(new HubServerOptions { Mix = size, MaxDepthMs = 40 }, hub);
        List<(ToastSession Session, HubClient Client, OutgoingStream Voice)> all = [];
        for (int i = 0; i < clients; i++)
        {
            LocalWire.Port port = wire.Add();
            ToastSession session = SessionOf(key, $"c{i}", port, Capabilities.None, [hubPort.Address]);
            wire.Bind(port, session);
            HubClient client = new(new HubClientOptions { Name = $"client {i}" }, session);
            client.Listen(new SubscriptionOptions { MaxDepthMs = 40 });
            all.Add((session, client, client.Offer(HubCost.Rate, HubCost.PeriodFrames)));
        }

        for (int round = 0; round < MostRounds && all.Exists(member => member.Client.State != HubClientState.Joined); round++)
        {
            wire.Tick();
            hub.Maintain();
            all.ForEach(member => member.Client.Maintain());
            server.Maintain();
            wire.Deliver();
            Thread.Sleep(1);
        }

        hub.Maintain();
        ServerCost cost = Run(wire, server, all, isShort ? 50 : 1000);
        all.ForEach(member => member.Client.Dispose());
        all.ForEach(member => member.Session.Dispose());
        return cost;
    }

    private static ServerCost Run(LocalWire wire, HubServer server, List<(ToastSession Session, HubClient Client, OutgoingStream Voice)> all, int periods)
    {
        using UdpPort sink = new(new UdpPortOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0) });
        using UdpPort sender = new(new UdpPortOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0) });
        PeerAddress nobody = sink.LocalAddress;
        float[] block = new float[2 * HubCost.PeriodFrames];
        Array.Fill(block, 0.01f);
        List<double> whole = [];
        List<double> receiving = [];
        long allocated = 0;
        MeshTime due = MeshClock.Now;
        for (int period = -100; period < periods; period++)
        {
            wire.Diversion = null;
            SendAll(all, block, due);
            long begin = Stopwatch.GetTimestamp();
            wire.Deliver();
            double receiveUs = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
            wire.Diversion = (sender, nobody);
            long before = GC.GetAllocatedBytesForCurrentThread();
            begin = Stopwatch.GetTimestamp();
            server.Process(due);
            double wholeUs = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
            if (period >= 0)
            {
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                whole.Add(wholeUs);
                receiving.Add(receiveUs);
            }

            due = due.Add(1_000_000_000L * HubCost.PeriodFrames / HubCost.Rate);
        }

        return new ServerCost(Quantiles(whole), Quantiles(receiving), allocated, all.Count(member => member.Client.State == HubClientState.Joined));
    }

    private static void SendAll(List<(ToastSession Session, HubClient Client, OutgoingStream Voice)> all, float[] block, MeshTime due)
    {
        fixed (float* samples = block)
        {
            float** planes = stackalloc float*[2] { samples, samples + HubCost.PeriodFrames };
            foreach ((ToastSession session, _, OutgoingStream voice) in all)
            {
                voice.Sender.Send(planes, HubCost.PeriodFrames, session.Timebase.ToMesh(due), default);
            }
        }
    }

    private static ToastSession SessionOf(SessionKey key, string name, IDatagramPort port, Capabilities capabilities, PeerAddress[] contacts) => new(
        new ToastSessionOptions { Name = name, Identity = SenderIdentity.CreateRandom(key), Contacts = contacts, Capabilities = capabilities, MaxPeers = 1024 }, port);

    private static (double Best, double Median, double P99) Quantiles(List<double> times)
    {
        times.Sort();
        return (times[0], times[times.Count / 2], times[(int)(times.Count * 0.99)]);
    }
}
