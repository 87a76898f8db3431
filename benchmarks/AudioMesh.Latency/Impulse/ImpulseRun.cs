// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Latency.Impulse;

/// <summary>Writes impulses into a source that is kept at its depth, and measures when each reaches the JACK port.</summary>
internal sealed class ImpulseRun(EngineHosting hosting, string server, int depthFrames, int impulses)
{
    private const int Channels = 1;
    private static readonly TimeSpan ArrivalLimit = TimeSpan.FromSeconds(2);

    public async Task<LatencyReport> RunAsync()
    {
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Hosting = hosting });
        DeviceInfo device = await engine.OpenDeviceAsync(
            new DeviceOptions { Driver = "jack", Name = server, ClientName = "audiomesh-latency", OutputChannels = Channels });
        AppSource source = await engine.AddAppSourceAsync(new AppSourceOptions { DepthFrames = depthFrames, Channels = Channels });
        await engine.ConnectAsync(source, await engine.AddDeviceSinkAsync(Channels));
        await engine.PlayAsync();
        using ImpulseCapture capture = new(server, device.Ports[0]);
        List<double> frames = await Task.Factory.StartNew(() => Measure(source, capture), TaskCreationOptions.LongRunning);
        IReadOnlyList<(string Hop, long Frames)> hops = await source.GetLatencyAsync();
        return new LatencyReport(
            device.Rate,
            device.PeriodFrames,
            source.DepthFrames,
            engine.Hosting.ToString().ToLowerInvariant(),
            frames.Count,
            Spread.Of(frames),
            hops.ToDictionary(hop => hop.Hop, hop => hop.Frames),
            hops.Where(hop => hop.Hop is "ring" or "period").Sum(hop => hop.Frames));
    }

    private List<double> Measure(AppSource source, ImpulseCapture capture)
    {
        float[] silence = new float[source.DepthFrames];
        List<double> frames = [];
        long quietUntil = source.Rate / 5;
        long fed = 0;
        while (frames.Count < impulses)
        {
            int room = source.WritableFrames;
            if (room == 0 || fed < quietUntil)
            {
                fed += source.Write(silence);
                Thread.Yield();
                continue;
            }

            // The last frame that fits: from here to the port it has the whole depth before it.
            fed += source.Write(silence.AsSpan(0, room - 1));
            capture.Forget();
            MeshTime now = MeshClock.Now;
            fed += source.Write([1f]);
            frames.Add(Arrival(source, capture, silence, now));
            quietUntil = fed + (source.Rate / 50);
        }

        return frames;
    }

    private static double Arrival(AppSource source, ImpulseCapture capture, float[] silence, MeshTime written)
    {
        long deadline = written.Nanoseconds + (long)(ArrivalLimit.TotalSeconds * 1e9);
        while (MeshClock.Now.Nanoseconds < deadline)
        {
            source.Write(silence);
            if (capture.TryTake() is { } arrived)
            {
                return (arrived - written.Nanoseconds) * (double)source.Rate / 1e9;
            }

            Thread.Yield();
        }

        throw new AudioMeshException(AudioErrorKind.Timeout, $"An impulse did not reach the port within {ArrivalLimit}.");
    }
}
