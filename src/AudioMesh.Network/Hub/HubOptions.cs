// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Hub;

/// <summary>How large a hub may grow. All its memory is made at once: three matrices and three more of <see cref="MaxReceiveChannels"/> by <see cref="MaxSendChannels"/> floats.</summary>
public sealed record HubOptions
{
    /// <summary>Clients at once, 1 to 1024.</summary>
    public int MaxClients { get; init; } = 64;

    /// <summary>Channels that all clients together send, 1 to 8192.</summary>
    public int MaxSendChannels { get; init; } = 128;

    /// <summary>Channels that all clients together receive, 1 to 8192.</summary>
    public int MaxReceiveChannels { get; init; } = 128;

    /// <summary>Frames of a period, 16 to 512.</summary>
    public int PeriodFrames { get; init; } = 128;

    /// <summary>Who mixes; the calling thread where not given.</summary>
    public IMatrixMixer? Mixer { get; init; }

    internal void Validate()
    {
        Check(MaxClients is >= 1 and <= 1024, nameof(MaxClients), MaxClients, "1..1024");
        Check(MaxSendChannels is >= 1 and <= 8192, nameof(MaxSendChannels), MaxSendChannels, "1..8192");
        Check(MaxReceiveChannels is >= 1 and <= 8192, nameof(MaxReceiveChannels), MaxReceiveChannels, "1..8192");
        Check(PeriodFrames is >= 16 and <= 512, nameof(PeriodFrames), PeriodFrames, "16..512");
    }

    private static void Check(bool holds, string name, int value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{name} is {value}; allowed: {allowed}.") { Field = name, Allowed = allowed };
        }
    }
}
