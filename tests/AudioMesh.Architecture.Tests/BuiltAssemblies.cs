// SPDX-License-Identifier: MIT
using Mono.Cecil;

namespace AudioMesh.Architecture.Tests;

/// <summary>What is looked at: assemblies as they were built.</summary>
internal static class BuiltAssemblies
{
    public static ModuleDefinition AudioMesh { get; } = Read("AudioMesh");

    /// <summary>This one, whose fixtures break every rule.</summary>
    public static ModuleDefinition Tests { get; } = Read("AudioMesh.Architecture.Tests");

    public static ModuleDefinition Read(string name)
    {
        DefaultAssemblyResolver resolver = new();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        return ModuleDefinition.ReadModule(
            Path.Combine(AppContext.BaseDirectory, $"{name}.dll"), new ReaderParameters { AssemblyResolver = resolver });
    }
}
