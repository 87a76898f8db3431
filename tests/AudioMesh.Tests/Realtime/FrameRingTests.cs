// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Tests.Realtime;

internal sealed unsafe class FrameRingTests
{
    private static FrameRing Stereo(int capacity = 1024) =>
        FrameRing.Create(new FrameRingOptions { CapacityFrames = capacity, Channels = 2, Rate = 48000 });

    private static float[] Numbered(int frames, int channels, int start = 0)
    {
        float[] samples = new float[frames * channels];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (start * channels) + i;
        }

        return samples;
    }

    [Test]
    public void What_is_written_is_read_across_the_seam()
    {
        using FrameRing ring = Stereo(64);
        float[] read = new float[48 * 2];
        for (int round = 0; round < 10; round++)
        {
            float[] written = Numbered(48, 2, round * 48);
            Assert.That(ring.Writer.Write(written, MeshTime.Unknown, FrameFlags.None), Is.EqualTo(48));
            Assert.That(ring.Reader.Read(read, out JamAudioFrame first), Is.EqualTo(48));
            Assert.That(read, Is.EqualTo(written));
            Assert.That(first.Position, Is.EqualTo((ulong)round * 48));
        }
    }

    [Test]
    public void A_write_takes_only_what_fits_and_counts_the_rest()
    {
        using FrameRing ring = Stereo(64);
        Assert.That(ring.Writer.Write(Numbered(100, 2), MeshTime.Unknown, FrameFlags.None), Is.EqualTo(64));
        Assert.That(ring.Writer.RefusedFrames, Is.EqualTo(36));
        Assert.That(ring.Reader.RefusedFrames, Is.EqualTo(36));
        Assert.That(ring.Writer.Write(Numbered(1, 2), MeshTime.Unknown, FrameFlags.None), Is.Zero);
        Assert.That(ring.Reader.ReadableFrames, Is.EqualTo(64));
    }

    [Test]
    public void The_writer_fills_to_the_high_watermark_and_no_further()
    {
        using FrameRing ring = FrameRing.Create(new FrameRingOptions
        {
            CapacityFrames = 256, Channels = 1, Rate = 48000, LowWatermarkFrames = 32, HighWatermarkFrames = 100,
        });
        Assert.That(ring.Writer.WritableFrames, Is.EqualTo(100));
        Assert.That(ring.Writer.Write(new float[256], MeshTime.Unknown, FrameFlags.None), Is.EqualTo(100));
        Assert.That(ring.Reader.Skip(30), Is.EqualTo(30));
        Assert.That(ring.Writer.WritableFrames, Is.EqualTo(30));
        Assert.That((ring.LowWatermarkFrames, ring.HighWatermarkFrames), Is.EqualTo((32, 100)));
    }

    [Test]
    public void A_read_has_the_time_of_its_own_first_sample()
    {
        using FrameRing ring = Stereo();
        ring.Writer.Write(new float[480 * 2], new MeshTime(5_000_000), FrameFlags.None);
        ring.Reader.Skip(48);
        ring.Reader.Read(new float[2], out JamAudioFrame first);
        Assert.That(first.TimestampGpu, Is.EqualTo(new MeshTime(6_000_000)));
        Assert.That(first.Position, Is.EqualTo(48));
    }

    [Test]
    public void Contiguous_writes_share_a_frame_of_at_most_512()
    {
        using FrameRing ring = Stereo(2048);
        for (int i = 0; i < 1024; i++)
        {
            ring.Writer.Write(new float[2], new MeshTime(FrameTime(i)), FrameFlags.None);
        }

        List<uint> sequences = [];
        while (ring.Reader.Read(new float[2 * 64], out JamAudioFrame first) > 0)
        {
            sequences.Add(first.Sequence);
        }

        Assert.That(sequences, Is.EqualTo(Enumerable.Repeat(0u, 8).Concat(Enumerable.Repeat(1u, 8))));
    }

    [Test]
    public void A_timestamp_half_a_sample_off_goes_on_and_more_starts_a_frame()
    {
        using FrameRing ring = Stereo();
        ring.Writer.Write(new float[2 * 16], new MeshTime(0), FrameFlags.None);
        ring.Writer.Write(new float[2 * 16], new MeshTime(FrameTime(16) + 10_000), FrameFlags.None);
        ring.Writer.Write(new float[2 * 16], new MeshTime(FrameTime(32) - 11_000), FrameFlags.None);
        Assert.That(ReadSequence(ring, 16), Is.EqualTo(0));
        Assert.That(ReadSequence(ring, 16), Is.EqualTo(0));
        Assert.That(ReadSequence(ring, 16), Is.EqualTo(1));
    }

    [Test]
    public void A_read_reports_the_flags_of_every_frame_it_touches_and_no_other()
    {
        using FrameRing ring = Stereo();
        ring.Writer.Write(new float[2 * 10], MeshTime.Unknown, FrameFlags.None);
        ring.Writer.Write(new float[2 * 10], MeshTime.Unknown, FrameFlags.Predicted);
        ring.Writer.Write(new float[2 * 10], MeshTime.Unknown, FrameFlags.Silence);
        Assert.That(ReadFlags(ring, 10), Is.EqualTo(FrameFlags.None));
        Assert.That(ReadFlags(ring, 11), Is.EqualTo(FrameFlags.Predicted | FrameFlags.Silence));
        Assert.That(ReadFlags(ring, 9), Is.EqualTo(FrameFlags.Silence));
    }

    [Test]
    public void A_discontinuity_is_seen_once_by_the_read_it_lies_in()
    {
        using FrameRing ring = Stereo(2048);
        ring.Writer.Write(new float[2 * 10], MeshTime.Unknown, FrameFlags.None);
        ring.Writer.Write(new float[2 * 1000], MeshTime.Unknown, FrameFlags.Discontinuity);
        ring.Writer.Write(new float[2 * 10], MeshTime.Unknown, FrameFlags.None);
        Assert.That(ReadFlags(ring, 10), Is.EqualTo(FrameFlags.None));
        Assert.That(ReadFlags(ring, 10), Is.EqualTo(FrameFlags.Discontinuity));
        Assert.That(ReadFlags(ring, 1000), Is.EqualTo(FrameFlags.None));
    }

    [Test]
    public void Without_frame_slots_a_write_is_short_and_nothing_is_lost()
    {
        using FrameRing ring = Stereo(256);
        int written = 0;
        while (ring.Writer.Write([written, written], new MeshTime(written * 1_000_000L), FrameFlags.None) == 1)
        {
            written++;
        }

        Assert.That(written, Is.EqualTo(16), "one sample frame for each frame slot");
        for (int i = 0; i < written; i++)
        {
            float[] read = new float[2];
            Assert.That(ring.Reader.Read(read, out JamAudioFrame first), Is.EqualTo(1));
            Assert.That((read[0], first.TimestampGpu.Nanoseconds), Is.EqualTo(((float)i, i * 1_000_000L)));
        }

        Assert.That(ring.Writer.Write([0, 0], new MeshTime(-1), FrameFlags.None), Is.EqualTo(1));
    }

    [Test]
    public void The_reader_drains_what_a_completed_writer_left()
    {
        using FrameRing ring = Stereo();
        ring.Writer.Write(new float[2 * 5], MeshTime.Unknown, FrameFlags.None);
        ring.Writer.Complete();
        Assert.That(ring.Writer.Write(new float[2], MeshTime.Unknown, FrameFlags.None), Is.Zero);
        Assert.That((ring.Reader.WriterCompleted, ring.Reader.IsCompleted), Is.EqualTo((true, false)));
        ring.Reader.Skip(5);
        Assert.That(ring.Reader.IsCompleted, Is.True);
    }

    [Test]
    public void A_writer_that_reopens_writes_on()
    {
        using FrameRing ring = Stereo();
        ring.Writer.Write(new float[2 * 5], MeshTime.Unknown, FrameFlags.None);
        ring.Writer.Complete();
        ring.Writer.Reopen();
        Assert.That(ring.Reader.WriterCompleted, Is.False);
        Assert.That(ring.Writer.Write(new float[2 * 3], MeshTime.Unknown, FrameFlags.None), Is.EqualTo(3));
        Assert.That(ring.Reader.ReadableFrames, Is.EqualTo(8));
    }

    [Test]
    public void Each_end_sees_how_the_other_is()
    {
        using FrameRing ring = Stereo();
        Assert.That((ring.Reader.WriterHeartbeat, ring.Writer.ReaderHeartbeat), Is.EqualTo((MeshTime.Unknown, MeshTime.Unknown)));
        MeshTime before = MeshClock.Now;
        ring.Writer.Write(new float[2], MeshTime.Unknown, FrameFlags.None);
        ring.Writer.ReportPauseTotal(77);
        ring.Reader.Beat(new MeshTime(88));
        ring.Reader.ReportUnderrun(10);
        ring.Reader.ReportUnderrun(20);
        ring.Reader.Close();
        Assert.Multiple(() =>
        {
            Assert.That(ring.Reader.WriterHeartbeat, Is.InRange(before, MeshClock.Now));
            Assert.That(ring.Reader.WriterPauseTotalNanoseconds, Is.EqualTo(77));
            Assert.That(ring.Reader.WriterProcessId, Is.EqualTo(Environment.ProcessId));
            Assert.That(ring.Writer.ReaderHeartbeat, Is.EqualTo(new MeshTime(88)));
            Assert.That(ring.Writer.ReaderProcessId, Is.EqualTo(Environment.ProcessId));
            Assert.That((ring.Writer.Underruns, ring.Writer.UnderrunFrames), Is.EqualTo((2ul, 30ul)));
            Assert.That(ring.Writer.ReaderClosed, Is.True);
        });
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(8)]
    public void Planar_and_interleaved_samples_are_the_same_samples(int channels)
    {
        using FrameRing ring = FrameRing.Create(new FrameRingOptions { CapacityFrames = 64, Channels = channels, Rate = 48000 });
        float* memory = stackalloc float[channels * 64];
        float** planes = stackalloc float*[channels];
        for (int c = 0; c < channels; c++)
        {
            planes[c] = memory + (c * 64);
        }

        for (int round = 0; round < 7; round++)
        {
            float[] written = Numbered(37, channels, round * 37);
            ring.Writer.Write(written, MeshTime.Unknown, FrameFlags.None);
            Assert.That(ring.Reader.ReadPlanar(planes, channels, 5, 64, out _), Is.EqualTo(37));
            Assert.That(planes[channels - 1][5 + 36], Is.EqualTo(written[^1]));
            Assert.That(ring.Writer.WritePlanar(planes, 5, 37, MeshTime.Unknown, FrameFlags.None), Is.EqualTo(37));
            float[] read = new float[37 * channels];
            ring.Reader.Read(read, out _);
            Assert.That(read, Is.EqualTo(written));
        }
    }

    [Test]
    public void A_planar_read_zeroes_the_channels_the_ring_has_not_and_drops_those_it_is_not_asked_for()
    {
        using FrameRing ring = Stereo();
        float[] a = [9, 9, 9, 9], b = [9, 9, 9, 9], c = [9, 9, 9, 9];
        fixed (float* pa = a, pb = b, pc = c)
        {
            float** planes = stackalloc float*[3] { pa, pb, pc };
            ring.Writer.Write([1, 2, 3, 4], MeshTime.Unknown, FrameFlags.None);
            ring.Reader.ReadPlanar(planes, 3, 1, 2, out _);
            Assert.That((a, b, c), Is.EqualTo((new float[] { 9, 1, 3, 9 }, new float[] { 9, 2, 4, 9 }, new float[] { 9, 0, 0, 9 })));
            ring.Writer.Write([5, 6, 7, 8], MeshTime.Unknown, FrameFlags.None);
            ring.Reader.ReadPlanar(planes, 1, 0, 2, out _);
            Assert.That((a, b), Is.EqualTo((new float[] { 5, 7, 3, 9 }, new float[] { 9, 2, 4, 9 })));
        }
    }

    [Test]
    public void The_ends_of_a_disposed_ring_have_nothing_and_take_nothing()
    {
        FrameRing ring = Stereo();
        ring.Writer.Write(new float[2 * 5], MeshTime.Unknown, FrameFlags.None);
        ring.Reader.Skip(3);
        ring.Dispose();
        float* plane = stackalloc float[8];
        float** planes = stackalloc float*[2] { plane, plane };
        Assert.Multiple(() =>
        {
            Assert.That(ring.Writer.Write(new float[2], MeshTime.Unknown, FrameFlags.None), Is.Zero);
            Assert.That(ring.Reader.Read(new float[2], out _), Is.Zero);
            Assert.That(ring.Reader.IsCompleted, Is.True);
            Assert.That(ring.IsCurrent, Is.False);
        });
        Assert.That(ring.Reader.ReadPlanar(planes, 2, 0, 4, out _), Is.Zero);
        Assert.That(ring.Writer.WritePlanar(planes, 0, 4, MeshTime.Unknown, FrameFlags.None), Is.Zero);
    }

    private static long FrameTime(int frame) => new FrameCount(frame).ToNanoseconds(48000);

    private static int ReadSequence(FrameRing ring, int frames)
    {
        ring.Reader.Read(new float[2 * frames], out JamAudioFrame first);
        return (int)first.Sequence;
    }

    private static FrameFlags ReadFlags(FrameRing ring, int frames)
    {
        ring.Reader.Read(new float[2 * frames], out JamAudioFrame first);
        return first.Flags;
    }
}
