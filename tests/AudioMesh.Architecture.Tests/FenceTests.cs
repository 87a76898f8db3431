// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Reflection;
using AudioMesh.Testing;

namespace AudioMesh.Architecture.Tests;

/// <summary>The compiler refuses banned symbols in the realtime folders: fixtures are compiled there with the tree's own settings.</summary>
internal sealed class FenceTests
{
    private static readonly TimeSpan CompileLimit = TimeSpan.FromMinutes(2);

    [TestCase("src/AudioMesh/Realtime")]
    [TestCase("src/AudioMesh/Dsp")]
    [TestCase("src/AudioMesh/Concealment/Deep")]
    [TestCase("src/AudioMesh/Graph/Nodes")]
    public void Realtime_folders_are_fenced(string folder) => Assert.That(BannedIn(folder), Is.EqualTo(
        new[] { "System.Linq", "Thread", "Console", "System.Threading.Tasks", "Monitor", "string.Format", "DateTime", "GC.Collect", "System.Collections.Concurrent" }));

    [TestCase("src/AudioMesh/Realtime/System/DBus")]
    [TestCase("src/AudioMesh/Engine")]
    [TestCase("tests/AudioMesh.Tests")]
    public void Other_folders_are_open(string folder) => Assert.That(BannedIn(folder), Is.Empty);

    /// <summary>What the compiler calls banned in the offender, line by line, were it in <paramref name="folder"/>.</summary>
    private static string[] BannedIn(string folder)
    {
        using TemporaryFolder tree = new();
        string source = tree.PathOf($"{folder}/Offender.cs");
        Directory.CreateDirectory(Path.GetDirectoryName(source)!);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Fence", "Offender.cs"), source);
        File.Copy(Repository.PathOf(".editorconfig"), tree.PathOf(".editorconfig"));
        string references = string.Join('\n', Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Select(reference => $"-r:\"{reference}\""));
        File.WriteAllText(tree.PathOf("fence.rsp"), $"""
            -nologo -target:library -nostdlib
            -out:"{tree.PathOf("fence.dll")}"
            -additionalfile:"{Repository.PathOf("src", "AudioMesh", "BannedSymbols.txt")}"
            -analyzerconfig:"{tree.PathOf(".editorconfig")}"
            -analyzer:"{Metadata("Analyzers")}/Microsoft.CodeAnalysis.BannedApiAnalyzers.dll"
            -analyzer:"{Metadata("Analyzers")}/Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll"
            "{source}"
            {references}
            """);
        string output = Compile(tree.PathOf("fence.rsp"));
        Assert.That(output, Does.Not.Contain("error CS").And.Not.Contain("AD0001"));
        string[] lines = [.. output.Split('\n').Where(line => line.Contains("error RS0030", StringComparison.Ordinal)).Distinct()];
        return [.. lines.OrderBy(LineNumber).GroupBy(LineNumber).Select(group => SymbolIn(group.First()))];
    }

    private static string Compile(string responseFile)
    {
        ProcessStartInfo start = new("dotnet", ["exec", Metadata("Compiler"), $"@{responseFile}"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.That(process.WaitForExit(CompileLimit), "the compiler does not end");
        return output.Result;
    }

    private static int LineNumber(string line) => int.Parse(line.Split('(')[1].Split(',')[0]);

    /// <summary>The name in <c>The symbol 'Thread' is banned in this project</c>, without arguments.</summary>
    private static string SymbolIn(string line) => line.Split('\'')[1].Split('<', '(')[0];

    private static string Metadata(string key) => typeof(FenceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
