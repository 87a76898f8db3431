// SPDX-License-Identifier: MIT
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace AudioMesh.Architecture.Tests;

/// <summary>
/// Follows every member marked [RealtimeSafe] through the code of its own assembly and notes what a device thread must not do. Where a
/// call could land in several places (overrides, implementations of a marked interface) it follows all. Static constructors run once, before
/// the device does, and are not followed.
/// </summary>
internal sealed class RealtimeScan
{
    private readonly ModuleDefinition _module;
    private readonly RealtimeRules _rules = new();
    private readonly Dictionary<MethodDefinition, MethodDefinition?> _reachedFrom = [];
    private readonly Queue<MethodDefinition> _pending = new();
    private readonly ILookup<MethodDefinition, MethodDefinition> _overrides;

    private RealtimeScan(ModuleDefinition module)
    {
        _module = module;
        _overrides = Overrides.In(module);
    }

    public static IReadOnlyList<Offence> Run(ModuleDefinition module) => new RealtimeScan(module).Scan();

    private List<Offence> Scan()
    {
        foreach (MethodDefinition root in _module.GetTypes().SelectMany(type => type.Methods).Where(RealtimeMark.IsOn))
        {
            Reach(root, from: null);
        }

        List<Offence> offences = [];
        while (_pending.TryDequeue(out MethodDefinition? method))
        {
            foreach (Instruction instruction in method.HasBody ? method.Body.Instructions : [])
            {
                if (_rules.Judge(instruction, _module) is { } what)
                {
                    offences.Add(new Offence(NameOf(method), what, instruction.Offset, RouteTo(method)));
                }

                Follow(method, instruction);
            }
        }

        return offences;
    }

    private void Follow(MethodDefinition from, Instruction instruction)
    {
        if (instruction.Operand is MethodReference reference && RealtimeRules.IsOwn(reference, _module) && reference.Resolve() is { } callee)
        {
            Reach(callee, from);
        }
    }

    private void Reach(MethodDefinition method, MethodDefinition? from)
    {
        if (method.IsConstructor && method.IsStatic)
        {
            return;
        }

        if (_reachedFrom.TryAdd(method, from))
        {
            _pending.Enqueue(method);
            foreach (MethodDefinition overriding in _overrides[method])
            {
                Reach(overriding, method);
            }
        }
    }

    private string RouteTo(MethodDefinition method)
    {
        List<string> route = [];
        for (MethodDefinition? step = _reachedFrom[method]; step is not null; step = _reachedFrom[step])
        {
            route.Insert(0, NameOf(step));
        }

        return string.Join(" > ", route);
    }

    private static string NameOf(MethodDefinition method) => $"{method.DeclaringType.FullName}::{method.Name}";
}
