// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Hub;

/// <summary>How a hub serves its clients.</summary>
public sealed record HubServerOptions
{
    /// <summary>How large it may grow, and who mixes.</summary>
    public HubOptions Mix { get; init; } = new();

    /// <summary>Frames a second that it mixes at, 8,000 to 384,000; clients may have others.</summary>
    public int Rate { get; init; } = 48000;

    /// <summary>The most channels that one client may send, or hear, 1 to 64.</summary>
    public int MaxChannels { get; init; } = 8;

    /// <summary>The least time that the fastest packets of a client wait, milliseconds.</summary>
    public double MinDepthMs { get; init; }

    /// <summary>The most, up to 2,000.</summary>
    public double MaxDepthMs { get; init; } = 100;

    /// <summary>Whether what a client's network loses is predicted.</summary>
    public bool Predicts { get; init; } = true;

    /// <summary>For how long the seat of a client that is gone is kept for it, with its levels.</summary>
    public TimeSpan KeepSeat { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The folder that every client's sound is recorded in, a file for each time it is seated; empty for none. It has to be there.</summary>
    public string RecordFolder { get; init; } = "";

    /// <summary>A device that has every client's sound on channels of its own; null for none. <see cref="HubHost"/> starts and ends it.</summary>
    public HubDevice? Device { get; init; }

    /// <summary>This host's monotonic clock.</summary>
    public Func<MeshTime> HostClock { get; init; } = static () => MeshClock.Now;

    internal void Validate()
    {
        Check(Rate is >= 8000 and <= 384000, nameof(Rate), Rate, "8000..384000");
        Check(MaxChannels is >= 1 and <= 64, nameof(MaxChannels), MaxChannels, "1..64");
        Check(MaxDepthMs is >= 0 and <= 2000, nameof(MaxDepthMs), MaxDepthMs, "0..2000");
        Check(MinDepthMs >= 0 && MinDepthMs <= MaxDepthMs, nameof(MinDepthMs), MinDepthMs, "0..MaxDepthMs");
        Check(Device is null || Device.Stream.Rate == Rate, nameof(Rate), Rate, $"{Device?.Stream.Rate}, as the device has it");
        Check(Device is null || Device.Stream.PeriodFrames == Mix.PeriodFrames, nameof(Mix.PeriodFrames), Mix.PeriodFrames, $"{Device?.Stream.PeriodFrames}, as the device has it");
        Check(KeepSeat >= TimeSpan.Zero && KeepSeat <= TimeSpan.FromDays(1), nameof(KeepSeat), KeepSeat.TotalSeconds, "0..86400 s");
    }

    private static void Check(bool holds, string name, double value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{name} of the hub is {value}; allowed: {allowed}.") { Field = name, Allowed = allowed };
        }
    }
}
