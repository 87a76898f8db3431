// SPDX-License-Identifier: MIT
using System.IO.Pipes;
using AudioMesh.Clock;
using AudioMesh.Realtime;
using AudioMesh.Testing;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Tests.Realtime;

[NonParallelizable]
[Platform("Linux")]
internal sealed unsafe class FrameRingMemFdTests
{
    private static readonly FrameRingOptions Options = new() { CapacityFrames = 64, Channels = 2, Rate = 48000 };
    private static readonly long Needed = FrameRing.BytesNeeded(Options);

    [Test]
    public void A_ring_made_here_is_joined_by_its_descriptor()
    {
        using FrameRing maker = FrameRing.CreateMemFd(Options);
        using SafeFileHandle descriptor = maker.ShareDescriptor();
        using FrameRing other = FrameRing.OpenMemFd(descriptor, Options);
        Assert.That(other.Writer.Write([1, 2, 3, 4], new MeshTime(42), FrameFlags.Dropout), Is.EqualTo(2));
        float[] read = new float[4];
        Assert.That(maker.Reader.Read(read, out JamAudioFrame first), Is.EqualTo(2));
        Assert.That(read, Is.EqualTo(new float[] { 1, 2, 3, 4 }));
        Assert.That((first.TimestampGpu, first.Flags), Is.EqualTo((new MeshTime(42), FrameFlags.Dropout)));
        Assert.That((maker.HasDescriptor, other.HasDescriptor), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_ring_made_here_cannot_be_made_shorter_or_longer_or_be_sealed_against_writing()
    {
        using FrameRing ring = FrameRing.CreateMemFd(Options);
        using SafeFileHandle descriptor = ring.ShareDescriptor();
        Assert.That(() => RandomAccess.SetLength(descriptor, 0), Throws.InstanceOf<Exception>());
        Assert.That(() => RandomAccess.SetLength(descriptor, 2 * Needed), Throws.InstanceOf<Exception>());
        Assert.That(MemFd.SealsOf(descriptor), Is.EqualTo(MemFd.SealSeal | MemFd.SealShrink | MemFd.SealGrow));
    }

    [Test]
    public void Zeros_of_another_program_are_laid_out_and_sealed_against_shrinking()
    {
        using SafeFileHandle file = MemFd.Create(Needed);
        using FrameRing ring = FrameRing.OpenMemFd(file, Options);
        using MemFd.Mapping mapping = new(file);
        using FrameRing other = FrameRing.Attach(mapping.Address, mapping.Bytes);
        other.Writer.Write([5, 6], MeshTime.Unknown, FrameFlags.None);
        Assert.That(ring.Reader.ReadableFrames, Is.EqualTo(1));
        Assert.That(MemFd.SealsOf(file) & MemFd.SealShrink, Is.Not.Zero);
        Assert.That(() => RandomAccess.SetLength(file, 64), Throws.InstanceOf<Exception>());
    }

    [Test]
    public void A_ring_that_another_program_laid_out_is_joined_where_it_is()
    {
        using SafeFileHandle file = MemFd.Create(Needed);
        using MemFd.Mapping mapping = new(file);
        using FrameRing theirs = FrameRing.Create(Options, mapping.Address, mapping.Bytes);
        theirs.Writer.Write([7, 8, 9, 10], MeshTime.Unknown, FrameFlags.None);
        using FrameRing ours = FrameRing.OpenMemFd(file, Options);
        float[] read = new float[4];
        Assert.That(ours.Reader.Read(read, out _), Is.EqualTo(2));
        Assert.That(read, Is.EqualTo(new float[] { 7, 8, 9, 10 }));
    }

    [Test]
    public void A_ring_outlives_the_descriptor_it_was_joined_by()
    {
        SafeFileHandle file = MemFd.Create(Needed);
        using FrameRing ring = FrameRing.OpenMemFd(file, Options);
        file.Dispose();
        Assert.That(ring.Writer.Write([1, 2], MeshTime.Unknown, FrameFlags.None), Is.EqualTo(1));
    }

    [Test]
    public void Sealed_already_against_shrinking_is_as_good_as_sealable()
    {
        using SafeFileHandle file = MemFd.Create(Needed);
        MemFd.Seal(file, MemFd.SealShrink | MemFd.SealSeal);
        using FrameRing ring = FrameRing.OpenMemFd(file, Options);
        Assert.That(ring.CapacityFrames, Is.EqualTo(64));
    }

    [Test]
    public void What_is_no_memory_file_is_refused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.PathOf("ring"), new byte[Needed]);
        using SafeFileHandle plain = File.OpenHandle(folder.PathOf("ring"), access: FileAccess.ReadWrite);
        using SafeFileHandle nothing = File.OpenHandle("/dev/zero", access: FileAccess.ReadWrite);
        using SafeFileHandle listing = File.OpenHandle("/proc/self/maps");
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using SafeFileHandle end = new(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);
        foreach (SafeFileHandle file in new[] { plain, nothing, listing, end })
        {
            Assert.That(Refusal(file), Does.Contain("memory file"));
        }
    }

