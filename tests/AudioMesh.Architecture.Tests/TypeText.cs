// SPDX-License-Identifier: MIT
using Mono.Cecil;

namespace AudioMesh.Architecture.Tests;

/// <summary>Types spelled nearly as C# spells them.</summary>
internal static class TypeText
{
    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["System.Void"] = "void", ["System.Boolean"] = "bool", ["System.String"] = "string", ["System.Object"] = "object",
        ["System.Byte"] = "byte", ["System.SByte"] = "sbyte", ["System.Int16"] = "short", ["System.UInt16"] = "ushort",
        ["System.Int32"] = "int", ["System.UInt32"] = "uint", ["System.Int64"] = "long", ["System.UInt64"] = "ulong",
        ["System.IntPtr"] = "nint", ["System.UIntPtr"] = "nuint", ["System.Single"] = "float", ["System.Double"] = "double",
    };

    public static string Of(TypeReference type) => type switch
    {
        RequiredModifierType modified => Of(modified.ElementType),
        OptionalModifierType modified => Of(modified.ElementType),
        ByReferenceType reference => $"ref {Of(reference.ElementType)}",
        PointerType pointer => $"{Of(pointer.ElementType)}*",
        ArrayType array => $"{Of(array.ElementType)}[{new string(',', array.Rank - 1)}]",
        GenericInstanceType { ElementType.FullName: "System.Nullable`1" } nullable => $"{Of(nullable.GenericArguments[0])}?",
        GenericInstanceType generic => $"{Of(generic.ElementType)}<{string.Join(", ", generic.GenericArguments.Select(Of))}>",
        GenericParameter parameter => parameter.Name,
        { DeclaringType: not null } => $"{Of(type.DeclaringType)}.{Plain(type.Name)}",
        _ => Keywords.TryGetValue(type.FullName, out string? keyword) ? keyword : type.Namespace.Length > 0 ? $"{type.Namespace}.{Plain(type.Name)}" : Plain(type.Name),
    };

    public static string Generics(IGenericParameterProvider provider) =>
        provider.HasGenericParameters ? $"<{string.Join(", ", provider.GenericParameters.Select(parameter => parameter.Name))}>" : "";

    public static string Parameters(IEnumerable<ParameterDefinition> parameters) => string.Join(", ", parameters.Select(parameter =>
        $"{Direction(parameter)}{Of(parameter.ParameterType is ByReferenceType reference ? reference.ElementType : parameter.ParameterType)} {parameter.Name}"
        + (parameter.HasConstant ? $" = {parameter.Constant ?? "default"}" : parameter.IsOptional ? " = default" : "")));

    private static string Direction(ParameterDefinition parameter) => parameter switch
    {
        { ParameterType: not ByReferenceType } => "",
        { IsOut: true } => "out ",
        { IsIn: true } => "in ",
        _ => "ref ",
    };

    private static string Plain(string name) => name.Split('`')[0];
}
