// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Tests.Realtime;

internal sealed unsafe class FrameRingModelTests
{
    private const int Rate = 44100;
    private const int MostFrames = 1500;

    public enum Verb
    {
        Write,
        WritePlanar,
        Read,
        ReadPlanar,
        Skip,
    }

    /// <summary>One call: how many frames, and for writes how far its time is from the last write's end (null: no time at all).</summary>
    public sealed record Step(Verb Verb, int Frames, long? TimeOffset, FrameFlags Flags);

    public sealed record Case(int Capacity, int Channels, int HighWatermark, ulong StartPosition, Step[] Steps);

    private readonly record struct Sample(float Value, long? Time, FrameFlags Flags, int Write);

    [Test]
    public void Ring_does_what_a_queue_of_samples_does()
    {
        Gen<Step> step =
            from verb in Gen.Elements(Enum.GetValues<Verb>())
            from frames in Gen.Frequency((6, Gen.Choose(0, 70)), (2, Gen.Choose(0, MostFrames)), (1, Gen.Constant(-1)))
            from offset in Gen.Frequency(
                (6, Gen.Constant<long?>(0)), (2, Gen.Choose(-15_000, 15_000).Select(o => (long?)o)), (1, Gen.Constant<long?>(null)))
            from flags in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(0, 15)))
            select new Step(verb, frames, offset, (FrameFlags)flags);
        Gen<Case> cases =
            from capacity in Gen.Elements(16, 64, 256, 2048)
            from channels in Gen.Elements(1, 2, 3, 7)
            from high in Gen.Frequency((2, Gen.Constant(capacity)), (1, Gen.Choose(1, capacity)))
            from start in Gen.Elements(0UL, 13UL, uint.MaxValue - 100UL, ulong.MaxValue - 100UL)
            from steps in step.ArrayOf(60)
            select new Case(capacity, channels, high, start, steps);
        Prop.ForAll(cases.ToArbitrary(), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static void Agrees(Case test)
    {
        FrameRingOptions options = new()
        {
            CapacityFrames = test.Capacity, Channels = test.Channels, Rate = Rate, HighWatermarkFrames = test.HighWatermark,
        };
        using FrameRing made = FrameRing.Create(options);
        ((ulong*)made.Memory)[16] = test.StartPosition;
        ((ulong*)made.Memory)[32] = test.StartPosition;
        using FrameRing ring = FrameRing.Attach(made.Memory, made.Bytes);
        Queue<Sample> model = new();
        long due = 1_000_000_000;
        int writes = 0;
        foreach (Step step in test.Steps)
        {
            if (step.Verb is Verb.Write or Verb.WritePlanar)
            {
                long? time = step.TimeOffset is { } offset ? due + offset : null;
                due = (time ?? due) + Nanoseconds(Write(ring, model, step, time, writes++));
            }
            else
            {
                Read(ring, model, step);
            }

            Assert.That((ring.Writer.FillFrames, ring.Reader.ReadableFrames), Is.EqualTo((model.Count, model.Count)));
        }
    }

    private static int Write(FrameRing ring, Queue<Sample> model, Step step, long? time, int write)
    {
        int channels = ring.Channels;
        int offered = Math.Max(0, step.Frames);
        float[] samples = new float[offered * channels];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = ValueOf(ring.Writer.Position + (ulong)(i / channels), i % channels);
        }

        MeshTime timestamp = time is { } known ? new MeshTime(known) : MeshTime.Unknown;
        int room = ring.HighWatermarkFrames - model.Count;
        Assert.That(ring.Writer.WritableFrames, Is.EqualTo(Math.Max(0, room)));
        int taken = step.Verb == Verb.Write
            ? ring.Writer.Write(samples, timestamp, step.Flags)
            : WithPlanes(samples, channels, step.Frames,
                planes => ring.Writer.WritePlanar((float**)planes, 0, step.Frames, timestamp, step.Flags));
        int expected = Math.Min(offered, Math.Max(0, room));
        Assert.That(taken, SlotsMustDo(ring, model) ? Is.EqualTo(expected) : Is.InRange(0, expected));
        for (int i = 0; i < taken; i++)
        {
            FrameFlags flags = i == 0 ? step.Flags : step.Flags & ~FrameFlags.Discontinuity;
            model.Enqueue(new Sample(samples[i * channels], time + Nanoseconds(i), flags, write));
        }

        return taken;
    }

    private static void Read(FrameRing ring, Queue<Sample> model, Step step)
    {
        int channels = ring.Channels;
        ulong position = ring.Reader.Position;
        int wanted = Math.Max(0, step.Frames);
        float[] samples = new float[wanted * channels];
        JamAudioFrame first = default;
        int taken = step.Verb switch
        {
            Verb.Read => ring.Reader.Read(samples, out first),
            Verb.ReadPlanar => WithPlanes(samples, channels, step.Frames,
                planes => ring.Reader.ReadPlanar((float**)planes, channels, 0, step.Frames, out first)),
            _ => ring.Reader.Skip(step.Frames),
        };
        Assert.That(taken, Is.EqualTo(Math.Min(wanted, model.Count)));
        Sample[] expected = [.. Enumerable.Range(0, taken).Select(_ => model.Dequeue())];
        if (step.Verb == Verb.Skip || taken == 0)
        {
            return;
        }

        for (int i = 0; i < taken * channels; i++)
        {
            Assert.That(samples[i], Is.EqualTo(ValueOf(position + (ulong)(i / channels), i % channels)));
        }

        Assert.That(first.Position, Is.EqualTo(position));
        Assert.That(first.Flags, Is.EqualTo(expected.Aggregate(FrameFlags.None, (flags, sample) => flags | sample.Flags)));
        Assert.That(first.TimestampGpu.IsKnown, Is.EqualTo(expected[0].Time is not null));
        if (expected[0].Time is { } time)
        {
            Assert.That(first.TimestampGpu.Nanoseconds, Is.InRange(time - HalfSample, time + HalfSample));
        }
    }

    private const long HalfSample = (500_000_000 / Rate) + 2;

    private static long Nanoseconds(long frames) => new FrameCount(frames).ToNanoseconds(Rate);

    private static float ValueOf(ulong position, int channel) => ((position * 8) + (ulong)channel) & 0xFFFFF;

    // Every write still in the ring may have cost a slot, every 512 frames another; the read and the next write one more each.
    private static bool SlotsMustDo(FrameRing ring, Queue<Sample> model)
    {
        int slots = Math.Max(16, ring.CapacityFrames / 16);
        int used = model.Select(sample => sample.Write).Distinct().Count() + (ring.CapacityFrames / JamAudioFrame.MaxSampleFrames);
        return used + 3 + (MostFrames / JamAudioFrame.MaxSampleFrames) < slots;
    }

    private static int WithPlanes(float[] interleaved, int channels, int frames, Func<nint, int> call)
    {
        int length = Math.Max(0, frames);
        float[] planar = new float[interleaved.Length + 1];
        float** planes = stackalloc float*[channels];
        fixed (float* memory = planar)
        {
            for (int i = 0; i < interleaved.Length; i++)
            {
                planar[((i % channels) * length) + (i / channels)] = interleaved[i];
            }

            for (int c = 0; c < channels; c++)
            {
                planes[c] = memory + (c * length);
            }

            int result = call((nint)planes);
            for (int i = 0; i < interleaved.Length; i++)
            {
                interleaved[i] = planar[((i % channels) * length) + (i / channels)];
            }

            return result;
        }
    }
}
