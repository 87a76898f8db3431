// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Network.Tests.Time;

internal sealed class PeerClockTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void Whatever_the_delays_the_bound_is_true() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(), Gen.Choose(-400, 400).ToArbitrary(), Gen.Choose(0, 9).ToArbitrary(), (seed, ppm, mostDelay) =>
        {
            RepeatableRandom random = new((ulong)(uint)seed);
            WanderingClock peer = new(1e9, ppm, wanderPpb: 300, periodSeconds: 300);
            PeerClock clock = new();
            long most = (long)Math.Pow(10, mostDelay); // 1 ns to 1 s
            long now = Second;
            for (int i = 0; i < 300; i++)
            {
                // Each way has a mood of its own, for a while, from none to the most.
                long there = Delay(ref random, i % 50 < 25 ? most : most / 100), back = Delay(ref random, i % 80 < 20 ? most : most / 100);
                long held = random.Next(1_000_000);
                SyncExchange exchange = new(
                    new MeshTime(now), At(peer, now + there), At(peer, now + there + held), new MeshTime(now + there + held + back));
                clock.Observe(exchange);
                now = exchange.Received.Nanoseconds + random.Next((int)Second);
                for (int probe = 0; probe < 4; probe++)
                {
                    MeshTime at = new(now + (random.Next(100) * Second * probe));
                    ClockMap map = clock.MapAt(at);
                    if (Math.Abs((double)(map.MeshOrigin - At(peer, at.Nanoseconds))) > map.ErrorNs)
                    {
                        return false;
                    }
                }
            }

            return clock.Jumps == 0 && clock.Rejected == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [TestCase(1000)]
    [TestCase(-1000)]
    [TestCase(3_600_000_000_000)]
    [TestCase(-3_600_000_000_000)]
    public void A_jump_is_found_by_the_fifth_exchange_and_covered_by_the_bound_from_the_first(long jumpNs)
    {
        PeerClock clock = new();
        long now = 0;
        for (; now < 60 * Second; now += Second / 4)
        {
            Assert.That(clock.Observe(Exchange(now, 0)), Is.True);
        }

        for (int i = 1; i <= 5; i++)
        {
            now += Second / 4;
            clock.Observe(Exchange(now, jumpNs));
            ClockMap map = clock.MapAt(new MeshTime(now));
            Assert.That(map.ErrorNs, Is.GreaterThanOrEqualTo(Math.Abs((double)(map.MeshOrigin.Nanoseconds - now - jumpNs))), $"exchange {i}");
        }

        Assert.That(clock.Jumps, Is.EqualTo(1));
        Assert.That(clock.LastJumpNs, Is.EqualTo(jumpNs).Within(300));
        Assert.That(clock.IsKnown, Is.False, "too few readings since");
    }

    [Test]
    public void An_exchange_that_another_overtook_is_no_contradiction()
    {
        PeerClock clock = new();
        for (int i = 0; i < 10; i++)
        {
            clock.Observe(Exchange(2 * i * Second, 0));
            clock.Observe(Exchange(((2 * i) - 1) * Second, 0));
        }

        Assert.That((clock.Rejected, clock.Jumps, clock.Exchanges), Is.EqualTo((0L, 0, 10L)));
    }

    [Test]
    public void Times_that_cannot_be_are_passed_over()
    {
        PeerClock clock = new();
        Assert.That(clock.Observe(new SyncExchange(new MeshTime(100), new MeshTime(0), new MeshTime(500), new MeshTime(200))), Is.False, "held longer than all took");
        Assert.That(clock.Observe(new SyncExchange(new MeshTime(100), new MeshTime(0), new MeshTime(-5), new MeshTime(200))), Is.False, "sent before it came");
        Assert.That(clock.Observe(new SyncExchange(new MeshTime(100), new MeshTime(0), new MeshTime(5), new MeshTime(50))), Is.False, "answered before it was asked");
        Assert.That(clock.MapAt(new MeshTime(100)).IsKnown, Is.False);
    }

    private static SyncExchange Exchange(long now, long jumpNs) =>
        new(new MeshTime(now), new MeshTime(now + 100 + jumpNs), new MeshTime(now + 150 + jumpNs), new MeshTime(now + 250));

    private static long Delay(ref RepeatableRandom random, long most) => most == 0 ? 0 : (long)(random.NextBits() % (ulong)(most + 1));

    private static MeshTime At(WanderingClock clock, long trueNs) => new((long)clock.TicksAt(trueNs));
}
