// SPDX-License-Identifier: MIT
using AudioMesh.Testing;

namespace AudioMesh.Architecture.Tests;

/// <summary>What can be seen of a source file without compiling it.</summary>
internal sealed class FileRuleTests
{
    private const int MostLines = 400;
    private static readonly string[] RealtimeFolders =
        ["src/AudioMesh/Realtime/", "src/AudioMesh/Dsp/", "src/AudioMesh/Concealment/", "src/AudioMesh/Graph/"];

    [Test]
    public void Files_fit_in_the_head() => Verdict.Nothing(
        SourceTree.Files().Where(file => !file.IsGenerated && file.Lines.Length >= MostLines).Select(file => $"{file.Path}: {file.Lines.Length} lines"),
        $"These files have {MostLines} lines or more; one idea each:");

    [Test]
    public void Files_begin_with_their_licence() => Verdict.Nothing(
        SourceTree.Files().Where(file => file.Lines.FirstOrDefault() != "// SPDX-License-Identifier: MIT").Select(file => file.Path),
        "These files do not begin with '// SPDX-License-Identifier: MIT':");

    [Test]
    public void Realtime_folders_never_sleep() => Verdict.Nothing(
        SourceTree.Files("src")
            .Where(file => RealtimeFolders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)))
            .Where(file => file.Lines.Any(line => line.Contains("Sleep(", StringComparison.Ordinal)))
            .Select(file => file.Path),
        "These files of realtime folders sleep:");

    [Test]
    public void Assemblies_have_no_friends()
    {
        string word = "Internals" + "VisibleTo";
        IEnumerable<string> code = SourceTree.Files().Where(file => file.Lines.Any(line => line.Contains(word, StringComparison.Ordinal))).Select(file => file.Path);
        IEnumerable<string> projects = new[] { "*.csproj", "*.props", "*.targets" }
            .SelectMany(pattern => Directory.GetFiles(Repository.Root, pattern, SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && File.ReadAllText(path).Contains(word, StringComparison.Ordinal));
        Verdict.Nothing(code.Concat(projects), "Friend assemblies:");
    }
}
