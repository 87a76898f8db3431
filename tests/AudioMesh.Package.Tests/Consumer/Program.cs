// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Clock;

Console.WriteLine($"time {MeshClock.Now.Nanoseconds}");
Console.WriteLine($"assembly {typeof(MeshClock).Assembly.GetName().Version}");
Console.WriteLine($"abi {Engine.AbiVersion()}");

internal static partial class Engine
{
    [DllImport("libaudiomesh", EntryPoint = "am_abi_version", ExactSpelling = true)]
    public static extern uint AbiVersion();
}