    [Test]
    public void A_file_on_shared_memory_that_can_still_be_cut_is_refused()
    {
        string path = $"/dev/shm/audiomesh-test-{Environment.ProcessId}";
        Assume.That(Directory.Exists("/dev/shm"));
        using SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, options: FileOptions.DeleteOnClose);
        RandomAccess.SetLength(file, Needed);
        Assert.That(Refusal(file), Does.Contain("sealed against shrinking").Or.Contain("memory file"));
    }

    [Test]
    public void Pages_that_may_not_be_there_when_touched_are_refused()
    {
        using SafeFileHandle file = MemFd.Create(2 << 20, isHuge: true);
        Assert.That(Refusal(file), Does.Contain("memory file"));
    }

    [Test]
    public void A_memory_file_that_cannot_be_sealed_is_refused()
    {
        using SafeFileHandle never = MemFd.Create(Needed, isSealable: false);
        Assert.That(Refusal(never), Does.Contain("sealed against shrinking"));
        using SafeFileHandle noMore = MemFd.Create(Needed);
        MemFd.Seal(noMore, MemFd.SealSeal);
        Assert.That(Refusal(noMore), Does.Contain("sealed against shrinking"));
    }

    [TestCase(MemFd.SealWrite)]
    [TestCase(MemFd.SealFutureWrite)]
    [TestCase(MemFd.SealWrite | MemFd.SealShrink)]
    public void A_memory_file_sealed_against_writing_is_refused(int seals)
    {
        using SafeFileHandle file = MemFd.Create(Needed);
        MemFd.Seal(file, seals);
        Assert.That(Refusal(file), Does.Contain("sealed against writing"));
    }

    [Test]
    public void A_descriptor_for_reading_alone_is_refused()
    {
        using SafeFileHandle file = MemFd.Create(Needed);
        using SafeFileHandle reading = MemFd.ReadOnly(file);
        Assert.That(Refusal(reading), Does.Contain("sealed"));
        MemFd.Seal(file, MemFd.SealShrink);
        Assert.That(Refusal(reading), Does.Contain("cannot be mapped"));
    }

    [TestCase(0)]
    [TestCase(100)]
    [TestCase(-64)]
    [TestCase(1L << 40)]
    public void A_memory_file_of_another_size_is_refused(long bytes)
    {
        using SafeFileHandle file = MemFd.Create(bytes < 0 ? Needed + bytes : bytes);
        Assert.That(Refusal(file), Does.Contain("bytes"));
    }

    [Test]
    public void A_ring_of_another_shape_is_refused_by_what_it_is()
    {
        using SafeFileHandle file = MemFd.Create(Needed);
        using MemFd.Mapping mapping = new(file);
        FrameRing.Create(Options with { CapacityFrames = 128, Channels = 1 }, mapping.Address, mapping.Bytes).Dispose();
        Assert.That(Refusal(file), Does.Contain("128 frames of 1 channels at 48000 Hz"));
        FrameRing.Create(Options with { Rate = 44100 }, mapping.Address, mapping.Bytes).Dispose();
        Assert.That(Refusal(file), Does.Contain("44100"));
    }

    [Test]
    public void Random_headers_are_refused_or_give_bounded_answers()
    {
        using SafeFileHandle file = MemFd.Create(Needed + 4096);
        using MemFd.Mapping mapping = new(file);
        RepeatableRandom random = new(11);
        int refused = 0, joined = 0;
        for (int round = 0; round < 4000; round++)
        {
            FrameRing.Create(Options, mapping.Address, mapping.Bytes).Dispose();
            int words = random.Next(4) == 0 ? 96 : 1 + random.Next(3);
            for (int i = 0; i < words; i++)
            {
                int word = words == 96 ? i : random.Next(96);
                ((uint*)mapping.Address)[word] = random.Next(3) == 0 ? 1u << random.Next(32) : (uint)random.NextBits();
            }

            try
            {
                using FrameRing ring = FrameRing.OpenMemFd(file, Options);
                float[] samples = new float[400];
                int read = ring.Reader.Read(samples, out _);
                int written = ring.Writer.Write(samples, MeshTime.Unknown, FrameFlags.None);
                Assert.That(read, Is.InRange(0, 64));
                Assert.That(written, Is.InRange(0, 64));
                joined++;
            }
            catch (AudioMeshException error) when (error.Kind is AudioErrorKind.Protocol or AudioErrorKind.InvalidArgument)
            {
                refused++;
            }
        }

        Assert.That((refused, joined), Is.EqualTo((4000 - joined, joined)));
        Assert.That(Math.Min(refused, joined), Is.GreaterThan(400));
    }

    [Test]
    public void Descriptors_and_memory_come_back_of_rings_that_were_made_joined_or_refused()
    {
        int before = MemFd.CountHeld();
        for (int round = 0; round < 200; round++)
        {
            using FrameRing made = FrameRing.CreateMemFd(Options);
            using SafeFileHandle shared = made.ShareDescriptor();
            FrameRing.OpenMemFd(shared, Options).Dispose();
            using SafeFileHandle small = MemFd.Create(64);
            Refusal(small);
            Assert.That(() => FrameRing.OpenMemFd(shared, Options with { Rate = 8000 }), Throws.TypeOf<AudioMeshException>());
        }

        Assert.That(MemFd.CountHeld(), Is.EqualTo(before));
    }

    [Test]
    public void A_place_where_no_writer_or_reader_can_be_is_counted()
    {
        using SafeFileHandle file = MemFd.Create(Needed);
        using FrameRing ring = FrameRing.OpenMemFd(file, Options);
        using MemFd.Mapping mapping = new(file);
        float[] samples = new float[20];
        ring.Writer.Write(samples, MeshTime.Unknown, FrameFlags.None);
        ring.Reader.Read(samples, out _);
        Assert.That((ring.Reader.Faults, ring.Writer.Faults), Is.EqualTo((0L, 0L)));
        *(ulong*)(mapping.Address + 128) = 1_000_000;
        ring.Reader.Read(samples, out _);
        *(ulong*)(mapping.Address + 256) = ulong.MaxValue / 2;
        ring.Writer.Write(samples, MeshTime.Unknown, FrameFlags.None);
        Assert.That((ring.Reader.Faults, ring.Writer.Faults), Is.EqualTo((1L, 1L)));
    }

    private static string Refusal(SafeFileHandle file)
    {
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => FrameRing.OpenMemFd(file, Options))!;
        Assert.That((error.Kind, error.Field, error.Allowed), Is.EqualTo((AudioErrorKind.InvalidArgument, "memfd", error.Allowed)));
        Assert.That(error.Allowed, Is.Not.Empty);
        return error.Message;
    }
}
