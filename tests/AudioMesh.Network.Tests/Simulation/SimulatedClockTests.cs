// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Tests.Simulation;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SimulatedClockTests
{
    private readonly SimulatedMesh _mesh = new(1);

    [TestCase(0)]
    [TestCase(100)]
    [TestCase(-300)]
    public void A_clock_drifts_as_asked_to_the_nanosecond(double ppm)
    {
        SimulatedHost host = _mesh.AddHost("a", new HostClock { Offset = TimeSpan.FromSeconds(5), Ppm = ppm });
        _mesh.Run(TimeSpan.FromHours(24));
        long expected = 5_000_000_000 + 86_400_000_000_000 + (long)Math.Round(86_400_000_000_000 * ppm * 1e-6);
        Assert.That(host.Now.Nanoseconds, Is.EqualTo(expected).Within(1));
    }

    [Test]
    public void A_clock_that_wanders_stays_within_its_limits()
    {
        SimulatedHost host = _mesh.AddHost("a", new HostClock { Ppm = 20, WanderPpbPerSecond = 50, WanderLimitPpm = 0.5 });
        HashSet<double> rates = [];
        long last = 0;
        for (int second = 1; second <= 1000; second++)
        {
            _mesh.Run(TimeSpan.FromSeconds(1));
            rates.Add(host.ClockPpm);
            Assert.That(host.Now.Nanoseconds - last, Is.InRange(1_000_019_400, 1_000_020_600));
            last = host.Now.Nanoseconds;
        }

        Assert.That(rates.Count, Is.GreaterThan(900));
        Assert.That(rates.Max() - rates.Min(), Is.InRange(0.1, 1.0));
    }

    [Test]
    public void A_step_moves_the_clock_and_brings_timers_forward()
    {
        SimulatedHost host = _mesh.AddHost("a", new HostClock());
        List<long> fired = [];
        host.Every(TimeSpan.FromSeconds(10), () => fired.Add(_mesh.TrueTime.Nanoseconds));
        _mesh.Run(TimeSpan.FromSeconds(1));
        host.StepClock(TimeSpan.FromSeconds(5));
        Assert.That(host.Now.Nanoseconds, Is.EqualTo(6_000_000_000));
        _mesh.Run(TimeSpan.FromSeconds(20));
        Assert.That(fired, Is.EqualTo(new long[] { 5_000_000_000, 15_000_000_000 }));
    }

    [Test]
    public void A_step_back_holds_timers_up()
    {
        SimulatedHost host = _mesh.AddHost("a", new HostClock());
        List<long> fired = [];
        host.Every(TimeSpan.FromSeconds(1), () => fired.Add(_mesh.TrueTime.Nanoseconds));
        _mesh.Run(TimeSpan.FromSeconds(1.5));
        host.StepClock(TimeSpan.FromSeconds(-3));
        _mesh.Run(TimeSpan.FromSeconds(4.5));
        Assert.That(fired, Is.EqualTo(new long[] { 1_000_000_000, 5_000_000_000, 6_000_000_000 }));
    }

    [Test]
    public void Timers_follow_the_hosts_clock_and_devices_their_own()
    {
        SimulatedHost host = _mesh.AddHost("a", new HostClock { Ppm = 1000 });
        int ticks = 0;
        int periods = 0;
        host.Every(TimeSpan.FromMilliseconds(10), () => ticks++);
        host.RunDevice(64, 48000 * (1 - 300e-6), first => Assert.That(first, Is.EqualTo(64L * periods++)));
        _mesh.Run(TimeSpan.FromSeconds(100) + TimeSpan.FromMicroseconds(1));
        Assert.That(ticks, Is.EqualTo(10_010));
        Assert.That(periods, Is.EqualTo(74_977));
    }
}
