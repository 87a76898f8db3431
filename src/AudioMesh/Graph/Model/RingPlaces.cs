// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Where a node's ring lies: in this process, in a file that another process of the same user maps, or behind a descriptor that one of two processes has
/// handed to the other.
/// </summary>
internal static class RingPlaces
{
    private const string MemFd = "memfd";

    public static IReadOnlyList<ParameterDescriptor> Parameters { get; } =
    [
        new("shared", ParameterKind.Flag, "Lay the ring in shared memory, for an app in another process.") { Default = false },
        new(MemFd, ParameterKind.Integer, "The app's number of the memfd that comes with the request and holds the ring; -1 where none does.") { Default = -1, Min = -1, Max = int.MaxValue, MovesByItself = true },
    ];

    public static FrameRing Create(NodeArguments arguments, FrameRingOptions options)
    {
        RingOffer? offer = arguments.Ring;
        if (arguments.Integer(MemFd) >= 0)
        {
            return Join(offer, options);
        }

        return arguments.Flag("shared") || (offer is not null && !OperatingSystem.IsLinux()) ? FrameRing.CreateShared(NewPath(), options)
            : offer is not null ? FrameRing.CreateMemFd(options)
            : FrameRing.Create(options);
    }

    private static FrameRing Join(RingOffer? offer, FrameRingOptions options)
    {
        if (offer?.Descriptor is not { } descriptor)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "No descriptor came with this request.")
            {
                Field = $"args.{MemFd}",
                Allowed = "a memfd sent by SCM_RIGHTS with the request's line",
            };
        }

        try
        {
            return FrameRing.OpenMemFd(descriptor, options);
        }
        catch (AudioMeshException error)
        {
            throw new AudioMeshException(error.Kind, error.Message, error) { Field = $"args.{MemFd}", Allowed = error.Allowed };
        }
    }

    private static string NewPath()
    {
        string folder = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
            ? runtime
            : Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        return Path.Combine(folder, $"audiomesh-{Environment.ProcessId}-{Guid.NewGuid():N}");
    }
}
