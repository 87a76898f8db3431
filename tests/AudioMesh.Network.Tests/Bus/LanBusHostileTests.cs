// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Tests.Wire;
using AudioMesh.Network.Wire;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>What strangers, recordings and members that do not keep the rules can do to a bus: nothing.</summary>
internal sealed class LanBusHostileTests
{
    private static readonly int Messages = int.Parse(Environment.GetEnvironmentVariable("AUDIOMESH_FUZZ_MESSAGES") ?? "20000", System.Globalization.CultureInfo.InvariantCulture);

    [Test]
    public void What_is_played_again_or_forged_or_damaged_changes_nothing()
    {
        using LanMesh mesh = new(2);
        mesh.Run(4);
        int heard = 0;
        mesh[1].Bus.Subscribe(">", (in BusMessage _) => heard++);
        List<(PeerAddress From, byte[] Datagram)> recorded = [];
        mesh.Mesh.Tap = (in PeerAddress from, SimulatedHost to, ReadOnlySpan<byte> datagram) =>
        {
            if (to == mesh.Mesh.Hosts[1])
            {
                recorded.Add((from, datagram.ToArray()));
            }
        };
        for (int i = 0; i < 50; i++)
        {
            mesh[0].Bus.Publish("x", [(byte)i]);
            mesh[0].Bus.Table("t").Put("k", [(byte)i]);
            mesh.Run(0.01);
        }

        mesh.Mesh.Tap = null;
        Assert.That(heard, Is.EqualTo(50));
        ulong before = mesh[1].Bus.Table("t").Digest;
        RepeatableRandom random = new(4);
        foreach ((PeerAddress from, byte[] datagram) in recorded)
        {
            mesh.Mesh.Inject(from, mesh.Mesh.Hosts[1], datagram);
            byte[] bent = [.. datagram];
            bent[random.Next(bent.Length)] ^= (byte)(1 << random.Next(8));
            mesh.Mesh.Inject(from, mesh.Mesh.Hosts[1], bent);
        }

        mesh.Run(1);
        Assert.That((heard, mesh[1].Bus.Table("t").Digest), Is.EqualTo((50, before)));
        Assert.That(mesh[1].Session.Drops[DropCause.Replayed] + mesh[1].Session.Drops[DropCause.TooOld], Is.GreaterThanOrEqualTo(recorded.Count));
        Assert.That(mesh[1].Session.Drops[DropCause.NotAuthentic], Is.Positive);
    }

    [Test]
    public void A_member_that_does_not_keep_the_rules_is_counted_and_the_others_go_on([Values(1UL, 2UL, 3UL)] ulong seed)
    {
        using LanMesh mesh = new(3, seed);
        mesh.Run(4);
        LanMember victim = mesh[0];
        LanMember rogue = mesh[2];
        using EnvelopeSealer sealer = new(rogue.Identity);
        RepeatableRandom random = new(seed);
        byte[] buffer = new byte[DatagramSize.Default];
        byte[] bent = new byte[20_000];
        byte[][] sound = [.. Frames()];
        uint epoch = 1000;
        uint sequence = 0;
        long memory = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Messages; i++)
        {
            if (random.Next(50) == 0)
            {
                (epoch, sequence) = (epoch + 1, 0);
            }

            Span<byte> body = EnvelopeSealer.BodyOf(buffer);
            uint said = random.Next(40) == 0 ? (uint)random.NextBits() : sequence++;
            new BusBody(victim.Session.Id, epoch, said, said).Write(body);
            int at = BusBody.HeaderBytes;
            for (int pieces = 1 + random.Next(3); pieces > 0; pieces--)
            {
                ReadOnlySpan<byte> frame = Mutation.Of(sound[random.Next(sound.Length)], bent, ref random);
                frame = frame[..Math.Min(frame.Length, 400)];
                at += frame.IsEmpty ? 0 : BusBody.WritePiece(body[at..], frame, random.Next(8) > 0, random.Next(8) > 0);
            }

            if (random.Next(100) == 0)
            {
                body[BusBody.HeaderBytes + random.Next(6)] = (byte)random.NextBits();
            }

            MessageType type = random.Next(20) == 0 ? MessageType.BusAck : MessageType.Bus;
            at = type == MessageType.BusAck ? new BusAckBody(victim.Session.Id, (uint)random.Next(9), (uint)random.NextBits(), random.NextBits(), random.Next(2) == 0).Write(body) : at;
            rogue.Host.Port.Send(victim.Host.Address, buffer.AsSpan(0, sealer.Seal(type, buffer, at)));
            if (i % 20 == 0)
            {
                mesh.Run(0.002);
            }
        }

