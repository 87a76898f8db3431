// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using AudioMesh.Testing;

namespace AudioMesh.Backends.Tests.CoreAudio;

/// <summary>The stand-in for CoreAudio of <c>native/fakes/coreaudio</c>, compiled for this run; one for the process, as the real one is.</summary>
internal sealed unsafe class FakeHal
{
    private const int CompileTimeoutMs = 60_000;
    private static readonly Lazy<FakeHal?> Shared = new(Build);
    private readonly nint _library;

    private FakeHal(string path) => (Path, _library) = (path, NativeLibrary.Load(path));

    /// <summary>The stand-in; skips the test where there is no Linux or no C compiler.</summary>
    public static FakeHal Instance
    {
        get
        {
            if (!OperatingSystem.IsLinux() || Shared.Value is null)
            {
                Assert.Ignore("the fake HAL needs Linux and a C compiler (gcc or clang)");
            }

            return Shared.Value!;
        }
    }

    public string Path { get; }

    public int LiveStrings => Count("fake_hal_live_strings");

    public int LiveProcs => Count("fake_hal_live_procs");

    public int LiveListeners => Count("fake_hal_live_listeners");

    public int ListenersAdded => Count("fake_hal_listeners_added");

    /// <summary>The last thing done that a real HAL punishes; empty when nothing was.</summary>
    public string Misuse => Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Export("fake_hal_last_misuse"))())!;

    public void Reset() => ((delegate* unmanaged<void>)Export("fake_hal_reset"))();

    public void RestartService() => ((delegate* unmanaged<void>)Export("fake_hal_restart_service"))();

    public void FlushNotifications() => ((delegate* unmanaged<void>)Export("fake_hal_flush_notifications"))();

    public void Hang(bool on) => ((delegate* unmanaged<int, void>)Export("fake_hal_hang"))(on ? 1 : 0);

    public void LateIo(bool on) => ((delegate* unmanaged<int, void>)Export("fake_hal_late_io"))(on ? 1 : 0);

    public void HoldNotifications(bool on) => ((delegate* unmanaged<int, void>)Export("fake_hal_hold_notifications"))(on ? 1 : 0);

    public void Unplug(string uid) => Tell("fake_hal_unplug", uid);

    public void Replug(string uid) => Tell("fake_hal_replug", uid);

    public void StopAbnormally(string uid) => Tell("fake_hal_stop_abnormally", uid);

    public void SetDefault(string uid, bool input) => Tell("fake_hal_set_default", uid, input ? 1 : 0);

    public void ChangeRate(string uid, int rate) => Tell("fake_hal_change_rate", uid, rate);

    public void ChangeBuffer(string uid, int frames) => Tell("fake_hal_change_buffer", uid, frames);

    public void SetRateDelay(string uid, int milliseconds) => Tell("fake_hal_set_rate_delay", uid, milliseconds);

    public void Hog(string uid, bool on) => Tell("fake_hal_hog", uid, on ? 1 : 0);

    public void Overload(string uid, int frames) => Tell("fake_hal_overload", uid, frames);

    public void Stall(string uid, bool on) => Tell("fake_hal_stall", uid, on ? 1 : 0);

    public void ChangeLatency(string uid, int device, int stream, int safety)
    {
        fixed (byte* text = Utf8(uid))
        {
            ((delegate* unmanaged<byte*, int, int, int, void>)Export("fake_hal_change_latency"))(text, device, stream, safety);
        }
    }

    /// <summary>Gives the device one output and one input stream of so many channels.</summary>
    public void ChangeLayout(string uid, int outputs, int inputs)
    {
        fixed (byte* text = Utf8(uid))
        {
            ((delegate* unmanaged<byte*, int, int, void>)Export("fake_hal_change_layout"))(text, outputs, inputs);
        }
    }

    public int StreamsInUse(string uid, bool input)
    {
        fixed (byte* text = Utf8(uid))
        {
            return ((delegate* unmanaged<byte*, int, int>)Export("fake_hal_streams_in_use"))(text, input ? 1 : 0);
        }
    }

    public void Add(FakeDevice device)
    {
        fixed (byte* uid = Utf8(device.Uid), memory = new byte[FakeDevice.Size])
        {
            device.Write(memory, uid);
            ((delegate* unmanaged<byte*, void>)Export("fake_hal_add"))(memory);
        }
    }

    /// <summary>Gives the device samples to record, interleaved over all its inputs.</summary>
    public void Feed(string uid, float[] samples, int channels)
    {
        fixed (byte* text = Utf8(uid))
        fixed (float* memory = samples)
        {
            ((delegate* unmanaged<byte*, float*, int, void>)Export("fake_hal_feed"))(text, memory, samples.Length / channels);
        }
    }

    /// <summary>Takes what was played so far, one array for each of the device's outputs.</summary>
    public float[][] TakePlayed(string uid, int channels)
    {
        float[] samples = new float[channels << 19];
        int frames;
        fixed (byte* text = Utf8(uid))
        fixed (float* memory = samples)
        {
            frames = ((delegate* unmanaged<byte*, float*, int, int>)Export("fake_hal_take_played"))(text, memory, 1 << 19);
        }

        float[][] planar = new float[channels][];
        for (int channel = 0; channel < channels; channel++)
        {
            planar[channel] = new float[frames];
            for (int i = 0; i < frames; i++)
            {
                planar[channel][i] = samples[(i * channels) + channel];
            }
        }

        return planar;
    }

    /// <summary>Compiles the fake's own checks and runs them; returns their exit code and what they said.</summary>
    public static (int Code, string Output) RunSelfTest()
    {
        string program = System.IO.Path.Combine(AppContext.BaseDirectory, "fake-hal-selftest");
        return Compile(program, "-O1", Repository.PathOf("native", "fakes", "coreaudio", "selftest", "main.c")) is { } compiled && compiled.Code != 0
            ? compiled
            : Run(program)!.Value;
    }

    private static FakeHal? Build()
    {
        string path = System.IO.Path.Combine(AppContext.BaseDirectory, "libfake-coreaudio.so");
        (int Code, string Output)? compiled = Compile(path, "-O2", "-shared", "-fPIC", "-fvisibility=hidden");
        Assert.That(compiled?.Code ?? 0, Is.Zero, compiled?.Output);
        return compiled is null ? null : new FakeHal(path);
    }

    private static (int Code, string Output)? Compile(string output, params string[] more)
    {
        string[] sources = Directory.GetFiles(Repository.PathOf("native", "fakes", "coreaudio"), "*.c");
        string[] arguments = ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-pthread", .. more, .. sources, "-o", output];
        return Run("gcc", arguments) ?? Run("clang", arguments);
    }

    private static (int Code, string Output)? Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            string output = process.StandardError.ReadToEnd();
            Assert.That(process.WaitForExit(CompileTimeoutMs), Is.True, program);
            return (process.ExitCode, output);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private int Count(string function) => ((delegate* unmanaged<int>)Export(function))();

    private void Tell(string function, string uid)
    {
        fixed (byte* text = Utf8(uid))
        {
            ((delegate* unmanaged<byte*, void>)Export(function))(text);
        }
    }

    private void Tell(string function, string uid, int value)
    {
        fixed (byte* text = Utf8(uid))
        {
            ((delegate* unmanaged<byte*, int, void>)Export(function))(text, value);
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private void* Export(string function) => (void*)NativeLibrary.GetExport(_library, function);
}
