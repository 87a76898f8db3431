// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Realtime;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>Descriptors come and go with the line they belong to, and none is left behind.</summary>
internal sealed class DescriptorTests : ServerFixture
{
    private const string Source = """{"cmd":"create_node","type":"app_source","args":{"memfd":17,"frames":4096,"channels":2,"rate":48000}}""";
    private const string Ping = """{"cmd":"ping"}""";

    private static FrameRing NewRing(int channels = 2) => FrameRing.CreateMemFd(new FrameRingOptions { CapacityFrames = 4096, Channels = channels, Rate = 48000 });

    [Test]
    public void A_ring_of_the_clients_comes_with_its_line()
    {
        RawClient client = Connect();
        using FrameRing ring = NewRing();
        using SafeFileHandle file = ring.ShareDescriptor();
        ring.Writer.Write([0.5f, 0.25f], default, default);
        int id = IdOf(client.Ask(Source, file));
        Assert.That(client.Ask($$"""{"cmd":"get","id":{{id}}}""").GetProperty("args").GetProperty("fill").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public void A_ring_of_the_daemons_comes_back_with_the_reply()
    {
        RawClient client = Connect();
        JsonElement reply = client.Ask(Source.Replace("\"memfd\":17,", ""));
        Assert.That(reply.GetProperty("ring").GetProperty("descriptor").GetBoolean());
        using SafeFileHandle file = client.Descriptors.Dequeue();
        using FrameRing ring = FrameRing.OpenMemFd(file, new FrameRingOptions { CapacityFrames = 4096, Channels = 2, Rate = 48000 });
        ring.Writer.Write([0.5f, 0.25f, 0.5f, 0.25f], default, default);
        Assert.That(client.Ask($$"""{"cmd":"get","id":{{IdOf(reply)}}}""").GetProperty("args").GetProperty("fill").GetInt32(), Is.EqualTo(2));
        Assert.That(client.Descriptors, Is.Empty);
    }

    [Test]
    public void No_descriptor_is_an_error_that_names_the_argument()
    {
        JsonElement reply = Connect().Ask(Source);
        Assert.That((CodeOf(reply), FieldOf(reply)), Is.EqualTo(("invalid_argument", "args.memfd")));
    }

    [Test]
    public void A_descriptor_belongs_to_its_own_line_among_many()
    {
        RawClient client = Connect();
        using FrameRing ring = NewRing();
        using SafeFileHandle file = ring.ShareDescriptor();
        for (int round = 0; round < 200; round++)
        {
            int before = round % 5;
            string lines = string.Concat(Enumerable.Repeat(Ping + "\n", before));
            client.Send(lines + Ping[..(round % 7)]);
            client.Send(Ping[(round % 7)..] + "\n");
            client.Send(Source[..(1 + (round % 50))], file);
            client.Send(Source[(1 + (round % 50))..] + "\n" + Ping + "\n");
            for (int i = 0; i < before + 1; i++)
            {
                Assert.That(client.ReadReply().GetProperty("ok").GetBoolean(), $"ping {i} of round {round}");
            }

            JsonElement reply = client.ReadReply();
            Assert.That(reply.GetProperty("ok").GetBoolean(), $"round {round}: {reply}");
            client.ReadReply();
            client.Ask($$"""{"cmd":"destroy_node","id":{{IdOf(reply)}}}""");
        }
    }

    [Test]
    public void Descriptors_of_several_lines_at_once_are_the_first_lines()
    {
        RawClient client = Connect();
        using FrameRing ring = NewRing();
        using SafeFileHandle file = ring.ShareDescriptor();
        client.Send(Source + "\n" + Source + "\n", file);
        Assert.That(CodeOf(client.ReadReply()), Is.Null);
        Assert.That(CodeOf(client.ReadReply()), Is.EqualTo("invalid_argument"));
    }

    [Test]
    public void A_batch_takes_its_descriptors_in_order()
    {
        RawClient client = Connect();
        using FrameRing stereo = NewRing();
        using FrameRing mono = NewRing(channels: 1);
        using SafeFileHandle first = stereo.ShareDescriptor();
        using SafeFileHandle second = mono.ShareDescriptor();
        string monoSource = Source.Replace("\"channels\":2", "\"channels\":1");
        JsonElement reply = client.Ask($$"""{"cmd":"batch","requests":[{{Source}},{{monoSource}}]}""", first, second);
        Assert.That(reply.GetProperty("ok").GetBoolean(), $"{reply}");
        Assert.That(CodeOf(client.Ask($$"""{"cmd":"batch","requests":[{{monoSource}},{{Source}}]}""", first, second)), Is.EqualTo("invalid_argument"));
    }

    [Test]
    public void Descriptors_nobody_wants_are_closed()
    {
        RawClient client = Connect();
        client.Ask(Ping);
        using SafeFileHandle file = File.OpenHandle("/dev/null");
        int before = DescriptorCount();
        for (int i = 0; i < 50; i++)
        {
            client.Ask(Ping, file, file, file);
            client.Ask(Ping, [.. Enumerable.Repeat(file, 40)]);
            client.Ask("nonsense", file);
            client.Ask(Source, file);
        }

        Assert.That(DescriptorCount(), Is.EqualTo(before));
    }

    [Test]
    public void Descriptors_of_half_a_line_are_bounded_and_closed_with_their_client()
    {
        Connect().Ask(Ping);
        using SafeFileHandle file = File.OpenHandle("/dev/null");
        RawClient client = Connect();
        client.Ask(Ping);
        int before = DescriptorCount();
        for (int i = 0; i < 100; i++)
        {
            client.Send("x", file, file);
        }

        client.Send("\n");
        client.ReadReply();
        Assert.That(DescriptorCount(), Is.EqualTo(before));
        client.Send("half a line", file, file);
        client.Dispose();
        Until(() => Server.ClientCount == 1, "the server did not notice");
        Assert.That(DescriptorCount(), Is.LessThan(before));
    }

    [Test]
    public void The_pages_of_a_ring_go_with_its_node_though_its_app_keeps_the_descriptor()
    {
        RawClient client = Connect();
        int id = IdOf(client.Ask(Source.Replace("\"memfd\":17,", "")));
        using SafeFileHandle kept = client.Descriptors.Dequeue();
        byte[] magic = new byte[4];
        RandomAccess.Read(kept, magic, 0);
        Assert.That(magic, Has.Some.Not.Zero);
        client.Ask($$"""{"cmd":"destroy_node","id":{{id}}}""");
        RandomAccess.Read(kept, magic, 0);
        Assert.That(magic, Is.All.Zero);
    }

    [Test]
    public void A_client_that_never_reads_its_descriptors_costs_none_when_it_is_gone()
    {
        Connect().Ask(Ping);
        int before = DescriptorCount();
        using (RawClient client = new(SocketPath))
        {
            client.Send(string.Concat(Enumerable.Repeat(Source.Replace("\"memfd\":17,", "") + "\n", 20)));
            client.Send(Ping + "\n");
            Until(() => Engine.GetGraph().Nodes.Count == 20, "the nodes were not made");
        }

        Until(() => Server.ClientCount == 1, "the server did not notice");
        Assert.That(Engine.GetGraph().Nodes, Is.Empty);
        Until(() => DescriptorCount() == before, "descriptors are left");
    }
}