        mesh.Run(1);
        Assert.That(victim.Bus.Statistics.Refused, Is.Positive);
        Assert.That(victim.Bus.Statistics.Faults, Is.Zero);
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - memory, Is.LessThan(64 << 20), "bytes kept");
        int heard = 0;
        mesh[1].Bus.Subscribe("still.here", (in BusMessage _) => heard++);
        victim.Bus.Publish("still.here", []);
        _ = victim.Bus.Table("t2");
        mesh[1].Bus.Table("t2").Put("k", "v"u8);
        mesh.Run(8);
        Assert.That(heard, Is.EqualTo(1));
        Assert.That(victim.Bus.Table("t2").Count, Is.EqualTo(1));
    }

    [Test]
    public void What_is_longer_than_allowed_is_refused_though_it_comes_in_pieces()
    {
        using LanMesh mesh = new(2);
        mesh.Run(4);
        LanBus victim = mesh[0].Bus;
        int heard = 0;
        victim.Subscribe(">", (in BusMessage _) => heard++);
        IBusTable table = victim.Table("t");
        using EnvelopeSealer sealer = new(mesh[1].Identity);
        uint epoch = 500;
        foreach (byte[] frame in (byte[][])[Entry(BusLimits.ValueBytes + 1), Message(BusLimits.PayloadBytes + 1), Message(1_000_000)])
        {
            Send(mesh, sealer, ++epoch, frame);
        }

        Assert.That((table.Count, heard, victim.Statistics.Faults), Is.EqualTo((0, 0, 0L)));
        Assert.That(victim.Statistics.Refused, Is.Positive);
        Send(mesh, sealer, ++epoch, Entry(BusLimits.ValueBytes));
        Send(mesh, sealer, ++epoch, Message(BusLimits.PayloadBytes));
        Assert.That((table.Count, heard), Is.EqualTo((1, 1)), "as long as allowed is taken");
    }

    [Test]
    public void A_message_of_the_documents_vectors_is_taken()
    {
        using LanMesh mesh = new(2);
        mesh.Run(4);
        List<string> heard = [];
        mesh[0].Bus.Subscribe(">", (in BusMessage message) => heard.Add($"{message.Subject} {message.Time.Nanoseconds} {Encoding.UTF8.GetString(message.Payload)}"));
        using EnvelopeSealer sealer = new(mesh[1].Identity);
        byte[] buffer = new byte[DatagramSize.Default];
        foreach (byte[] vector in VectorTests.BodiesOf("bus"))
        {
            byte[] body = [.. vector];
            BinaryPrimitives.WriteUInt64BigEndian(body, mesh[0].Session.Id);
            BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(8), 77); // an epoch of its own
            body.CopyTo(EnvelopeSealer.BodyOf(buffer));
            mesh[1].Host.Port.Send(mesh[0].Host.Address, buffer.AsSpan(0, sealer.Seal(MessageType.Bus, buffer, body.Length)));
        }

        mesh.Run(0.1);
        Assert.That(heard, Is.EqualTo(["mesh.transport.anna 1000000000 {\"state\":\"rolling\"}", "x 0 abcdefgh"]));
        Assert.That(mesh[0].Bus.Table("parameters").TryGet("mixer.db", out BusEntry? entry) && Encoding.UTF8.GetString(entry.Value.Span) == "{\"value\":-12.5}");
        Assert.That(entry!.Stamp, Is.EqualTo(new BusStamp(1_800_000_000_000_000_000, 2, "Zoë")));
        Assert.That(mesh[0].Bus.Statistics.Refused, Is.Zero);
    }

    private static byte[] Entry(int valueBytes) => [5, 1, (byte)'t', 1, (byte)'k', 0x18, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, (byte)'o', 0, .. new byte[valueBytes]];

    private static byte[] Message(int payloadBytes) => [2, 1, (byte)'x', 0, 0, 0, 0, 0, 0, 0, 1, .. new byte[payloadBytes]];

    private static void Send(LanMesh mesh, EnvelopeSealer sealer, uint epoch, byte[] frame)
    {
        const int pieceBytes = 1000;
        byte[] buffer = new byte[DatagramSize.Default];
        uint sequence = 0;
        for (int at = 0; at < frame.Length; at += pieceBytes, sequence++)
        {
            Span<byte> body = EnvelopeSealer.BodyOf(buffer);
            new BusBody(mesh[0].Session.Id, epoch, sequence, sequence).Write(body);
            ReadOnlySpan<byte> piece = frame.AsSpan(at, Math.Min(pieceBytes, frame.Length - at));
            int length = BusBody.HeaderBytes + BusBody.WritePiece(body[BusBody.HeaderBytes..], piece, at == 0, at + pieceBytes >= frame.Length);
            mesh[1].Host.Port.Send(mesh[0].Host.Address, buffer.AsSpan(0, sealer.Seal(MessageType.Bus, buffer, length)));
            mesh.Run(0.001);
        }

        mesh.Run(0.1);
    }

    private static IEnumerable<byte[]> Frames()
    {
        foreach (byte[] vector in VectorTests.BodiesOf("bus"))
        {
            BusBody.TryRead(vector, out _, out ReadOnlySpan<byte> rest);
            List<byte[]> pieces = [];
            while (BusBody.TryTakePiece(ref rest, out ReadOnlySpan<byte> piece, out bool isFirst, out bool isLast))
            {
                if (isFirst && isLast)
                {
                    pieces.Add(piece.ToArray());
                }
            }

            foreach (byte[] piece in pieces)
            {
                yield return piece;
            }
        }
    }
}
