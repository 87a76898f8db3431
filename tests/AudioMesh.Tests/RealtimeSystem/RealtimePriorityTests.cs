// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Tests.RealtimeSystem;

[Platform("Linux")]
internal sealed class RealtimePriorityTests
{
    private const long PeriodNs = 1_333_333;

    [Test]
    public void A_grant_says_what_the_kernel_says()
    {
        (RealtimeGrant grant, int policy, int priority) = Kernel.OnFreshThread(
            () => (RealtimePriority.Raise(10, PeriodNs), Kernel.Policy, Kernel.Priority));
        Assert.That(policy & ~Kernel.ResetOnFork, grant.IsRealtime ? Is.Not.EqualTo(Kernel.SchedOther) : Is.EqualTo(Kernel.SchedOther));
        Assert.That(priority, Is.EqualTo(grant.Priority));
        Assert.That(grant.Reason, grant.Priority == 10 ? Is.Empty : Is.Not.Empty);
    }

    [Test]
    public void Children_of_a_raised_thread_are_not_raised()
    {
        int policy = Kernel.OnFreshThread(() =>
        {
            RealtimePriority.Raise(10, PeriodNs);
            return Kernel.OnFreshThread(() => Kernel.Policy);
        });
        Assert.That(policy, Is.EqualTo(Kernel.SchedOther));
    }

    [Test]
    public void Without_any_right_the_reason_names_what_is_missing()
    {
        Assume.That(Kernel.PriorityLimit.Hard, Is.Zero, "this user may be realtime");
        using FakeSystemBus nobody = FakeSystemBus.NotThere();
        RealtimeGrant grant = Kernel.OnFreshThread(() =>
        {
            Kernel.DropCapabilities();
            return RealtimePriority.Raise(10, PeriodNs);
        });
        Assert.That(grant.IsRealtime, Is.False);
        Assert.That(grant.Reason, Does.Contain("RLIMIT_RTPRIO").And.Contain("system bus"));
    }

    [TestCase(0, PeriodNs)]
    [TestCase(100, PeriodNs)]
    [TestCase(10, 0)]
    public void Senseless_requests_are_refused(int priority, long periodNs) => Assert.That(
        () => RealtimePriority.Raise(priority, periodNs),
        Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.InvalidArgument));
}
