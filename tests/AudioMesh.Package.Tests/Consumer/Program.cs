// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh;

await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync();
DeviceInfo device = await engine.OpenDeviceAsync(new DeviceOptions { Driver = "null" });
AppSource source = await engine.AddAppSourceAsync(new AppSourceOptions { Channels = 1 });
MeterHandle meter = await engine.AddMeterAsync(channels: 1);
MeshNode output = await engine.AddDeviceSinkAsync(device.OutputChannels);
await engine.ConnectAsync(source, meter);
await engine.ConnectAsync(meter, output);
await engine.PlayAsync();

float[] sine = new float[device.Rate];
for (int i = 0; i < sine.Length; i++)
{
    sine[i] = 0.5f * MathF.Sin(MathF.Tau * 440 * i / device.Rate);
}

await source.WriteAsync(sine);
double peakDb = (await meter.GetPeakDbAsync())[0];
EngineStats stats = await engine.GetStatsAsync();
IEnumerable<string> modules = Process.GetCurrentProcess().Modules.Cast<ProcessModule>().Select(module => module.FileName);

Console.WriteLine($"hosting {engine.Hosting}");
Console.WriteLine($"library {modules.FirstOrDefault(file => file.Contains("libaudiomesh"))}");
Console.WriteLine($"version {await engine.GetVersionAsync()}");
Console.WriteLine($"peak_db {peakDb:F2}");
Console.WriteLine($"periods {stats.Periods}");
