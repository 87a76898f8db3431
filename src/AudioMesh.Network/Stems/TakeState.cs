// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Stems;

/// <summary>What a <see cref="TakeRecorder"/> is at.</summary>
public enum TakeState
{
    /// <summary>Nothing has been armed.</summary>
    Idle,

    /// <summary>Waits for its time, or for mesh time to be known.</summary>
    Armed,

    /// <summary>Writes.</summary>
    Recording,

    /// <summary>The take is finished.</summary>
    Finished,

    /// <summary>It could not go on; what was written before is a take, and <see cref="TakeRecorder.Failure"/> says why.</summary>
    Failed,
}
