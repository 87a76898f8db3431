// SPDX-License-Identifier: MIT

/// What the system can bring. Apt and Brew name its packages there; null: that system needs none.
record Prerequisite(string What, Func<bool> IsThere, string Apt, string Brew, params string[] Targets);

readonly Prerequisite[] prerequisites =
[
    // clang rather than gcc for the tests: the same package brings libclang and its headers, which the bindings generator needs.
    new("a C compiler", HasCompiler, "gcc libc6-dev", "llvm", "run", "build", "install", "pack", "bench", "soak"),
    new("a C compiler", HasCompiler, "clang", "llvm", "test"),
    new("libclang", HasLibclang, "clang", "llvm", "test", "bindings"),
    new("an Objective-C compiler", HasObjectiveC, "gobjc g++", null, "test"),
    new("ALSA", () => HasLibrary("libasound.so.2"), "libasound2-plugins", null, "run"),
    new("the JACK server", () => HasCommand("jackd"), "jackd2", "jack", "test", "bench", "soak"),
    new("the JACK headers", () => HasHeader("jack/jack.h"), "libjack-jackd2-dev", "jack", "test", "bindings", "soak"),
    new("the ALSA headers", () => HasHeader("alsa/asoundlib.h"), "libasound2-dev", null, "test", "bindings"),
    new("the ALSA plugins", () => HasLibrary("alsa-lib/libasound_module_pcm_jack.so"), "libasound2-plugins", null, "test"),
    new("sox", () => HasCommand("sox"), "sox", "sox", "test"),
    new("sox's MP3", () => HasLibrary("sox/libsox_fmt_mp3.so"), "libsox-fmt-mp3", null, "test"),
    new("libsndfile", () => HasHeader("sndfile.h"), "libsndfile1-dev", "libsndfile", "test", "bindings"),
    new("libopus", () => HasHeader("opus/opus.h"), "libopus-dev", "opus", "test", "bindings"),
    new("the LADSPA header and plugins", () => HasHeader("ladspa.h"), "ladspa-sdk", null, "test", "bindings"),
    new("LADSPA plugins", () => HasLibrary("ladspa/plate_1423.so"), "swh-plugins", null, "test"),
    new("libnats", () => HasHeader("nats/nats.h"), "libnats-dev", "cnats", "test", "bindings"),
    new("the NATS server", () => HasCommand("nats-server") || System.IO.File.Exists("/usr/sbin/nats-server"), "nats-server", "nats-server", "test"),
    new("iproute2", () => HasCommand("ip") || System.IO.File.Exists("/usr/sbin/ip"), "iproute2", null, "test", "soak"),
    new("systemd", () => HasCommand("systemd-socket-activate"), "systemd", null, "test"),
    new("groff", () => HasCommand("groff"), "groff-base", "groff", "test"),
    new("xjadeo", () => HasCommand("xjadeo"), "xjadeo", null, "soak"),
    new("Xvfb", () => HasCommand("Xvfb"), "xvfb", null, "soak"),
    new("soxr", () => HasLibrary("libsoxr.so.0"), "libsoxr0", null, "bench"),
    new("libsamplerate", () => HasLibrary("libsamplerate.so.0"), "libsamplerate0", null, "bench"),
    new("JackTrip", () => HasCommand("jacktrip"), "jacktrip", null, "bench"),
    new("Vulkan", () => HasLibrary("libvulkan.so.1") || HasLibrary("libvulkan.1.dylib"), "libvulkan1", "vulkan-loader", "test"),
    new("Vulkan's registry and headers", () => HasHeader("vulkan/vulkan_core.h"), "libvulkan-dev", "vulkan-headers", "test", "bindings"),
    new("Vulkan's validation layers", HasValidationLayers, "vulkan-validationlayers", "vulkan-validationlayers", "test"),
    new("a Vulkan driver", HasVulkanDriver, "mesa-vulkan-drivers", "molten-vk", "test"),
    new("glslang", () => HasCommand("glslangValidator"), "glslang-tools", "glslang", "test", "kernels"),
    new("the SPIR-V tools", () => HasCommand("spirv-val"), "spirv-tools", "spirv-tools", "test", "kernels"),
    new("SPIRV-Cross", () => HasCommand("spirv-cross"), "spirv-cross", "spirv-cross", "test", "kernels"),
];

/// Installs what the target needs and the system lacks, where that can be done without asking; says what it could not.
void EnsurePrerequisites(string target)
{
    var missing = prerequisites.Where(p => p.Targets.Contains(target) && PackagesOf(p) is not null && !p.IsThere()).ToArray();
    if (missing.Length == 0)
    {
        return;
    }
    if (HasCommand("apt-get") && Environment.IsPrivilegedProcess)
    {
        InstallWithApt(missing);
        missing = [.. missing.Where(p => !p.IsThere())];
    }
    if (missing.Length > 0)
    {
        Console.WriteLine($"  Going on without {string.Join(", ", missing.Select(p => p.What).Distinct())}.");
        Console.WriteLine($"  To have all of it: {InstallCommand(missing)}");
    }
}

