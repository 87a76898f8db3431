// SPDX-License-Identifier: MIT
using AudioMesh.Network.Impairment;

namespace AudioMesh.Cli.Impair;

/// <summary>Tells how a relay goes.</summary>
internal interface IImpairReport
{
    /// <summary>How often to tell the progress.</summary>
    TimeSpan Interval { get; }

    /// <summary>Tells that it listens.</summary>
    void Begin(UdpRelay relay, UdpRelayOptions options);

    /// <summary>Tells how it stands; only inside <see cref="AroundAsync"/>.</summary>
    void Progress(double seconds, UdpRelayStatistics statistics);

    /// <summary>Does <paramref name="body"/> with the progress shown around it.</summary>
    Task AroundAsync(Func<Task> body);

    /// <summary>Tells what it came to.</summary>
    void End(UdpRelayStatistics statistics, bool isInterrupted);
}
