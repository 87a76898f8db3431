// SPDX-License-Identifier: MIT
namespace AudioMesh.Bindings.Model;

/// <summary>What an allow-list takes from the headers, on one target, in C# types.</summary>
internal sealed record LibraryModel(
    IReadOnlyList<CFunction> Functions,
    IReadOnlyList<CVariable> Variables,
    IReadOnlyList<CStruct> Structs,
    IReadOnlyList<string> OpaqueTypes,
    IReadOnlyList<CEnum> Enums,
    IReadOnlyList<CConstant> Constants)
{
    /// <summary>Pointers and numbers that C gives a type of their own.</summary>
    public IReadOnlyList<CHandle> Handles { get; init; } = [];

    /// <summary>Functions that are looked up through another one, by the class that holds them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<CFunction>> Commands { get; init; } = new Dictionary<string, IReadOnlyList<CFunction>>();
}

internal sealed record CFunction(string Name, string ReturnType, IReadOnlyList<CParameter> Parameters, bool IsVariadic)
{
    /// <summary>Other names that the function may have.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string Signature => $"{ReturnType} {Name}({string.Join(", ", Parameters.Select(p => p.Type))}{(IsVariadic ? ", ..." : "")})";
}

internal sealed record CParameter(string Name, string Type);

/// <summary>An exported variable: a pointer's value, or the address of what is none.</summary>
internal sealed record CVariable(string Name, string Type, bool IsAddress);

/// <summary>A struct or union; <paramref name="CType"/> is how C spells it.</summary>
internal sealed record CStruct(string Name, string CType, long Size, long Alignment, bool IsUnion, IReadOnlyList<CField> Fields)
{
    /// <summary>What its first field has to hold, as C# writes it; null where nothing has to be there.</summary>
    public string? Tag { get; init; }
}

/// <summary>A handle and the C# type of its value.</summary>
internal sealed record CHandle(string Name, string Type);

/// <summary>A field; <paramref name="Count"/> is an array's length and <paramref name="BitWidth"/> a bit field's, 0 for what is none.</summary>
internal sealed record CField(string Name, string Type, long OffsetBits, long ElementSize, long Alignment, long Count, int BitWidth)
{
    public long Offset => OffsetBits / 8;

    public long Size => Count == 0 ? ElementSize : ElementSize * Count;
}

internal sealed record CEnum(string Name, string UnderlyingType, IReadOnlyList<CEnumMember> Members, bool IsFlags = false);

internal sealed record CEnumMember(string Name, long Value);

/// <summary>A constant; <paramref name="Literal"/> is its C# literal, and <paramref name="Type"/> is <c>string</c> for text.</summary>
internal sealed record CConstant(string Name, string Type, string Literal);
