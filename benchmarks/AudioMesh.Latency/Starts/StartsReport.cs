// SPDX-License-Identifier: MIT
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Starts;

/// <summary>All orders of a run at one period.</summary>
internal sealed record StartsReport(int Period, int Hosts, IReadOnlyList<double> ClockPpm, IReadOnlyList<OrderSummary> Summaries, CanaryFigures CanaryStalls, IReadOnlyList<OrderResult> Orders)
{
    public static StartsReport Of(int period, IReadOnlyList<double> clockPpm, CanaryFigures stalls, IReadOnlyList<OrderResult> orders) => new(
        period, clockPpm.Count, clockPpm, [.. orders.GroupBy(order => order.Order).Select(group => OrderSummary.Of(group.Key, [.. group]))], stalls, orders);

    /// <summary>Whether all was as ordered but what a stall of the machine or an xrun of a server touched.</summary>
    public bool Holds => Summaries.All(summary => summary.BrokenUntouched == 0);
}

/// <summary>All orders of one kind.</summary>
/// <param name="Order"><c>play</c>, <c>locate</c> or <c>stop</c>.</param>
/// <param name="Orders">How many.</param>
/// <param name="Refused">Of these, refused by name before anything moved.</param>
/// <param name="Holding">Of these, within bound and a frame at every host, as heard.</param>
/// <param name="Touched">Of all, how many a stall of the machine or an xrun of a server touched.</param>
/// <param name="BrokenUntouched">Neither holding nor refused, and nothing touched them.</param>
/// <param name="Corrections">Hosts that located again.</param>
/// <param name="ErrorFrames">Of all hosts, without a sign.</param>
/// <param name="GridErrorFrames">The same by the line of the earliest wake-ups.</param>
/// <param name="BoundFrames">Of all hosts.</param>
/// <param name="ApartFrames">Between the hosts of an order.</param>
internal sealed record OrderSummary(
    string Order, int Orders, int Refused, int Holding, int Touched, int BrokenUntouched, int Corrections, Tail ErrorFrames, Tail GridErrorFrames, Tail BoundFrames, Tail ApartFrames)
{
    public static OrderSummary Of(string order, IReadOnlyList<OrderResult> all)
    {
        HostResult[] hosts = [.. all.SelectMany(one => one.Hosts)];
        return new OrderSummary(
            order,
            all.Count,
            all.Count(one => one.Refusals.Count > 0),
            all.Count(one => one.Holds),
            all.Count(one => one.IsTouched),
            all.Count(one => !one.Holds && one.Refusals.Count == 0 && !one.IsTouched),
            hosts.Sum(host => host.Corrections),
            Tail.Of(hosts.Select(host => host.ErrorFrames)),
            Tail.Of(hosts.Select(host => host.GridErrorFrames)),
            Tail.Of(hosts.Select(host => (double?)host.BoundFrames)),
            Tail.Of(all.Select(one => one.ApartFrames)));
    }
}

/// <summary>Half, all but one of a hundred, and the most; of sizes without a sign.</summary>
internal sealed record Tail(double P50, double P99, double Max)
{
    public static Tail Of(IEnumerable<double?> values)
    {
        double[] sorted = [.. values.OfType<double>().Select(Math.Abs).Order()];
        double At(double share) => sorted.Length == 0 ? 0 : Math.Round(sorted[(int)Math.Ceiling(share * sorted.Length) - 1], 2);
        return new Tail(At(0.5), At(0.99), At(1));
    }

    public override string ToString() => FormattableString.Invariant($"{P50:0.00} / {P99:0.00} / {Max:0.00}");
}
