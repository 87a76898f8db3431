// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Realtime;

namespace AudioMesh.Latency.Starts;

/// <summary>A JACK server's transport, whose cycles are timed by the clock that the host is to have.</summary>
internal sealed class SimulatedTransport(SimulatedClock clock, IPeriodTransport jack) : IPeriodTransport, IPeriodTransportHandler
{
    private IPeriodTransportHandler? _handler;

    public string Driver => jack.Driver;

    public int Rate => jack.Rate;

    public int PeriodFrames => jack.PeriodFrames;

    public long MaxFrame => jack.MaxFrame;

    public long Xruns => jack.Xruns;

    public string LostReason => jack.LostReason;

    public bool SharesBeats => jack.SharesBeats;

    public void Run(IPeriodTransportHandler handler)
    {
        _handler = handler;
        jack.Run(this);
    }

    [RealtimeSafe]
    public void Start() => jack.Start();

    [RealtimeSafe]
    public void Stop() => jack.Stop();

    [RealtimeSafe]
    public void Locate(long frame) => jack.Locate(frame);

    public void ShareBeats(IBeatSource beats, BeatSharing sharing) => jack.ShareBeats(beats, sharing);

    [RealtimeSafe]
    public void Cycle(in TransportCycle cycle) => _handler!.Cycle(cycle with { OutputTime = clock.ToHost(cycle.OutputTime) });

    [RealtimeSafe]
    public bool IsReady() => _handler!.IsReady();

    public void Dispose() => jack.Dispose();
}
