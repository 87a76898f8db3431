// SPDX-License-Identifier: MIT
using AudioMesh.Bindings.Model;

namespace AudioMesh.Bindings.Emit;

/// <summary>Writes the class of a library: its constants, a function pointer per function, and the constructor that fills them.</summary>
internal static class FunctionTable
{
    /// <summary>Integer and pointer arguments that travel in registers where the most do (arm64).</summary>
    private const int ArgumentRegisters = 8;

    public static string Write(AllowList allowList, LibraryModel model)
    {
        SourceText text = SourceText.ForFile(allowList);
        text.Line();
        text.Open($"internal {(allowList.Functions.Count == 0 ? "static" : "sealed unsafe")} partial class {allowList.Class}");
        foreach (CConstant constant in model.Constants)
        {
            text.Line(Constant(constant) + (allowList.FourCharacterCodes ? FourCharacters(constant) : ""));
        }

        WriteFields(allowList, model.Functions, text);

        foreach (CVariable variable in model.Variables)
        {
            text.Line();
            text.Line($"internal readonly {variable.Type} {variable.Name};");
        }

        if (allowList.Functions.Count != 0)
        {
            WriteConstructor(allowList, model, text);
        }

        foreach (CFunction function in model.Functions.Where(f => f.IsVariadic))
        {
            WriteVariadic(allowList, function, text);
        }

        text.Close();
        foreach ((string name, IReadOnlyList<CFunction> commands) in model.Commands)
        {
            WriteCommands(allowList, name, commands, text);
        }

        return text.ToString();
    }

    /// <summary>Writes a class of functions that are looked up through another function, and may have several names.</summary>
    private static void WriteCommands(AllowList allowList, string name, IReadOnlyList<CFunction> commands, SourceText text)
    {
        text.Line();
        text.Open($"internal sealed unsafe class {name}");
        WriteFields(allowList, commands, text);
        text.Line();
        text.Open($"internal {name}(CommandLookup lookup)");
        foreach (CFunction function in commands)
        {
            text.Line($"{function.Name} = ({PointerType(allowList, function)})lookup.{Lookup(allowList, function)};");
        }

        text.Close();
        text.Close();
    }

    private static void WriteFields(AllowList allowList, IReadOnlyList<CFunction> functions, SourceText text)
    {
        foreach (CFunction function in functions)
        {
            text.Line();
            string access = function.IsVariadic ? "private" : "internal";
            IEnumerable<string> parameters = function.Parameters.Select(p => p.Name);
            text.Line($"// {function.Name}({string.Join(", ", function.IsVariadic ? parameters.Append("...") : parameters)})");
            text.Line($"{access} readonly {PointerType(allowList, function)} {FieldName(function)};");
        }
    }

    private static string Constant(CConstant constant) => constant.Type == "string"
        ? $"internal static ReadOnlySpan<byte> {constant.Name} => \"{constant.Literal}\"u8;"
        : $"internal const {constant.Type} {constant.Name} = {constant.Literal};";

    private static string FourCharacters(CConstant constant)
    {
        if (!long.TryParse(constant.Literal, out long value) || value is < 0x20202020 or > 0x7f7f7f7f)
        {
            return "";
        }

        char[] characters = [(char)(value >> 24), (char)(value >> 16 & 0xff), (char)(value >> 8 & 0xff), (char)(value & 0xff)];
        return characters.All(c => c is >= ' ' and < (char)0x7f) ? $" // '{new string(characters)}'" : "";
    }

    private static string FieldName(CFunction function) => function.IsVariadic ? function.Name + "_variadic" : function.Name;

    private static string PointerType(AllowList allowList, CFunction function)
    {
        string convention = allowList.Realtime.Contains(function.Name) ? "[Cdecl, SuppressGCTransition]" : "[Cdecl]";
        IEnumerable<string> types = function.Parameters.Select(p => p.Type);
        if (function.IsVariadic)
        {
            IReadOnlyList<CParameter> tail = Tail(allowList, function);
            types = types.Concat(tail.Select(p => p.Type)).Concat(Padding(function, tail, "nuint")).Concat(tail.Select(p => p.Type));
        }

        return $"delegate* unmanaged{convention}<{string.Join(", ", types.Append(function.ReturnType))}>";
    }

    private static IReadOnlyList<CParameter> Tail(AllowList allowList, CFunction function) =>
        [.. allowList.Variadic[function.Name].Select(text => text.Split(' ')).Select(words => new CParameter(words[1], words[0]))];

    private static IEnumerable<string> Padding(CFunction function, IReadOnlyList<CParameter> tail, string value) =>
        Enumerable.Repeat(value, ArgumentRegisters - function.Parameters.Count - tail.Count);

    private static void WriteConstructor(AllowList allowList, LibraryModel model, SourceText text)
    {
        Dictionary<string, CFunction> functions = model.Functions.ToDictionary(f => f.Name);
        text.Line();
        IEnumerable<string> libraries = allowList.Functions.Keys.Select(library => $"SystemLibrary {library}");
        text.Open($"private {allowList.Class}({string.Join(", ", libraries)})");
        foreach ((string library, IReadOnlyList<string> names) in allowList.Functions)
        {
            foreach (CFunction function in names.Where(functions.ContainsKey).Select(name => functions[name]))
            {
                text.Line($"{FieldName(function)} = ({PointerType(allowList, function)}){library}.{Lookup(allowList, function)};");
            }
        }

        foreach ((string library, IReadOnlyList<string> names) in allowList.Variables)
        {
            foreach (CVariable variable in model.Variables.Where(v => names.Contains(v.Name)))
            {
                string address = $"{library}.{Lookup(allowList, variable.Name)}";
                text.Line($"{variable.Name} = ({variable.Type}){(variable.IsAddress ? address : $"SystemLibrary.PointerAt({address})")};");
            }
        }

        text.Close();
    }

    private static string Lookup(AllowList allowList, CFunction function) => Lookup(allowList, function.Name, function.Aliases);

    private static string Lookup(AllowList allowList, string symbol, params IEnumerable<string> aliases) =>
        $"{(allowList.Optional.Contains(symbol) ? "Optional" : "Required")}({string.Join(", ", aliases.Prepend(symbol).Select(name => $"\"{name}\""))})";

    /// <summary>
    /// On arm64 macOS variable arguments lie on the stack, elsewhere in the next registers: passing them in both places,
    /// with the registers between filled up, is right everywhere.
    /// </summary>
    private static void WriteVariadic(AllowList allowList, CFunction function, SourceText text)
    {
        IReadOnlyList<CParameter> tail = Tail(allowList, function);
        List<CParameter> all = [.. function.Parameters, .. tail];
        IEnumerable<string> arguments = all.Select(p => SourceText.Identifier(p.Name))
            .Concat(Padding(function, tail, "0"))
            .Concat(tail.Select(p => SourceText.Identifier(p.Name)));
        text.Line();
        text.Line("// Variable arguments go where the platform reads them: in the next registers, or (arm64 macOS) on the stack.");
        string parameters = string.Join(", ", all.Select(p => $"{p.Type} {SourceText.Identifier(p.Name)}"));
        text.Line($"internal {function.ReturnType} {function.Name}({parameters}) =>");
        text.Line($"    {FieldName(function)}({string.Join(", ", arguments)});");
    }
}
