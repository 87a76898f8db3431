// SPDX-License-Identifier: MIT
using AudioMesh.Latency.Canary;

namespace AudioMesh.RoundTrip;

/// <summary>A canary on each CPU, while something is measured.</summary>
internal sealed class Canaries
{
    private readonly CanaryThread[] _threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(cpu => new CanaryThread(cpu))];
    private Stall[] _stalls = [];

    /// <summary>Ends them: from now on <see cref="Explain"/> knows what they saw.</summary>
    public int Stop()
    {
        _stalls = [.. _threads.SelectMany(thread => thread.Stop()).OrderBy(stall => stall.Begin)];
        return _stalls.Length;
    }

    /// <summary>Whether a CPU stood still at any time between two, in mesh time ns.</summary>
    public bool Explain(long fromNs, long toNs) => _stalls.Any(stall => stall.Touches(fromNs, toNs));
}
