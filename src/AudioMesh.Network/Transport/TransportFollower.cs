// SPDX-License-Identifier: MIT
using AudioMesh.Backends;

namespace AudioMesh.Network.Transport;

/// <summary>What a transport that rolls by an order is compared with.</summary>
internal sealed class TransportFollower
{
    private const long ShortestNs = 500_000_000;
    private TransportTimeline? _line;
    private TransportReading _first;

    /// <summary>The order by which it rolls; 0 where none of ours.</summary>
    public ulong OrderId => _line?.Id ?? 0;

    /// <summary>Where it should be; null: nowhere in particular.</summary>
    public TransportTimeline? Line => _line;

    /// <summary>From now on it should be at <paramref name="line"/>; null: at nothing in particular.</summary>
    public void Begin(TransportTimeline? line, in TransportReading first) => (_line, _first) = (line, first);

    public double? ErrorFrames(in TransportReading reading) =>
        _line is { } line && reading.State == TransportState.Rolling && reading.At >= line.At ? reading.Frame - line.FrameAt(reading.At) : null;

    public double? DriftPpm(in TransportReading reading, int rate) =>
        _line is null || reading.State != TransportState.Rolling || reading.At - _first.At < ShortestNs
            ? null
            : (((reading.Frame - _first.Frame) / ((reading.At - _first.At) * 1e-9 * rate)) - 1) * 1e6;
}
