// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Stems;

/// <summary>Why a take is not what was played.</summary>
public enum TakeDropoutCause
{
    /// <summary>Frames never came, because of an xrun or a late reader; silence stands for them.</summary>
    Lost,

    /// <summary>The device was away; what stands there is predicted or silent.</summary>
    Device,

    /// <summary>Frames came for a time that had been recorded already, and were left out: none stand for them.</summary>
    Overlap,
}
