// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Clock;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Tests.Impairment;

namespace AudioMesh.Network.Tests.Namespaces;

internal sealed class NamespaceRelayTests
{
    private const int Packets = 200;
    private const int Bytes = 64;

    /// <summary>A client and a server that do not know each other's network, and a relay on a host between them.</summary>
    [Test]
    public void A_relay_joins_two_hosts_and_loses_what_its_seed_says()
    {
        using NamespaceNetwork network = NamespaceNetwork.CreateOrIgnore();
        (NamespaceHost near, NamespaceHost middle, NamespaceHost far) = (network.AddHost("near"), network.AddHost("middle"), network.AddHost("far"));
        (_, string listen) = network.Connect(near, middle);
        (_, string target) = network.Connect(middle, far);
        ImpairmentOptions there = new() { Loss = GilbertElliott.Of(0.2, 2), Delay = TimeSpan.FromMilliseconds(1) };
        using EchoServer echo = far.Do(() => new EchoServer(IPAddress.Parse(target)));
        using UdpRelay relay = middle.Do(() => UdpRelay.Start(new UdpRelayOptions
        {
            Listen = new IPEndPoint(IPAddress.Parse(listen), 0), Target = echo.EndPoint, There = there, Seed = 3,
        }));
        Assert.That(
            () => near.Do(() => new UdpClientSocket(echo.EndPoint)),
            Throws.TypeOf<SocketException>().With.Property("SocketErrorCode").EqualTo(SocketError.NetworkUnreachable));
        using UdpClientSocket client = near.Do(() => new UdpClientSocket(relay.Listen));
        ImpairmentModel plan = new(there, 3, default);
        for (int i = 0; i < Packets; i++)
        {
            client.Send(i, Bytes);
            if (plan.Next(new MeshTime(i), Bytes).IsDelivered)
            {
                Assert.That(client.Hear(1), Is.EqualTo(new[] { i }));
            }
        }

        Assert.That(echo.Heard, Is.EqualTo(plan.Counts.Delivered));
    }

    [Test]
    public void Hosts_are_gone_when_their_network_is()
    {
        string space;
        using (NamespaceNetwork network = NamespaceNetwork.CreateOrIgnore())
        {
            space = network.AddHost("short").Namespace;
            Assert.That(File.Exists(Path.Combine(NamespaceHost.Folder, space)));
        }

        Assert.That(File.Exists(Path.Combine(NamespaceHost.Folder, space)), Is.False);
    }

    [Test]
    public void What_a_crashed_run_left_behind_is_removed()
    {
        const string Abandoned = "amtest-999999999-left-0";
        NamespaceNetwork.CreateOrIgnore().Dispose();
        IpCommand.Run("netns", "add", Abandoned);
        NamespaceNetwork.CreateOrIgnore().Dispose();
        Assert.That(File.Exists(Path.Combine(NamespaceHost.Folder, Abandoned)), Is.False);
    }
}
