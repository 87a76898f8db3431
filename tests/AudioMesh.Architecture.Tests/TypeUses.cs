// SPDX-License-Identifier: MIT
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace AudioMesh.Architecture.Tests;

/// <summary>Which types of its own assembly a type names: in its shape and in its code.</summary>
internal static class TypeUses
{
    public static HashSet<TypeDefinition> Of(TypeDefinition type)
    {
        HashSet<TypeDefinition> uses = [];
        AddShape(uses, type);
        foreach (FieldDefinition field in type.Fields)
        {
            Add(uses, type, field.FieldType);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            AddSignature(uses, type, method);
            AddAttributes(uses, type, method);
            foreach (Instruction instruction in method.HasBody ? method.Body.Instructions : [])
            {
                AddOperand(uses, type, instruction.Operand);
            }

            foreach (VariableDefinition variable in method.HasBody ? method.Body.Variables : [])
            {
                Add(uses, type, variable.VariableType);
            }
        }

        foreach (TypeDefinition nested in type.NestedTypes)
        {
            uses.UnionWith(Of(nested));
        }

        return uses;
    }

    private static void AddShape(HashSet<TypeDefinition> uses, TypeDefinition type)
    {
        Add(uses, type, type.BaseType);
        AddAttributes(uses, type, type);
        foreach (InterfaceImplementation implementation in type.Interfaces)
        {
            Add(uses, type, implementation.InterfaceType);
        }

        foreach (GenericParameterConstraint constraint in type.GenericParameters.SelectMany(parameter => parameter.Constraints))
        {
            Add(uses, type, constraint.ConstraintType);
        }
    }

    private static void AddSignature(HashSet<TypeDefinition> uses, TypeDefinition from, MethodReference method)
    {
        Add(uses, from, method.ReturnType);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            Add(uses, from, parameter.ParameterType);
        }

        foreach (TypeReference argument in method is GenericInstanceMethod generic ? generic.GenericArguments : [])
        {
            Add(uses, from, argument);
        }
    }

    private static void AddAttributes(HashSet<TypeDefinition> uses, TypeDefinition from, ICustomAttributeProvider provider)
    {
        foreach (CustomAttribute attribute in provider.CustomAttributes)
        {
            Add(uses, from, attribute.AttributeType);
        }
    }

    private static void AddOperand(HashSet<TypeDefinition> uses, TypeDefinition from, object? operand)
    {
        switch (operand)
        {
            case TypeReference reference:
                Add(uses, from, reference);
                break;
            case MethodReference method:
                Add(uses, from, method.DeclaringType);
                AddSignature(uses, from, method);
                break;
            case FieldReference field:
                Add(uses, from, field.DeclaringType);
                Add(uses, from, field.FieldType);
                break;
            default:
                break;
        }
    }

    private static void Add(HashSet<TypeDefinition> uses, TypeDefinition from, TypeReference? reference)
    {
        switch (reference)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                foreach (TypeReference argument in generic.GenericArguments)
                {
                    Add(uses, from, argument);
                }

                Add(uses, from, generic.ElementType);
                return;
            case FunctionPointerType pointer:
                Add(uses, from, pointer.ReturnType);
                foreach (ParameterDefinition parameter in pointer.Parameters)
                {
                    Add(uses, from, parameter.ParameterType);
                }

                return;
            case TypeSpecification specification:
                Add(uses, from, specification.ElementType);
                return;
            case { Scope: ModuleDefinition }:
                uses.Add(LayerMap.Outermost(reference.Resolve()));
                return;
            default:
                return;
        }
    }
}
