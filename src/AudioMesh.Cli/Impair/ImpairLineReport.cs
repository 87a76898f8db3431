// SPDX-License-Identifier: MIT
using AudioMesh.Network.Impairment;

namespace AudioMesh.Cli.Impair;

/// <summary>Plain lines, one a second while it runs.</summary>
internal sealed class ImpairLineReport : IImpairReport
{
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public void Begin(UdpRelay relay, UdpRelayOptions options) => Console.WriteLine(ImpairTexts.Begin(relay, options));

    public void Progress(double seconds, UdpRelayStatistics statistics) => Console.WriteLine(ImpairTexts.Progress(seconds, statistics));

    public Task AroundAsync(Func<Task> body) => body();

    public void End(UdpRelayStatistics statistics, bool isInterrupted) => Console.WriteLine(ImpairTexts.End(statistics, isInterrupted));
}
