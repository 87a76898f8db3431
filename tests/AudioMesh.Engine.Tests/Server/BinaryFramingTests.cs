// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using AudioMesh.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>The second framing: a hello, then frames with their length first.</summary>
internal sealed class BinaryFramingTests : ServerFixture
{
    private static readonly byte[] Hello = [.. "AMB0"u8, 0, 0, 0, 0];

    protected override Control.ControlServerOptions Options => new() { Quotas = new Control.ClientQuotas { RequestsPerSecond = 0 } };

    [Test]
    public void A_hello_is_answered_and_frames_carry_the_same_messages()
    {
        RawClient client = Greeted();
        client.Send(Frame("""{"cmd":"ping","tag":1}"""));
        (byte kind, JsonElement reply) = Read(client);
        Assert.That((kind, reply.GetProperty("tag").GetInt32(), reply.GetProperty("name").GetString()), Is.EqualTo(((byte)2, 1, "audiomixerd")));
    }

    [Test]
    public void The_document_shows_the_bytes()
    {
        string document = File.ReadAllText(Repository.PathOf("docs", "control-protocol.md"));
        string[] shown = document.Split("```text\n")[1].Split("```")[0].Split("\n\n");
        byte[][] bytes = [.. shown.Select(side => side.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word != "...").Select(word => Convert.ToByte(word, 16)).ToArray())];
        RawClient client = Connect();
        client.Send(bytes[0]);
        Assert.That(client.ReadBytes(bytes[1].Length), Is.EqualTo(bytes[1]));
    }

    [Test]
    public void Any_version_is_answered_with_the_one_that_is_spoken()
    {
        RawClient client = Connect();
        client.Send([.. "AMB0"u8, 7, 0, 0, 0]);
        Assert.That(client.ReadBytes(8), Is.EqualTo(Hello));
    }

    [Test]
    public void Events_are_frames_of_their_own_kind()
    {
        RawClient client = Greeted();
        client.Send(Frame("""{"cmd":"subscribe","events":["state"]}"""));
        client.Send(Frame("""{"cmd":"device_open","driver":"null","period":64}"""));
        client.Send(Frame("""{"cmd":"start"}"""));
        List<byte> kinds = [Read(client).Kind, Read(client).Kind, Read(client).Kind, Read(client).Kind];
        Assert.That(kinds.Order(), Is.EqualTo(new byte[] { 2, 2, 2, 3 }));
    }

    [Test]
    public void Descriptors_come_and_go_with_frames()
    {
        RawClient client = Greeted();
        client.Send(Frame("""{"cmd":"create_node","type":"app_sink","args":{"frames":4096,"channels":2,"rate":48000}}"""));
        Assert.That(Read(client).Message.GetProperty("ring").GetProperty("descriptor").GetBoolean());
        client.Send(Frame("""{"cmd":"ping"}"""));
        client.Send(
            Frame("""{"cmd":"create_node","type":"app_sink","args":{"frames":4096,"channels":2,"rate":48000,"memfd":3}}"""), client.Descriptors.Dequeue());
        Read(client);
        Assert.That(CodeOf(Read(client).Message), Is.Not.EqualTo("invalid_argument").Or.Null);
    }

    [TestCase(new byte[] { 4, 0, 0, 0, 2, 0, 0, 0 }, TestName = "A_frame_of_another_kind_ends_the_connection")]
    [TestCase(new byte[] { 4, 0, 0, 0, 1, 0, 9, 0 }, TestName = "A_frame_with_something_in_its_reserved_bytes_ends_the_connection")]
    [TestCase(new byte[] { 1, 0, 16, 0, 1, 0, 0, 0 }, TestName = "A_frame_that_is_too_long_ends_the_connection")]
    [TestCase(new byte[] { 255, 255, 255, 255, 1, 0, 0, 0 }, TestName = "A_frame_with_the_longest_length_ends_the_connection")]
    public void Ends(byte[] header)
    {
        RawClient client = Greeted();
        client.Send(header);
        Assert.That(CodeOf(Read(client).Message), Is.EqualTo("protocol"));
        Assert.That(client.ReadBytes(1), Is.Null);
    }

    [Test]
    public void An_empty_frame_is_answered_and_the_next_is_carried_out()
    {
        RawClient client = Greeted();
        client.Send(Frame(""));
        client.Send(Frame("""{"cmd":"ping"}"""));
        Assert.That(CodeOf(Read(client).Message), Is.EqualTo("protocol"));
        Assert.That(CodeOf(Read(client).Message), Is.Null);
    }

    [Test]
    public void Frames_cut_anywhere_are_the_same_frames()
    {
        Gen<(int[] Lengths, int[] Cuts)> gen =
            from lengths in Gen.Choose(0, 9000).ListOf()
            from cuts in Gen.Choose(1, 5000).ListOf()
            select (lengths.ToArray(), cuts.ToArray());
        Prop.ForAll(Arb.From(gen), input =>
        {
            using RawClient client = new(SocketPath);
            byte[] all = [.. Hello, .. input.Lengths.SelectMany((length, i) => Frame($$"""{"cmd":"ping","tag":{{i}},"x":"{{new string('x', length)}}"}"""))];
            int sent = 0;
            for (int i = 0; sent < all.Length; i++)
            {
                int part = Math.Min(all.Length - sent, input.Cuts.Length > 0 ? input.Cuts[i % input.Cuts.Length] : all.Length);
                client.Send(all.AsSpan(sent, part));
                sent += part;
            }

            Assert.That(client.ReadBytes(8), Is.EqualTo(Hello));
            for (int i = 0; i < input.Lengths.Length; i++)
            {
                Assert.That(Read(client).Message.GetProperty("tag").GetInt32(), Is.EqualTo(i));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Test]
    public void Rubbish_after_a_hello_ends_its_connection_and_no_other()
    {
        RawClient other = Connect();
        Gen<byte[]> rubbish = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();
        Prop.ForAll(Arb.From(rubbish), bytes =>
        {
            using RawClient client = new(SocketPath);
            client.Send([.. Hello, .. bytes]);
            client.EndSending();
            while (client.ReadBytes(1) is not null)
            {
            }

            Assert.That(CodeOf(other.Ask("""{"cmd":"ping"}""")), Is.Null);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private RawClient Greeted()
    {
        RawClient client = Connect();
        client.Send(Hello);
        Assert.That(client.ReadBytes(8), Is.EqualTo(Hello));
        return client;
    }

    private static byte[] Frame(string message)
    {
        byte[] text = Encoding.UTF8.GetBytes(message);
        byte[] frame = new byte[8 + text.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, text.Length);
        frame[4] = 1;
        text.CopyTo(frame, 8);
        return frame;
    }

    private static (byte Kind, JsonElement Message) Read(RawClient client)
    {
        byte[] header = client.ReadBytes(8)!;
        byte[] message = client.ReadBytes(BinaryPrimitives.ReadInt32LittleEndian(header))!;
        Assert.That(header[5..], Is.EqualTo(new byte[3]));
        return (header[4], RawClient.Parse(Encoding.UTF8.GetString(message)));
    }
}
