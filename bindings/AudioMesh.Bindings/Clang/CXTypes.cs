// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Bindings.Clang;

[StructLayout(LayoutKind.Sequential)]
internal struct CXString
{
    public nint Data;
    public uint Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct CXCursor
{
    public CursorKind Kind;
    public int ExtraData;
    public nint Data0;
    public nint Data1;
    public nint Data2;
}

[StructLayout(LayoutKind.Sequential)]
internal struct CXType
{
    public TypeKind Kind;
    public nint Data0;
    public nint Data1;
}

[StructLayout(LayoutKind.Sequential)]
internal struct CXUnsavedFile
{
    public nint Filename;
    public nint Contents;
    public nuint Length;
}

internal enum CursorKind
{
    StructDecl = 2,
    UnionDecl = 3,
    EnumDecl = 5,
    FieldDecl = 6,
    EnumConstantDecl = 7,
    FunctionDecl = 8,
    VarDecl = 9,
    TypedefDecl = 20,
}

internal enum TypeKind
{
    Void = 2,
    Bool = 3,
    CharU = 4,
    CharS = 13,
    LongDouble = 23,
    UChar = 5,
    ULongLong = 11,
    SChar = 14,
    LongLong = 19,
    Float = 21,
    Double = 22,
    Pointer = 101,
    Record = 105,
    Enum = 106,
    Typedef = 107,
    FunctionNoProto = 110,
    FunctionProto = 111,
    ConstantArray = 112,
    IncompleteArray = 114,
}

internal enum EvalKind
{
    Unexposed = 0,
    Int = 1,
    Float = 2,
    StringLiteral = 4,
}

internal enum VisitResult
{
    Break = 0,
    Continue = 1,
}
