// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Tests.RealtimeSystem;

[Platform("Linux")]
internal sealed class RealtimeLimitsTests
{
    [Test]
    public void Limits_are_those_of_the_kernel()
    {
        using FakeSystemBus bus = FakeSystemBus.NotThere();
        RealtimeLimits limits = RealtimeLimits.Read();
        Assert.That((ulong?)limits.PriorityLimit, Is.EqualTo(Kernel.PriorityLimit.Soft));
        Assert.That(limits.SchedulerRuntimeUs, Is.EqualTo(long.Parse(File.ReadAllText("/proc/sys/kernel/sched_rt_runtime_us"))));
        Assert.That(limits.TimerSlackNs, Is.Positive);
        Assert.That(limits.IsPreemptRt, Is.EqualTo(File.ReadAllText("/proc/version").Contains("PREEMPT_RT")));
        Assert.That(limits.MemoryLockBytes, Is.Positive);
    }

    [Test]
    public void Capabilities_are_those_of_the_thread()
    {
        using FakeSystemBus bus = FakeSystemBus.NotThere();
        RealtimeLimits dropped = Kernel.OnFreshThread(() =>
        {
            Kernel.DropCapabilities();
            return RealtimeLimits.Read();
        });
        Assert.That(dropped.HasSysNice, Is.False);
        Assert.That(dropped.HasIpcLock, Is.False);
        Assert.That(RealtimeLimits.Read().HasSysNice, Is.EqualTo(Kernel.OnFreshThread(() => RealtimePriority.Raise(99, 1_000_000).Priority == 99)));
    }

    [Test]
    public void An_answering_rtkit_is_quoted()
    {
        using FakeSystemBus bus = new(call => call.Names("Hello") ? call.Return()
            : call.Names("MaxRealtimePriority") ? call.ReturnNumber('i', 42) : call.ReturnNumber('x', 123_456));
        RealtimeLimits limits = RealtimeLimits.Read();
        Assert.That(limits.RtKit, Is.EqualTo(new RtKitLimits(42, 123_456)));
        Assert.That(limits.RtKitReason, Is.Empty);
    }

    [Test]
    public void A_missing_rtkit_is_explained()
    {
        using FakeSystemBus bus = FakeSystemBus.NotThere();
        RealtimeLimits limits = RealtimeLimits.Read();
        Assert.That(limits.RtKit, Is.Null);
        Assert.That(limits.RtKitReason, Is.Not.Empty);
    }

    [Test]
    public void Senseless_limits_of_rtkit_are_not_believed()
    {
        using FakeSystemBus bus = new(call => call.Names("Hello") ? call.Return() : call.ReturnNumber('i', -1));
        Assert.That(RealtimeLimits.Read().RtKit, Is.Null);
    }
}
