// SPDX-License-Identifier: MIT
using System.Reflection;

namespace AudioMesh.Control;

/// <summary>The version of this assembly.</summary>
public static class ProductVersion
{
    /// <summary>For people and protocols: <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
