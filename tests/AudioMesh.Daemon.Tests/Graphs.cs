// SPDX-License-Identifier: MIT
namespace AudioMesh.Daemon.Tests;

/// <summary>Graphs for files.</summary>
internal static class Graphs
{
    /// <summary>A tone on the device.</summary>
    public const string Tone = """
        {"graph":{"nodes":[{"name":"pitch","type":"tone","args":{"freq":440}},{"name":"out","type":"device_sink"}],"connections":[{"from":"pitch","to":"out"}]}}
        """;

    /// <summary>The same an octave up.</summary>
    public const string HighTone = """
        {"graph":{"nodes":[{"name":"pitch","type":"tone","args":{"freq":880}},{"name":"out","type":"device_sink"}],"connections":[{"from":"pitch","to":"out"}]}}
        """;
}
