// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>What a reader of JDAT takes from others, and so the most memory they can make it use.</summary>
public sealed record JdatLimits
{
    /// <summary>The most samples of a line, of all channels together.</summary>
    public int MaxSamples { get; init; } = 65536;

    /// <summary>The longest line, in bytes without its end.</summary>
    public int MaxLineBytes { get; init; } = 1 << 20;

    internal void Validate()
    {
        Check(MaxSamples is >= 1 and <= 1 << 24, nameof(MaxSamples), MaxSamples, "1..16777216");
        Check(MaxLineBytes is >= 256 and <= 1 << 28, nameof(MaxLineBytes), MaxLineBytes, "256..268435456");
    }

    private static void Check(bool holds, string name, int value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{name} is {value}; allowed: {allowed}.") { Field = name, Allowed = allowed };
        }
    }
}
