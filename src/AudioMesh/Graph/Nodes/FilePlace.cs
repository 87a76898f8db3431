// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Where in its file a source is, in frames; setting it jumps there as soon as that is read.</summary>
internal sealed class FilePlace(FilePrefetch prefetch) : LiveParameter
{
    private bool _isAtEnd;

    /// <inheritdoc/>
    public override double Value => prefetch.PlayedFileFrames;

    /// <inheritdoc/>
    public override bool Ramps => false;

    /// <summary>Whether the end was played since it was set last. Set by the device thread.</summary>
    public bool IsAtEnd
    {
        get => Volatile.Read(ref _isAtEnd);
        set => Volatile.Write(ref _isAtEnd, value);
    }

    /// <inheritdoc/>
    public override ParameterMove Plan(double value, int frames) => new(value, Math.Min(value, prefetch.FileFrames), frames);

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Begin(ParameterMove move)
    {
        prefetch.SeekTo((long)move.Target);
        IsAtEnd = false;
    }
}
