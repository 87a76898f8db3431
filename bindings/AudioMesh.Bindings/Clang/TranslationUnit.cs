// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static AudioMesh.Bindings.Clang.LibClang;

namespace AudioMesh.Bindings.Clang;

/// <summary>A parsed source text. Any diagnostic fails the parse: libclang guesses types after an error.</summary>
internal sealed unsafe class TranslationUnit : IDisposable
{
    private readonly nint _index;
    private readonly nint _unit;

    private TranslationUnit(nint index, nint unit) => (_index, _unit) = (index, unit);

    public CXCursor Root => clang_getTranslationUnitCursor(_unit);

    public static TranslationUnit Parse(string name, string source, IReadOnlyList<string> arguments)
    {
        ClangLocator.UseFoundLibrary();
        nint filename = Marshal.StringToCoTaskMemUTF8(name + ".c");
        nint contents = Marshal.StringToCoTaskMemUTF8(source);
        nint[] argumentTexts = [.. arguments.Select(Marshal.StringToCoTaskMemUTF8)];
        nint index = clang_createIndex(0, 0);
        nint unit = 0;
        try
        {
            CXUnsavedFile file = new() { Filename = filename, Contents = contents, Length = (nuint)Encoding.UTF8.GetByteCount(source) };
            int error;
            fixed (nint* argumentPointers = argumentTexts)
            {
                error = clang_parseTranslationUnit2(
                    index, (byte*)filename, (byte**)argumentPointers, argumentTexts.Length, &file, 1, 0, &unit);
            }

            if (error != 0)
            {
                throw new BindingsException($"{name}: libclang cannot parse (error {error})");
            }

            TranslationUnit result = new(index, unit);
            result.FailOnDiagnostics(name);
            (index, unit) = (0, 0);
            return result;
        }
        finally
        {
            Release(index, unit);
            Marshal.FreeCoTaskMem(filename);
            Marshal.FreeCoTaskMem(contents);
            Array.ForEach(argumentTexts, Marshal.FreeCoTaskMem);
        }
    }

    public static List<CXCursor> Children(CXCursor parent)
    {
        List<CXCursor> children = [];
        GCHandle handle = GCHandle.Alloc(children);
        _ = clang_visitChildren(parent, &Visit, GCHandle.ToIntPtr(handle));
        handle.Free();
        return children;
    }

    public void Dispose() => Release(_index, _unit);

    private void FailOnDiagnostics(string name)
    {
        List<string> messages = [];
        for (uint i = 0; i < clang_getNumDiagnostics(_unit); i++)
        {
            nint diagnostic = clang_getDiagnostic(_unit, i);
            messages.Add(Take(clang_formatDiagnostic(diagnostic, clang_defaultDiagnosticDisplayOptions())));
            clang_disposeDiagnostic(diagnostic);
        }

        if (messages.Count != 0)
        {
            throw new BindingsException($"{name}: the headers do not parse:\n  {string.Join("\n  ", messages)}");
        }
    }

    private static void Release(nint index, nint unit)
    {
        if (unit != 0)
        {
            clang_disposeTranslationUnit(unit);
        }

        if (index != 0)
        {
            clang_disposeIndex(index);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static VisitResult Visit(CXCursor cursor, CXCursor parent, nint data)
    {
        ((List<CXCursor>)GCHandle.FromIntPtr(data).Target!).Add(cursor);
        return VisitResult.Continue;
    }
}
