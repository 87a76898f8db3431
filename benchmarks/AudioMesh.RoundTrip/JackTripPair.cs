// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;

namespace AudioMesh.RoundTrip;

/// <summary>JackTrip between the servers, as its users run it: uncompressed, one channel, a queue of so many packets.</summary>
internal sealed class JackTripPair : IPair
{
    /// <summary>The word by which this program connects the far side's ports.</summary>
    public const string LoopWord = "far-loop";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly JackTripProcess _far;
    private readonly JackTripProcess _near;
    private readonly FarProcess _loop;

    public JackTripPair(string nearServer, string farServer, int queue, int port)
    {
        Name = $"JackTrip, queue {queue}";
        _far = JackTripProcess.Listen(farServer, queue, port);
        _near = JackTripProcess.Call(nearServer, queue, port, port + 50);
        _loop = new FarProcess(LoopWord, farServer);
    }

    /// <summary>The queues that are measured, in packets; none where it is not installed.</summary>
    public static int[] Queues => IsThere ? [2, 4] : [];

    public static bool IsThere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "jacktrip")));

    public string Name { get; }

    public string Input => JackTripProcess.Input;

    public string Output => JackTripProcess.Output;

    /// <summary>On the far side: what comes goes back.</summary>
    public static void RunLoop(string server)
    {
        using JackBackend patchbay = new();
        patchbay.Open(new StreamRequest { Device = server, ClientName = "audiomesh-patch", OutputChannels = 1, AutoConnect = false }, new Nothing());
        patchbay.Start();
        Wait(() => patchbay.Connect(JackTripProcess.Output, JackTripProcess.Input));
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
        _near.Dispose();
        _far.Dispose();
    }

    private sealed class Nothing : IRenderCallback
    {
        public unsafe void Render(in DeviceBlock block) => new Span<float>(block.Outputs[0], block.Frames).Clear();
    }
}
