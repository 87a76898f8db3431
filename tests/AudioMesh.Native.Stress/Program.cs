// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh;
using AudioMesh.Native.Stress;

// cured PATH SECONDS: loads the library as the SDK does. bare PATH SECONDS: loads it without restoring the signal's handler.
string path = args[1];
TimeSpan duration = TimeSpan.FromSeconds(int.Parse(args[2]));
using ThreadStorm storm = new();
Console.WriteLine("raging");
if (args[0] == "cured")
{
    await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Hosting = EngineHosting.Isolated, LibraryPath = path });
    await engine.OpenDeviceAsync(new DeviceOptions { Driver = "null", PeriodFrames = 64, Rate = 48000 });
    await engine.ConnectAsync(await engine.AddToneAsync(), await engine.AddDeviceSinkAsync());
    await engine.PlayAsync();
    Console.WriteLine("loaded");
    ThreadStorm.Collect(duration);
    EngineStats stats = await engine.GetStatsAsync();
    Console.WriteLine($"periods {stats.Periods}, collections {GC.CollectionCount(0)}");
}
else
{
    unsafe
    {
        nint library = NativeLibrary.Load(path);
        uint version = ((delegate* unmanaged[Cdecl]<uint>)NativeLibrary.GetExport(library, "am_abi_version"))();
        Console.WriteLine($"loaded, ABI {version}");
    }

    ThreadStorm.Collect(duration);
}

Console.WriteLine("done");
