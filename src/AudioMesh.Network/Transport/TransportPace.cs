// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Media;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>
/// Keeps a transport that rolls on the line of mesh time that its order began, by moving it on by a little more or less than a frame with each of the device's. A device that stood still is
/// caught up with at once. Device thread.
/// </summary>
[RealtimeSafe]
internal sealed class TransportPace
{
    /// <summary>Who is off by more was held up, or his clock was set: that is not drift, and for others to decide.</summary>
    private const double MostErrorSeconds = 0.1;

    private readonly DriftLoop _loop = new(48_000);
    private MeshTime _at;
    private long _frame;
    private ulong _meshId;

    /// <summary>Whether there is a line to keep to.</summary>
    public bool IsOnLine { get; private set; }

    /// <summary>Where the transport is.</summary>
    public long Frame => _loop.Frame;

    /// <summary>What part of a frame it is beyond that.</summary>
    public double Part => _loop.Part;

    /// <summary>From <paramref name="place"/>, keeps to the line on which <paramref name="frame"/> is heard at <paramref name="at"/>.</summary>
    public void Begin(long place, MeshTime at, long frame, int rate, ulong meshId)
    {
        (_at, _frame, _meshId) = (at, frame, meshId);
        _loop.Rate = rate;
        _loop.Begin(place);
        IsOnLine = true;
    }

    /// <summary>Measures where the transport is at the beginning of a block. False where there is nothing to keep to, and the device's frames are to be counted.</summary>
    public bool Follow(MeshTime start, int frames, int rate, ulong meshId)
    {
        double error = ((start - _at) * 1e-9 * rate) - _loop.From(_frame);
        IsOnLine &= meshId == _meshId && rate == _loop.Rate && Math.Abs(error) < MostErrorSeconds * rate;
        if (IsOnLine)
        {
            _ = _loop.Observe(error, (double)frames / rate);
        }

        return IsOnLine;
    }

    /// <summary>Moves on with so many of the device's frames; returns by how much with each.</summary>
    public double Advance(int frames) => _loop.Advance(frames) / frames;
}
