// SPDX-License-Identifier: MIT
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Crowd;

/// <summary>What a crowd of clients did to a daemon that plays.</summary>
/// <param name="Seconds">How long.</param>
/// <param name="Clients">Who asked.</param>
/// <param name="Requests">Answered in all.</param>
/// <param name="Refused">Of these without success.</param>
/// <param name="ReplyMedianUs">How long a reply takes.</param>
/// <param name="ReplyP999Us">How long all but one of a thousand take at most.</param>
/// <param name="EventsEach">Least and most events that came to a client or were told as left out.</param>
/// <param name="Dropped">Events left out and told, of all clients.</param>
/// <param name="XrunsBy">Breaks of the sound by what made them: <c>machine</c>, <c>server</c>, <c>app</c>, and <c>unexplained</c>, which is the daemon.</param>
/// <param name="Collections">Of the daemon's heap.</param>
/// <param name="CollectionUs">How long these took together.</param>
/// <param name="HeapBytes">Allocated by the daemon meanwhile.</param>
/// <param name="SourceUnderruns">Underruns of the sources, in their order.</param>
/// <param name="CpuShare">What the daemon took of a core.</param>
/// <param name="ResidentMb">What it held at the end.</param>
/// <param name="DescriptorsBefore">Its descriptors before anybody came.</param>
/// <param name="DescriptorsAfter">Its descriptors after all had gone.</param>
/// <param name="CanaryStalls">How the machine stalled.</param>
internal sealed record CrowdReport(
    double Seconds,
    int Clients,
    long Requests,
    long Refused,
    double ReplyMedianUs,
    double ReplyP999Us,
    IReadOnlyList<long> EventsEach,
    long Dropped,
    IReadOnlyDictionary<string, int> XrunsBy,
    long Collections,
    long CollectionUs,
    long HeapBytes,
    IReadOnlyList<long> SourceUnderruns,
    double CpuShare,
    double ResidentMb,
    int DescriptorsBefore,
    int DescriptorsAfter,
    CanaryFigures CanaryStalls)
{
    /// <summary>Whether nothing broke by the daemon, nobody was refused, and no event went untold.</summary>
    public bool Holds => !XrunsBy.ContainsKey(Ramp.RampCause.Unexplained) && Refused == 0 && EventsEach[1] - EventsEach[0] <= 1 && DescriptorsAfter <= DescriptorsBefore;

    /// <summary>A few lines for who waits.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"""
        {Seconds:0} s, {Clients} clients: {Requests} requests ({Requests / Seconds:0}/s), {Refused} refused; a reply takes {ReplyMedianUs:0} us, at p99.9 {ReplyP999Us:0} us
        events and events told as left out, each client: {EventsEach[0]} to {EventsEach[1]}; left out of all: {Dropped}
        breaks of the sound: {(XrunsBy.Count == 0 ? "none" : string.Join(", ", XrunsBy.Select(by => $"{by.Value} {by.Key}")))}; underruns of the sources: {string.Join(", ", SourceUnderruns)}
        the daemon took {100 * CpuShare:0.0} % of a core, held {ResidentMb:0} MB, and has {DescriptorsAfter} descriptors where it had {DescriptorsBefore}
        it allocated {HeapBytes / Seconds / 1024:0.0} kB a second, {(double)HeapBytes / Requests:0.0} bytes a request, and collected {Collections} times, in {CollectionUs} us
        the machine stalled {CanaryStalls.Count} times, at most {CanaryStalls.LongestUs / 1000:0.0} ms
        """);
}
