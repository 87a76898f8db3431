// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Control;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;
using AudioMesh.Testing;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Engine.Tests;

/// <summary>Rings that go through a door which carries descriptors.</summary>
[NonParallelizable]
[Platform("Linux")]
internal sealed class RingDescriptorTests : EngineFixture
{
    private static readonly FrameRingOptions Shape = new() { CapacityFrames = 4096, Channels = 2, Rate = 44100 };

    private ControlSession _session = null!;

    [SetUp]
    public void Converse() => _session = new ControlSession(Engine);

    [TearDown]
    public void End() => _session.Dispose();

    [Test]
    public void A_ring_of_the_engine_comes_with_the_reply()
    {
        using DescriptorExchange exchange = new();
        using JsonDocument reply = Ask("""{"cmd":"create_node","type":"app_sink","args":{"frames":4096,"rate":44100}}""", exchange);
        JsonElement ring = reply.RootElement.GetProperty("ring");
        Assert.That(ring.GetProperty("descriptor").GetBoolean());
        Assert.That(ring.TryGetProperty("path", out _), Is.False);
        using FrameRing app = FrameRing.OpenMemFd(exchange.Given.Single(), Shape);
        Assert.That((app.Bytes, app.CapacityFrames), Is.EqualTo((ring.GetProperty("bytes").GetInt64(), 4096)));
        Assert.That(app.Generation, Is.EqualTo(1), "it is the one that is there");
    }

    [Test]
    public void A_ring_of_the_app_comes_with_the_request([Values] bool isLaidOut)
    {
        SafeFileHandle file = MemFd.Create(FrameRing.BytesNeeded(Shape));
        using MemFd.Mapping mapping = new(file);
        if (isLaidOut)
        {
            Lay(mapping);
        }

        using DescriptorExchange exchange = new([file]);
        using JsonDocument reply = Ask("""{"cmd":"create_node","type":"app_source","args":{"memfd":17,"frames":4096,"channels":2,"rate":44100}}""", exchange);
        Assert.That(reply.RootElement.GetProperty("ok").GetBoolean(), reply.RootElement.ToString());
        Assert.That(reply.RootElement.GetProperty("ring").TryGetProperty("descriptor", out _), Is.False);
        Assert.That(exchange.Given, Is.Empty);
        Write(mapping);
        AppSourceNode node = (AppSourceNode)Engine.FindNode(reply.RootElement.GetProperty("id").GetInt32());
        Assert.That(node.Get("fill")!.Value.Number, Is.EqualTo(100));
    }

