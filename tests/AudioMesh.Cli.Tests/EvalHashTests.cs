// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary>What PNBTR makes of a loss is the same on every machine: runtimes with other vectors give the same bits.</summary>
internal sealed class EvalHashTests
{
    private const int Frames = 17_000;
    private const string Methods = "pnbtr-lite,pnbtr-hq,pnbtr-ahead";

    /// <summary>The longest models take minutes without vectors.</summary>
    private const string ScalarMethods = "pnbtr-lite,pnbtr-ahead";

    private static readonly (string Name, Dictionary<string, string> Switches)[] Vectors =
    [
        ("none", new() { ["DOTNET_EnableHWIntrinsic"] = "0" }),
        ("128 bits", new() { ["DOTNET_EnableAVX"] = "0" }),
        ("256 bits", new() { ["DOTNET_EnableAVX512"] = "0", ["DOTNET_EnableAVX512F"] = "0" }),
        ("512 bits", new() { ["DOTNET_MaxVectorTBitWidth"] = "512", ["DOTNET_PreferredVectorBitWidth"] = "512" }),
    ];

    private readonly TemporaryFolder _folder = new();
    private Dictionary<string, string> _hashes = [];

    private static IEnumerable<string> VectorNames => Vectors.Select(vector => vector.Name);

    [OneTimeSetUp]
    public void Evaluate()
    {
        Sounds.Write(_folder.PathOf("piano.wav"), Sounds.ReadAll(Sounds.Recording).AsSpan(0, Frames));
        _hashes = Hashes([], Methods);
    }

    [OneTimeTearDown]
    public void RemoveTheFolder() => _folder.Dispose();

    [TestCaseSource(nameof(VectorNames))]
    public void The_output_does_not_depend_on_the_vectors_of_the_processor(string vectors) =>
        Assert.That(Hashes(Vectors.Single(vector => vector.Name == vectors).Switches, vectors == "none" ? ScalarMethods : Methods), Is.SubsetOf(_hashes));

    private Dictionary<string, string> Hashes(Dictionary<string, string> environment, string methods)
    {
        string[] losses = ["--gaps", "1", "--loss", "10", "--burst", "2"];
        CliResult result = Cli.RunWith(environment, ["eval", "pnbtr", "--corpus", _folder.FullPath, "--methods", methods, .. losses, "--json"]);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return Cli.Lines(result)[^1].GetProperty("methods").EnumerateArray().ToDictionary(
            method => method.GetProperty("method").GetString()!, method => method.GetProperty("output_hash").GetString()!);
    }
}
