// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Latency;

namespace AudioMesh.RoundTrip;

/// <summary>There and back between two servers, by TOAST at its depths and by JackTrip at its queues, one after the other.</summary>
internal static class RoundTrips
{
    private const double UnboundedMs = 200;
    private const int JackTripPort = 34_464;

    public static void Run(double seconds, string? jsonPath, Outcome outcome)
    {
        Console.WriteLine($"Two JACK servers of {Recorded.Rate} Hz and {Servers.PeriodFrames} frames on the dummy driver, noise with a pulse every 100 ms there and back for {seconds} s:");
        Console.WriteLine();
        Console.WriteLine("| by | pulses | frames p50 | p99 | p99.9 | most | lost | breaks | unexplained | CPU stalls | blocks damaged |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        List<Measurement> all = [];
        using DummyJack near = new(Servers.PeriodFrames, suffix: "-near");
        using DummyJack far = new(Servers.PeriodFrames, suffix: "-far");
        foreach (double depthMs in (double[])[1.5 * Servers.PeriodMs, 4 * Servers.PeriodMs, UnboundedMs])
        {
            Measure(() => new ToastPair(near.Name, far.Name, depthMs), isOurs: true);
        }

        foreach (int queue in JackTripPair.Queues)
        {
            Measure(() => new JackTripPair(near.Name, far.Name, queue, JackTripPort), isOurs: false);
        }

        if (jsonPath is not null)
        {
            File.WriteAllText(jsonPath, JsonSerializer.Serialize([.. all], Shapes.Default.MeasurementArray));
        }

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
