// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using AudioMesh.Compute.Metal;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Metal;

/// <summary>The stand-in for Metal of <c>native/fakes/metal</c>, compiled for this run; one for the process, as the real one is.</summary>
internal sealed unsafe class FakeMetal
{
    private const int CompileTimeoutMs = 120_000;
    private static readonly string Sources = Repository.PathOf("native", "fakes", "metal");
    private static readonly Lazy<string?> WhyNot = new(FindObstacle);
    private static readonly Lazy<FakeMetal> Shared = new(Build);
    private readonly nint _library;

    private FakeMetal(string path) => (Path, _library) = (path, NativeLibrary.Load(path));

    /// <summary>The stand-in; skips the test where it cannot be built.</summary>
    public static FakeMetal Instance
    {
        get
        {
            SkipWhereItCannotBeBuilt();
            return Shared.Value;
        }
    }

    public string Path { get; }

    public int LiveObjects => Count("fake_metal_live_objects");

    public string LiveName => Text("fake_metal_live_name");

    public int OpenPools => Count("fake_metal_open_pools");

    public int CommandBuffers => Count("fake_metal_command_buffers");

    public bool FastMath => Count("fake_metal_fast_math") != 0;

    /// <summary>The first thing done that a real Metal punishes; empty when nothing was.</summary>
    public string Misuse => Text("fake_metal_last_misuse");

    /// <summary>Opens the fake's one device, for tests that are about something else.</summary>
    public static IComputeDevice OpenDevice()
    {
        Instance.Reset();
        return MetalDevice.Open(null, Instance.Path);
    }

    public void Reset() => ((delegate* unmanaged<void>)Export("fake_metal_reset"))();

    public void Drain() => ((delegate* unmanaged<void>)Export("fake_metal_drain"))();

    public void Remove(bool on = true) => ((delegate* unmanaged<int, void>)Export("fake_metal_remove"))(on ? 1 : 0);

    public void ForgetDevices() => ((delegate* unmanaged<void>)Export("fake_metal_forget_devices"))();

    public void Hold(bool on) => ((delegate* unmanaged<int, void>)Export("fake_metal_hold"))(on ? 1 : 0);

    public void RefuseCommandBuffers() => ((delegate* unmanaged<int, void>)Export("fake_metal_refuse_command_buffers"))(1);

    public void FailAfter(int commandBuffers, int code) => ((delegate* unmanaged<int, int, void>)Export("fake_metal_fail_after"))(commandBuffers, code);

    public void LimitBuffer(ulong bytes) => ((delegate* unmanaged<ulong, void>)Export("fake_metal_limit_buffer"))(bytes);

    public void LimitThreads(ulong perGroup) => ((delegate* unmanaged<ulong, void>)Export("fake_metal_limit_threads"))(perGroup);

    public void SetClock(double hz, ulong now) => ((delegate* unmanaged<double, ulong, void>)Export("fake_metal_set_clock"))(hz, now);

    public double TicksAt(long nanoseconds) => ((delegate* unmanaged<long, double>)Export("fake_metal_ticks_at"))(nanoseconds);

    public void Add(string name, ulong registryId, bool lowPower = false, bool removable = false, bool unified = false, bool metal3 = false)
    {
        fixed (byte* text = Utf8(name))
        {
            ulong* device = stackalloc ulong[4];
            device[0] = (ulong)text;
            device[1] = registryId;
            uint* flags = (uint*)(device + 2);
            (flags[0], flags[1], flags[2], flags[3]) = (Flag(lowPower), Flag(removable), Flag(unified), Flag(metal3));
            ((delegate* unmanaged<ulong*, void>)Export("fake_metal_add"))(device);
        }
    }

    /// <summary>The type encoding of a method of the fake; null when it has none.</summary>
    public string? Encoding(string className, string selector)
    {
        fixed (byte* name = Utf8(className), method = Utf8(selector))
        {
            return Marshal.PtrToStringUTF8(((delegate* unmanaged<byte*, byte*, nint>)Export("fake_metal_encoding"))(name, method));
        }
    }

    /// <summary>Compiles the fake's own checks and runs them; returns their exit code and what they said.</summary>
    public static (int Code, string Output) RunSelfTest()
    {
        SkipWhereItCannotBeBuilt();
        string program = System.IO.Path.Combine(AppContext.BaseDirectory, "fake-metal-selftest");
        (int Code, string Output) compiled = Compile(program, [System.IO.Path.Combine(Sources, "selftest", "main.m")]);
        return compiled.Code != 0 ? compiled : Run(program)!.Value;
    }

    private static void SkipWhereItCannotBeBuilt()
    {
        if (WhyNot.Value is { } reason)
        {
            Assert.Ignore(reason);
        }
    }

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return "The fake Metal is made for Linux on x86-64.";
        }

        using TemporaryFolder folder = new();
        string probe = folder.PathOf("probe.m");
        File.WriteAllText(probe, "#import <objc/objc.h>\nint main(void) { return sel_registerName(\"probe\") == 0; }\n");
        bool hasObjectiveC = Run("gcc", "-x", "objective-c", "-include", "objc/runtime.h", probe, "-o", folder.PathOf("probe"), "-lobjc") is { Code: 0 };
        return hasObjectiveC && Run("g++", "--version") is { Code: 0 } ? null : "The fake Metal needs gcc with Objective-C (gobjc) and g++.";
    }

    private static FakeMetal Build()
    {
        string path = System.IO.Path.Combine(AppContext.BaseDirectory, "libfake-metal.so");
        (int code, string output) = Compile(path, [], "-shared", "-fPIC");
        Assert.That(code, Is.Zero, output);
        return new FakeMetal(path);
    }

    private static (int Code, string Output) Compile(string output, string[] objectiveC, params string[] more) => Run(
        "gcc",
        ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-fvisibility=hidden", "-pthread", $"-DFAKE_METAL_SHIM=\"{Sources}/shim\"", .. more,
        "-x", "objective-c", .. Directory.GetFiles(Sources, "*.m"), .. objectiveC, "-x", "c", .. Directory.GetFiles(Sources, "*.c"),
        "-x", "assembler-with-cpp", .. Directory.GetFiles(Sources, "*.S"), "-x", "none", "-o", output, "-lobjc", "-ldl"])!.Value;

    private static (int Code, string Output)? Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            string output = process.StandardError.ReadToEnd();
            Assert.That(process.WaitForExit(CompileTimeoutMs), Is.True, program);
            return (process.ExitCode, output);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static uint Flag(bool on) => on ? 1u : 0;

    private int Count(string function) => ((delegate* unmanaged<int>)Export(function))();

    private string Text(string function) => Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Export(function))())!;

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text + '\0');

    private void* Export(string function) => (void*)NativeLibrary.GetExport(_library, function);
}
