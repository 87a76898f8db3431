// SPDX-License-Identifier: MIT
using AudioMesh.Latency.Canary;

namespace AudioMesh.RoundTrip;

/// <summary>What impulses through a pair came to.</summary>
internal sealed record Measurement(string Name, int Sent, int[] Frames, int Disturbed, int Unexplained)
{
    private const int Every = 4800;
    private const double SettleSeconds = 3;
    private const double RateKhz = 48;

    /// <summary>Sends for <paramref name="seconds"/>. One that does not come back is explained by a CPU that stood still meanwhile.</summary>
    public static Measurement Of(IPair pair, string server, double seconds)
    {
        using ImpulseClient client = new(server, Every);
        JackTripPair.Wait(() => client.Connect(client.Stream.Ports[0], pair.Input));
        JackTripPair.Wait(() => client.Connect(pair.Output, client.Stream.Ports[1]));
        Thread.Sleep(TimeSpan.FromSeconds(SettleSeconds));
        CanaryThread[] canaries = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(cpu => new CanaryThread(cpu))];
        client.Arm();
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        Trip[] trips = [.. client.Trips];
        Stall[] stalls = [.. canaries.SelectMany(canary => canary.Stop())];
        int[] frames = [.. trips.Where(trip => trip.Frames >= 0).Select(trip => trip.Frames).Order()];
        Trip[] disturbed = [.. trips.Where(trip => trip.Frames < 0)];
        int unexplained = disturbed.Count(trip => !stalls.Any(stall => stall.Touches(trip.BeginNs, trip.EndNs)));
        return new Measurement(pair.Name, trips.Length, frames, disturbed.Length, unexplained);
    }

    public string Row => $"| {Name} | {Sent} | {Show(0.5)} | {Show(0.99)} | {Show(0.999)} | {Show(1)} | {Disturbed} | {Unexplained} |";

    private string Show(double share) => Frames.Length == 0 ? "-" : $"{At(share)} ({At(share) / RateKhz:0.00} ms)";

    private int At(double share) => Frames[(int)Math.Ceiling(share * (Frames.Length - 1))];
}
