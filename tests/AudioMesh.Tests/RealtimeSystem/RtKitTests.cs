// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Realtime;

namespace AudioMesh.Tests.RealtimeSystem;

/// <summary>What a thread without rights gets from rtkit, well-behaved and otherwise.</summary>
[Platform("Linux")]
internal sealed class RtKitTests
{
    private Kernel.ResourceLimit _limit;

    [SetUp]
    public void RememberTheLimit()
    {
        Assume.That(Kernel.PriorityLimit.Hard, Is.Zero, "this user may be realtime without rtkit");
        _limit = Kernel.ComputationLimit;
    }

    [TearDown]
    public void RestoreTheLimit() => Kernel.ComputationLimit = _limit;

    [Test]
    public void A_thread_without_rights_is_raised_by_rtkit()
    {
        Assume.That(Environment.IsPrivilegedProcess, "the fake rtkit raises the thread as the real one does");
        using FakeSystemBus bus = new(RtKit(MakeRoundRobin));
        (RealtimeGrant grant, int policy, int priority) = AskWithoutRights(15);
        Assert.That(grant, Is.EqualTo(new RealtimeGrant(RealtimeMethod.RtKit, 15, "")));
        Assert.That(policy & ~Kernel.ResetOnFork, Is.EqualTo(Kernel.SchedRoundRobin));
        Assert.That(priority, Is.EqualTo(15));
        Assert.That(Kernel.ComputationLimit.Hard, Is.EqualTo(200_000));
    }

    [Test]
    public void More_than_rtkit_gives_becomes_what_it_gives()
    {
        using FakeSystemBus bus = new(RtKit(call => call.Return()));
        RealtimeGrant grant = AskWithoutRights(70).Grant;
        Assert.That(grant.Priority, Is.EqualTo(20));
        Assert.That(grant.Reason, Does.Contain("20"));
    }

    [Test]
    public void A_refusal_keeps_its_words()
    {
        using FakeSystemBus bus = new(RtKit(call => call.Fail("org.freedesktop.DBus.Error.AccessDenied", "the canary died")));
        RealtimeGrant grant = AskWithoutRights(15).Grant;
        Assert.That(grant.IsRealtime, Is.False);
        Assert.That(grant.Reason, Does.Contain("AccessDenied").And.Contain("the canary died"));
    }

    [Test]
    public void An_older_rtkit_is_asked_in_its_own_words()
    {
        using FakeSystemBus bus = new(RtKit(call => call.Names("MakeThreadRealtimeWithPID")
            ? call.Fail("org.freedesktop.DBus.Error.UnknownMethod", "?")
            : call.Return()));
        Assert.That(AskWithoutRights(15).Grant.Method, Is.EqualTo(RealtimeMethod.RtKit));
    }

    [Test]
    public void Signals_between_call_and_answer_are_passed_over()
    {
        using FakeSystemBus bus = new(call => [.. BusCall.Signal(), .. RtKit(c => c.Return())(call)!, .. BusCall.Signal()]);
        Assert.That(AskWithoutRights(15).Grant.Method, Is.EqualTo(RealtimeMethod.RtKit));
    }

    [Test]
    public void A_bus_that_never_answers_is_given_up()
    {
        using FakeSystemBus bus = new(_ => null);
        long start = Stopwatch.GetTimestamp();
        RealtimeGrant grant = AskWithoutRights(15).Grant;
        Assert.That(grant.Reason, Does.Contain("no answer in time"));
        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void A_bus_that_refuses_us_is_quoted()
    {
        using FakeSystemBus bus = new(_ => null) { Greeting = "REJECTED EXTERNAL\r\n" };
        Assert.That(AskWithoutRights(15).Grant.Reason, Does.Contain("REJECTED"));
    }

    [Test]
    public void A_bus_without_rtkit_is_a_reason()
    {
        using FakeSystemBus bus = new(call => call.Names("Hello") ? call.Return() : call.Fail("org.freedesktop.DBus.Error.ServiceUnknown", "nobody"));
        Assert.That(AskWithoutRights(15).Grant.Reason, Does.Contain("ServiceUnknown"));
    }

    [Test]
    public void Damaged_answers_never_do_more_than_refuse()
    {
        Random random = new(11);
        for (int round = 0; round < 300; round++)
        {
            int damagedCall = random.Next(1, 5);
            int calls = 0;
            using FakeSystemBus bus = new(call =>
            {
                byte[] answer = RtKit(c => c.Return())(call)!;
                return ++calls == damagedCall ? Damage(answer, random) : answer;
            })
            { CallsUntilHangUp = damagedCall };
            RealtimeGrant grant = AskWithoutRights(15).Grant;
            Assert.That(grant.IsRealtime || grant.Reason.Length > 0, $"round {round}");
        }
    }

    [Test]
    public void A_monstrous_length_is_not_believed()
    {
        using FakeSystemBus bus = new(call =>
        {
            byte[] answer = call.Return();
            BitConverter.GetBytes(uint.MaxValue - 100).CopyTo(answer, 4);
            return answer;
        });
        Assert.That(AskWithoutRights(15).Grant.Reason, Does.Contain("too long"));
    }

    /// <summary>An rtkit of the usual limits that does <paramref name="make"/> when asked for priority.</summary>
    private static Func<BusCall, byte[]?> RtKit(Func<BusCall, byte[]?> make) => call =>
        call.Names("Hello") ? call.Return()
        : call.Names("MaxRealtimePriority") ? call.ReturnNumber('i', 20)
        : call.Names("RTTimeUSecMax") ? call.ReturnNumber('x', 200_000)
        : make(call);

    private static byte[] MakeRoundRobin(BusCall call)
    {
        Kernel.MakeRoundRobin(BitConverter.ToInt32(call.Body, 8), BitConverter.ToInt32(call.Body, 16));
        return call.Return();
    }

    /// <summary>Flips a byte, cuts the end off, or both, then leaves the line to be hung up.</summary>
    private static byte[] Damage(byte[] message, Random random)
    {
        byte[] damaged = message[..random.Next(1, message.Length + 1)];
        damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
        return damaged;
    }

    private static (RealtimeGrant Grant, int Policy, int Priority) AskWithoutRights(int priority) => Kernel.OnFreshThread(() =>
    {
        Kernel.DropCapabilities();
        return (RealtimePriority.Raise(priority, 1_000_000), Kernel.Policy, Kernel.Priority);
    });
}
