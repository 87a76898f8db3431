// SPDX-License-Identifier: MIT
namespace AudioMesh.Architecture.Tests;

/// <summary>The folders of package AudioMesh, bottom up, and what each may know besides itself.</summary>
internal static class Layers
{
    private static readonly string[] Bottom = ["Errors", "Interop", "Realtime", "Clock", "Dsp"];
    private static readonly string[] Low = [.. Bottom, "Concealment", "Files"];

    public static IReadOnlyDictionary<string, string[]> MayKnow { get; } = new Dictionary<string, string[]>
    {
        ["Errors"] = [],
        ["Interop"] = ["Errors", "Realtime"],
        ["Realtime"] = Bottom,
        ["Clock"] = Bottom,
        ["Dsp"] = Bottom,
        ["Concealment"] = Bottom,
        ["Files"] = Bottom,
        ["Plugins"] = Bottom,
        ["Midi"] = Bottom,
        ["Backends"] = [.. Bottom, "Files", "Midi"],
        ["Graph"] = [.. Low, "Plugins", "Midi"],
        ["Engine"] = [.. Low, "Plugins", "Midi", "Backends", "Graph"],
        ["Control"] = [.. Low, "Plugins", "Backends", "Graph", "Engine"],
        ["Client"] = ["Errors", "Interop", "Realtime", "Clock", "Control"],
    };

    /// <summary>The folders of package AudioMesh.Network, bottom up, and what each may know besides itself.</summary>
    public static IReadOnlyDictionary<string, string[]> NetworkMayKnow { get; } = new Dictionary<string, string[]>
    {
        ["Interop"] = [],
        ["Sockets"] = ["Interop"],
        ["Wire"] = ["Interop"],
        ["Impairment"] = ["Interop", "Sockets"],
        ["Time"] = ["Interop", "Wire"],
        ["Media"] = ["Interop", "Wire", "Time"],
        ["Jdat"] = ["Interop"],
        ["Session"] = ["Interop", "Sockets", "Wire", "Time", "Media"],
        ["Stems"] = ["Interop", "Sockets", "Wire", "Time"],
        ["Hub"] = ["Interop", "Sockets", "Wire", "Time", "Media", "Session"],
        ["Bus"] = ["Interop", "Sockets", "Wire", "Time", "Session"],
        ["Parameters"] = ["Time", "Bus"],
        ["Registry"] = ["Time", "Bus"],
        ["Transport"] = ["Sockets", "Wire", "Time", "Media", "Bus"],
    };

    /// <summary>The one class of the client that may know everything: it runs an engine in the app's own runtime.</summary>
    public const string Door = "AudioMesh.ManagedDoor";

    /// <summary>Folders whose types live in the plain namespace.</summary>
    public static IReadOnlyList<string> WithoutNamespace { get; } = ["Errors", "Client"];
}
