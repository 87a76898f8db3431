// SPDX-License-Identifier: MIT
using AudioMesh;

string driver = args.ElementAtOrDefault(0) ?? "jack";
string path = args.ElementAtOrDefault(1) ?? "recording.wav";
TimeSpan length = TimeSpan.FromSeconds(double.Parse(args.ElementAtOrDefault(2) ?? "5"));

try
{
    await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync();
    DeviceInfo device = await engine.OpenDeviceAsync(new DeviceOptions
    {
        Driver = driver,
        ClientName = "recorder",
        InputChannels = 2,
        OutputChannels = 0,
        InputPorts = ["left", "right"],
    });

    FileSinkHandle file = await engine.AddFileSinkAsync(path, channels: 2, format: "s24", overwrite: true);
    await engine.ConnectAsync(await engine.AddDeviceSourceAsync(), file);
    await engine.PlayAsync();
    await Task.Delay(length);
    await engine.StopAsync();

    long lost = await file.GetLostFramesAsync();
    await file.RemoveAsync();
    Console.WriteLine($"{path}: recorded at {device.Rate} Hz from {device.Driver}, {lost} frames lost");
    return 0;
}
catch (AudioMeshException error)
{
    Console.Error.WriteLine($"{error.Kind}: {error.Message}");
    return 1;
}
