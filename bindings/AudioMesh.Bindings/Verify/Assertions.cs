// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Bindings.Model;

namespace AudioMesh.Bindings.Verify;

/// <summary>Writes a C file that compiles only where the bindings agree with the headers.</summary>
internal static class Assertions
{
    public static string Write(AllowList allowList, LibraryModel model, IReadOnlyList<MeasuredStruct> measured, IEnumerable<string> others)
    {
        StringBuilder text = new("#include <stddef.h>\n#include <stdint.h>\n");
        foreach (string header in allowList.Headers)
        {
            text.Append("#include <").Append(header).Append(">\n");
        }

        Dictionary<string, CStruct> structs = model.Structs.ToDictionary(s => s.Name);
        IEnumerable<string> all = measured
            .SelectMany(item => Struct(item, structs[item.Name].CType, allowList.VaryingStructs.Contains(item.Name)))
            .Concat(model.Enums.SelectMany(item => item.Members).Select(member => Equal(member.Name, $"{member.Value}LL", member.Name)))
            .Concat(model.Constants.Select(Constant))
            .Concat(others);
        return text.AppendJoin('\n', all).Append('\n').ToString();
    }

    /// <summary>The structs as the generator describes them to C#.</summary>
    public static IReadOnlyList<MeasuredStruct> Described(LibraryModel model) =>
        [.. model.Structs.Select(s => new MeasuredStruct(
            s.Name, s.Size, [.. s.Fields.Where(f => f.BitWidth == 0).Select(f => (f.Name, f.Offset))]))];

    public static string Assert(string condition, string what) => $"_Static_assert({condition}, \"{what}\");";

    private static IEnumerable<string> Struct(MeasuredStruct item, string type, bool mayBeSmaller)
    {
        yield return Assert($"sizeof({type}) {(mayBeSmaller ? "<=" : "==")} {item.Size}", $"size of {item.Name}");
        foreach ((string field, long offset) in item.Fields)
        {
            yield return Assert($"offsetof({type}, {field}) == {offset}", $"offset of {item.Name}.{field}");
        }
    }

    private static string Constant(CConstant constant) => constant.Type switch
    {
        "string" => Assert($"__builtin_strcmp({constant.Name}, \"{constant.Literal}\") == 0", constant.Name),
        "ulong" => Equal(constant.Name, constant.Literal + "ULL", constant.Name),
        _ when constant.Literal == long.MinValue.ToString() => Equal(constant.Name, "INT64_MIN", constant.Name),
        _ => Equal(constant.Name, constant.Literal + "LL", constant.Name),
    };

    private static string Equal(string name, string value, string what) => Assert($"({name}) == {value}", what);
}
