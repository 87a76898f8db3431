// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Bindings.Clang;

/// <summary>The part of libclang's C API that the generator calls.</summary>
internal static unsafe partial class LibClang
{
    private const string Library = "libclang";

    [LibraryImport(Library)]
    internal static partial nint clang_createIndex(int excludeDeclarationsFromPch, int displayDiagnostics);

    [LibraryImport(Library)]
    internal static partial void clang_disposeIndex(nint index);

    [LibraryImport(Library)]
    internal static partial int clang_parseTranslationUnit2(
        nint index, byte* sourceFilename, byte** arguments, int argumentCount,
        CXUnsavedFile* unsavedFiles, uint unsavedFileCount, uint options, nint* unit);

    [LibraryImport(Library)]
    internal static partial void clang_disposeTranslationUnit(nint unit);

    [LibraryImport(Library)]
    internal static partial uint clang_getNumDiagnostics(nint unit);

    [LibraryImport(Library)]
    internal static partial nint clang_getDiagnostic(nint unit, uint index);

    [LibraryImport(Library)]
    internal static partial CXString clang_formatDiagnostic(nint diagnostic, uint options);

    [LibraryImport(Library)]
    internal static partial uint clang_defaultDiagnosticDisplayOptions();

    [LibraryImport(Library)]
    internal static partial void clang_disposeDiagnostic(nint diagnostic);

    [LibraryImport(Library)]
    internal static partial CXCursor clang_getTranslationUnitCursor(nint unit);

    [LibraryImport(Library)]
    internal static partial uint clang_visitChildren(
        CXCursor parent, delegate* unmanaged[Cdecl]<CXCursor, CXCursor, nint, VisitResult> visitor, nint clientData);

    [LibraryImport(Library)]
    internal static partial CXString clang_getCursorSpelling(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial CXString clang_getCursorUSR(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial CXType clang_getCursorType(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial CXCursor clang_getCursorDefinition(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial uint clang_Cursor_isFunctionInlined(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial int clang_Cursor_getNumArguments(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial CXCursor clang_Cursor_getArgument(CXCursor cursor, uint index);

    [LibraryImport(Library)]
    internal static partial uint clang_Cursor_isBitField(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial int clang_getFieldDeclBitWidth(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial long clang_Cursor_getOffsetOfField(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial CXType clang_getEnumDeclIntegerType(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial long clang_getEnumConstantDeclValue(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial CXType clang_getTypedefDeclUnderlyingType(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial nint clang_Cursor_Evaluate(CXCursor cursor);

    [LibraryImport(Library)]
    internal static partial EvalKind clang_EvalResult_getKind(nint result);

    [LibraryImport(Library)]
    internal static partial uint clang_EvalResult_isUnsignedInt(nint result);

    [LibraryImport(Library)]
    internal static partial long clang_EvalResult_getAsLongLong(nint result);

    [LibraryImport(Library)]
    internal static partial ulong clang_EvalResult_getAsUnsigned(nint result);

    [LibraryImport(Library)]
    internal static partial double clang_EvalResult_getAsDouble(nint result);

    [LibraryImport(Library)]
    internal static partial byte* clang_EvalResult_getAsStr(nint result);

    [LibraryImport(Library)]
    internal static partial void clang_EvalResult_dispose(nint result);

    [LibraryImport(Library)]
    internal static partial CXType clang_getCanonicalType(CXType type);

    [LibraryImport(Library)]
    internal static partial CXString clang_getTypeSpelling(CXType type);

    [LibraryImport(Library)]
    internal static partial CXCursor clang_getTypeDeclaration(CXType type);

    [LibraryImport(Library)]
    internal static partial CXType clang_getPointeeType(CXType type);

    [LibraryImport(Library)]
    internal static partial CXType clang_getResultType(CXType type);

    [LibraryImport(Library)]
    internal static partial int clang_getNumArgTypes(CXType type);

    [LibraryImport(Library)]
    internal static partial CXType clang_getArgType(CXType type, uint index);

    [LibraryImport(Library)]
    internal static partial uint clang_isFunctionTypeVariadic(CXType type);

    [LibraryImport(Library)]
    internal static partial CXType clang_getArrayElementType(CXType type);

    [LibraryImport(Library)]
    internal static partial long clang_getArraySize(CXType type);

    [LibraryImport(Library)]
    internal static partial long clang_Type_getSizeOf(CXType type);

    [LibraryImport(Library)]
    internal static partial long clang_Type_getAlignOf(CXType type);

    [LibraryImport(Library)]
    internal static partial byte* clang_getCString(CXString text);

    [LibraryImport(Library)]
    internal static partial void clang_disposeString(CXString text);

    internal static string Take(CXString text)
    {
        string result = Marshal.PtrToStringUTF8((nint)clang_getCString(text)) ?? "";
        clang_disposeString(text);
        return result;
    }
}
