// SPDX-License-Identifier: MIT
using System.Xml.Linq;
using AudioMesh.Bindings.Model;

namespace AudioMesh.Bindings.Registry;

/// <summary>A registry's types in C#, with C's layout on 64-bit targets; keeps what was met, and what that is made of.</summary>
internal sealed class RegistryTypes(RegistryFile registry, RegistryValues values)
{
    private const long PointerBytes = 8;
    private const string Tags = "VkStructureType";

    private readonly SortedDictionary<string, CStruct> _structs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, CEnum> _enums = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, CHandle> _handles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _begun = [];

    public IReadOnlyList<CStruct> Structs => [.. _structs.Values];

    public IReadOnlyList<CHandle> Handles => [.. _handles.Values];

    /// <summary>The enums; of the tags of structs only those that are some struct's.</summary>
    public IReadOnlyList<CEnum> Enums
    {
        get
        {
            HashSet<string> used = [.. _structs.Values.Select(item => item.Tag?.Split('.')[1]).OfType<string>()];
            return [.. _enums.Values.Select(item => item.Name != Tags ? item
                : item with { Members = [.. item.Members.Where(member => used.Contains(member.Name))] })];
        }
    }

    /// <summary>The C# type of a parameter or result; arrays are pointers there.</summary>
    public string Map(RegistryDeclaration declaration) =>
        Use(declaration.Type).Name + new string('*', declaration.Pointers + (declaration.Length is null ? 0 : 1));

    /// <summary>The C# type of a plain name, its size and its alignment.</summary>
    public (string Name, long Size, long Alignment) Use(string type) => type switch
    {
        "void" => ("void", 0, 1),
        "char" or "uint8_t" => ("byte", 1, 1),
        "float" => ("float", 4, 4),
        "double" => ("double", 8, 8),
        "int32_t" or "int" => ("int", 4, 4),
        "uint32_t" or "VkBool32" => ("uint", 4, 4),
        "int64_t" => ("long", 8, 8),
        "uint64_t" => ("ulong", 8, 8),
        "size_t" => ("ulong", 8, 8),
        _ => UseDeclared(registry.Type(type)),
    };

    private (string Name, long Size, long Alignment) UseDeclared(XElement type)
    {
        string name = RegistryFile.NameOf(type);
        switch ((string?)type.Attribute("category"))
        {
            case "basetype":
                return Use(type.Element("type")!.Value);
            case "funcpointer":
                return ("void*", PointerBytes, PointerBytes);
            case "handle":
                bool isPointer = type.Element("type")!.Value == "VK_DEFINE_HANDLE";
                _handles[name] = new CHandle(name, isPointer ? "nint" : "ulong");
                return (name, PointerBytes, PointerBytes);
            case "bitmask":
                string? bits = (string?)type.Attribute("requires") ?? (string?)type.Attribute("bitvalues");
                return bits is not null && values.Enum(bits) is not null ? Use(bits) : Use(type.Element("type")!.Value);
            case "enum":
                _enums[name] = values.Enum(name) ?? throw new BindingsException($"enum '{name}' has no members");
                return (name, sizeof(int), sizeof(int));
            case "struct" or "union":
                UseStruct(type, name);
                return _structs.TryGetValue(name, out CStruct? item) ? (name, item.Size, item.Alignment) : (name, 0, 1);
            default:
                throw new BindingsException($"type '{name}' cannot be bound");
        }
    }

    private void UseStruct(XElement type, string name)
    {
        // A struct met again inside itself is only pointed at there.
        if (!_begun.Add(name))
        {
            return;
        }

        bool isUnion = (string?)type.Attribute("category") == "union";
        List<CField> fields = [];
        string? tag = null;
        long end = 0;
        long size = 0;
        long alignment = 1;
        foreach (XElement member in type.Elements("member").Where(RegistryFile.IsForVulkan))
        {
            RegistryDeclaration declaration = RegistryDeclaration.Read(member);
            CField field = Field(declaration, isUnion ? 0 : end);
            fields.Add(field);
            end = field.Offset + field.Size;
            size = Math.Max(size, end);
            alignment = Math.Max(alignment, field.Alignment);
            if (declaration.Type == Tags && (string?)member.Attribute("values") is string value)
            {
                tag = $"{Tags}.{value}";
            }
        }

        _structs[name] = new CStruct(name, name, AlignUp(size, alignment), alignment, isUnion, fields) { Tag = tag };
    }

    private CField Field(RegistryDeclaration declaration, long end)
    {
        (string name, long size, long alignment) = Use(declaration.Type);
        if (declaration.Pointers != 0)
        {
            (name, size, alignment) = (name + new string('*', declaration.Pointers), PointerBytes, PointerBytes);
        }

        int count = declaration.Length is null ? 0 : values.Length(declaration.Length);
        return new CField(declaration.Name, name, 8 * AlignUp(end, alignment), size, alignment, count, 0);
    }

    private static long AlignUp(long offset, long alignment) => (offset + alignment - 1) / alignment * alignment;
}
