// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Parameters;

/// <summary>What shared parameters take at most.</summary>
public static class ParameterLimits
{
    /// <summary>The longest ramp.</summary>
    public const int RampMs = 600_000;

    /// <summary>How far ahead a change may be set.</summary>
    public const int AheadMs = 600_000;

    /// <summary>How long ago it may have been, for what was on its way.</summary>
    public const int LateMs = 1000;

    /// <summary>Bytes of a text.</summary>
    public const int TextBytes = 4096;

    /// <summary>Words of a choice.</summary>
    public const int Choices = 256;
}
