// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Stems;

/// <summary>A finished take that a host hands over, as that host describes it.</summary>
public sealed record TakeOffer
{
    /// <summary>Its place in the host's folder: folders and a name, joined by '/', without an ending.</summary>
    public required string Place { get; init; }

    /// <summary>The take's name.</summary>
    public required string Name { get; init; }

    /// <summary>Who recorded it.</summary>
    public required string Host { get; init; }

    /// <summary>Frames per second.</summary>
    public required int Rate { get; init; }

    /// <summary>Channels.</summary>
    public required int Channels { get; init; }

    /// <summary>Frames.</summary>
    public required long Frames { get; init; }

    /// <summary>The mesh time of its first frame.</summary>
    public required MeshTime Start { get; init; }

    /// <summary>The time scale of <see cref="Start"/>; 0 is the host's own clock.</summary>
    public required ulong MeshId { get; init; }

    /// <summary>Whether its recorder was killed.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Bytes of the sound.</summary>
    public required long SoundBytes { get; init; }

    /// <summary>Bytes of the sidecar.</summary>
    public required long SidecarBytes { get; init; }

    /// <summary>Bytes of both.</summary>
    public long Bytes => SoundBytes + SidecarBytes;

    /// <summary>When it ends, as its device counts: exact to its clock's drift.</summary>
    public MeshTime End => Start.Add(new FrameCount(Frames).ToNanoseconds(Rate));
}
