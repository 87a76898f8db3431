// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Latency;

namespace AudioMesh.RoundTrip;

/// <summary>There and back between two servers, by TOAST at its depths and by JackTrip at its queues, one after the other; and with as many pairs of servers as wanted, for how their periods lie is luck.</summary>
internal static class RoundTrips
{
    private const double UnboundedMs = 200;
    private const int JackTripPort = 34_464;
    private static readonly double[] DepthsMs = [2 * Servers.PeriodMs, 4 * Servers.PeriodMs, UnboundedMs];

    public static void Run(double seconds, int servers, string? jsonPath, Outcome outcome)
    {
        Console.WriteLine($"Two JACK servers of {Recorded.Rate} Hz and {Servers.PeriodFrames} frames on the dummy driver, noise with a pulse every 100 ms there and back for {seconds} s:");
        WriteHead();
        List<Measurement> all = [];
        for (int turn = 0; turn < servers; turn++)
        {
            all.AddRange(Measure(seconds, outcome));
        }

        if (servers > 1)
        {
            Console.WriteLine();
            Console.WriteLine($"With all {servers} pairs of servers together:");
            WriteHead();
            foreach (IGrouping<string, Measurement> of in all.GroupBy(one => one.Name))
            {
                Console.WriteLine(Measurement.Together([.. of]).Row);
            }
        }

        if (jsonPath is not null)
        {
            File.WriteAllText(jsonPath, JsonSerializer.Serialize([.. all], Shapes.Default.MeasurementArray));
        }
    }

    private static void WriteHead()
    {
        Console.WriteLine();
        Console.WriteLine("| by | pulses | frames p50 | p99 | p99.9 | most | lost | breaks | unexplained | CPU stalls | blocks damaged |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
    }

    private static List<Measurement> Measure(double seconds, Outcome outcome)
    {
        using DummyJack near = new(Servers.PeriodFrames, suffix: "-near");
        using DummyJack far = new(Servers.PeriodFrames, suffix: "-far");
        List<Measurement> all = [];
        foreach (double depthMs in DepthsMs)
        {
            Measure(() => new ToastPair(near.Name, far.Name, depthMs), isOurs: true);
        }

        foreach (int queue in JackTripPair.Queues)
        {
            Measure(() => new JackTripPair(near.Name, far.Name, queue, JackTripPort), isOurs: false);
        }

        return all;

        void Measure(Func<IPair> make, bool isOurs) => outcome.Count(isOurs, () =>
        {
            using IPair pair = make();
            Measurement measured = Measurement.Of(pair, near.Name, seconds);
            all.Add(measured);
            Console.WriteLine(measured.Row);
            return measured.Frames.Length > 0;
        });
    }
}
