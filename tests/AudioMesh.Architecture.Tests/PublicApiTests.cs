// SPDX-License-Identifier: MIT
using AudioMesh.Testing;

namespace AudioMesh.Architecture.Tests;

/// <summary>What apps can see does not change unnoticed.</summary>
internal sealed class PublicApiTests
{
    private const string Accept = "AUDIOMESH_ACCEPT_API";

    [TestCase("AudioMesh")]
    [TestCase("AudioMesh.Compute")]
    [TestCase("AudioMesh.Network")]
    public void Public_surface_is_the_recorded_one(string package)
    {
        string recorded = Repository.PathOf("src", package, "PublicApi.txt");
        string now = PublicApi.Of(BuiltAssemblies.Read(package));
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(recorded, now);
        }

        string[] before = File.Exists(recorded) ? File.ReadAllLines(recorded) : [];
        Assert.That(
            before.SequenceEqual(now.TrimEnd('\n').Split('\n')),
            $"The public surface of {package} has changed:\n{Differences(before, now.TrimEnd('\n').Split('\n'))}\n"
            + $"To accept: {Accept}=1 dotnet test tests/AudioMesh.Architecture.Tests --filter {nameof(Public_surface_is_the_recorded_one)}");
    }

    /// <summary>Lines gone and come, each under its type.</summary>
    private static string Differences(string[] before, string[] now)
    {
        HashSet<string> old = [.. Qualified(before)];
        HashSet<string> present = [.. Qualified(now)];
        return string.Join('\n', old.Except(present).Select(line => $"  - {line}").Concat(present.Except(old).Select(line => $"  + {line}")).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Qualified(string[] lines)
    {
        string type = "";
        foreach (string line in lines)
        {
            type = line.StartsWith(' ') ? type : line;
            yield return line.StartsWith(' ') ? $"{type.Split(" : ")[0]}: {line.Trim()}" : line;
        }
    }
}
