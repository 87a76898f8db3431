// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Tests.Simulation;

/// <summary>Something a host does when its time has come; not while it is suspended.</summary>
internal abstract class SimulatedTimer(SimulatedHost host) : IDisposable
{
    private int _version;
    private bool _isOver;

    protected SimulatedHost Host => host;

    /// <summary>When it looks next whether it is due.</summary>
    protected long ArmedTrueNs { get; private set; } = long.MaxValue;

    /// <summary>When it is due in true time, as far as can be said now; <see cref="long.MaxValue"/> for never.</summary>
    protected abstract long DueTrueNs { get; }

    /// <summary>Ends it.</summary>
    public void Dispose() => _isOver = true;

    /// <summary>Looks anew when it is due: after it fired, and when the host's clock was changed.</summary>
    public void Arm()
    {
        _version++;
        ArmedTrueNs = DueTrueNs;
        if (!_isOver && ArmedTrueNs != long.MaxValue)
        {
            host.Mesh.Enqueue(ArmedTrueNs, this, _version);
        }
    }

    /// <summary>The host slept until now.</summary>
    public virtual void Wake() => Arm();

    public void Run(int version)
    {
        if (version != _version || _isOver || host.IsSuspended)
        {
            return;
        }

        if (DueTrueNs > host.Mesh.TrueTime.Nanoseconds)
        {
            Arm();
            return;
        }

        Fire();
    }

    /// <summary>Does it, and arms the timer for the next time.</summary>
    protected abstract void Fire();
}
