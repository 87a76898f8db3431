// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Reflection;
using AudioMesh.Testing;

namespace AudioMesh.Architecture.Tests;

/// <summary>The compiler refuses banned symbols in the realtime folders: fixtures are compiled there with the tree's own settings.</summary>
internal sealed class FenceTests
{
    private const string NamespaceOfOffender = "AudioMesh.Fence";
    private static readonly TimeSpan CompileLimit = TimeSpan.FromMinutes(2);
    private static readonly string[] Fenced = ["src/AudioMesh/Realtime", "src/AudioMesh/Dsp", "src/AudioMesh/Concealment/Deep", "src/AudioMesh/Graph/Nodes"];
    private static readonly string[] Open = ["src/AudioMesh/Realtime/System/DBus", "src/AudioMesh/Engine", "tests/AudioMesh.Tests"];
    private static readonly string[] Expected =
        ["System.Linq", "Thread", "Console", "System.Threading.Tasks", "Monitor", "string.Format", "DateTime", "GC.Collect", "System.Collections.Concurrent"];

    private readonly TemporaryFolder _tree = new();
    private string[] _banned = [];

    /// <summary>Compiles the offender in every folder at once.</summary>
    [OneTimeSetUp]
    public void CompileTheOffenders()
    {
        File.Copy(Repository.PathOf(".editorconfig"), _tree.PathOf(".editorconfig"));
        string offender = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Fence", "Offender.cs"));
        string[] sources = [.. Fenced.Concat(Open).Select((folder, index) =>
        {
            string path = PathIn(folder);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, offender.Replace(NamespaceOfOffender, $"{NamespaceOfOffender}{index}"));
            return path;
        })];
        string[] references = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll");
        string arguments = _tree.PathOf("fence.rsp");
        File.WriteAllLines(arguments,
        [
            "-nologo -target:library -nostdlib",
            $"-out:\"{_tree.PathOf("fence.dll")}\"",
            $"-additionalfile:\"{Repository.PathOf("src", "AudioMesh", "BannedSymbols.txt")}\"",
            $"-analyzerconfig:\"{_tree.PathOf(".editorconfig")}\"",
            $"-analyzer:\"{Metadata("Analyzers")}/Microsoft.CodeAnalysis.BannedApiAnalyzers.dll\"",
            $"-analyzer:\"{Metadata("Analyzers")}/Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll\"",
            .. references.Select(reference => $"-r:\"{reference}\""),
            .. sources.Select(source => $"\"{source}\""),
        ]);
        string output = Compile(arguments);
        Assert.That(output, Does.Not.Contain("error CS").And.Not.Contain("AD0001"));
        _banned = [.. output.Split('\n').Where(line => line.Contains("error RS0030", StringComparison.Ordinal)).Distinct()];
    }

    [OneTimeTearDown]
    public void RemoveTheOffenders() => _tree.Dispose();

    [TestCaseSource(nameof(Fenced))]
    public void Realtime_folders_are_fenced(string folder) => Assert.That(BannedIn(folder), Is.EqualTo(Expected));

    [TestCaseSource(nameof(Open))]
    public void Other_folders_are_open(string folder) => Assert.That(BannedIn(folder), Is.Empty);

    private string PathIn(string folder) => _tree.PathOf($"{folder}/Offender.cs");

    /// <summary>What the compiler called banned in the offender of <paramref name="folder"/>, in order of its lines.</summary>
    private string[] BannedIn(string folder) => [.. _banned
        .Where(line => line.StartsWith(PathIn(folder) + "(", StringComparison.Ordinal))
        .OrderBy(LineNumber).GroupBy(LineNumber).Select(group => SymbolIn(group.First()))];

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
