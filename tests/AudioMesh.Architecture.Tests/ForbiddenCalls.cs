// SPDX-License-Identifier: MIT
using Mono.Cecil;

namespace AudioMesh.Architecture.Tests;

/// <summary>Calls out of the assembly that allocate, throw or ask the system, where no banned symbol can say so.</summary>
internal static class ForbiddenCalls
{
    private static readonly string[] Namespaces = ["System.IO", "System.Diagnostics", "System.Runtime.Loader"];

    private static readonly string[] Types =
    [
        "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler",
        "System.Runtime.InteropServices.NativeLibrary",
        "System.Runtime.InteropServices.NativeMemory",
        "System.Runtime.InteropServices.Marshal",
        "System.Environment",
        "System.Collections.IEnumerable",
        "System.Collections.Generic.IEnumerable`1",
    ];

    /// <summary>Methods of collections that grow them.</summary>
    private static readonly string[] Growing =
    [
        "Add", "AddRange", "Insert", "InsertRange", "Push", "Enqueue", "set_Item", "TryAdd", "EnsureCapacity", "set_Capacity", "AddLast", "AddFirst",
    ];

    public static bool Forbids(MethodReference method)
    {
        TypeReference type = method.DeclaringType.GetElementType();
        return Namespaces.Any(space => type.Namespace == space || type.Namespace.StartsWith(space + ".", StringComparison.Ordinal))
            || Types.Contains(type.FullName)
            || (type.Namespace == "System.Collections.Generic" && Growing.Contains(method.Name) && !type.Name.StartsWith("Span", StringComparison.Ordinal))
            || method.Name.StartsWith("Throw", StringComparison.Ordinal)
            || type.FullName is "System.Array" && method.Name is "Resize" or "CreateInstance"
            || IsDelegate(type) && method.Name == "Invoke"
            || ReturnsNewObject(method);
    }

    /// <summary>What comes back as text or an array has been made for us.</summary>
    private static bool ReturnsNewObject(MethodReference method) =>
        !method.Name.StartsWith("get_", StringComparison.Ordinal) && (method.ReturnType.IsArray || method.ReturnType.FullName == "System.String");

    private static bool IsDelegate(TypeReference type) => type.Resolve()?.BaseType?.FullName == "System.MulticastDelegate";
}