void InstallWithApt(Prerequisite[] missing)
{
    string[] packages = Packages(missing);
    Console.Write($"  installing {string.Join(", ", packages)} ... ");
    var clock = System.Diagnostics.Stopwatch.StartNew();
    string[] patience = ["-q", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20", "-o", "DPkg::Lock::Timeout=60"];
    RunLogged(LogFile("apt update"), TimeSpan.FromMinutes(2), "apt-get", [.. patience, "update"]);
    string log = LogFile("apt install");
    int code = RunLogged(log, TimeSpan.FromMinutes(8), "apt-get", [.. patience, "install", "-y", "--no-install-recommends", .. packages]);
    Console.WriteLine(code == 0 ? $"{clock.Elapsed.TotalSeconds:F0} s" : $"not possible\n{WhatWentWrong(log)}");
}

string InstallCommand(Prerequisite[] missing)
{
    string packages = string.Join(' ', Packages(missing));
    return IsRunningOnMacOs() ? $"brew install {packages}"
        : HasCommand("apt-get") ? $"sudo apt-get install {packages}"
        : $"your system's packages for {packages} (these are Debian's names)";
}

string[] Packages(Prerequisite[] missing) => [.. missing.SelectMany(p => PackagesOf(p).Split(' ')).Distinct()];

string PackagesOf(Prerequisite prerequisite) => IsRunningOnMacOs() ? prerequisite.Brew : prerequisite.Apt;

bool HasCommand(string name) =>
    Environment.GetEnvironmentVariable("PATH").Split(':').Any(folder => System.IO.File.Exists(System.IO.Path.Combine(folder, name)));

bool HasHeader(string name) => Roots("/usr/include", "/usr/local/include", "/opt/homebrew/include", "/usr/include/*-linux-gnu")
    .Any(folder => System.IO.File.Exists($"{folder}/{name}"));

bool HasLibrary(string name) => Roots("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/lib/*-linux-gnu", "/lib/*-linux-gnu")
    .Any(folder => System.IO.File.Exists($"{folder}/{name}"));

bool HasValidationLayers() => Roots("/usr/share/vulkan/explicit_layer.d", "/etc/vulkan/explicit_layer.d", "/opt/homebrew/share/vulkan/explicit_layer.d")
    .SelectMany(folder => System.IO.Directory.EnumerateFiles(folder)).Any(file => file.Contains("khronos_validation"));

bool HasVulkanDriver() => Roots("/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d", "/opt/homebrew/etc/vulkan/icd.d")
    .SelectMany(folder => System.IO.Directory.EnumerateFiles(folder)).Any();

bool HasLibclang() =>
    Roots("/usr/lib/llvm-*/lib", "/usr/lib/*-linux-gnu", "/usr/lib64", "/opt/homebrew/opt/llvm/lib", "/usr/local/opt/llvm/lib")
        .SelectMany(folder => System.IO.Directory.EnumerateFiles(folder, "libclang*")).Any(file => !file.Contains("libclang-cpp"))
    && Roots("/usr/lib/llvm-*/lib/clang/*/include", "/usr/lib/clang/*/include", "/opt/homebrew/opt/llvm/lib/clang/*/include",
        "/usr/local/opt/llvm/lib/clang/*/include").Any(folder => System.IO.File.Exists($"{folder}/stddef.h"));

/// gcc's, with its runtime: the fake Metal is made with it, and compiles shaders by g++.
bool HasObjectiveC() => HasCommand("gcc") && HasCommand("g++")
    && Roots("/usr/lib/gcc/*/*", "/usr/libexec/gcc/*/*").Any(folder => System.IO.File.Exists($"{folder}/cc1obj"));

IEnumerable<string> Roots(params string[] patterns) =>
    patterns.SelectMany(pattern => pattern.Contains('*') ? GetDirectories(pattern).Select(d => d.FullPath) : [pattern])
        .Where(System.IO.Directory.Exists);

/// Links a program, because a compiler without the C library's files is as good as none.
bool HasCompiler() => new[] { "clang", "gcc" }.Any(compiler =>
{
    string folder = System.IO.Directory.CreateTempSubdirectory("audiomesh-cc-").FullName;
    System.IO.File.WriteAllText($"{folder}/main.c", "#include <stdio.h>\nint main(void) { return puts(\"\") < 0; }\n");
    bool links = RunLogged($"{folder}/log", TimeSpan.FromMinutes(1), compiler, $"{folder}/main.c", "-o", $"{folder}/main") == 0;
    System.IO.Directory.Delete(folder, recursive: true);
    return links;
});
