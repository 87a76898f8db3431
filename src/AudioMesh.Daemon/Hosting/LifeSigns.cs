// SPDX-License-Identifier: MIT
using AudioMesh.Daemon.Logs;
using AudioMesh.Engine;
using Microsoft.Extensions.Logging;

namespace AudioMesh.Daemon.Hosting;

/// <summary>
/// Tells the service manager that the engine lives: that it answers, and that its time goes on while it should. Where it does not, nothing is told, and the service manager begins anew.
/// </summary>
internal sealed class LifeSigns(AudioEngine engine, ServiceManager manager, ILogger log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private long _lastPeriods = -1;

    /// <summary>How often to tell.</summary>
    public TimeSpan Interval => manager.WatchdogInterval / 3 is { } third && third < Longest ? third : Longest;

    /// <summary>Looks, and tells.</summary>
    public void Tell()
    {
        if (manager.WatchdogInterval is null)
        {
            return;
        }

        EngineTelemetry now = engine.GetTelemetry();
        bool lives = now.State == EngineState.Stopped || now.Periods != _lastPeriods;
        _lastPeriods = now.Periods;
        if (lives)
        {
            manager.Alive();
        }
        else
        {
            log.StandsStill();
        }
    }
}
