// SPDX-License-Identifier: MIT
using AudioMesh.Network.Stems;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Stems;

/// <summary>A host with takes to hand over, and a folder to fetch them into.</summary>
internal sealed class TakeShare : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly TemporaryFolder _there = new();
    private readonly TemporaryFolder _here = new();

    public TakeShare(int maxConnections = 16) =>
        Server = new TakeServer(RawTakeLink.Key, new TakeServerOptions { Folder = _there.FullPath, MaxConnections = maxConnections });

    public TakeServer Server { get; }

    public string Here => _here.FullPath;

    public string PathOf(string name) => _there.PathOf(name);

    public string HereOf(string name) => _here.PathOf(name);

    /// <summary>Records a take at the host: 16 kB a second.</summary>
    public void Record(string name, double seconds = 3, long startSecond = 10, string host = "anna")
    {
        string path = PathOf(name + ".wav");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using StemHost recording = new(host, 50, 0, 0, startSecond * Second, 4000);
        recording.Pulses.Add((startSecond + 2) * Second);
        recording.Recorder.Arm(new TakePlan { Path = path, Overwrite = true });
        recording.RunUntil((startSecond * Second) + (long)(seconds * Second));
    }

    public Task<TakeClient> ConnectAsync() => TakeClient.ConnectAsync(Server.LocalEndPoint, RawTakeLink.Key);

    public async Task<IReadOnlyList<TakeOffer>> ListAsync()
    {
        using TakeClient client = await ConnectAsync();
        return await client.ListAsync();
    }

    /// <summary>Fetches the only take; what was here before, and its sidecar.</summary>
    public async Task<(long Kept, string Sidecar)> FetchAsync(System.Net.IPEndPoint? at = null, Action<TakeProgress>? progress = null)
    {
        using TakeClient client = await TakeClient.ConnectAsync(at ?? Server.LocalEndPoint, RawTakeLink.Key);
        long kept = 0;
        string sidecar = await client.FetchAsync((await client.ListAsync()).Single(), Here, step =>
        {
            kept = step.KeptBytes;
            progress?.Invoke(step);
        });
        return (kept, sidecar);
    }

    public void Dispose()
    {
        Server.Dispose();
        _there.Dispose();
        _here.Dispose();
    }
}
