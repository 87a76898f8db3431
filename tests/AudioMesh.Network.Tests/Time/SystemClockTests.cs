// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Tests.Time;

internal sealed class SystemClockTests
{
    private const long Second = 1_000_000_000;
    private const long Tai = 1_700_000_000 * Second;

    [Test]
    public void Mesh_time_is_the_systems_clock_with_the_kernels_bound()
    {
        FakeClock clock = new();
        TimeService service = new(1, clock.Host, new TimeOptions { SystemClock = clock });
        for (int i = 0; i < 60; i++)
        {
            clock.Pass(Second);
            service.Tick(clock.Host);
        }

        Assert.That(service.Timebase.State, Is.EqualTo(TimebaseState.Locked));
        Assert.That(Math.Abs(service.Timebase.ToMesh(clock.Host) - clock.System), Is.LessThan(1000));
        Assert.That(service.Timebase.ErrorNsAt(clock.Host), Is.InRange(2_000_000, 2_010_000));
        Assert.That(service.Status(clock.Host).Reason, Is.EqualTo(ReferenceReason.SystemClock));
    }

    [Test]
    public void A_clock_that_nothing_disciplines_is_refused_unless_it_is_trusted()
    {
        FakeClock clock = new() { IsSynchronised = false };
        Assert.That(
            () => new TimeService(1, clock.Host, new TimeOptions { SystemClock = clock }),
            Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.InvalidState).And.Message.Contains("not synchronised"));
        TimeService trusting = new(1, clock.Host, new TimeOptions { SystemClock = clock, TrustUnsynchronisedSystemClock = true });
        Assert.That(trusting.Timebase.State, Is.EqualTo(TimebaseState.Locked));
    }

    [Test]
    public void A_clock_that_is_no_longer_disciplined_is_reported()
    {
        FakeClock clock = new();
        TimeService service = new(1, clock.Host, new TimeOptions { SystemClock = clock });
        clock.IsSynchronised = false;
        clock.Pass(2 * Second);
        service.Tick(clock.Host);
        Assert.That(service.Timebase.State, Is.EqualTo(TimebaseState.Holdover));
        Assert.That(service.TryTakeEvent(out TimeEvent lost) && lost.Kind == TimeEventKind.SystemClockLost, Is.True);
    }

    [Test]
    public void Hosts_without_a_disciplined_clock_follow_one_that_has()
    {
        TimeMesh mesh = new(31);
        mesh.Add(10, 3);
        mesh.Mesh.Run(TimeSpan.FromSeconds(5));
        MeshClockOf clock = new(mesh);
        TimeNode disciplined = mesh.Add(-30, 9, new TimeOptions { SystemClock = clock });
        clock.Node = disciplined;
        mesh.Join(TimeMesh.Lan);
        mesh.Run(TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(10));
        Assert.That(mesh.Nodes[0].Reading.ReferenceId, Is.EqualTo(disciplined.Id));
        Assert.That(Math.Abs(mesh.Nodes[0].MeshNow.Nanoseconds - Tai - mesh.Mesh.TrueTime.Nanoseconds), Is.LessThan(100_000));
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
    }

    [Test]
    public void The_kernels_clock_tells_the_time_and_its_error()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.That(() => new KernelClock().Read(), Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.FormatUnsupported));
            return;
        }

        SystemClockReading reading = new KernelClock().Read();
        double years = reading.System.Nanoseconds / (365.25 * 86_400 * 1e9);
        Assert.That(years + 1970, Is.InRange(2025, 2200));
        Assert.That(reading.UncertaintyNs, Is.Positive);
        Assert.That(reading.MaxErrorNs, Is.GreaterThanOrEqualTo(0));
    }

    /// <summary>Runs 20 ppm faster than the host's.</summary>
    private sealed class FakeClock : ISystemClock
    {
        private long _passed;

        public bool IsSynchronised { get; set; } = true;

        public MeshTime Host => new(77 * Second + _passed);

        public MeshTime System => new(Tai + _passed + (_passed / 50_000));

        public void Pass(long ns) => _passed += ns;

        public SystemClockReading Read() => new(Host, System, 200, 2_000_000, 100_000, IsSynchronised, KnowsTai: true);
    }

    /// <summary>True time as TAI, on a simulated host.</summary>
    private sealed class MeshClockOf(TimeMesh mesh) : ISystemClock
    {
        public TimeNode? Node { get; set; }

        public SystemClockReading Read() => new(
            Node?.Host.Now ?? mesh.Mesh.Hosts[^1].Now, new MeshTime(Tai + mesh.Mesh.TrueTime.Nanoseconds), 100, 50_000, 5000, IsSynchronised: true, KnowsTai: true);
    }
}
