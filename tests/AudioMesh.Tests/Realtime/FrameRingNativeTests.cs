// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.InteropServices;
using AudioMesh.Clock;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Realtime;

/// <summary>The ring of C# and the ring of <c>audiomesh_ring.h</c> are one ring.</summary>
internal sealed class FrameRingNativeTests
{
    private const ulong Frames = 1_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private NativeProgram _peer = null!;
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void CompilePeer() => _peer = NativeProgram.Compile("tests", "AudioMesh.Tests", "Realtime", "ring_peer.c");

    [OneTimeTearDown]
    public void RemovePeer() => _peer?.Dispose();

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(1, 4096)]
    [TestCase(2, 1024)]
    [TestCase(5, 64)]
    public void What_C_writes_is_read_to_the_bit(int channels, int capacity)
    {
        string path = _folder.PathOf("ring");
        FrameRingOptions options = new() { CapacityFrames = capacity, Channels = channels, Rate = 44100 };
        using FrameRing ring = FrameRing.CreateShared(path, options);
        RingSignal signal = new(channels, 44100, seed: 11);
        Race.Run(
            _ => _peer.Run(Limit, "write", path, $"{Frames}", "11"),
            token => Drain(ring.Reader, signal, new uint[300 * channels], token));
        Assert.That(ring.Reader.Position, Is.EqualTo(Frames));
        Assert.That(ring.Reader.WriterProcessId, Is.Not.Zero.And.Not.EqualTo(Environment.ProcessId));
        Assert.That(ring.Reader.WriterHeartbeat, Is.LessThanOrEqualTo(MeshClock.Now), "both read one clock");
    }

    [TestCase(1, 4096)]
    [TestCase(2, 1024)]
    [TestCase(5, 64)]
    public void What_is_written_C_reads_to_the_bit(int channels, int capacity)
    {
        string path = _folder.PathOf("ring");
        FrameRingOptions options = new() { CapacityFrames = capacity, Channels = channels, Rate = 44100 };
        using FrameRing ring = FrameRing.CreateShared(path, options);
        RingSignal signal = new(channels, 44100, seed: 12);
        Race.Run(
            token => Fill(ring.Writer, signal, new uint[300 * channels], token),
            _ => _peer.Run(Limit, "read", path, $"{Frames}", "12"));
        Assert.That(ring.Writer.FillFrames, Is.Zero);
    }

    [Test]
    public void Offsets_and_sizes_are_those_of_C()
    {
        foreach (string line in _peer.Run(Limit, "layout").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(' ', '.');
            Type type = typeof(FrameRing).Assembly.GetType($"AudioMesh.Interop.{parts[0]}", throwOnError: true)!;
            nint value = parts.Length == 3 ? Marshal.OffsetOf(type, parts[1]) : Marshal.SizeOf(type);
            Assert.That(value, Is.EqualTo((nint)int.Parse(parts[^1])), line);
        }
    }

    [Test]
    public void C_refuses_what_C_sharp_refuses()
    {
        FrameRingOptions options = new() { CapacityFrames = 64, Channels = 2, Rate = 48000 };
        string path = _folder.PathOf("lies");
        RepeatableRandom random = new(13);
        for (int round = 0; round < 100; round++)
        {
            byte[] content = Formatted(options);
            int word = 1 + random.Next(15);
            BitConverter.TryWriteBytes(content.AsSpan(word * 4), 1u << random.Next(32));
            File.WriteAllBytes(path, content);
            Assert.That(_peer.Run(Limit, "attach", path, "0", "0") == "0\n", Is.EqualTo(Attaches(path)), $"word {word} in round {round}");
        }
    }

    private static unsafe byte[] Formatted(FrameRingOptions options)
    {
        using FrameRing ring = FrameRing.Create(options);
        return new ReadOnlySpan<byte>(ring.Memory, (int)ring.Bytes).ToArray();
    }

    private static bool Attaches(string path)
    {
        try
        {
            FrameRing.AttachShared(path).Dispose();
            return true;
        }
        catch (AudioMeshException)
        {
            return false;
        }
    }

    private static void Drain(FrameRingReader reader, RingSignal signal, uint[] scratch, CancellationToken token)
    {
        RepeatableRandom random = new(14);
        while (!reader.IsCompleted && !token.IsCancellationRequested)
        {
            if (signal.ReadAndCheck(reader, 1 + random.Next(300), scratch) == 0)
            {
                Thread.Yield();
            }
        }
    }

    private static void Fill(FrameRingWriter writer, RingSignal signal, uint[] scratch, CancellationToken token)
    {
        RepeatableRandom random = new(15);
        while (writer.Position < Frames && !token.IsCancellationRequested)
        {
            int most = (int)Math.Min(300, Frames - writer.Position);
            if (signal.Write(writer, 1 + random.Next(most), scratch) == 0)
            {
                Thread.Yield();
            }
        }

        writer.Complete();
    }
}
