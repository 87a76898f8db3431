// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Clock;
using AudioMesh.Network.Jdat;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Jdat;

internal sealed class JdatStreamTests
{
    private readonly JdatWriter _writer = new();

    [Test]
    public void Lines_are_the_same_however_they_are_cut()
    {
        List<byte> bytes = [.. Encoding.UTF8.GetBytes("\r\n\n")];
        for (int i = 0; i < 50; i++)
        {
            bytes.AddRange(Line(i));
            bytes.AddRange(i % 7 == 0 ? "rubbish\r\n"u8 : "\r\n"u8);
        }

        RepeatableRandom random = new(21);
        for (int round = 0; round < 50; round++)
        {
            JdatLog log = new();
            JdatStream stream = new(log);
            for (int at = 0; at < bytes.Count;)
            {
                int length = Math.Min(bytes.Count - at, 1 + random.Next(round < 10 ? 3 : 1000));
                stream.Feed(bytes.Slice(at, length).ToArray());
                at += length;
            }

            Assert.That(log.Audio.Select(line => line.Audio.TimestampGpu.Nanoseconds), Is.EqualTo(Enumerable.Range(0, 50)));
            Assert.That(log.Faults, Has.Count.EqualTo(8).And.All.Matches<JdatFault>(fault => fault.Error == JdatError.NotJson));
            Assert.That((stream.Lines, stream.Faults, log.Faults[1].Line), Is.EqualTo((58, 8, 10)));
        }
    }

    [Test]
    public void A_last_line_without_an_end_counts()
    {
        JdatLog log = new();
        JdatStream stream = new(log);
        stream.Feed(Line(1).AsSpan()[..^1]);
        Assert.That(log.Audio, Is.Empty);
        stream.Finish();
        Assert.That(log.Audio, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_line_of_a_gigabyte_takes_no_more_memory_than_allowed()
    {
        JdatLog log = new();
        JdatStream stream = new(log, new JdatLimits { MaxLineBytes = 1 << 16 });
        byte[] chunk = new byte[1 << 16];
        chunk.AsSpan().Fill((byte)'[');
        stream.Feed(Line(0));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1 << 14; i++)
        {
            stream.Feed(chunk);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 18));
        stream.Feed("\n"u8);
        stream.Feed(Line(1));
        Assert.That(log.Faults.Single().Error, Is.EqualTo(JdatError.LineTooLong));
        Assert.That(log.Faults.Single().Line, Is.EqualTo(2));
        Assert.That(log.Audio, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_datagram_of_two_lines_is_refused()
    {
        JdatLog log = new();
        JdatStream stream = new(log);
        stream.TakeLine([.. Line(1), .. Line(2)]);
        stream.TakeLine(Line(3));
        Assert.That(log.Faults.Single().Error, Is.EqualTo(JdatError.NotJson));
        Assert.That(log.Audio, Has.Count.EqualTo(1));
    }

    /// <summary>Whatever is sent, the reader says one thing of every line, and what it calls good is.</summary>
    [Test]
    public void Mutated_lines_are_good_or_refused_and_never_more()
    {
        RepeatableRandom random = new(22);
        byte[][] seeds =
        [
            Line(1), [.. _writer.Write(new JdatTransport(new MeshTime(1), "s", JdatTransportCommand.Locate, 5))],
            [.. _writer.Write(new JdatSyncCalibration { TimestampCpu = 1, TimestampGpu = 2, Rate = 1.00001, ErrorNs = 3 })],
        ];
        byte[] alphabet = Encoding.ASCII.GetBytes("{}[]\",:\\0123456789.eE+-truefalsn\u0001 uN");
        JdatReader reader = new();
        byte[] line = new byte[4096];
        int good = 0;
        for (int round = 0; round < 1_000_000; round++)
        {
            byte[] seed = seeds[round % seeds.Length];
            int length = seed.Length - 1;
            seed.AsSpan(0, length).CopyTo(line);
            for (int edits = 1 + random.Next(4); edits > 0; edits--)
            {
                Mutate(ref random, line, ref length, alphabet);
            }

            JdatMessageKind kind = reader.Read(line.AsSpan(0, length), out JdatFault fault);
            if ((kind == JdatMessageKind.Fault) != (fault.Error != JdatError.None) || (kind == JdatMessageKind.Audio && !IsSound(reader)))
            {
                Assert.Fail(Encoding.Latin1.GetString(line, 0, length));
            }

            good += kind == JdatMessageKind.Fault ? 0 : 1;
        }

        Assert.That(good, Is.InRange(10_000, 900_000), "mutations must both break and spare");
    }

    private static bool IsSound(JdatReader reader)
    {
        foreach (float sample in reader.Samples)
        {
            if (!float.IsFinite(sample))
            {
                return false;
            }
        }

        return reader.Samples.Length > 0 && reader.Samples.Length % reader.Audio.Channels == 0
            && reader.Audio is { SampleRate: >= 8000 and <= 768000, PredictionConfidence: >= 0 and <= 1, SessionId.Length: <= 128 };
    }

    private static void Mutate(ref RepeatableRandom random, byte[] line, ref int length, byte[] alphabet)
    {
        int at = random.Next(length);
        switch (random.Next(5))
        {
            case 0:
                line[at] = (byte)random.NextBits();
                break;
            case 1:
                line[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                line.AsSpan(at + 1, length - at - 1).CopyTo(line.AsSpan(at));
                length = Math.Max(1, length - 1);
                break;
            case 3 when length < 4000:
                line.AsSpan(at, length - at).CopyTo(line.AsSpan(at + 1));
                line[at] = alphabet[random.Next(alphabet.Length)];
                length++;
                break;
            default:
                line[at] = alphabet[random.Next(alphabet.Length)];
                break;
        }
    }

    private byte[] Line(int time) => [.. _writer.Write(new JdatAudio(new MeshTime(time), "s", 48000, 2), [0.5f, -0.25f, 1e-7f, 0])];
}
