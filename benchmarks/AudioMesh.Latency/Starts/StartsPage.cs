// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace AudioMesh.Latency.Starts;

/// <summary>Runs as Markdown: a table of all, and the orders that did not hold.</summary>
internal static class StartsPage
{
    public static string Write(IReadOnlyList<StartsReport> reports)
    {
        StringBuilder page = new();
        Line(page, $"# Orders to {reports.Max(report => report.Hosts)} hosts");
        Line(page, $"");
        Line(page, $"Each on a JACK server in a network namespace, with clocks {string.Join(", ", reports[0].ClockPpm.Select(ppm => $"{ppm:+0;-0;0}"))} ppm off. Frames, p50 / p99 / most of all hosts.");
        Line(page, $"");
        Line(page, $"| period | order | orders | hold | refused | touched by a stall or xrun | broken without one | located again | error, heard | error by wake-ups | bound | apart |");
        Line(page, $"|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (StartsReport report in reports)
        {
            foreach (OrderSummary one in report.Summaries)
            {
                Line(page, $"| {report.Period} | {one.Order} | {one.Orders} | {one.Holding} | {one.Refused} | {one.Touched} | {one.BrokenUntouched} | {one.Corrections} | {one.ErrorFrames} | {one.GridErrorFrames} | {one.BoundFrames} | {one.ApartFrames} |");
            }
        }

        foreach (StartsReport report in reports)
        {
            Line(page, $"");
            Line(page, $"Period {report.Period}: the machine stalled {report.CanaryStalls.Count} times, at most {report.CanaryStalls.LongestUs / 1000:0.0} ms{(report.CanaryStalls.Realtime ? "" : ", as canaries without realtime priority say, which excuse nothing")}.");
            foreach (OrderResult broken in report.Orders.Where(order => !order.Holds))
            {
                Line(page, $"- {broken.Order} {broken.Round}{(broken.StallUs > 0 ? $", stalled {broken.StallUs:0} us" : "")}{(broken.ServerXruns > 0 ? $", {broken.ServerXruns} xruns" : "")}: {Why(broken)}");
            }
        }

        return page.ToString();
    }

    private static string Why(OrderResult broken) => broken.Refusals.Count > 0
        ? string.Join(" ", broken.Refusals)
        : string.Join("; ", broken.Hosts.Where(host => !host.Holds).Select(Why));

    private static string Why(HostResult host) => host.ErrorFrames is not { } error ? $"{host.Host} was not heard ({host.Result})"
        : string.Create(CultureInfo.InvariantCulture, $"{host.Host} off by {error:0.00} frames, {host.LateFrames:0.0} late, bound {host.BoundFrames:0.00} ({host.Result}, {host.Corrections} corrections)");

    private static void Line(StringBuilder page, FormattableString text) => page.Append(FormattableString.Invariant(text)).Append('\n');
}
