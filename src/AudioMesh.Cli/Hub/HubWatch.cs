// SPDX-License-Identifier: MIT
using AudioMesh.Network.Hub;

namespace AudioMesh.Cli.Hub;

/// <summary>Looks at a hub now and then.</summary>
internal sealed class HubWatch(HubHost hub)
{
    private readonly long _began = Environment.TickCount64;

    public HubLook Look() => new(
        (Environment.TickCount64 - _began) / 1e3,
        hub.Server.Clients,
        hub.Server.PeriodFrames * 1e6 / hub.Server.Rate,
        hub.Server.Rate,
        hub.Server.MixCost.Quantile(0.5) / 1e3,
        hub.Server.PeriodCost.Quantile(0.5) / 1e3,
        hub.Server.PeriodCost.Quantile(0.999) / 1e3,
        hub.Server.Periods,
        hub.LatePeriods,
        hub.SkippedPeriods,
        hub.Toast.Session.Drops.Total);

    public IReadOnlyList<HubEvent> Events()
    {
        List<HubEvent> events = [];
        while (hub.Server.TryTakeEvent(out HubEvent? taken))
        {
            events.Add(taken);
        }

        return events;
    }
}
