// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AudioMesh.Realtime;

/// <summary>
/// Compiles the methods of an assembly that are marked <see cref="RealtimeSafeAttribute"/>, generic ones for each struct of it that they are meant for, and the properties and generic fields of
/// the types they are in.
/// </summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What has been trimmed away is not called.")]
[UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "What has been trimmed away is not called.")]
[UnconditionalSuppressMessage("Trimming", "IL2059", Justification = "What has been trimmed away is not called.")]
[UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "What has been trimmed away is not called.")]
[UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Runs only where code is compiled while it runs.")]
internal sealed class AssemblyPreparation
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly Type[] _types;
    private readonly Type[] _structs;
    private readonly ConcurrentDictionary<Type, bool> _done = [];

    public AssemblyPreparation(Assembly assembly)
    {
        _types = TypesOf(assembly);
        Type[] plain = [.. _types.Where(type => type is { IsValueType: true, IsEnum: false, ContainsGenericParameters: false })];
        _structs = [.. plain, .. _types.Where(type => type.IsValueType && type.GetGenericArguments().Length == 1).SelectMany(type => Closed(type, plain))];
    }

    public void Run() =>
        Parallel.ForEach(_types.Where(type => !type.ContainsGenericParameters && (type.IsValueType || HasMark(type))), Prepare);

    // An app may lack what some of its types need, as long as it never uses them.
    private static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException error)
        {
            return [.. error.Types.OfType<Type>()];
        }
    }

    private static bool HasMark(Type type) => IsMarked(type) || type.GetMethods(Declared).Any(IsMarked);

    private static bool IsMarked(MemberInfo member) => member.IsDefined(typeof(RealtimeSafeAttribute), inherit: false);

    private static IEnumerable<Type> Closed(Type open, Type[] candidates) =>
        candidates.Where(candidate => Meets(candidate, open.GetGenericArguments()[0])).Select(candidate => open.MakeGenericType(candidate));

    // Only what names an interface of ours is meant for few types.
    private static bool Meets(Type candidate, Type parameter) =>
        parameter.GetGenericParameterConstraints().Where(constraint => constraint is { IsInterface: true, IsGenericType: false } && constraint.Assembly == parameter.Assembly).ToArray() is { Length: > 0 } constraints
        && constraints.All(constraint => constraint.IsAssignableFrom(candidate));

    private void Prepare(Type type)
    {
        if (!_done.TryAdd(type, true))
        {
            return;
        }

        if (type.TypeInitializer is not null)
        {
            Initialize(type);
        }

        RuntimeTypeHandle[] arguments = [.. type.GetGenericArguments().Select(argument => argument.TypeHandle)];
        bool isWhole = IsMarked(type) || type.IsGenericType;
        foreach (MethodInfo method in type.GetMethods(Declared).Where(method => isWhole || method.Name.StartsWith("get_", StringComparison.Ordinal) || IsMarked(method)))
        {
            Prepare(method, arguments);
        }

        foreach (ConstructorInfo constructor in type.IsValueType ? type.GetConstructors(Declared & ~BindingFlags.Static) : [])
        {
            Compile(constructor, arguments);
        }

        foreach (FieldInfo field in type.GetFields(Declared))
        {
            if (field.FieldType is { IsConstructedGenericType: true, ContainsGenericParameters: false } part && HasMark(part))
            {
                Prepare(part);
            }
        }
    }

    // What is of another system may fail here, and is not used.
    private static void Initialize(Type type)
    {
        try
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }
        catch (TypeInitializationException)
        {
            // Who uses it all the same is told then.
        }
    }

    private void Prepare(MethodInfo method, RuntimeTypeHandle[] arguments)
    {
        if (method.IsAbstract || (method.Attributes & MethodAttributes.PinvokeImpl) != 0)
        {
            return;
        }

        if (!method.IsGenericMethodDefinition)
        {
            Compile(method, arguments);
        }
        else if (method.GetGenericArguments() is [var parameter])
        {
            foreach (Type candidate in _structs.Where(candidate => Meets(candidate, parameter)))
            {
                Compile(method, [.. arguments, candidate.TypeHandle]);
            }
        }
    }

    private static void Compile(MethodBase method, RuntimeTypeHandle[] arguments)
    {
        try
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle, arguments);
        }
        catch (Exception error) when (error is TypeLoadException or MissingMemberException or IOException or BadImageFormatException)
        {
            // An app may lack what some of its methods need, as long as it never calls them.
        }
    }
}
