// SPDX-License-Identifier: MIT
using Mono.Cecil;

namespace AudioMesh.Architecture.Tests;

/// <summary>
/// Whether a method carries [RealtimeSafe]: itself, its property, or its type, which speaks for its public face but not for constructors of classes.
/// </summary>
internal static class RealtimeMark
{
    private const string Name = "AudioMesh.Realtime.RealtimeSafeAttribute";

    public static bool IsOn(MethodDefinition method)
    {
        TypeDefinition type = method.DeclaringType;
        bool isMade = method.IsConstructor && !(type.IsValueType && !method.IsStatic);
        bool typeSpeaks = !isMade && (method.IsPublic || method.HasOverrides);
        return Has(method)
            || type.Properties.Any(property => (property.GetMethod == method || property.SetMethod == method) && Has(property))
            || (typeSpeaks && Has(type));
    }

    private static bool Has(ICustomAttributeProvider provider) => provider.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == Name);
}
