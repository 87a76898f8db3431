// SPDX-License-Identifier: MIT
using AudioMesh.Network.Hub;
using AudioMesh.Network.Media;

namespace AudioMesh.Cli.Hub;

/// <summary>What is told of one client, in the units that people read.</summary>
internal sealed class HubClientFigures(HubClientStatus client, double periodUs)
{
    private readonly ReceiverStatistics? _received = client.Received;
    private readonly double _msPerFrame = client.ReceivedRate > 0 ? 1000.0 / client.ReceivedRate : 0;

    public string Name => client.Name;

    public bool IsThere => client.IsThere;

    /// <summary>From when the client's device plays the frame to its arrival here, which is below zero where it arrives before that; 0 while mesh time is not known.</summary>
    public double NetworkMs => _received is { TransitNs: > long.MinValue } received ? received.TransitNs / 1e6 : 0;

    public double DepthMs => (_received?.DepthFrames ?? 0) * _msPerFrame;

    public double PeriodMs => periodUs / 1e3;

    /// <summary>From the client's timestamp to the mix that leaves.</summary>
    public double LatencyMs => NetworkMs + DepthMs + PeriodMs;

    public double JitterMs => (_received?.JitterFrames ?? 0) * _msPerFrame;

    public double Ppm => _received?.DriftPpm ?? 0;

    public bool IsLocked => _received?.IsLocked ?? false;

    public double LostPercent => _received is { } received && received.Packets + received.LostPackets > 0
        ? 100.0 * received.LostPackets / (received.Packets + received.LostPackets) : 0;

    public double PredictedPercent => _received is { MissingFrames: > 0 } received ? 100.0 * received.PredictedFrames / received.MissingFrames : 0;

    public double LevelDb => client.Peak > 1e-6 ? 20 * Math.Log10(client.Peak) : double.NegativeInfinity;
}
