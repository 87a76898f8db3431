// SPDX-License-Identifier: MIT
using AudioMesh.Bindings.Model;

namespace AudioMesh.Bindings.Emit;

/// <summary>Writes a bit field as a property over the storage unit of its type that holds it.</summary>
internal static class BitFields
{
    public static void Write(CField field, SourceText text)
    {
        long unitBits = 8 * field.ElementSize;
        long unit = field.OffsetBits / unitBits * field.ElementSize;
        long shift = field.OffsetBits % unitBits;
        string storage = $"_{field.Name}_unit";
        ulong mask = (1UL << field.BitWidth) - 1;
        text.Line($"[FieldOffset({unit})]");
        text.Line($"private {field.Type} {storage};");
        text.Open($"internal {field.Type} {SourceText.Identifier(field.Name)}");
        text.Line($"readonly get => ({field.Type})({storage} >> {shift} & 0x{mask:x});");
        string kept = $"{storage} & ~(({field.Type})0x{mask:x} << {shift})";
        text.Line($"set => {storage} = ({field.Type})({kept} | (value & 0x{mask:x}) << {shift});");
        text.Close();
    }
}
