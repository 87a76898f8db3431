// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;

namespace AudioMesh.RoundTrip;

/// <summary>JackTrip between the servers, as its users run it: uncompressed, one channel, a queue of so many packets.</summary>
internal sealed class JackTripPair : IPair
{
    /// <summary>The word by which this program connects the far side's ports.</summary>
    public const string LoopWord = "far-loop";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int ListenMs = 1500;

    private readonly Process _far;
    private readonly Process _near;
    private readonly FarProcess _loop;

    public JackTripPair(string nearServer, string farServer, int queue, int port)
    {
        Name = $"JackTrip, queue {queue}";
        string[] shared = ["-n", "1", "-q", queue.ToString(CultureInfo.InvariantCulture), "--clientname", "trip"];
        _far = Start(farServer, ["-s", "-B", $"{port}", .. shared]);
        Thread.Sleep(ListenMs);
        _near = Start(nearServer, ["-c", "127.0.0.1", "-P", $"{port}", "-B", $"{port + 50}", .. shared]);
        _loop = new FarProcess(LoopWord, farServer);
    }

    public static bool IsThere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "jacktrip")));

    public string Name { get; }

    public string Input => "trip:send_1";

    public string Output => "trip:receive_1";

    /// <summary>On the far side: what comes goes back.</summary>
    public static void RunLoop(string server)
    {
        using JackBackend patchbay = new();
        patchbay.Open(new StreamRequest { Device = server, ClientName = "audiomesh-patch", OutputChannels = 1, AutoConnect = false }, new Nothing());
        patchbay.Start();
        Wait(() => patchbay.Connect("trip:receive_1", "trip:send_1"));
        FarProcess.Stay("connected");
    }

    /// <summary>Does it again until it goes.</summary>
    public static void Wait(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                action();
                return;
            }
            catch (AudioMeshException) when (Stopwatch.GetElapsedTime(begin) < Patience)
            {
                Thread.Sleep(100);
            }
        }
    }

    public void Dispose()
    {
        _loop.Dispose();
        foreach (Process process in (Process[])[_near, _far])
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static Process Start(string server, string[] words)
    {
        ProcessStartInfo start = new("jacktrip", words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["JACK_DEFAULT_SERVER"] = server;
        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private sealed class Nothing : IRenderCallback
    {
        public unsafe void Render(in DeviceBlock block) => new Span<float>(block.Outputs[0], block.Frames).Clear();
    }
}