    [Test]
    public void Each_request_of_a_batch_takes_the_next_descriptor()
    {
        SafeFileHandle[] files = [MemFd.Create(FrameRing.BytesNeeded(Shape)), MemFd.Create(FrameRing.BytesNeeded(Shape))];
        using MemFd.Mapping second = new(files[1]);
        using DescriptorExchange exchange = new(files);
        const string Source = """{"cmd":"create_node","type":"app_source","args":{"memfd":3,"frames":4096,"rate":44100}}""";
        using JsonDocument reply = Ask($$"""{"cmd":"batch","requests":[{{Source}},{"cmd":"create_node","type":"app_sink"},{{Source}}]}""", exchange);
        int[] ids = [.. reply.RootElement.GetProperty("replies").EnumerateArray().Select(one => one.GetProperty("id").GetInt32())];
        Write(second);
        Assert.That(ids.Where(id => Engine.FindNode(id) is AppSourceNode).Select(id => Engine.FindNode(id).Get("fill")!.Value.Number), Is.EqualTo(new double[] { 0, 100 }));
        Assert.That(exchange.Given, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_memfd_that_did_not_come_is_named()
    {
        foreach (DescriptorExchange? exchange in new[] { null, new DescriptorExchange() })
        {
            using JsonDocument reply = Ask("""{"cmd":"create_node","type":"app_source","args":{"memfd":17}}""", exchange);
            JsonElement error = reply.RootElement.GetProperty("error");
            Assert.That((error.GetProperty("code").GetString(), error.GetProperty("field").GetString()), Is.EqualTo(("invalid_argument", "args.memfd")));
        }

        Assert.That(Engine.GetGraph().Nodes, Is.Empty);
    }

    [Test]
    public void A_descriptor_that_is_refused_is_closed_and_named()
    {
        int before = MemFd.CountHeld();
        using (DescriptorExchange exchange = new([MemFd.Create(100), MemFd.Create(100)]))
        {
            using JsonDocument reply = Ask("""{"cmd":"create_node","type":"app_source","args":{"memfd":17}}""", exchange);
            JsonElement error = reply.RootElement.GetProperty("error");
            Assert.That((error.GetProperty("code").GetString(), error.GetProperty("field").GetString()), Is.EqualTo(("invalid_argument", "args.memfd")));
            Assert.That(error.GetProperty("allowed").GetString(), Does.StartWith("a memfd of"));
            Assert.That(MemFd.CountHeld(), Is.EqualTo(before + 1), "the one nobody took");
        }

        Assert.That(MemFd.CountHeld(), Is.EqualTo(before));
    }

    [Test]
    public void What_a_batch_that_fails_had_given_is_taken_back_and_freed()
    {
        int before = MemFd.CountHeld();
        using DescriptorExchange exchange = new();
        using JsonDocument reply = Ask("""{"cmd":"batch","requests":[{"cmd":"create_node","type":"app_sink"},{"cmd":"create_node","type":"no such"}]}""", exchange);
        Assert.That(reply.RootElement.GetProperty("ok").GetBoolean(), Is.False);
        Assert.That(exchange.Given, Is.Empty);
        Assert.That(MemFd.CountHeld(), Is.EqualTo(before));
    }

    [Test]
    public void Memory_and_descriptors_come_back_with_the_node()
    {
        int before = MemFd.CountHeld();
        for (int round = 0; round < 50; round++)
        {
            using DescriptorExchange exchange = new([MemFd.Create(FrameRing.BytesNeeded(Shape))]);
            using JsonDocument source = Ask("""{"cmd":"create_node","type":"app_source","args":{"memfd":3,"frames":4096,"rate":44100}}""", exchange);
            using JsonDocument sink = Ask("""{"cmd":"create_node","type":"app_sink"}""", exchange);
            foreach (JsonDocument made in new[] { source, sink })
            {
                Ask($$"""{"cmd":"destroy_node","id":{{made.RootElement.GetProperty("id").GetInt32()}}}""", null).Dispose();
            }
        }

        Assert.That(MemFd.CountHeld(), Is.EqualTo(before));
    }

    [Test]
    public void A_graph_that_is_written_down_leaves_descriptors_out()
    {
        using DescriptorExchange exchange = new([MemFd.Create(FrameRing.BytesNeeded(Shape))]);
        Ask("""{"cmd":"create_node","type":"app_source","args":{"memfd":3,"frames":4096,"rate":44100}}""", exchange).Dispose();
        using JsonDocument graph = Ask("""{"cmd":"graph"}""", null);
        string document = graph.RootElement.GetProperty("graph").ToString();
        Assert.That(document, Does.Not.Contain("memfd"));
        using JsonDocument again = Ask($$"""{"cmd":"apply","graph":{{document}}}""", null);
        Assert.That(again.RootElement.GetProperty("created").GetArrayLength(), Is.Zero);
    }

    private static unsafe void Lay(MemFd.Mapping mapping) => FrameRing.Create(Shape, mapping.Address, mapping.Bytes).Dispose();

    private static unsafe void Write(MemFd.Mapping mapping)
    {
        using FrameRing app = FrameRing.Attach(mapping.Address, mapping.Bytes);
        app.Writer.Write(new float[200], MeshTime.Unknown, FrameFlags.None);
    }

    private JsonDocument Ask(string request, DescriptorExchange? exchange)
    {
        ArrayBufferWriter<byte> reply = new();
        _session.Handle(Encoding.UTF8.GetBytes(request), reply, exchange);
        return JsonDocument.Parse(reply.WrittenMemory.ToArray());
    }
}
