// SPDX-License-Identifier: MIT
using RuntimeInformation = System.Runtime.InteropServices.RuntimeInformation;
using System.Runtime.Intrinsics.X86;

const string EngineProject = "src/AudioMesh.Native/AudioMesh.Native.csproj";

/// The variants of libaudiomesh for this kind of CPU; "" is the one that runs on all of them.
string[] EngineVariants() => RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64 ? ["", "avx2"] : [""];

string BestEngineVariant() =>
    Avx2.IsSupported && Fma.IsSupported && Bmi1.IsSupported && Bmi2.IsSupported && Lzcnt.IsSupported && Popcnt.IsSupported ? "avx2" : "";

/// Publishes the engine library into artifacts/native/&lt;rid&gt;/. Without a C compiler there is nothing to link it with, and no library.
void BuildEngine(params string[] variants)
{
    if (!HasCompiler())
    {
        Console.WriteLine("  No C compiler: the engine library is not built, and the engine runs inside the app's own runtime.");
        return;
    }
    foreach (string variant in variants)
    {
        string what = $"building the engine library{(variant == "" ? "" : $" for {variant}")}";
        Step(what, "dotnet", "publish", EngineProject, "-c", "Release", "-v", "q", "-nologo", "-r", EngineRid(), $"-p:EngineVariant={variant}");
    }
}

/// The portable name, whatever the distribution calls its own SDK.
string EngineRid() => $"{(IsRunningOnMacOs() ? "osx" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
