// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Concurrent;
using AudioMesh.Network.Wire;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Wire;

public sealed class EnvelopeTests
{
    [Test]
    public void What_was_sealed_opens_as_it_was([Values(0, 1, 15, 16, 17, 400, 1392)] int bytes)
    {
        using TestSession session = new();
        byte[] body = TestSession.Random(bytes, 1);
        byte[] datagram = session.Seal(MessageType.Control, body);
        DropCause cause = session.Opener.Open(datagram, session.Body, default, out EnvelopeHeader header, out int got);
        Assert.That(cause, Is.EqualTo(DropCause.None));
        Assert.That(header, Is.EqualTo(new EnvelopeHeader(MessageType.Control, TestSession.Key.Tag, TestSession.SenderId, 1)));
        Assert.That(session.Body.AsSpan(0, got).ToArray(), Is.EqualTo(body));
    }

    [Test]
    public void It_opens_in_place()
    {
        using TestSession session = new();
        byte[] body = TestSession.Random(300, 2);
        byte[] datagram = session.Seal(MessageType.Audio, body);
        DropCause cause = session.Opener.Open(datagram, EnvelopeSealer.BodyOf(datagram), default, out _, out int got);
        Assert.That(cause, Is.EqualTo(DropCause.None));
        Assert.That(EnvelopeSealer.BodyOf(datagram)[..got].ToArray(), Is.EqualTo(body));
    }

    [Test]
    public void The_body_does_not_travel_in_clear()
    {
        using TestSession session = new();
        byte[] body = new byte[64];
        Assert.That(EnvelopeSealer.BodyOf(session.Seal(MessageType.Audio, body)).ToArray(), Is.Not.EqualTo(body));
    }

    [Test]
    public void One_turned_bit_anywhere_is_noticed()
    {
        using TestSession session = new();
        byte[] datagram = session.Seal(MessageType.Audio, TestSession.Random(40, 3));
        for (int bit = 0; bit < datagram.Length * 8; bit++)
        {
            byte[] bent = [.. datagram];
            bent[bit / 8] ^= (byte)(1 << (bit % 8));
            DropCause cause = session.Open(bent, bit * 10);
            Assert.That(cause, Is.Not.EqualTo(DropCause.None), $"bit {bit}");
            Assert.That(
                cause,
                Is.EqualTo((bit / 8) switch
                {
                    0 or 1 => DropCause.Foreign,
                    2 => DropCause.OtherVersion,
                    3 => bent[3] is >= 1 and <= 9 ? DropCause.NotAuthentic : DropCause.UnknownType,
                    >= 4 and < 8 => DropCause.OtherSession,
                    23 when bent[23] == 0 => DropCause.TooOld,
                    _ => DropCause.NotAuthentic,
                }),
                $"bit {bit}");
        }

        Assert.That(session.Opener.SenderCount, Is.Zero);
        Assert.That(session.Open(datagram, 100_000), Is.EqualTo(DropCause.None));
    }

    [Test]
    public void A_datagram_is_heard_once()
    {
        using TestSession session = new();
        byte[][] sent = [.. Enumerable.Range(0, 3).Select(i => session.Seal(MessageType.Audio, [(byte)i]))];
        Assert.That(new[] { 2, 0, 1, 0, 2, 1 }.Select(i => session.Open(sent[i])), Is.EqualTo(new[]
        {
            DropCause.None, DropCause.None, DropCause.None, DropCause.Replayed, DropCause.Replayed, DropCause.Replayed,
        }));
        Assert.That(session.Opener.Drops[DropCause.Replayed], Is.EqualTo(3));
        Assert.That(session.Opener.Drops[DropCause.None], Is.EqualTo(3));
        Assert.That(session.Opener.Drops.Total, Is.EqualTo(3));
    }

    [Test]
    public void What_is_too_old_is_not_heard()
    {
        using TestSession session = new();
        byte[] first = session.Seal(MessageType.Audio, [0]);
        byte[] last = first;
        for (int i = 0; i < ReplayWindow.Size; i++)
        {
            last = session.Seal(MessageType.Audio, [1]);
        }

        Assert.That(session.Open(last), Is.EqualTo(DropCause.None));
        Assert.That(session.Open(first), Is.EqualTo(DropCause.TooOld));
    }

    [Test]
    public void Another_name_or_secret_is_another_session()
    {
        using TestSession session = new();
        byte[] secret = TestSession.Random(32, 4);
        foreach (SessionKey key in (SessionKey[])[SessionKey.FromSecret(secret, "tests"), SessionKey.FromSecret(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray(), "others")])
        {
            using EnvelopeSealer stranger = new(new SenderIdentity(key, TestSession.SenderId));
            Assert.That(session.Open(TestSession.Seal(stranger, MessageType.Audio, [1])), Is.EqualTo(DropCause.OtherSession));
        }
    }

    [Test]
    public void A_key_that_lies_about_its_session_is_not_authentic()
    {
        using TestSession session = new();
        using EnvelopeSealer stranger = new(new SenderIdentity(SessionKey.FromSecret(TestSession.Random(32, 5), "tests"), TestSession.SenderId));
        byte[] datagram = TestSession.Seal(stranger, MessageType.Audio, [1]);
        BinaryPrimitives.WriteUInt32BigEndian(datagram.AsSpan(4), TestSession.Key.Tag);
        Assert.That(session.Open(datagram), Is.EqualTo(DropCause.NotAuthentic));
        session.Open(session.Seal(MessageType.Audio, [1]));
        Assert.That(session.Open(datagram), Is.EqualTo(DropCause.Replayed), "its counter was heard");
        BinaryPrimitives.WriteUInt64BigEndian(datagram.AsSpan(16), 77);
        Assert.That(session.Open(datagram), Is.EqualTo(DropCause.NotAuthentic));
    }

