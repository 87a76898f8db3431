// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Realtime;

/// <summary>Every ring here ends at an unreachable page, so a read or write outside it ends the test run.</summary>
internal sealed unsafe class FrameRingLyingHeaderTests
{
    private const int LineWords = 16;
    private static readonly FrameFlags AllFlags = Enum.GetValues<FrameFlags>().Aggregate((all, flag) => all | flag);
    private static readonly FrameRingOptions Options = new() { CapacityFrames = 64, Channels = 3, Rate = 48000 };

    [Test]
    public void Geometry_that_lies_is_refused_or_harmless()
    {
        using GuardedMemory memory = new(FrameRing.BytesNeeded(Options));
        RepeatableRandom random = new(3);
        int refused = 0, accepted = 0;
        for (int round = 0; round < 20_000; round++)
        {
            FrameRing.Create(Options, memory.Address, memory.Bytes).Dispose();
            for (int lies = random.Next(3); lies >= 0; lies--)
            {
                ((uint*)memory.Address)[1 + random.Next(LineWords - 1)] = Lie(ref random);
            }

            try
            {
                using FrameRing ring = FrameRing.Attach(memory.Address, memory.Bytes);
                Use(ring, ref random);
                accepted++;
            }
            catch (AudioMeshException error) when (error.Kind == AudioErrorKind.Protocol)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(1000));
        Assert.That(accepted, Is.GreaterThan(100));
    }

    [Test]
    public void Random_bytes_are_no_ring()
    {
        using GuardedMemory memory = new(FrameRing.BytesNeeded(Options));
        RepeatableRandom random = new(4);
        for (int round = 0; round < 2000; round++)
        {
            random.Fill(new Span<byte>(memory.Address, (int)memory.Bytes));
            Assert.That(() => FrameRing.Attach(memory.Address, memory.Bytes), Throws.TypeOf<AudioMeshException>());
        }
    }

    [Test]
    public void A_ring_cut_short_is_refused_at_every_length()
    {
        using FrameRing ring = FrameRing.Create(Options);
        for (long bytes = 0; bytes < ring.Bytes; bytes++)
        {
            Assert.That(() => FrameRing.Attach(ring.Memory, bytes),
                Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.Protocol));
        }
    }

    [Test]
    public void Positions_and_frames_that_lie_give_bounded_answers()
    {
        using GuardedMemory memory = new(FrameRing.BytesNeeded(Options));
        RepeatableRandom random = new(5);
        for (int round = 0; round < 5000; round++)
        {
            using FrameRing ring = FrameRing.Create(Options, memory.Address, memory.Bytes);
            for (int step = 0; step < 8; step++)
            {
                Scribble(memory, ref random);
                Use(ring, ref random);
            }
        }
    }

    [Test]
    public void A_neighbour_that_scribbles_all_the_time_harms_nobody()
    {
        using GuardedMemory memory = new(FrameRing.BytesNeeded(Options));
        using FrameRing ring = FrameRing.Create(Options, memory.Address, memory.Bytes);
        bool done = false;
        Race.Run(
            token =>
            {
                RepeatableRandom random = new(6);
                while (!Volatile.Read(ref done) && !token.IsCancellationRequested)
                {
                    Scribble(memory, ref random);
                }
            },
            _ =>
            {
                RepeatableRandom random = new(7);
                for (int round = 0; round < 200_000; round++)
                {
                    Use(ring, ref random);
                }

                Volatile.Write(ref done, true);
            });
    }

    [Test]
    public void Geometry_that_changes_after_attaching_is_not_looked_at()
    {
        using GuardedMemory memory = new(FrameRing.BytesNeeded(Options));
        using FrameRing ring = FrameRing.Create(Options, memory.Address, memory.Bytes);
        RepeatableRandom random = new(8);
        for (int round = 0; round < 5000; round++)
        {
            for (int word = 0; word < LineWords; word++)
            {
                ((uint*)memory.Address)[word] = Lie(ref random);
            }

            Use(ring, ref random);
            Assert.That((ring.CapacityFrames, ring.Channels), Is.EqualTo((64, 3)));
        }
    }

    private static void Scribble(GuardedMemory memory, ref RepeatableRandom random)
    {
        // Everything behind the geometry up to the samples: both sides' lines and the frame headers.
        const int FirstWord = 32, EndWord = (384 + (16 * 32)) / 4;
        for (int i = 0; i < 20; i++)
        {
            ((uint*)memory.Address)[FirstWord + random.Next(EndWord - FirstWord)] = Lie(ref random);
        }
    }

    private static uint Lie(ref RepeatableRandom random) => random.Next(4) switch
    {
        0 => (uint)random.NextBits(),
        1 => 1u << random.Next(32),
        2 => (uint)random.Next(100),
        _ => uint.MaxValue - (uint)random.Next(3),
    };

    private static void Use(FrameRing ring, ref RepeatableRandom random)
    {
        int frames = random.Next(200);
        float[] samples = new float[frames * ring.Channels];
        int written = ring.Writer.Write(samples, new MeshTime((long)random.NextBits()), AllFlags & (FrameFlags)random.Next(256));
        int read = ring.Reader.Read(samples, out JamAudioFrame first);
        int skipped = ring.Reader.Skip(frames);
        _ = (ring.Reader.WriterHeartbeat, ring.Reader.IsCompleted, ring.Writer.ReaderHeartbeat, ring.Writer.ReaderClosed);
        int limit = Math.Min(frames, ring.CapacityFrames);
        if (written < 0 || written > limit || read < 0 || read > limit || skipped < 0 || skipped > limit
            || ring.Writer.WritableFrames < 0 || ring.Reader.ReadableFrames > ring.CapacityFrames || (first.Flags & ~AllFlags) != 0)
        {
            Assert.Fail($"of {frames} frames {written} were written, {read} read, {skipped} skipped, with flags {first.Flags}");
        }
    }
}
