// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Latency.Canary;
using AudioMesh.Latency.Ramp;
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Crowd;

/// <summary>
/// Two processes in Python and this one play into one mixer of the daemon by rings in shared memory, while clients ask and listen to everything. What breaks the
/// sound is laid to the machine, to the server, to an app that did not write in time, or to nobody: then it is the daemon's.
/// </summary>
internal sealed class CrowdRun(int period, double seconds, int clients, double requestsPerSecond)
{
    private const int Rate = 48_000;
    private const int Depth = 12_000;
    private const string App = "app";

    public async Task<CrowdReport> RunAsync()
    {
        using DummyJack jack = new(period);
        using DaemonProcess daemon = new(jack.Name, period);
        await Task.Delay(1000);
        int descriptorsBefore = daemon.Descriptors;
        using CanaryProcess canary = new();
        using Process first = Python(daemon.Socket, 330);
        using Process second = Python(daemon.Socket, 550);
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Socket = daemon.Socket });
        AppSource source = await engine.AddAppSourceAsync(new AppSourceOptions { Rate = Rate, DepthFrames = Depth });
        using CancellationTokenSource end = new();
        Task playing = PlayAsync(source, end.Token);
        await engine.RequestAsync($$"""{"cmd":"connect","from":{{source.Id}},"to":"mix"}""");
        await Task.Delay(2000);
        double cpuBefore = daemon.CpuSeconds;
        (long collections, long collectionUs, long heapBytes) = await HeapAsync(engine);
        long begin = Stopwatch.GetTimestamp();
        end.CancelAfter(TimeSpan.FromSeconds(seconds));
        CrowdClient[] crowd = [.. Enumerable.Range(0, clients).Select(_ => new CrowdClient(daemon.Socket))];
        await Task.WhenAll(crowd.Select(client => client.RunAsync(requestsPerSecond / clients, end.Token)));
        await playing;
        source.Complete();
        double lasted = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        double cpu = (daemon.CpuSeconds - cpuBefore) / lasted;
        CanaryReport stalls = canary.Stop();
        (long collectionsAfter, long collectionUsAfter, long heapBytesAfter) = await HeapAsync(engine);
        CrowdReport report = Report(lasted, crowd, jack, stalls) with
        {
            Collections = collectionsAfter - collections,
            CollectionUs = collectionUsAfter - collectionUs,
            HeapBytes = heapBytesAfter - heapBytes,
            SourceUnderruns = [UnderrunsOf(first), UnderrunsOf(second), await UnderrunsOfAsync(engine, source)],
            CpuShare = cpu,
            ResidentMb = daemon.ResidentMb,
            DescriptorsBefore = descriptorsBefore,
        };
        foreach (CrowdClient client in crowd)
        {
            client.Dispose();
        }

        await engine.DisposeAsync();
        SpinWait.SpinUntil(() => daemon.Descriptors <= descriptorsBefore, TimeSpan.FromSeconds(5));
        return report with { DescriptorsAfter = daemon.Descriptors };
    }

    private static async Task PlayAsync(AppSource source, CancellationToken end)
    {
        float[] block = new float[2 * 480];
        for (long frame = 0; !end.IsCancellationRequested; frame += block.Length / 2)
        {
            for (int i = 0; i < block.Length; i++)
            {
                block[i] = (float)(0.25 * Math.Sin(Math.Tau * 440 * (frame + (i / 2)) / Rate));
            }

            await source.WriteAsync(block, CancellationToken.None);
        }
    }

    private static async Task<long> UnderrunsOfAsync(AudioMeshEngine engine, AppSource source)
    {
        using JsonDocument reply = JsonDocument.Parse(await engine.RequestAsync($$"""{"cmd":"get","id":{{source.Id}}}"""));
        return reply.RootElement.GetProperty("args").GetProperty("underruns").GetInt64();
    }

    private static async Task<(long Collections, long CollectionUs, long AllocatedBytes)> HeapAsync(AudioMeshEngine engine)
    {
        using JsonDocument reply = JsonDocument.Parse(await engine.RequestAsync("""{"cmd":"stats"}"""));
        long figure(string name) => reply.RootElement.GetProperty(name).GetInt64();
        return (figure("collections"), figure("collection_us"), figure("heap_allocated_bytes"));
    }

    /// <summary>A player ends with a line that says how many frames it has played and how often there were none.</summary>
    private static long UnderrunsOf(Process player)
    {
        string line = player.StandardOutput.ReadToEnd();
        player.WaitForExit();
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 3 ? long.Parse(words[3], CultureInfo.InvariantCulture) : throw new AudioMeshException(AudioErrorKind.Internal, $"A player said: {line}");
    }

    // Two seconds longer than the crowd is there, so that the last of it hears all of them.
    private Process Python(string socket, int frequency)
    {
        string play = Path.Combine(SourceTree.Root, "samples", "DaemonPython", "play.py");
        string length = (seconds + 5).ToString(CultureInfo.InvariantCulture);
        ProcessStartInfo start = new("python3", [play, length, $"{frequency}", "mix"]) { RedirectStandardOutput = true };
        start.Environment["AUDIOMIXERD_SOCKET"] = socket;
        return Process.Start(start)!;
    }

    private CrowdReport Report(double lasted, CrowdClient[] crowd, DummyJack jack, CanaryReport stalls)
    {
        List<double> replies = [.. crowd.SelectMany(client => client.ReplyUs).Order()];
        long[] told = [.. crowd.Select(client => client.Events + client.Dropped).Order()];
        long periodNs = new FrameCount(period).ToNanoseconds(Rate);
        Dictionary<string, int> by = crowd[0].Xruns
            .Select(xrun => xrun.Cause is "app_late" or "gc" ? App : RampCause.Of(xrun.Time, periodNs, stalls, jack.Said))
            .CountBy(cause => cause).ToDictionary();
        return new CrowdReport(
            lasted, crowd.Length, replies.Count, crowd.Sum(client => client.Refused), replies[replies.Count / 2], replies[(int)(replies.Count * 0.999)],
            [told[0], told[^1]], crowd.Sum(client => client.Dropped), by, 0, 0, 0, [], 0, 0, 0, 0, CanaryFigures.Of(stalls));
    }
}
