// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using AudioMesh.Bindings.Clang;

namespace AudioMesh.Bindings.Tests;

/// <summary>A directory with a header and an allow-list of its own.</summary>
internal sealed class Scratch : IDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("audiomesh-bindings-test-").FullName;

    /// <summary>Generates from one header and the keys of an allow-list, and returns all generated text.</summary>
    public string Generate(string header, string keys)
    {
        if (!ClangLocator.TryFind(out string? reason))
        {
            Assert.Ignore(reason);
        }

        File.WriteAllText(Path.Combine(Directory, "scratch.h"), header);
        JsonNode allowList = JsonNode.Parse("{" + keys + "}")!;
        allowList["class"] = "Scratch";
        allowList["headers"] = new JsonArray("scratch.h");
        allowList["includeRoots"] = new JsonArray(".");
        return string.Concat(Generator.Generate(Load(allowList.ToJsonString()), Directory).Values);
    }

    public AllowList Load(string json)
    {
        string path = Path.Combine(Directory, "scratch.json");
        File.WriteAllText(path, json);
        return AllowList.Load(path);
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
