// SPDX-License-Identifier: MIT
using AllocatingApp;
using AudioMesh;

string driver = args.ElementAtOrDefault(0) ?? "auto";
TimeSpan length = TimeSpan.FromSeconds(double.Parse(args.ElementAtOrDefault(1) ?? "10"));

await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync();
Console.WriteLine(engine.Hosting == EngineHosting.Isolated ? "the engine has a heap of its own" : engine.FallbackReason);

await engine.OpenDeviceAsync(new DeviceOptions { Driver = driver });
AppSource source = await engine.AddAppSourceAsync();
await engine.ConnectAsync(source, await engine.AddDeviceSinkAsync());
await engine.PlayAsync();

using CancellationTokenSource end = new(length);
Task[] litter = [Task.Run(() => Litter.Make(end.Token)), Task.Run(() => Litter.Make(end.Token))];

Chord chord = new(source.Rate);
float[] block = new float[source.Rate / 100 * source.Channels];
TimeSpan longest = TimeSpan.Zero;
while (!end.IsCancellationRequested)
{
    TimeSpan before = GC.GetTotalPauseDuration();
    chord.Fill(block, source.Channels);
    await source.WriteAsync(block);
    TimeSpan paused = GC.GetTotalPauseDuration() - before;
    longest = paused > longest ? paused : longest;
}

EngineStats stats = await engine.GetStatsAsync();
await Task.WhenAll(litter);
Console.WriteLine($"the app: {GC.CollectionCount(0)} collections, longest stop {longest.TotalMilliseconds:0.0} ms in a write of 10 ms");
Console.WriteLine($"the engine: {stats.Periods} periods, {stats.Missed} missed, {stats.Collections} collections");
Console.WriteLine($"underruns: {stats.Underruns}, {stats.GcUnderruns} of them by garbage collection");