    [Test]
    public void Our_own_datagrams_come_back_unheard()
    {
        using TestSession session = new();
        using EnvelopeSealer own = new(new SenderIdentity(TestSession.Key, TestSession.ReceiverId));
        Assert.That(session.Open(TestSession.Seal(own, MessageType.Announce, [1])), Is.EqualTo(DropCause.Own));
    }

    [Test]
    public void What_is_no_datagram_of_ours_is_told_by_its_cause()
    {
        using TestSession session = new();
        Assert.That(session.Open(new byte[39]), Is.EqualTo(DropCause.TooShort));
        Assert.That(session.Open(new byte[DatagramSize.Most + 1]), Is.EqualTo(DropCause.TooLong));
        Assert.That(session.Open(new byte[100]), Is.EqualTo(DropCause.Foreign));
    }

    [Test]
    public void A_flood_of_made_up_senders_leaves_no_state_and_is_throttled()
    {
        using TestSession session = new();
        byte[] forged = session.Seal(MessageType.Audio, new byte[64]);
        for (ulong i = 1; i <= 2000; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(forged.AsSpan(8), i);
            session.Open(forged);
        }

        Assert.That(session.Opener.SenderCount, Is.Zero);
        Assert.That(session.Opener.Drops[DropCause.NotAuthentic], Is.EqualTo(256));
        Assert.That(session.Opener.Drops[DropCause.Throttled], Is.EqualTo(1744));
        Assert.That(session.Open(session.Seal(MessageType.Audio, [1]), 2), Is.EqualTo(DropCause.None), "a real one gets in a moment later");
    }

    [Test]
    public void Known_senders_are_heard_through_a_flood()
    {
        using TestSession session = new();
        session.Open(session.Seal(MessageType.Audio, [1]));
        byte[] forged = session.Seal(MessageType.Audio, new byte[64]);
        for (ulong i = 1; i <= 500; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(forged.AsSpan(8), i);
            session.Open(forged);
            Assert.That(session.Open(session.Seal(MessageType.Audio, [1])), Is.EqualTo(DropCause.None));
        }
    }

    [Test]
    public void Proven_senders_keep_their_place_when_it_is_full()
    {
        using EnvelopeOpener opener = new(TestSession.Key, TestSession.ReceiverId, mostSenders: 2);
        byte[] body = new byte[100];
        DropCause Hear(ulong id, long ms)
        {
            using EnvelopeSealer sealer = new(new SenderIdentity(TestSession.Key, id));
            return opener.Open(TestSession.Seal(sealer, MessageType.Announce, [1]), body, TestSession.At(ms), out _, out _);
        }

        Assert.That(Hear(1, 0), Is.EqualTo(DropCause.None));
        opener.Prove(1);
        Assert.That(Hear(2, 10), Is.EqualTo(DropCause.None));
        Assert.That(Hear(3, 20), Is.EqualTo(DropCause.None), "in the place of 2, which proved nothing");
        Assert.That(opener.SenderCount, Is.EqualTo(2));
        opener.Prove(3);
        Assert.That(Hear(4, 30), Is.EqualTo(DropCause.TooManySenders));
        Assert.That((opener.IsProven(1), opener.IsProven(2), opener.IsProven(3)), Is.EqualTo((true, false, true)));
        opener.Forget(1);
        Assert.That(Hear(4, 40), Is.EqualTo(DropCause.None));
    }

    [Test]
    public void Threads_of_one_sender_never_share_a_counter()
    {
        SenderIdentity sender = SenderIdentity.CreateRandom(TestSession.Key);
        ConcurrentBag<ulong> counters = [];
        Parallel.For(0, 4, _ =>
        {
            using EnvelopeSealer sealer = new(sender);
            byte[] buffer = new byte[64];
            for (int i = 0; i < 1000; i++)
            {
                sealer.Seal(MessageType.Audio, buffer, 10);
                EnvelopeHeader.TryRead(buffer, out EnvelopeHeader header);
                counters.Add(header.Counter);
            }
        });
        Assert.That(counters.Order(), Is.EqualTo(Enumerable.Range(1, 4000).Select(i => (ulong)i)));
    }

    [Test]
    public void Sealing_and_opening_allocate_nothing()
    {
        using TestSession session = new();
        byte[] buffer = new byte[600];
        AllocationGate.AssertNone(() =>
        {
            int length = session.Sealer.Seal(MessageType.Audio, buffer, 560);
            if (session.Open(buffer.AsSpan(0, length)) != DropCause.None)
            {
                throw new InvalidOperationException("not opened");
            }
        });
    }

    [Test]
    public void Refusing_what_is_not_ours_allocates_nothing()
    {
        using TestSession session = new();
        byte[] heard = session.Seal(MessageType.Audio, new byte[64]);
        session.Open(heard);
        byte[] other = [.. heard];
        other[4] ^= 1;
        AllocationGate.AssertNone(() =>
        {
            session.Open(heard);
            session.Open(other);
        });
    }
}
