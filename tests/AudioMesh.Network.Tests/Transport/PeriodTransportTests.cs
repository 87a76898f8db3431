// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>One transport, cycle by cycle.</summary>
internal sealed class PeriodTransportTests
{
    private const int Period = 64;
    private const double NsPerFrame = 1e9 / 48_000;
    private static readonly MeshTime Begin = new(1_000_000_000);

    [Test]
    public void What_a_device_loses_while_the_transport_is_held_costs_no_correction([Values(-300, -5, 5, 40)] int lostFrames)
    {
        SimulatedJack jack = new(Period, 0);
        using PeriodTransport transport = new(jack, new TimeService(1, Begin, new TimeOptions()).Timebase);
        long cycle = 0;
        double lost = 0;
        MeshTime At() => Begin.Add((long)(((cycle * Period) + lost) * NsPerFrame));
        void Run(Func<bool> isOver)
        {
            for (int i = 0; i < 10_000 && !isOver(); i++)
            {
                jack.Cycle(At());
                cycle++;
            }
        }

        Run(() => cycle == 2000);
        MeshTime due = At().Add(200_000_000);
        Assert.That(transport.Schedule(new TransportOrder(1, TransportAction.LocateStart, due, 96_000)).Code, Is.Null);
        Run(() => jack.State == TransportState.Starting);
        lost = lostFrames;
        TransportOutcome outcome = default;
        Run(() => transport.TryTakeOutcome(out outcome));
        Assert.That(outcome.Result, Is.EqualTo(TransportResult.Done), $"{outcome}");
        Assert.That(outcome.Corrections, Is.Zero, $"{outcome}");
        Assert.That(Math.Abs(outcome.ErrorFrames), Is.LessThan(1), $"{outcome}");
        double heard = outcome.AchievedFrame - 96_000 - ((outcome.AchievedAt - due) / NsPerFrame);
        Assert.That(Math.Abs(heard), Is.LessThan(1), $"{outcome}");
    }
}
