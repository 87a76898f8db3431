// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AudioMesh.Bindings;

/// <summary>What is taken from one library's headers: the only thing a person edits to change the bindings.</summary>
public sealed class AllowList
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The name of the allow-list: its file name without <c>.json</c>.</summary>
    [JsonIgnore]
    public string Name { get; private set; } = "";

    /// <summary>Why an entry is unusual, for whoever reads the allow-list.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The package whose <c>Interop</c> folder and namespace the bindings go to.</summary>
    public string Package { get; init; } = "AudioMesh";

    /// <summary>The C# class with the function pointers.</summary>
    public required string Class { get; init; }

    /// <summary>The headers, as an <c>#include</c> names them.</summary>
    public required IReadOnlyList<string> Headers { get; init; }

    /// <summary>
    /// Where the registry may lie that declares everything (Vulkan's <c>vk.xml</c>); the first that is there counts. Types then follow from
    /// the functions, and the headers only verify. None: the headers declare.
    /// </summary>
    public IReadOnlyList<string> Registry { get; init; } = [];

    /// <summary>The registry's extensions whose names, values and function names are known.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Where the headers may lie; relative paths are relative to <c>bindings/</c>. The first that has them counts.</summary>
    public required IReadOnlyList<string> IncludeRoots { get; init; }

    /// <summary>
    /// The clang target triples; the first is the one that is bound, the others must agree with it. None: this machine, with its headers.
    /// For a named target nothing but the library's own headers, <c>headers/system</c> and the compiler's is seen.
    /// </summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Other arguments for clang (<c>-DNAME</c>).</summary>
    public IReadOnlyList<string> ClangArguments { get; init; } = [];

    /// <summary>Function names by the library that exports them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Functions { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Functions that return at once and never call back: called without leaving the collector's cooperative mode.</summary>
    public IReadOnlyList<string> Realtime { get; init; } = [];

    /// <summary>Functions and variables that a library may lack: null there.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Variadic functions, with the parameters that are passed as their variable part (<c>"byte* server_name"</c>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Variadic { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Exported variables by the library that exports them: pointers are bound by value, others by address.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Variables { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Structs and unions, by typedef or tag. Those not named are opaque, and then only seen through pointers.</summary>
    public IReadOnlyList<string> Structs { get; init; } = [];

    /// <summary>Structs whose tail differs between targets: the common head is bound, with the largest size.</summary>
    public IReadOnlyList<string> VaryingStructs { get; init; } = [];

    /// <summary>Enums, by typedef or tag.</summary>
    public IReadOnlyList<string> Enums { get; init; } = [];

    /// <summary>Enums whose members are bits.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Macros, enum members and constant variables with a numeric or text value.</summary>
    public IReadOnlyList<string> Constants { get; init; } = [];

    /// <summary>Whether constants are four-character codes, and get a comment that spells them.</summary>
    public bool FourCharacterCodes { get; init; }

    /// <summary>A record of names, numbers and layouts that the headers must agree with, relative to <c>bindings/</c>.</summary>
    public string? Abi { get; init; }

    /// <summary>What the record does not hold.</summary>
    public IReadOnlyList<string> NotRecorded { get; init; } = [];

    /// <summary>Reads and checks an allow-list.</summary>
    public static AllowList Load(string path)
    {
        try
        {
            AllowList list = JsonSerializer.Deserialize<AllowList>(File.ReadAllText(path), Options)
                ?? throw new BindingsException($"{path}: empty");
            list.Name = Path.GetFileNameWithoutExtension(path);
            list.Check(path);
            return list;
        }
        catch (JsonException e)
        {
            throw new BindingsException($"{path}: {e.Message}");
        }
    }

    private void Check(string path)
    {
        HashSet<string> seen = [];
        foreach (string name in Functions.Values.Concat(Variables.Values).SelectMany(names => names))
        {
            if (!seen.Add(name))
            {
                throw new BindingsException($"{path}: '{name}' is listed twice");
            }
        }

        RequireSubset(path, "variables", Variables.Keys, Functions.Keys);
        RequireSubset(path, "realtime", Realtime, seen);
        RequireSubset(path, "optional", Optional, seen);
        RequireSubset(path, "variadic", Variadic.Keys, seen);
        RequireSubset(path, "varyingStructs", VaryingStructs, Structs);
        RequireSubset(path, "flags", Flags, Enums);
    }

    private static void RequireSubset(string path, string key, IEnumerable<string> names, IEnumerable<string> listed)
    {
        foreach (string name in names.Except(listed))
        {
            throw new BindingsException($"{path}: '{name}' is in \"{key}\" but is not listed");
        }
    }
}
