// SPDX-License-Identifier: MIT
using AudioMesh;

string driver = args.ElementAtOrDefault(0) ?? "auto";
string path = args.ElementAtOrDefault(1) ?? Path.Combine(AppContext.BaseDirectory, "piano_prelude.wav");

try
{
    await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync();
    DeviceInfo device = await engine.OpenDeviceAsync(new DeviceOptions { Driver = driver });
    FileSourceHandle file = await engine.AddFileSourceAsync(path);
    await engine.ConnectAsync(file, await engine.AddDeviceSinkAsync());

    int rate = await file.GetRateAsync();
    Console.WriteLine($"{path}: {await file.GetLengthAsync() / (double)rate:0.0} s at {rate} Hz, on {device.Driver} at {device.Rate} Hz");

    await engine.PlayAsync();
    while (!await file.HasEndedAsync())
    {
        await Task.Delay(100);
    }

    // What has left the graph is still on its way through the device's buffer.
    await Task.Delay(TimeSpan.FromSeconds((double)device.OutputLatencyFrames / device.Rate));
    Console.WriteLine("ended");
    return 0;
}
catch (AudioMeshException error)
{
    Console.Error.WriteLine($"{error.Kind}: {error.Message}");
    return 1;
}
