// SPDX-License-Identifier: MIT
using AudioMesh;

await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync();
await engine.OpenDeviceAsync(new DeviceOptions { Driver = args.ElementAtOrDefault(0) ?? "auto" });
ToneHandle tone = await engine.AddToneAsync(frequencyHz: 440, levelDb: -12);
MeshNode speakers = await engine.AddDeviceSinkAsync();
await engine.ConnectAsync(tone, speakers);
await engine.PlayAsync();
await Task.Delay(TimeSpan.FromSeconds(2));
EngineStats stats = await engine.GetStatsAsync();
Console.WriteLine($"{stats.Position} frames played, {stats.Missed} periods missed");
