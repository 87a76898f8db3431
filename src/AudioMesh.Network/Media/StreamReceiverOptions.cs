// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Media;

/// <summary>What a <see cref="StreamReceiver"/> is made for.</summary>
public sealed record StreamReceiverOptions
{
    /// <summary>Channels of the stream, 1 to 64.</summary>
    public required int Channels { get; init; }

    /// <summary>The stream's nominal rate, 8,000 to 384,000 frames a second.</summary>
    public required int Rate { get; init; }

    /// <summary>Channels that travel together in a packet, as the sender's <see cref="PacketPlan"/> has them; all of them unless set.</summary>
    public int ChannelsPerLane { get => _channelsPerLane ?? Channels; init => _channelsPerLane = value; }

    /// <summary>How samples travel.</summary>
    public SampleEncoding Encoding { get; init; } = SampleEncoding.Float32;

    /// <summary>Most frames of a packet, 1 to 512.</summary>
    public int PacketFrames { get; init; } = AudioBody.MostFrames;

    /// <summary>The rate of the device that reads; the stream's unless set.</summary>
    public int OutputRate { get => _outputRate ?? Rate; init => _outputRate = value; }

    /// <summary>Channels to read; as many as the stream has unless set. Mono goes to all, all go to mono, else equal numbers are joined.</summary>
    public int OutputChannels { get => _outputChannels ?? Channels; init => _outputChannels = value; }

    /// <summary>The least depth, milliseconds: how long the frames of the fastest packets wait to be read.</summary>
    public double MinDepthMs { get; init; }

    /// <summary>The most, up to 2,000 ms; the same as the least for a fixed depth.</summary>
    public double MaxDepthMs { get; init; } = 200;

    /// <summary>What a millisecond of depth is worth: the share of packets that it has to keep from coming too late.</summary>
    public double LateSharePerMs { get; init; } = 1e-3;

    /// <summary>Whether what is missing is predicted; else it is silence between soft edges.</summary>
    public bool Predicts { get; init; } = true;

    /// <summary>What prediction begins to train with.</summary>
    public ConcealmentProfile Profile { get; init; } = ConcealmentProfile.Default;

    private readonly int? _channelsPerLane;
    private readonly int? _outputRate;
    private readonly int? _outputChannels;

    internal int DepthFrames(double ms) => (int)Math.Round(ms * Rate / 1000);

    internal void Validate()
    {
        Check(Channels is >= 1 and <= 64, nameof(Channels), Channels, "1..64");
        Check(ChannelsPerLane >= 1 && ChannelsPerLane <= Channels, nameof(ChannelsPerLane), ChannelsPerLane, "1..Channels");
        Check(PacketFrames is >= 1 and <= AudioBody.MostFrames, nameof(PacketFrames), PacketFrames, "1..512");
        Check(OutputChannels is >= 1 and <= 64, nameof(OutputChannels), OutputChannels, "1..64");
        Check(Rate is >= 8000 and <= 384000, nameof(Rate), Rate, "8000..384000");
        Check(OutputRate is >= 8000 and <= 384000, nameof(OutputRate), OutputRate, "8000..384000");
        Check(MinDepthMs is >= 0 and <= 2000, nameof(MinDepthMs), MinDepthMs, "0..2000");
        Check(MaxDepthMs >= MinDepthMs && MaxDepthMs <= 2000, nameof(MaxDepthMs), MaxDepthMs, "MinDepthMs..2000");
        Check(LateSharePerMs is >= 1e-6 and <= 0.1, nameof(LateSharePerMs), LateSharePerMs, "1e-6..0.1");
        Check(Enum.IsDefined(Profile), nameof(Profile), (double)Profile, "one of the profiles");
    }

    private static void Check(bool holds, string name, double value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Stream receiver {name} is {value}; allowed: {allowed}.") { Field = name, Allowed = allowed };
        }
    }
}
