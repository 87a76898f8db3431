// SPDX-License-Identifier: MIT
using Mono.Cecil;

namespace AudioMesh.Architecture.Tests;

/// <summary>The arrows of docs/architecture: who knows whom among the folders of package AudioMesh.</summary>
internal sealed class ArrowTests
{
    private readonly LayerMap _layers = new("AudioMesh");

    [Test]
    public void Every_type_is_in_a_layer() => Verdict.Nothing(
        Types().Where(type => _layers.LayerOf(type) is { } layer && !Layers.MayKnow.ContainsKey(layer))
            .Select(type => $"{type.FullName}: {_layers.LayerOf(type)}"),
        "These types are in no layer of Layers.cs:");

    [Test]
    public void Layers_know_only_what_is_below_them()
    {
        List<string> wrong = [];
        foreach (TypeDefinition type in Types())
        {
            if (type.FullName != Layers.Door && _layers.LayerOf(type) is { } layer && Layers.MayKnow.TryGetValue(layer, out string[]? allowed))
            {
                wrong.AddRange(TypeUses.Of(type)
                    .Where(used => _layers.LayerOf(used) is { } other && other != layer && !allowed.Contains(other))
                    .Select(used => $"{layer} knows {_layers.LayerOf(used)}: {type.FullName} uses {used.FullName}"));
            }
        }

        Verdict.Nothing(wrong, "These arrows point the wrong way (Layers.cs says which are right):");
    }

    /// <summary>Control's messages know neither engine nor graph; what of Control does is the engine's side of the door.</summary>
    [Test]
    public void The_client_knows_only_messages_of_control()
    {
        HashSet<TypeDefinition> engineSide = [.. Types()
            .Where(type => _layers.LayerOf(type) == "Control")
            .Where(type => TypeUses.Of(type).Any(used => _layers.LayerOf(used) is "Engine" or "Graph"))];
        Verdict.Nothing(
            Types().Where(type => _layers.LayerOf(type) == "Client" && type.FullName != Layers.Door)
                .SelectMany(type => TypeUses.Of(type).Intersect(engineSide).Select(used => $"{type.FullName} uses {used.FullName}")),
            $"Only {Layers.Door} may do this:");
    }

    [Test]
    public void Folders_of_the_network_know_only_what_is_below_them()
    {
        const string Package = "AudioMesh.Network";
        LayerMap layers = new(Package);
        List<string> wrong = [];
        foreach (TypeDefinition type in BuiltAssemblies.Read(Package).Types.Where(type => type.Namespace.StartsWith(Package, StringComparison.Ordinal)))
        {
            string? layer = layers.LayerOf(type);
            string[] allowed = Layers.NetworkMayKnow.GetValueOrDefault(layer ?? "", []);
            wrong.AddRange(TypeUses.Of(type)
                .Where(used => used.Namespace.StartsWith(Package, StringComparison.Ordinal) && layers.LayerOf(used) is { } other && other != layer && !allowed.Contains(other))
                .Select(used => $"{layer} knows {layers.LayerOf(used)}: {type.FullName} uses {used.FullName}"));
        }

        Verdict.Nothing(wrong, "These arrows point the wrong way (Layers.cs says which are right):");
    }

    [Test]
    public void Namespaces_name_their_folders() => Verdict.Nothing(
        SourceTree.Files("src/AudioMesh")
            .Where(file => file.Namespace is { } space && !IsOfFolder(space, file.Path.Split('/')[2]))
            .Select(file => $"{file.Path}: namespace {file.Namespace}"),
        "These namespaces are not those of their folders:");

    private static bool IsOfFolder(string space, string folder)
    {
        string expected = Layers.WithoutNamespace.Contains(folder) ? "AudioMesh" : $"AudioMesh.{folder}";
        return space == expected || (expected != "AudioMesh" && space.StartsWith(expected + ".", StringComparison.Ordinal));
    }

    private static IEnumerable<TypeDefinition> Types() => BuiltAssemblies.AudioMesh.Types;
}
