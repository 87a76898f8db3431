// SPDX-License-Identifier: MIT
using System.Reflection;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>What the page has from files beside this one: they are in the assembly.</summary>
internal static class PageParts
{
    public static string Style { get; } = Read("page.css");

    public static string Script { get; } = Read("page.js");

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
