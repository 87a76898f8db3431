// SPDX-License-Identifier: MIT
#load "build/process.cake"
#load "build/prerequisites.cake"
#load "build/engine.cake"
#load "build/daemon.cake"
#load "build/kernels.cake"
#load "build/counts.cake"
#load "build/tests.cake"
#load "build/benchmarks.cake"

const string Solution = "AudioMesh.sln";
const string PackagesFolder = "artifacts/packages";
const string DemoPage = "artifacts/demo.html";

var target = Argument<string>("target");
var words = Context.Arguments.GetArguments("word");
Counts outcome = null;

if (words.Count > 0 && target is not ("run" or "test" or "bench" or "soak"))
{
    throw new CakeException($"{target} takes no further words.");
}

Task("prerequisites").Does(() => EnsurePrerequisites(target));

Task("run").IsDependentOn("prerequisites").Does(() =>
{
    BuildEngine(BestEngineVariant());
    Step("building the command line", "dotnet", "build", "src/AudioMesh.Cli", "-c", "Release", "-v", "q", "-nologo");
    var cli = GetFiles("src/AudioMesh.Cli/bin/Release/*/AudioMesh.Cli.dll").Single();
    EnsureDirectoryExists("artifacts");
    RunHere("dotnet", [cli.FullPath, .. words.Count > 0 ? ["play", .. words] : new[] { "demo", "--report", DemoPage }]);
});

Task("build").IsDependentOn("prerequisites").Does(() =>
{
    EnsureSolutionIsWhole();
    BuildEngine(EngineVariants());
    Step("building everything", "dotnet", "build", Solution, "-c", "Release", "-v", "q", "-nologo");
    BuildDaemon();
});

Task("test").IsDependentOn("pack").Does(() => outcome = RunTests(words));

Task("bench").IsDependentOn("build").Does(() => outcome = RunBenchmarks(words));

Task("soak").IsDependentOn("build").Does(() =>
{
    RunHere("dotnet", ["run", "--project", LatencyProject, "-c", "Release", "--no-build", "--", .. words]);
    if (words.Count > 0)
    {
        return;
    }
    Environment.SetEnvironmentVariable("AUDIOMESH_FUZZ_DATAGRAMS", "10000000");
    Environment.SetEnvironmentVariable("AUDIOMESH_DRIFT_HOURS", "24");
    RunHere("dotnet", "test", "tests/AudioMesh.Network.Tests", "-c", "Release", "--no-build", "--filter", "FullyQualifiedName~FuzzTests|FullyQualifiedName~DriftTests|FullyQualifiedName~VideoTests");
    Environment.SetEnvironmentVariable("AUDIOMESH_FUZZ_LINES", "10000000");
    RunHere("dotnet", "test", "tests/AudioMesh.Engine.Tests", "-c", "Release", "--no-build", "--filter", "FullyQualifiedName~Fuzzed_lines");
});

Task("bindings").IsDependentOn("prerequisites").Does(() =>
{
    foreach (string verb in new[] { "generate", "verify" })
    {
        RunHere("dotnet", "run", "--project", "bindings/AudioMesh.Bindings", "-c", "Release", "--", verb);
    }
});

Task("kernels").IsDependentOn("prerequisites").Does(CompileKernels);

Task("pack").IsDependentOn("build").Does(() =>
{
    string version = XmlPeek("Directory.Build.props", "/Project/PropertyGroup/VersionPrefix");
    if (!System.IO.File.ReadLines("CHANGELOG.md").Any(line => line.StartsWith($"## [{version}]")))
    {
        throw new CakeException($"CHANGELOG.md has no section for {version}.");
    }
    CleanDirectory(PackagesFolder);
    Step("packing", "dotnet", "pack", Solution, "-c", "Release", "--no-build", "-o", PackagesFolder, "-v", "q", "-nologo");
});

Task("install").IsDependentOn("prerequisites").Does(InstallDaemon);

Task("clean").Does(() =>
{
    var output = GetDirectories("{src,tests,benchmarks,samples,bindings}/**/{bin,obj}");
    DeleteDirectories(output + GetDirectories("artifacts"), new() { Recursive = true, Force = true });
});

/// A project that the solution forgets is built by nobody.
void EnsureSolutionIsWhole()
{
    string solution = System.IO.File.ReadAllText(Solution).Replace('\\', '/');
    var forgotten = GetFiles("{src,tests,benchmarks,samples,bindings}/*/*.csproj")
        .Select(p => Context.Environment.WorkingDirectory.GetRelativePath(p).ToString()).Where(p => !solution.Contains(p)).ToArray();
    if (forgotten.Length > 0)
    {
        throw new CakeException($"{Solution} does not name {string.Join(", ", forgotten)}.");
    }
}

RunTarget(target);
if (outcome is not null)
{
    // Not an exception: the counts are the last line, whatever they are.
    Console.WriteLine(outcome);
    Environment.Exit(outcome.Failed == 0 ? 0 : 1);
}
