// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Wire;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Wire;

internal sealed class SyncBodyTests
{
    private static readonly SyncReply Sample = new(
        0x0102030405060708, new MeshTime(-5), new MeshTime(1_000_000_007), 9, 3, 200, 2, 11, new MeshTime(12), 13, 14, new MeshTime(15), new MeshTime(16), new MeshTime(17),
        new ClockMap(-18, new MeshTime(19), 1.0001, 20.5, 1e-7));

    [Test]
    public void A_request_comes_back_and_is_as_long_as_its_answer()
    {
        byte[] body = new byte[SyncRequest.Bytes];
        new SyncRequest(0x0102030405060708).Write(body);
        Assert.That(body[..8], Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }));
        Assert.That(SyncRequest.TryRead(body, out SyncRequest read), Is.True);
        Assert.That(read.Nonce, Is.EqualTo(0x0102030405060708));
        Assert.That(SyncRequest.Bytes, Is.EqualTo(SyncReply.Bytes));
    }

    [Test]
    public void A_reply_comes_back()
    {
        byte[] body = new byte[SyncReply.Bytes];
        Sample.Write(body);
        Assert.That(SyncReply.TryRead(body, out SyncReply read), Is.True);
        Assert.That(read, Is.EqualTo(Sample));
    }

    [TestCase(0)]
    [TestCase(SyncReply.Bytes - 1)]
    [TestCase(SyncReply.Bytes + 1)]
    public void Another_length_is_refused(int length)
    {
        Assert.That(SyncReply.TryRead(new byte[length], out _), Is.False);
        Assert.That(SyncRequest.TryRead(new byte[length], out _), Is.False);
    }

    [Test]
    public void What_is_read_of_scribbled_replies_makes_sense()
    {
        RepeatableRandom random = new(1);
        byte[] body = new byte[SyncReply.Bytes];
        int taken = 0;
        for (int i = 0; i < 300_000; i++)
        {
            Sample.Write(body);
            for (int flips = 1 + random.Next(3); flips > 0; flips--)
            {
                body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
            }

            if (SyncReply.TryRead(body, out SyncReply read))
            {
                taken++;
                Assert.That(read.Sent >= read.Received && read.Hops <= SyncReply.MaxHops, Is.True);
                Assert.That(read.Map.Rate, Is.InRange(0.99, 1.01));
                Assert.That(read.Map.ErrorAt(read.Map.ToMesh(read.Sent.Nanoseconds)), Is.GreaterThanOrEqualTo(0));
            }
        }

        Assert.That(taken, Is.InRange(1, 299_999));
    }

    [Test]
    public void Noise_is_no_reply_but_by_chance_and_never_throws()
    {
        RepeatableRandom random = new(2);
        byte[] body = new byte[SyncReply.Bytes];
        for (int i = 0; i < 100_000; i++)
        {
            random.Fill(body);
            Assert.That(SyncReply.TryRead(body, out _), Is.False);
        }
    }
}
