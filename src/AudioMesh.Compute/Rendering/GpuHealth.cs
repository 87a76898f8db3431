// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Clock;

namespace AudioMesh.Compute.Rendering;

/// <summary>
/// Switches the GPU off when it is late too often, and on again when it has shown for a while that it is not. One thread decides; any may ask
/// for the <see cref="State"/> and take the route of a new period.
/// </summary>
internal sealed class GpuHealth
{
    /// <summary>So many late periods among the last 64 switch it off: one hiccup does not, a stall of three periods does.</summary>
    private const int LatePeriodsToSwitchOff = 3;

    /// <summary>So many probes in a row must be in time.</summary>
    private const int ProbesToSwitchOn = 16;

    private const long ShortestPauseNs = 50_000_000;
    private const long LongestPauseNs = 1_000_000_000;

    /// <summary>Off again before that: the pause between probes grows on.</summary>
    private const long SettledNs = 10_000_000_000;

    private int _state;
    private ulong _recent;
    private int _goodProbes;
    private long _pauseNs = ShortestPauseNs;
    private long _onSince;
    private long _nextProbe;
    private int _isProbeWanted;

    public GpuHealth(GpuRenderState state) => _state = (int)state;

    public GpuRenderState State => (GpuRenderState)Volatile.Read(ref _state);

    /// <summary>The way of a period that begins now. For the thread that begins periods.</summary>
    public RenderRoute TakeRoute() => State switch
    {
        GpuRenderState.Gpu => RenderRoute.Gpu,
        GpuRenderState.Late when Interlocked.Exchange(ref _isProbeWanted, 0) != 0 => RenderRoute.Probe,
        _ => RenderRoute.Cpu,
    };

    /// <summary>Counts a period meant for the GPU.</summary>
    public void Count(bool isLate, MeshTime now)
    {
        if (State != GpuRenderState.Gpu)
        {
            return;
        }

        _recent = (_recent << 1) | (isLate ? 1u : 0u);
        if (BitOperations.PopCount(_recent) >= LatePeriodsToSwitchOff)
        {
            bool wasSettled = now.Nanoseconds - _onSince > SettledNs;
            _pauseNs = wasSettled ? ShortestPauseNs : Math.Min(2 * _pauseNs, LongestPauseNs);
            SwitchOff(now);
        }
    }

    /// <summary>Counts a probe.</summary>
    public void Probed(bool isLate, MeshTime now)
    {
        if (isLate)
        {
            _goodProbes = 0;
            _pauseNs = Math.Min(2 * _pauseNs, LongestPauseNs);
            _nextProbe = now.Nanoseconds + _pauseNs;
        }
        else if (++_goodProbes < ProbesToSwitchOn)
        {
            _nextProbe = now.Nanoseconds;
        }
        else
        {
            _recent = 0;
            _onSince = now.Nanoseconds;
            Volatile.Write(ref _state, (int)GpuRenderState.Gpu);
        }
    }

    /// <summary>Asks for a probe when its time has come.</summary>
    public void AskForProbe(MeshTime now)
    {
        if (State == GpuRenderState.Late && now.Nanoseconds >= _nextProbe)
        {
            Volatile.Write(ref _isProbeWanted, 1);
        }
    }

    /// <summary>The device is gone.</summary>
    public void Lose() => Volatile.Write(ref _state, (int)GpuRenderState.Lost);

    /// <summary>Another device is there; it has to prove itself first.</summary>
    public void Find(MeshTime now)
    {
        _pauseNs = ShortestPauseNs;
        SwitchOff(now);
        _nextProbe = now.Nanoseconds;
    }

    private void SwitchOff(MeshTime now)
    {
        _goodProbes = 0;
        _nextProbe = now.Nanoseconds + _pauseNs;
        Volatile.Write(ref _isProbeWanted, 0);
        Volatile.Write(ref _state, (int)GpuRenderState.Late);
    }
}
