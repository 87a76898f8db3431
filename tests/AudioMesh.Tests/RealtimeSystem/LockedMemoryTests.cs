// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Tests.RealtimeSystem;

[Platform("Linux")]
internal sealed class LockedMemoryTests
{
    private const int Kilobytes = 64;
    private static readonly FrameRingOptions Small = new() { CapacityFrames = Kilobytes * 1024 / sizeof(float), Channels = 1, Rate = 48_000 };

    [Test]
    public void A_ring_is_locked_in_memory_for_as_long_as_it_lives()
    {
        long before = LockedKilobytes();
        using (FrameRing.Create(Small))
        {
            Assume.That(RealtimeLimits.Read().MemoryLockBytes, Is.GreaterThan(1 << 20), "RLIMIT_MEMLOCK leaves no room");
            Assert.That(LockedKilobytes() - before, Is.GreaterThanOrEqualTo(Kilobytes));
        }

        Assert.That(LockedKilobytes(), Is.EqualTo(before));
    }

    [Test]
    public void A_ring_that_may_not_be_locked_works_all_the_same() => Kernel.OnFreshThread(() =>
    {
        Kernel.DropCapabilities();
        long limit = RealtimeLimits.Read().MemoryLockBytes ?? 0;
        Assume.That(limit, Is.LessThan(1 << 28), "RLIMIT_MEMLOCK is unlimited");
        long before = LockedKilobytes();
        int frames = Math.Max(Small.CapacityFrames, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(limit / sizeof(float)) + 1));
        using FrameRing ring = FrameRing.Create(Small with { CapacityFrames = frames });
        Assert.That(LockedKilobytes(), Is.EqualTo(before));
        return ring.CapacityFrames;
    });

    private static long LockedKilobytes()
    {
        string line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmLck:"));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]);
    }
}
