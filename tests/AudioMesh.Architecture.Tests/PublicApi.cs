// SPDX-License-Identifier: MIT
using Mono.Cecil;

namespace AudioMesh.Architecture.Tests;

/// <summary>The public face of an assembly as text: a line for each type, its members indented below, in order of their names.</summary>
internal static class PublicApi
{
    public static string Of(ModuleDefinition module)
    {
        IEnumerable<string> lines = module.GetTypes()
            .Where(IsVisible)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => MembersOf(type).Order(StringComparer.Ordinal).Select(member => $"    {member}").Prepend(DeclarationOf(type)));
        return string.Join('\n', lines) + "\n";
    }

    private static bool IsVisible(TypeDefinition type) =>
        type.DeclaringType is null ? type.IsPublic : (type.IsNestedPublic || type.IsNestedFamily) && IsVisible(type.DeclaringType);

    private static string DeclarationOf(TypeDefinition type)
    {
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => HasAttribute(type, "IsByRefLikeAttribute") ? "ref struct" : "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        string[] bases = [.. new[] { type.BaseType }
            .Where(parent => parent is not null && parent.FullName is not ("System.Object" or "System.ValueType" or "System.Enum"))
            .Concat(type.Interfaces.Select(implementation => implementation.InterfaceType))
            .Select(TypeText.Of)
            .Order(StringComparer.Ordinal)];
        return $"{kind} {TypeText.Of(type)}{TypeText.Generics(type)}{(bases.Length > 0 ? $" : {string.Join(", ", bases)}" : "")}";
    }

    private static IEnumerable<string> MembersOf(TypeDefinition type)
    {
        foreach (FieldDefinition field in type.Fields.Where(field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName))
        {
            yield return $"{(field.HasConstant ? "const " : field.IsStatic ? "static " : "")}{TypeText.Of(field.FieldType)} {field.Name}"
                + (field.HasConstant ? $" = {field.Constant}" : "");
        }

        foreach (PropertyDefinition property in type.Properties.Where(property => IsVisible(property.GetMethod) || IsVisible(property.SetMethod)))
        {
            yield return PropertyText(property);
        }

        foreach (EventDefinition happening in type.Events.Where(happening => IsVisible(happening.AddMethod)))
        {
            yield return $"event {TypeText.Of(happening.EventType)} {happening.Name}";
        }

        foreach (MethodDefinition method in type.Methods.Where(method => IsVisible(method) && !IsAccessor(method) && !HasAttribute(method, "CompilerGeneratedAttribute")))
        {
            string name = method.IsConstructor ? "new" : $"{TypeText.Of(method.ReturnType)} {method.Name}{TypeText.Generics(method)}";
            yield return $"{(method.IsStatic ? "static " : "")}{name}({TypeText.Parameters(method.Parameters)})";
        }
    }

    private static string PropertyText(PropertyDefinition property)
    {
        MethodDefinition accessor = property.GetMethod ?? property.SetMethod;
        string setter = !IsVisible(property.SetMethod) ? ""
            : property.SetMethod.ReturnType is RequiredModifierType ? " init;" : " set;";
        string index = property.HasParameters ? $"[{TypeText.Parameters(property.Parameters)}]" : "";
        return $"{(accessor.IsStatic ? "static " : "")}{TypeText.Of(property.PropertyType)} {property.Name}{index} {{{(IsVisible(property.GetMethod) ? " get;" : "")}{setter} }}";
    }

    private static bool IsVisible(MethodDefinition? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool IsAccessor(MethodDefinition method) => method.IsGetter || method.IsSetter || method.IsAddOn || method.IsRemoveOn || (method.IsConstructor && method.IsStatic);

    private static bool HasAttribute(ICustomAttributeProvider provider, string name) => provider.CustomAttributes.Any(attribute => attribute.AttributeType.Name == name);
}
