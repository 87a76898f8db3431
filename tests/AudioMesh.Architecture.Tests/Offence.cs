// SPDX-License-Identifier: MIT
namespace AudioMesh.Architecture.Tests;

/// <summary>Something a device thread must not do.</summary>
/// <param name="Method">Where it is done: <c>Namespace.Type::Method</c>.</param>
/// <param name="What">The instruction, and what it acts on.</param>
/// <param name="Offset">Of the instruction in the method's IL.</param>
/// <param name="Route">How a marked member gets there; empty where the method is one itself.</param>
internal sealed record Offence(string Method, string What, int Offset, string Route)
{
    public override string ToString() => $"{Method}: {What} (IL_{Offset:x4}){(Route.Length > 0 ? $", by way of {Route}" : "")}";
}
