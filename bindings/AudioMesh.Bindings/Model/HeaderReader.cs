// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;
using AudioMesh.Bindings.Clang;
using static AudioMesh.Bindings.Clang.LibClang;

namespace AudioMesh.Bindings.Model;

/// <summary>Reads what an allow-list names out of its headers, for one target.</summary>
internal sealed class HeaderReader
{
    private const string ConstantPrefix = "audiomesh_value_of_";

    private readonly AllowList _allowList;
    private readonly DeclarationIndex _declarations;
    private readonly TypeMapper _types;

    private HeaderReader(AllowList allowList, TranslationUnit unit)
    {
        _allowList = allowList;
        _declarations = new DeclarationIndex(unit, allowList);
        _types = new TypeMapper(_declarations);
    }

    public static LibraryModel Read(AllowList allowList, HeaderSet headers)
    {
        using TranslationUnit unit = TranslationUnit.Parse(allowList.Name, Source(allowList), headers.Arguments);
        try
        {
            return new HeaderReader(allowList, unit).Read();
        }
        catch (BindingsException e)
        {
            throw new BindingsException($"{allowList.Name}: {e.Message}");
        }
    }

    private static string Source(AllowList allowList)
    {
        StringBuilder source = new();
        foreach (string header in allowList.Headers)
        {
            source.Append("#include <").Append(header).Append(">\n");
        }

        foreach (string name in allowList.Constants)
        {
            source.Append("const __auto_type ").Append(ConstantPrefix).Append(name).Append(" = ").Append(name).Append(";\n");
        }

        return source.ToString();
    }

    private LibraryModel Read()
    {
        List<CFunction> functions = [.. _allowList.Functions.Values.SelectMany(names => names).Select(ReadFunction)];
        List<CStruct> structs = [.. _allowList.Structs.Select(ReadStruct)];
        List<CEnum> enums = [.. _allowList.Enums.Select(ReadEnum)];
        List<CConstant> constants = [.. _allowList.Constants.Select(ReadConstant)];
        List<CVariable> variables = [.. _allowList.Variables.Values.SelectMany(names => names).Select(ReadVariable)];
        return new LibraryModel(functions, variables, structs, _types.OpaqueTypes, enums, constants);
    }

    private CFunction ReadFunction(string name)
    {
        CXCursor cursor = _declarations.Function(name);
        CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
        bool variadic = type.Kind == TypeKind.FunctionProto && clang_isFunctionTypeVariadic(type) != 0;
        if (variadic != _allowList.Variadic.ContainsKey(name))
        {
            throw new BindingsException(
                variadic ? $"'{name}' is variadic: add it to \"variadic\"" : $"'{name}' is not variadic: take it from \"variadic\"");
        }

        List<CParameter> parameters = [];
        for (uint i = 0; i < Math.Max(0, clang_getNumArgTypes(type)); i++)
        {
            string parameter = Take(clang_getCursorSpelling(clang_Cursor_getArgument(cursor, i)));
            parameters.Add(new CParameter(parameter.Length == 0 ? $"arg{i}" : parameter, _types.Map(clang_getArgType(type, i), name)));
        }

        return new CFunction(name, _types.Map(clang_getResultType(type), name), parameters, variadic);
    }

    private CStruct ReadStruct(string name)
    {
        CXType type = clang_getCanonicalType(_declarations.Type(name));
        CXCursor definition = clang_getCursorDefinition(clang_getTypeDeclaration(type));
        long size = clang_Type_getSizeOf(type);
        if (size < 0)
        {
            throw new BindingsException($"struct '{name}' is never defined: leave it out, it is opaque");
        }

        List<CField> fields = [.. TranslationUnit.Children(definition).Where(IsStored).Select(c => ReadField(c, name))];
        return new CStruct(
            name, _declarations.CSpelling(name), size, clang_Type_getAlignOf(type), definition.Kind == CursorKind.UnionDecl, fields);
    }

    /// <summary>Whether a child of a struct is a field with a size; a flexible array at the end has none, it follows the struct.</summary>
    private static bool IsStored(CXCursor cursor) =>
        cursor.Kind == CursorKind.FieldDecl && clang_Type_getSizeOf(clang_getCursorType(cursor)) > 0;

    private CField ReadField(CXCursor field, string owner)
    {
        string name = Take(clang_getCursorSpelling(field));
        CXType type = clang_getCanonicalType(clang_getCursorType(field));
        bool array = type.Kind == TypeKind.ConstantArray;
        CXType element = array ? clang_getCanonicalType(clang_getArrayElementType(type)) : type;
        return new CField(
            name,
            _types.Map(element, $"{owner}.{name}"),
            clang_Cursor_getOffsetOfField(field),
            clang_Type_getSizeOf(element),
            clang_Type_getAlignOf(element),
            array ? clang_getArraySize(type) : 0,
            clang_Cursor_isBitField(field) != 0 ? clang_getFieldDeclBitWidth(field) : 0);
    }

    private CEnum ReadEnum(string name)
    {
        CXCursor declaration = clang_getTypeDeclaration(clang_getCanonicalType(_declarations.Type(name)));
        IEnumerable<CEnumMember> members = TranslationUnit.Children(clang_getCursorDefinition(declaration))
            .Where(c => c.Kind == CursorKind.EnumConstantDecl)
            .Select(c => new CEnumMember(Take(clang_getCursorSpelling(c)), clang_getEnumConstantDeclValue(c)));
        return new CEnum(name, _types.Map(clang_getEnumDeclIntegerType(declaration), name), [.. members]);
    }

    private CConstant ReadConstant(string name)
    {
        CXCursor cursor = _declarations.Variable(ConstantPrefix + name);
        nint result = clang_Cursor_Evaluate(cursor);
        try
        {
            return (result == 0 ? EvalKind.Unexposed : clang_EvalResult_getKind(result)) switch
            {
                EvalKind.Int => IntegerConstant(name, _types.Map(clang_getCursorType(cursor), name), result),
                EvalKind.StringLiteral => new CConstant(name, "string", Text(result)),
                _ => throw new BindingsException($"constant '{name}' has no value that the compiler knows"),
            };
        }
        finally
        {
            if (result != 0)
            {
                clang_EvalResult_dispose(result);
            }
        }
    }

    private static CConstant IntegerConstant(string name, string type, nint result) =>
        new(name, type, clang_EvalResult_isUnsignedInt(result) != 0
            ? clang_EvalResult_getAsUnsigned(result).ToString()
            : clang_EvalResult_getAsLongLong(result).ToString());

    private static unsafe string Text(nint result) => Marshal.PtrToStringUTF8((nint)clang_EvalResult_getAsStr(result)) ?? "";

    private CVariable ReadVariable(string name)
    {
        CXType type = clang_getCanonicalType(clang_getCursorType(_declarations.Variable(name)));
        return type.Kind == TypeKind.Pointer
            ? new CVariable(name, _types.Map(type, name), IsAddress: false)
            : new CVariable(name, _types.MapPointer(type, name), IsAddress: true);
    }
}
