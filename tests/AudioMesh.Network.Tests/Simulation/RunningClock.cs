// SPDX-License-Identifier: MIT
using AudioMesh.Network.Impairment;

namespace AudioMesh.Network.Tests.Simulation;

/// <summary>A host's clock in true time: straight pieces, a new one each second when it wanders. Uses only what IEEE 754 rounds exactly.</summary>
internal sealed class RunningClock
{
    private const long Second = 1_000_000_000;

    private readonly HostClock _options;
    private Pcg32 _random;
    private long _trueNs;
    private long _hostNs;
    private double _fraction;
    private double _wanderPpm;

    public RunningClock(HostClock options, ulong seed)
    {
        _options = options;
        _random = new Pcg32(seed);
        _hostNs = options.Offset.Ticks * 100;
        SetRate();
    }

    /// <summary>Whether it stands, as CLOCK_MONOTONIC does while a machine sleeps.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>How much too fast it is now.</summary>
    public double Rate { get; private set; }

    /// <summary>What it shows. <paramref name="trueNs"/> never goes back.</summary>
    public long At(long trueNs)
    {
        while (_options.WanderPpbPerSecond > 0 && trueNs - _trueNs >= Second)
        {
            MoveTo(_trueNs + Second);
            double walked = _wanderPpm + (((2 * _random.NextShare()) - 1) * _options.WanderPpbPerSecond * 1e-3);
            _wanderPpm = Math.Clamp(walked, -_options.WanderLimitPpm, _options.WanderLimitPpm);
            SetRate();
        }

        long elapsed = trueNs - _trueNs;
        return IsStopped ? _hostNs : _hostNs + elapsed + (long)Math.Floor(_fraction + (elapsed * Rate));
    }

    /// <summary>When it will show <paramref name="hostNs"/>, if its rate stays; the present where it already did.</summary>
    public long WhenIs(long hostNs, long trueNowNs)
    {
        long left = hostNs - At(trueNowNs);
        return left <= 0 ? trueNowNs : trueNowNs + Math.Max(1, left - (long)Math.Floor(left * (Rate / (1 + Rate))));
    }

    public void Step(long trueNs, long byNs)
    {
        MoveTo(trueNs);
        _hostNs += byNs;
    }

    public void Stop(long trueNs)
    {
        MoveTo(trueNs);
        IsStopped = true;
    }

    public void Continue(long trueNs)
    {
        MoveTo(trueNs);
        IsStopped = false;
    }

    private void SetRate() => Rate = (_options.Ppm + _wanderPpm) * 1e-6;

    private void MoveTo(long trueNs)
    {
        if (!IsStopped)
        {
            long elapsed = trueNs - _trueNs;
            double gained = _fraction + (elapsed * Rate);
            double whole = Math.Floor(gained);
            _hostNs += elapsed + (long)whole;
            _fraction = gained - whole;
        }

        _trueNs = trueNs;
    }
}
