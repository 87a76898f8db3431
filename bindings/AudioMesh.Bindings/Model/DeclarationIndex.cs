// SPDX-License-Identifier: MIT
using AudioMesh.Bindings.Clang;
using static AudioMesh.Bindings.Clang.LibClang;

namespace AudioMesh.Bindings.Model;

/// <summary>The declarations of a translation unit by name, and the C# names of its structs and enums.</summary>
internal sealed class DeclarationIndex
{
    private readonly Dictionary<string, CXCursor> _functions = [];
    private readonly Dictionary<string, CXCursor> _variables = [];
    private readonly Dictionary<string, CXType> _types = [];
    private readonly HashSet<string> _tags = [];
    private readonly Dictionary<string, string> _structNames = [];
    private readonly Dictionary<string, string> _enumNames = [];
    private readonly Dictionary<string, string> _typedefNames = [];

    public DeclarationIndex(TranslationUnit unit, AllowList allowList)
    {
        foreach (CXCursor cursor in TranslationUnit.Children(unit.Root))
        {
            Add(cursor, Take(clang_getCursorSpelling(cursor)));
        }

        NameTypes(allowList.Structs, TypeKind.Record, _structNames, "struct");
        NameTypes(allowList.Enums, TypeKind.Enum, _enumNames, "enum");
    }

    public CXCursor Function(string name) =>
        _functions.TryGetValue(name, out CXCursor cursor) ? cursor : throw Unknown("function", name);

    public CXCursor Variable(string name) =>
        _variables.TryGetValue(name, out CXCursor cursor) ? cursor : throw Unknown("variable", name);

    public CXType Type(string name) => _types[name];

    /// <summary>The C type expression for a listed name: a tag needs its keyword, a typedef does not.</summary>
    public string CSpelling(string name) =>
        !_tags.Contains(name) ? name
        : clang_getTypeDeclaration(_types[name]).Kind == CursorKind.UnionDecl ? $"union {name}"
        : $"struct {name}";

    public string? StructName(CXType type) => _structNames.GetValueOrDefault(Key(type));

    public string? EnumName(CXType type) => _enumNames.GetValueOrDefault(Key(type));

    public string OpaqueName(CXType type) =>
        _typedefNames.TryGetValue(Key(type), out string? name) ? name : Take(clang_getCursorSpelling(clang_getTypeDeclaration(type)));

    private void Add(CXCursor cursor, string name)
    {
        switch (cursor.Kind)
        {
            case CursorKind.FunctionDecl when clang_Cursor_isFunctionInlined(cursor) == 0:
                _functions.TryAdd(name, cursor);
                break;
            case CursorKind.VarDecl:
                _variables.TryAdd(name, cursor);
                break;
            case CursorKind.StructDecl or CursorKind.UnionDecl or CursorKind.EnumDecl:
                if (_types.TryAdd(name, clang_getCursorType(cursor)))
                {
                    _tags.Add(name);
                }

                break;
            case CursorKind.TypedefDecl:
                CXType type = clang_getCanonicalType(clang_getTypedefDeclUnderlyingType(cursor));
                _types[name] = type;
                _tags.Remove(name);
                if (type.Kind == TypeKind.Record)
                {
                    _typedefNames.TryAdd(Key(type), name);
                }

                break;
        }
    }

    private void NameTypes(IEnumerable<string> names, TypeKind kind, Dictionary<string, string> into, string what)
    {
        foreach (string name in names)
        {
            if (!_types.TryGetValue(name, out CXType type) || clang_getCanonicalType(type).Kind != kind)
            {
                throw Unknown(what, name);
            }

            into[Key(type)] = name;
        }
    }

    private static string Key(CXType type) => Take(clang_getCursorUSR(clang_getTypeDeclaration(clang_getCanonicalType(type))));

    private static BindingsException Unknown(string what, string name) => new($"no {what} '{name}' in the headers");
}
