// SPDX-License-Identifier: MIT
using AudioMesh.Bindings.Clang;
using static AudioMesh.Bindings.Clang.LibClang;

namespace AudioMesh.Bindings.Model;

/// <summary>Turns C types into C# types by size and sign; spellings mean different sizes on different targets.</summary>
internal sealed class TypeMapper(DeclarationIndex declarations)
{
    private readonly SortedSet<string> _opaqueTypes = new(StringComparer.Ordinal);

    /// <summary>The opaque types that were met so far.</summary>
    public IReadOnlyList<string> OpaqueTypes => [.. _opaqueTypes];

    /// <summary>The C# type; <paramref name="user"/> is named in the error when there is none.</summary>
    public string Map(CXType type, string user)
    {
        CXType canonical = clang_getCanonicalType(type);
        return canonical.Kind switch
        {
            TypeKind.Void => "void",
            TypeKind.Bool => "byte",
            TypeKind.CharU or TypeKind.CharS => "byte",
            TypeKind.Float => "float",
            TypeKind.Double => "double",
            TypeKind.Pointer => MapPointer(clang_getPointeeType(canonical), user),
            TypeKind.ConstantArray or TypeKind.IncompleteArray => MapPointer(clang_getArrayElementType(canonical), user),
            TypeKind.Enum => declarations.EnumName(canonical) ?? throw NotListed(canonical, "enums", user),
            TypeKind.Record => declarations.StructName(canonical) ?? throw NotListed(canonical, "structs", user),
            >= TypeKind.UChar and <= TypeKind.ULongLong => Integer(canonical, signed: false, user),
            >= TypeKind.SChar and <= TypeKind.LongLong => Integer(canonical, signed: true, user),
            _ => throw new BindingsException($"{user}: type '{Take(clang_getTypeSpelling(type))}' cannot be bound"),
        };
    }

    /// <summary>The function pointer type of a C function type; null where it is variadic.</summary>
    public string? MapFunction(CXType function, string user)
    {
        if (clang_isFunctionTypeVariadic(function) != 0 && function.Kind == TypeKind.FunctionProto)
        {
            return null;
        }

        IEnumerable<string> types = Enumerable.Range(0, Math.Max(0, clang_getNumArgTypes(function)))
            .Select(i => Map(clang_getArgType(function, (uint)i), user))
            .Append(Map(clang_getResultType(function), user));
        return $"delegate* unmanaged[Cdecl]<{string.Join(", ", types)}>";
    }

    /// <summary>The C# type of a pointer to <paramref name="pointee"/>.</summary>
    public string MapPointer(CXType pointee, string user)
    {
        CXType canonical = clang_getCanonicalType(pointee);
        if (canonical.Kind is TypeKind.FunctionProto or TypeKind.FunctionNoProto)
        {
            return MapFunction(canonical, user) ?? "void*";
        }

        if (canonical.Kind == TypeKind.Record && declarations.StructName(canonical) is null)
        {
            string opaque = declarations.OpaqueName(canonical);
            _opaqueTypes.Add(opaque);
            return opaque + "*";
        }

        return Map(canonical, user) + "*";
    }

    private static string Integer(CXType type, bool signed, string user) => (clang_Type_getSizeOf(type), signed) switch
    {
        (1, true) => "sbyte",
        (1, false) => "byte",
        (2, true) => "short",
        (2, false) => "ushort",
        (4, true) => "int",
        (4, false) => "uint",
        (8, true) => "long",
        (8, false) => "ulong",
        (long size, _) => throw new BindingsException($"{user}: an integer of {size} bytes cannot be bound"),
    };

    private static BindingsException NotListed(CXType type, string key, string user) =>
        new($"{user} uses '{Take(clang_getTypeSpelling(type))}', which is not in \"{key}\" of the allow-list");
}
