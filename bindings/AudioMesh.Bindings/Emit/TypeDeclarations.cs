// SPDX-License-Identifier: MIT
using AudioMesh.Bindings.Model;

namespace AudioMesh.Bindings.Emit;

/// <summary>Writes the enums, structs and opaque types of a library.</summary>
internal static class TypeDeclarations
{
    public static string Write(AllowList allowList, LibraryModel model)
    {
        SourceText text = SourceText.ForFile(allowList, "System.Runtime.CompilerServices", "System.Runtime.InteropServices");
        foreach (string name in model.OpaqueTypes)
        {
            text.Line();
            text.Line($"internal struct {name};");
        }

        foreach (CHandle item in model.Handles)
        {
            text.Line();
            WriteHandle(item, text);
        }

        foreach (CEnum item in model.Enums)
        {
            text.Line();
            WriteEnum(item, item.IsFlags || allowList.Flags.Contains(item.Name), text);
        }

        foreach (CStruct item in model.Structs)
        {
            text.Line();
            WriteStruct(allowList, item, text);
        }

        return text.ToString();
    }

    private static void WriteHandle(CHandle item, SourceText text)
    {
        text.Open($"internal readonly struct {item.Name}");
        text.Line($"private readonly {item.Type} _value;");
        text.Line();
        text.Line("internal bool IsNull => _value == 0;");
        text.Close();
    }

    private static void WriteEnum(CEnum item, bool flags, SourceText text)
    {
        if (flags)
        {
            text.Line("[Flags]");
        }

        text.Open($"internal enum {item.Name} : {item.UnderlyingType}");
        foreach (CEnumMember member in item.Members)
        {
            text.Line($"{SourceText.Identifier(member.Name)} = {member.Value},");
        }

        text.Close();
    }

    private static void WriteStruct(AllowList allowList, CStruct item, SourceText text)
    {
        if (allowList.VaryingStructs.Contains(item.Name))
        {
            text.Line("// The tail differs between targets and is left out; the size is the largest. Never copy a whole one from C.");
        }

        bool isExplicit = StructLayouts.NeedsOffsets(item);
        text.Line(StructLayouts.Attribute(item));
        text.Open($"internal {(item.Fields.Any(f => NeedsUnsafe(f)) ? "unsafe " : "")}struct {item.Name}");
        if (item.Tag is not null)
        {
            text.Line($"internal const {item.Fields[0].Type} Tag = {item.Tag};");
            text.Line();
        }

        foreach (CField field in item.Fields)
        {
            WriteField(field, isExplicit, text);
        }

        foreach (CField field in item.Fields.Where(f => NeedsInlineArray(f)))
        {
            text.Line();
            text.Line($"[InlineArray({field.Count})]");
            text.Open($"internal struct {field.Name}_array");
            text.Line($"private {field.Type} _item;");
            text.Close();
        }

        text.Close();
    }

    private static void WriteField(CField field, bool isExplicit, SourceText text)
    {
        if (field.BitWidth != 0)
        {
            BitFields.Write(field, text);
            return;
        }

        if (isExplicit)
        {
            text.Line($"[FieldOffset({field.Offset})]");
        }

        string name = SourceText.Identifier(field.Name);
        text.Line(
            IsFixedBuffer(field) ? $"internal fixed {field.Type} {name}[{field.Count}];"
            : NeedsInlineArray(field) ? $"internal {field.Name}_array {name};"
            : $"internal {field.Type} {name};");
    }

    private static bool IsFixedBuffer(CField field) => field.Count > 1 &&
        field.Type is ("byte" or "sbyte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" or "float" or "double");

    private static bool NeedsInlineArray(CField field) => field.Count > 1 && !IsFixedBuffer(field);

    private static bool NeedsUnsafe(CField field) => field.Type.Contains('*', StringComparison.Ordinal) || IsFixedBuffer(field);
}
