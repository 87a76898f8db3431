// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Where a node's ring lies: in this process, or in a file that another process of the same user maps.</summary>
internal static class RingPlaces
{
    public static ParameterDescriptor Parameter { get; } =
        new("shared", ParameterKind.Flag, "Lay the ring in shared memory, for an app in another process.") { Default = false };

    public static FrameRing Create(NodeArguments arguments, FrameRingOptions options) =>
        arguments.Flag("shared") ? FrameRing.CreateShared(NewPath(), options) : FrameRing.Create(options);

    private static string NewPath()
    {
        string folder = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
            ? runtime
            : Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        return Path.Combine(folder, $"audiomesh-{Environment.ProcessId}-{Guid.NewGuid():N}");
    }
}
