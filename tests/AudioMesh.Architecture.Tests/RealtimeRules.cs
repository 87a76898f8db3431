// SPDX-License-Identifier: MIT
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace AudioMesh.Architecture.Tests;

/// <summary>What single instructions a device thread must not execute.</summary>
internal sealed class RealtimeRules
{
    private readonly BannedSymbols _banned = BannedSymbols.Read();

    /// <summary>Null where the instruction is harmless, else the words for it.</summary>
    public string? Judge(Instruction instruction, ModuleDefinition module) => instruction.OpCode.Code switch
    {
        Code.Newarr => $"newarr {instruction.Operand}",
        Code.Box => $"box {instruction.Operand}",
        Code.Throw or Code.Rethrow => instruction.OpCode.Name,
        Code.Calli => JudgePointer((CallSite)instruction.Operand),
        Code.Newobj => JudgeNew((MethodReference)instruction.Operand),
        Code.Call or Code.Callvirt or Code.Jmp or Code.Ldftn or Code.Ldvirtftn => JudgeCall((MethodReference)instruction.Operand, module),
        _ => null,
    };

    /// <summary>Whether the method is of the assembly that is looked at, so that its own code is judged.</summary>
    public static bool IsOwn(MethodReference method, ModuleDefinition module) => ElementOf(method.DeclaringType).Scope == module;

    private static string JudgePointer(CallSite site) =>
        $"calli {TypeText.Of(site.ReturnType)}({string.Join(", ", site.Parameters.Select(parameter => TypeText.Of(parameter.ParameterType)))})";

    private static string? JudgeNew(MethodReference constructor) =>
        constructor.DeclaringType is not GenericParameter && constructor.DeclaringType.Resolve() is { IsValueType: true }
            ? null
            : $"newobj {constructor.DeclaringType}";

    private string? JudgeCall(MethodReference method, ModuleDefinition module)
    {
        string name = $"{ElementOf(method.DeclaringType).FullName}::{method.Name}";
        if (IsOwn(method, module))
        {
            return JudgeOwn(method.Resolve(), name);
        }

        return _banned.Forbids(method) || ForbiddenCalls.Forbids(method) ? $"call {name}" : null;
    }

    private static string? JudgeOwn(MethodDefinition method, string name)
    {
        if (method.IsPInvokeImpl)
        {
            return $"call into C {method.Name}";
        }

        return method.DeclaringType.IsInterface && !RealtimeMark.IsOn(method) ? $"call {name}, whose implementations are not [RealtimeSafe]" : null;
    }

    private static TypeReference ElementOf(TypeReference type) => type.GetElementType();
}
