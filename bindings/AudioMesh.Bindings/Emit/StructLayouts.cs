// SPDX-License-Identifier: MIT
using AudioMesh.Bindings.Model;

namespace AudioMesh.Bindings.Emit;

/// <summary>Chooses how C# is told a struct's layout: in sequence where that gives C's offsets, else field by field.</summary>
internal static class StructLayouts
{
    public static bool NeedsOffsets(CStruct item) => item.IsUnion || item.Fields.Any(f => f.BitWidth != 0) || EndInSequence(item) is null;

    public static string Attribute(CStruct item)
    {
        bool needsOffsets = NeedsOffsets(item);
        string kind = needsOffsets ? "Explicit" : "Sequential";
        string size = needsOffsets || EndInSequence(item) != item.Size ? $", Size = {item.Size}" : "";
        string pack = item.Alignment < NaturalAlignment(item) ? $", Pack = {item.Alignment}" : "";
        return $"[StructLayout(LayoutKind.{kind}{size}{pack})]";
    }

    private static long NaturalAlignment(CStruct item) => item.Fields.Select(f => f.Alignment).DefaultIfEmpty(1).Max();

    /// <summary>The size that the fields in sequence give; null when they do not fall on C's offsets.</summary>
    private static long? EndInSequence(CStruct item)
    {
        long offset = 0;
        foreach (CField field in item.Fields)
        {
            offset = AlignUp(offset, Math.Min(field.Alignment, item.Alignment));
            if (offset != field.Offset)
            {
                return null;
            }

            offset += field.Size;
        }

        return AlignUp(offset, Math.Min(item.Alignment, NaturalAlignment(item)));
    }

    private static long AlignUp(long offset, long alignment) => (offset + alignment - 1) / alignment * alignment;
}
