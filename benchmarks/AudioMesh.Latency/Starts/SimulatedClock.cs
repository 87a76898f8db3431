// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Latency.Starts;

/// <summary>A host's monotonic clock that is set and runs differently from this machine's, which all of them share.</summary>
/// <param name="OffsetNs">How far it is ahead at <paramref name="Origin"/>.</param>
/// <param name="Ppm">How much faster it runs.</param>
/// <param name="Origin">An instant of this machine's clock, the same for all hosts.</param>
internal sealed record SimulatedClock(long OffsetNs, double Ppm, long Origin)
{
    /// <summary>What it shows now.</summary>
    public MeshTime Now => ToHost(MeshClock.Now);

    /// <summary>What it shows when this machine's clock shows <paramref name="machine"/>.</summary>
    public MeshTime ToHost(MeshTime machine)
    {
        long since = machine.Nanoseconds - Origin;
        return machine.Add(OffsetNs + (long)Math.Round(since * Ppm * 1e-6));
    }

    /// <summary>What this machine's clock shows then.</summary>
    public MeshTime ToMachine(MeshTime host)
    {
        double since = (host.Nanoseconds - OffsetNs - Origin) / (1 + (Ppm * 1e-6));
        return new MeshTime(Origin + (long)Math.Round(since));
    }
}
