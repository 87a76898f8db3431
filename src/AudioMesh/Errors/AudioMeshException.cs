// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>The one exception AudioMesh throws for what can go wrong outside it. Never thrown on a device thread.</summary>
public sealed class AudioMeshException : Exception
{
    /// <summary>Makes an error of <paramref name="kind"/>; the message names the file, device or value.</summary>
    public AudioMeshException(AudioErrorKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>What the caller can do about it.</summary>
    public AudioErrorKind Kind { get; }

    /// <summary>The request field that was wrong, where one was (<c>args.period</c>).</summary>
    public string? Field { get; init; }

    /// <summary>What would have been allowed, where that can be said (<c>16..8192</c>).</summary>
    public string? Allowed { get; init; }
}
