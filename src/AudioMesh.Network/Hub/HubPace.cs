// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Hub;

/// <summary>
/// When periods are due: with a device's periods, else at the hub's rate in mesh time, told in this host's. Where mesh time jumps, it goes on from where it is. One thread.
/// </summary>
internal sealed class HubPace(MeshTimebase timebase, int rate, int frames, MeshTime first, HubDevice? device)
{
    private readonly long _periodNs = new FrameCount(frames).ToNanoseconds(rate);
    private MeshTime _origin = timebase.ToMesh(first);
    private long _frame;

    /// <summary>When the next one is due.</summary>
    public MeshTime Due { get; private set; } = first;

    /// <summary>The one after that.</summary>
    [RealtimeSafe]
    public void Advance(int periods = 1)
    {
        _frame += (long)periods * frames;
        MeshTime expected = Due.Add(periods * _periodNs);
        if (device?.PeriodTime is { IsKnown: true } begun)
        {
            Due = begun.Add((long)Math.Round((expected - begun) / (double)_periodNs) * _periodNs);
            return;
        }

        Due = timebase.ToHost(_origin.Add(new FrameCount(_frame).ToNanoseconds(rate)));
        if (Math.Abs(Due - expected) > _periodNs / 8)
        {
            (Due, _origin, _frame) = (expected, timebase.ToMesh(expected), 0);
        }
    }

    /// <summary>How many whole periods there is no more time for.</summary>
    [RealtimeSafe]
    public int Missed(MeshTime hostNow, int allowed)
    {
        long late = (hostNow - Due) / _periodNs;
        return late > allowed ? (int)Math.Min(late, int.MaxValue / 2 / frames) : 0;
    }
}
