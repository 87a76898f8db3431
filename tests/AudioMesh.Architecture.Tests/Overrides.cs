// SPDX-License-Identifier: MIT
using Mono.Cecil;

namespace AudioMesh.Architecture.Tests;

/// <summary>Who overrides or implements what, within one module.</summary>
internal static class Overrides
{
    /// <summary>From a base or interface method to all methods a call of it could land in.</summary>
    public static ILookup<MethodDefinition, MethodDefinition> In(ModuleDefinition module) => module.GetTypes()
        .SelectMany(type => OfBases(type).Concat(OfInterfaces(type)))
        .Where(pair => pair.Base.Module == module)
        .ToLookup(pair => pair.Base, pair => pair.Overriding);

    private static IEnumerable<(MethodDefinition Base, MethodDefinition Overriding)> OfBases(TypeDefinition type)
    {
        foreach (MethodDefinition method in type.Methods.Where(method => method.IsVirtual && !method.IsNewSlot))
        {
            for (TypeDefinition? ancestor = type.BaseType?.Resolve(); ancestor is not null; ancestor = ancestor.BaseType?.Resolve())
            {
                foreach (MethodDefinition overridden in ancestor.Methods.Where(other => other.IsVirtual && Matches(other, method)))
                {
                    yield return (overridden, method);
                }
            }
        }
    }

    private static IEnumerable<(MethodDefinition Base, MethodDefinition Overriding)> OfInterfaces(TypeDefinition type)
    {
        foreach (TypeDefinition contract in type.Interfaces.Select(implementation => implementation.InterfaceType.Resolve()).OfType<TypeDefinition>())
        {
            foreach (MethodDefinition method in contract.Methods)
            {
                if (FindImplementation(type, method) is { } implementation)
                {
                    yield return (method, implementation);
                }
            }
        }
    }

    private static MethodDefinition? FindImplementation(TypeDefinition type, MethodDefinition method)
    {
        for (TypeDefinition? at = type; at is not null; at = at.BaseType?.Resolve())
        {
            MethodDefinition? found = at.Methods.FirstOrDefault(candidate => candidate.Overrides.Any(explicitly => explicitly.Resolve() == method))
                ?? at.Methods.FirstOrDefault(candidate => candidate.IsVirtual && Matches(candidate, method));
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>By name and number of parameters: a generic base makes types differ, and a method too many does no harm.</summary>
    private static bool Matches(MethodDefinition left, MethodDefinition right) =>
        left.Name == right.Name && left.Parameters.Count == right.Parameters.Count && left.GenericParameters.Count == right.GenericParameters.Count;
}
