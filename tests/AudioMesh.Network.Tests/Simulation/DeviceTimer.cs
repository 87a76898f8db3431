// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Tests.Simulation;

/// <summary>An audio device, whose quartz knows nothing of the host's clock. While the host sleeps it stands still, and then goes on where it was.</summary>
internal sealed class DeviceTimer : SimulatedTimer
{
    private readonly int _periodFrames;
    private readonly double _nsPerFrame;
    private readonly Action<long> _render;
    private long _originTrueNs;
    private long _originFrame;
    private long _frame;

    public DeviceTimer(SimulatedHost host, int periodFrames, double framesPerSecond, Action<long> render)
        : base(host)
    {
        _periodFrames = periodFrames;
        _nsPerFrame = 1e9 / framesPerSecond;
        _render = render;
        _originTrueNs = host.Mesh.TrueTime.Nanoseconds;
    }

    protected override long DueTrueNs => _originTrueNs + (long)Math.Round((_frame + _periodFrames - _originFrame) * _nsPerFrame);

    public override void Wake()
    {
        _originTrueNs = Host.Mesh.TrueTime.Nanoseconds;
        _originFrame = _frame;
        Arm();
    }

    protected override void Fire()
    {
        long first = _frame;
        _frame += _periodFrames;
        _render(first);
        Arm();
    }
}
