// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using AudioMesh.Compute.Vulkan;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Vulkan;

/// <summary>The layer of <c>native/fakes/vulkan</c> between us and a real driver, compiled for this run; one for the process, as a layer is.</summary>
internal sealed unsafe class FaultyLayer
{
    public const int Forever = -1;
    public const int OutOfDeviceMemory = -2;
    public const int InitializationFailed = -3;
    public const int DeviceLost = -4;

    private const string Name = "VK_LAYER_AUDIOMESH_faults";
    private const int CompileTimeoutMs = 60_000;
    private static readonly Lazy<FaultyLayer?> Shared = new(Build);
    private readonly nint _library;

    private FaultyLayer(string path) => _library = NativeLibrary.Load(path);

    /// <summary>The layer, with all well; skips the test where it cannot be compiled.</summary>
    public static FaultyLayer Reset()
    {
        if (Shared.Value is null)
        {
            Assert.Ignore("the faulty Vulkan layer needs Linux, a C compiler and Vulkan's headers (libvulkan-dev)");
        }

        ((delegate* unmanaged<void>)Shared.Value!.Export("vulkan_faults_reset"))();
        return Shared.Value;
    }

    /// <summary>Opens the first device of Vulkan with the layer in between.</summary>
    public VulkanDevice Open()
    {
        ComputeDeviceInfo info = VulkanTestDevice.First();
        return In(() => (VulkanDevice)ComputeDevices.Open(info));
    }

    /// <summary>Does something while the layer is in between.</summary>
    public T In<T>(Func<T> action)
    {
        // Mesa's own layer crashes where there is no device.
        using ProcessEnvironment layer = new(
            ("VK_LAYER_PATH", AppContext.BaseDirectory), ("VK_INSTANCE_LAYERS", Name), ("NODEVICE_SELECT", "1"));
        return action();
    }

    public void Fail(string command, int result, int times = 1)
    {
        fixed (byte* text = Utf8(command))
        {
            ((delegate* unmanaged<byte*, int, int, void>)Export("vulkan_faults_fail"))(text, result, times);
        }
    }

    public int Calls(string command)
    {
        fixed (byte* text = Utf8(command))
        {
            return ((delegate* unmanaged<byte*, int>)Export("vulkan_faults_calls"))(text);
        }
    }

    public void Stall(int ms) => ((delegate* unmanaged<int, void>)Export("vulkan_faults_stall"))(ms);

    public void Wake() => ((delegate* unmanaged<void>)Export("vulkan_faults_wake"))();

    public void HideDevices(bool hidden) => ((delegate* unmanaged<int, void>)Export("vulkan_faults_hide_devices"))(hidden ? 1 : 0);

    public void LimitVersion(uint minor) => ((delegate* unmanaged<uint, void>)Export("vulkan_faults_limit_version"))(minor);

    public void HaveLeastLimits() => ((delegate* unmanaged<int, void>)Export("vulkan_faults_least_limits"))(1);

    public void HideExtension(string name)
    {
        fixed (byte* text = Utf8(name))
        {
            ((delegate* unmanaged<byte*, void>)Export("vulkan_faults_hide_extension"))(text);
        }
    }

    private static FaultyLayer? Build()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/include/vulkan/vk_layer.h"))
        {
            return null;
        }

        string path = Path.Combine(AppContext.BaseDirectory, "libfaulty-vulkan.so");
        string manifest =
            $$"""
            { "file_format_version": "1.1.2", "layer": { "name": "{{Name}}", "type": "GLOBAL", "library_path": "{{path}}",
              "api_version": "1.3.0", "implementation_version": "1", "description": "faults for tests" } }
            """;
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, $"{Name}.json"), manifest);
        return Compile("gcc", path) || Compile("clang", path) ? new FaultyLayer(path) : null;
    }

    private static bool Compile(string compiler, string output)
    {
        string[] sources = Directory.GetFiles(Repository.PathOf("native", "fakes", "vulkan"), "*.c");
        string[] arguments = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-pthread", "-shared", "-fPIC", "-fvisibility=hidden"];
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(compiler, [.. arguments, .. sources, "-o", output]) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            Assert.That(process.WaitForExit(CompileTimeoutMs), compiler);
            Assert.That(process.ExitCode, Is.Zero, errors);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private void* Export(string function) => (void*)NativeLibrary.GetExport(_library, function);
}
