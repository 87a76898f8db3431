// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Graph;

/// <summary>A setting that waits for its time.</summary>
/// <param name="parameter">Of which parameter.</param>
/// <param name="move">What it is set to.</param>
/// <param name="at">When it begins to be heard; Unknown for at once.</param>
internal sealed class ScheduledMove(LiveParameter parameter, ParameterMove move, MeshTime at)
{
    private bool _hasBegun;

    public LiveParameter Parameter { get; } = parameter;

    public ParameterMove Move { get; } = move;

    public MeshTime At { get; } = at;

    /// <summary>Set by who begins it, once.</summary>
    public bool HasBegun
    {
        get => Volatile.Read(ref _hasBegun);
        set => Volatile.Write(ref _hasBegun, value);
    }
}
