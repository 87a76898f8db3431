// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;
using AudioMesh.Latency;

namespace AudioMesh.RoundTrip;

/// <summary>Lines of JDAT to JACK, to the other server and back by TOAST, to JACK and to lines again: from the write of a line to the read of it.</summary>
internal static class JdatTrip
{
    private const int DepthFrames = 112;
    private const double SettleSeconds = 4;
    private const double TailSeconds = 0.5;

    public static void Run(double seconds, string? jsonPath, Outcome outcome)
    {
        using DummyJack near = new(Servers.PeriodFrames, suffix: "-near");
        using DummyJack far = new(Servers.PeriodFrames, suffix: "-far");
        string folder = Directory.CreateTempSubdirectory("audiomesh-trip-").FullName;
        try
        {
            outcome.Count(isOurs: true, () =>
            {
                JdatFigures figures = Measure(near.Name, far.Name, folder, seconds);
                Console.WriteLine(figures.Text);
                if (jsonPath is not null)
                {
                    File.WriteAllText(jsonPath, JsonSerializer.Serialize(figures, Shapes.Default.JdatFigures));
                }

                return figures.Ms.Length > 0;
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static JdatFigures Measure(string near, string far, string folder, double seconds)
    {
        (string into, string outOf) = (Path.Combine(folder, "in"), Path.Combine(folder, "out"));
        using ToastPair pair = new(near, far, 1.5 * Servers.PeriodMs);
        using JdatProxy proxy = new(near, into, outOf, DepthFrames);
        using JackBackend patchbay = new();
        patchbay.Open(new StreamRequest { Device = near, ClientName = "audiomesh-patch", InputChannels = 1, OutputChannels = 0, AutoConnect = false }, new NoSound());
        patchbay.Start();
        JackTripPair.Wait(() => patchbay.Connect(proxy.Output, pair.Input));
        JackTripPair.Wait(() => patchbay.Connect(pair.Output, proxy.Input));
        JdatLines lines = new(into, outOf);
        try
        {
            SpinWait.SpinUntil(() => proxy.IsConnected, TimeSpan.FromSeconds(SettleSeconds));
            lines.Start();
            Thread.Sleep(TimeSpan.FromSeconds(SettleSeconds));
            long before = proxy.Underruns;
            Canaries canaries = new();
            lines.Arm();
            Thread.Sleep(TimeSpan.FromSeconds(seconds + TailSeconds));
            int stalls = canaries.Stop();
            return JdatFigures.Of(pair.Name, lines.Pulses(), canaries, stalls, proxy.Underruns - before, proxy.WaitingFrames);
        }
        finally
        {
            lines.Dispose();
        }
    }
}
