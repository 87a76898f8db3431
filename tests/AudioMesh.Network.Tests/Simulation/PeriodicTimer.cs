// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Tests.Simulation;

/// <summary>Acts once in a period of the host's clock; what was missed while the host slept or when its clock was set is left out.</summary>
internal sealed class PeriodicTimer : SimulatedTimer
{
    private readonly long _periodNs;
    private readonly Action _action;
    private long _nextHostNs;

    public PeriodicTimer(SimulatedHost host, TimeSpan period, Action action)
        : base(host)
    {
        _periodNs = period.Ticks * 100;
        _action = action;
        _nextHostNs = host.Now.Nanoseconds + _periodNs;
    }

    protected override long DueTrueNs => Host.TrueWhen(_nextHostNs);

    protected override void Fire()
    {
        long missed = (Host.Now.Nanoseconds - _nextHostNs) / _periodNs;
        _nextHostNs += (missed + 1) * _periodNs;
        _action();
        Arm();
    }
}
