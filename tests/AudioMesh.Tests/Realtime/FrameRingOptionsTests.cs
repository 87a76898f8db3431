// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Tests.Realtime;

internal sealed unsafe class FrameRingOptionsTests
{
    private static readonly FrameRingOptions Good = new() { CapacityFrames = 1024, Channels = 2, Rate = 48000 };

    private static IEnumerable<TestCaseData> Bad()
    {
        yield return new TestCaseData(Good with { CapacityFrames = 1000 }, "CapacityFrames");
        yield return new TestCaseData(Good with { CapacityFrames = 8 }, "CapacityFrames");
        yield return new TestCaseData(Good with { CapacityFrames = 0 }, "CapacityFrames");
        yield return new TestCaseData(Good with { CapacityFrames = -1024 }, "CapacityFrames");
        yield return new TestCaseData(Good with { CapacityFrames = 1 << 25 }, "CapacityFrames");
        yield return new TestCaseData(Good with { Channels = 0 }, "Channels");
        yield return new TestCaseData(Good with { Channels = 65 }, "Channels");
        yield return new TestCaseData(Good with { Rate = 7999 }, "Rate");
        yield return new TestCaseData(Good with { Rate = 768001 }, "Rate");
        yield return new TestCaseData(Good with { HighWatermarkFrames = 0 }, "HighWatermarkFrames");
        yield return new TestCaseData(Good with { HighWatermarkFrames = 1025 }, "HighWatermarkFrames");
        yield return new TestCaseData(Good with { LowWatermarkFrames = -1 }, "LowWatermarkFrames");
        yield return new TestCaseData(Good with { LowWatermarkFrames = 65, HighWatermarkFrames = 64 }, "LowWatermarkFrames");
    }

    [TestCaseSource(nameof(Bad))]
    public void What_makes_no_sense_is_refused_by_name(FrameRingOptions options, string field)
    {
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => FrameRing.Create(options))!;
        Assert.That((error.Kind, error.Field), Is.EqualTo((AudioErrorKind.InvalidArgument, field)));
        Assert.That(error.Allowed, Is.Not.Empty);
    }

    [Test]
    public void The_high_watermark_is_the_capacity_unless_set()
    {
        Assert.That(Good.HighWatermarkFrames, Is.EqualTo(1024));
        Assert.That((Good with { CapacityFrames = 64 }).HighWatermarkFrames, Is.EqualTo(64));
    }

    [TestCase(16, 1, 8000)]
    [TestCase(1024, 64, 768000)]
    public void A_ring_has_the_shape_that_was_asked_for(int capacity, int channels, int rate)
    {
        FrameRingOptions options = new()
        {
            CapacityFrames = capacity, Channels = channels, Rate = rate, LowWatermarkFrames = 3, HighWatermarkFrames = 9,
        };
        using FrameRing made = FrameRing.Create(options);
        using FrameRing ring = FrameRing.Attach(made.Memory, made.Bytes);
        Assert.That((ring.CapacityFrames, ring.Channels, ring.Rate, ring.LowWatermarkFrames, ring.HighWatermarkFrames, ring.Bytes),
            Is.EqualTo((capacity, channels, rate, 3, 9, FrameRing.BytesNeeded(options))));
    }

    [Test]
    public void Memory_that_is_too_small_or_not_aligned_is_refused()
    {
        byte* memory = stackalloc byte[20000];
        byte* aligned = (byte*)(((nint)memory + 63) & -64);
        FrameRingOptions small = Good with { CapacityFrames = 64 };
        long needed = FrameRing.BytesNeeded(small);
        Assert.That(Kind(() => FrameRing.Create(small, aligned, needed - 1)), Is.EqualTo(AudioErrorKind.InvalidArgument));
        Assert.That(Kind(() => FrameRing.Create(small, aligned + 4, needed)), Is.EqualTo(AudioErrorKind.InvalidArgument));
        Assert.That(Kind(() => FrameRing.Attach(aligned + 4, needed)), Is.EqualTo(AudioErrorKind.InvalidArgument));
        Assert.That(Kind(() => FrameRing.Attach(null, needed)), Is.EqualTo(AudioErrorKind.InvalidArgument));
        Assert.DoesNotThrow(() => FrameRing.Create(small, aligned, needed).Dispose());
    }

    private static AudioErrorKind Kind(Action action) => Assert.Throws<AudioMeshException>(() => action())!.Kind;
}
