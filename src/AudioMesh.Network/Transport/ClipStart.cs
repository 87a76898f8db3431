// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>The transport frame at which a clip begins; setting it moves the clip at once.</summary>
internal sealed class ClipStart(long frame) : LiveParameter
{
    private long _frame = frame;

    /// <inheritdoc/>
    public override double Value => Frame;

    /// <inheritdoc/>
    public override bool Ramps => false;

    /// <summary>The frame.</summary>
    [RealtimeSafe]
    public long Frame => Volatile.Read(ref _frame);

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Begin(ParameterMove move) => Volatile.Write(ref _frame, (long)move.Target);
}
