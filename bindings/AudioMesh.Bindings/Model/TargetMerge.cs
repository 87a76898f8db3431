// SPDX-License-Identifier: MIT
namespace AudioMesh.Bindings.Model;

/// <summary>Holds the models of several targets against each other: one C# file must be right on all of them.</summary>
internal static class TargetMerge
{
    public static LibraryModel Merge(AllowList allowList, IReadOnlyList<(string Target, LibraryModel Model)> models)
    {
        LibraryModel merged = models[0].Model;
        foreach ((string target, LibraryModel model) in models.Skip(1))
        {
            RequireEqual(allowList, target, merged.Functions.Select(f => f.Signature), model.Functions.Select(f => f.Signature));
            RequireEqual(allowList, target, merged.Enums.Select(Describe), model.Enums.Select(Describe));
            RequireEqual(allowList, target, merged.Constants.Select(c => c.ToString()), model.Constants.Select(c => c.ToString()));
            merged = merged with { Structs = [.. merged.Structs.Zip(model.Structs, (a, b) => MergeStruct(allowList, target, a, b))] };
        }

        return merged;
    }

    private static CStruct MergeStruct(AllowList allowList, string target, CStruct first, CStruct other)
    {
        if (first.Size == other.Size && first.Fields.SequenceEqual(other.Fields))
        {
            return first with { Alignment = Math.Min(first.Alignment, other.Alignment) };
        }

        if (!allowList.VaryingStructs.Contains(first.Name))
        {
            throw new BindingsException(
                $"{allowList.Name}: struct '{first.Name}' is laid out differently for {target}: add it to \"varyingStructs\"");
        }

        IEnumerable<CField> head = first.Fields.Zip(other.Fields).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First);
        return first with
        {
            Size = Math.Max(first.Size, other.Size),
            Alignment = Math.Min(first.Alignment, other.Alignment),
            Fields = [.. head],
        };
    }

    private static string Describe(CEnum item) => $"{item.Name}:{item.UnderlyingType} {string.Join(' ', item.Members)}";

    private static void RequireEqual(AllowList allowList, string target, IEnumerable<string> first, IEnumerable<string> other)
    {
        foreach ((string a, string b) in first.Zip(other).Where(pair => pair.First != pair.Second))
        {
            throw new BindingsException($"{allowList.Name}: '{a}' is '{b}' for {target}");
        }
    }
}
